"""Drives a running QGIS like a person: clicks, keys, looks; keeps a screenshot and a line of report
for each step.

The steps run on a thread of their own and hand every touch of a widget to the GUI thread, so that
QGIS's own event loop runs all the time, modal windows included, and its stalls can be measured.
"""

from __future__ import annotations

import json
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from heartbeat import Heartbeat
from qgis.PyQt.QtCore import QEvent, QObject, QPoint, Qt, pyqtSignal
from qgis.PyQt.QtGui import QGuiApplication, QKeyEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QWidget

STALL = 0.1  # seconds; a longer one is reported with its place


class Failed(Exception):
    """A step did not hold."""


class Player(QObject):
    """``run(steps)`` plays functions ``step(player)`` in order; the first that fails ends the
    play.
    """

    _call = pyqtSignal(object)

    def __init__(self, folder: Path, window: QWidget, done: Callable[[], None]) -> None:
        super().__init__()
        self.folder, self.window, self._done = folder, window, done
        self.facts: dict[str, Any] = {}
        self.memory: dict[str, Any] = {}
        self._call.connect(lambda function: function(), Qt.ConnectionType.QueuedConnection)
        self._heart: Heartbeat | None = None

    def run(self, steps: list[Callable[[Player], None]]) -> None:
        """Starts the play; ``done`` is called on the GUI thread after the report is written."""
        self._heart = Heartbeat()
        threading.Thread(target=self._play, args=(steps,), name="demo", daemon=True).start()

    # on the thread of the steps
    def _play(self, steps: list[Callable[[Player], None]]) -> None:
        lines: list[dict[str, Any]] = []
        assert self._heart
        for number, step in enumerate(steps, 1):
            begin, error = time.monotonic(), ""
            self.facts = {}
            self.gui(self._heart.reset)
            try:
                step(self)
            except Exception as problem:  # the report says it all  # noqa: BLE001
                error = str(problem) or type(problem).__name__
                self.facts["trace"] = traceback.format_exc()
            stall = {"longest_stall_ms": round(self._heart.longest * 1000)}
            if self._heart.longest > STALL:
                stall["stalled_in"] = self._heart.where
            name = f"{number:02d}-{step.__name__}.png"
            self.gui(lambda name=name: self._screenshot(self.folder / name))
            lines.append(
                {
                    "step": step.__name__,
                    "title": (step.__doc__ or "").strip(),
                    "ok": not error,
                    "error": error,
                    "seconds": round(time.monotonic() - begin, 2),
                    **stall,
                    "screenshot": name,
                    "facts": self.facts,
                }
            )
            if error:
                break
        ok = len(lines) == len(steps) and all(line["ok"] for line in lines)
        report = {
            "ok": ok,
            "longest_stall_ms": max(line["longest_stall_ms"] for line in lines),
            "steps": lines,
        }
        unfinished = self.folder / "report.part"
        unfinished.write_text(json.dumps(report, indent=2, ensure_ascii=False), "utf-8")
        unfinished.rename(self.folder / "report.json")
        self._call.emit(self._done)

    def gui(self, function: Callable[[], Any], seconds: float = 60) -> Any:
        """The result of ``function`` run on the GUI thread; its exception is raised here."""
        answer: dict[str, Any] = {}
        ready = threading.Event()

        def call() -> None:
            try:
                answer["value"] = function()
            except Exception as error:  # raised again on the other thread  # noqa: BLE001
                answer["error"] = error
            finally:
                ready.set()

        self._call.emit(call)
        if not ready.wait(seconds):
            raise Failed(f"QGIS did not react within {seconds:g} s")
        if "error" in answer:
            raise answer["error"]
        return answer["value"]

    def wait(self, condition: Callable[[], Any], what: str, seconds: float = 60) -> Any:
        """The first true result of ``condition``, asked on the GUI thread again and again; Failed
        after ``seconds``.
        """
        end = time.monotonic() + seconds
        while True:
            value = self.gui(condition)
            if value:
                return value
            if time.monotonic() > end:
                raise Failed(f"not within {seconds:g} s: {what}")
            time.sleep(0.05)

    def widget(self, name: str, seconds: float = 60) -> Any:
        """The visible widget of that object name, in any window."""
        return self.wait(lambda: find(name), f"the widget {name}", seconds)

    def click(self, target: str | QWidget, seconds: float = 60) -> None:
        """Clicks as soon as the widget is visible and enabled; does not wait for what follows."""
        name = target if isinstance(target, str) else target.objectName() or type(target).__name__
        widget = self.widget(target, seconds) if isinstance(target, str) else target
        self.wait(
            lambda: widget.isVisible() and widget.isEnabled(), f"{name} to be usable", seconds
        )
        self._call.emit(
            lambda: QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=widget.rect().center())
        )

    def type(self, target: str | QWidget, text: str) -> None:
        """Replaces the text of a field, key by key."""
        widget = self.widget(target) if isinstance(target, str) else target

        def keys() -> None:
            widget.setFocus()
            widget.selectAll()
            for character in text:  # QTest.keyClicks knows ASCII only
                for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                    QApplication.sendEvent(
                        widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, character)
                    )

        self.gui(keys)

    def click_at(
        self, widget: QWidget, point: QPoint, *, button: Qt.MouseButton = Qt.MouseButton.LeftButton
    ) -> None:
        """Moves to a point of a widget and clicks there."""

        def press() -> None:
            QTest.mouseMove(widget, point)
            QTest.mouseClick(widget, button, pos=point)

        self.gui(press)

    def check(self, condition: object, what: str) -> None:
        """Failed unless ``condition``."""
        if not condition:
            raise Failed(what)

    # on the GUI thread
    def _screenshot(self, path: Path) -> None:
        screen = QGuiApplication.primaryScreen()
        picture = screen.grabWindow(0) if screen else self.window.grab()
        if picture.isNull():
            picture = self.window.grab()
        picture.save(str(path))


def find(name: str) -> QWidget | None:
    """The visible widget with that object name; a dialog's first, then the plugin's dock, then
    anywhere.
    """
    docks = [window.findChild(QWidget, "DinamisDock") for window in QApplication.topLevelWidgets()]
    for window in [QApplication.activeModalWidget(), *docks, *QApplication.topLevelWidgets()]:
        if window is None or not window.isVisible():
            continue
        candidates = [window] if window.objectName() == name else []
        for widget in candidates + window.findChildren(QWidget, name):
            if widget.isVisible():
                return widget
    return None
