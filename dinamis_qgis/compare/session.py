"""A comparison under way on a canvas: two scenes, their pictures, the way they are shown.

At most one a canvas.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from qgis.core import QgsMapLayer, QgsMapSettings, QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QColor, QImage

from dinamis_qgis.bridge import tasks
from dinamis_qgis.bridge.layers.scene import Facts
from dinamis_qgis.compare.canvas import dates
from dinamis_qgis.compare.canvas.beside import Beside
from dinamis_qgis.compare.canvas.pointer import Pointer
from dinamis_qgis.compare.canvas.renders import Render, view_of
from dinamis_qgis.compare.canvas.shifting import Shifting
from dinamis_qgis.compare.canvas.sides import Side, copy_layer, warm_image
from dinamis_qgis.compare.canvas.stretching import Stretching
from dinamis_qgis.compare.canvas.view import CompareItem, ComparisonOverlay
from dinamis_qgis.compare.shapes import Mode, SwipeState
from dinamis_qgis.core.change.align import Shift
from dinamis_qgis.core.errors import DinamisError

if TYPE_CHECKING:
    from dinamis_qgis.bridge.context import Context

SETTLE_MS = 120
"""A moving map is rendered once it has been still for so long."""


class Comparison(QObject):
    """``changed`` after anything the bar shows; ``ended`` once, when it is over.

    Layers, tree and themes are never touched.
    """

    changed = pyqtSignal()
    ended = pyqtSignal()

    def __init__(
        self,
        canvas: Any,
        first: QgsRasterLayer,
        second: QgsRasterLayer,
        context: Context | None = None,
    ) -> None:
        super().__init__()
        self.canvas, self.context = canvas, context
        self.state = SwipeState()
        self.sides: tuple[Side, Side] | None = None
        self.stretching = Stretching(self._render_scenes)
        self.shifting = Shifting(canvas, self._measured)
        self._opening: tasks.Job | None = None
        self._beside: Beside | None = None
        self._gone = False
        self.dates = dates.Stepper(canvas, context, self._step_to, self.changed.emit)
        self.first, self.second = (Render(self._repaint, canvas.canvasColor) for _ in (0, 1))
        self.vectors = Render(self._repaint, lambda: QColor(0, 0, 0, 0))
        self.item = CompareItem(canvas, self.first, self.second, self.vectors)
        self.pointer = Pointer(canvas, lambda: self.state, self.show_state, self._resized)
        self._settle = _make_timer(self, SETTLE_MS, self._render, single=True)
        self._blink = _make_timer(self, 600, self._turn)
        signals = (
            canvas.extentsChanged,
            canvas.rotationChanged,
            canvas.destinationCrsChanged,
            canvas.layersChanged,
        )
        self._links: list[tuple[Any, Callable[..., None]]] = [
            (signal, self._later) for signal in signals
        ]
        self._links.append((QgsProject.instance().layersWillBeRemoved, self._layers_go))
        for signal, slot in self._links:
            signal.connect(slot)
        self._followed: list[tuple[Any, Callable[..., None]]] = []
        self.compare(first, second)

    # the two scenes

    def compare(self, first: QgsRasterLayer, second: QgsRasterLayer) -> None:
        """Show these two from now on.

        The files are opened off the GUI thread before copies are made here.
        """
        self._stop(self._opening)
        self.stretching.forget()
        self.shifting.forget()
        sources = [layer.source() for layer in (first, second) if layer.providerType() == "gdal"]

        def warm(job: tasks.Job) -> None:
            for source in sources:
                job.cancel.check()
                warm_image(source)

        self._wanted = (first, second)
        self._opening = tasks.run(
            warm,
            done=self._opened,
            failed=lambda error: self._opened(None),
            parent=self,
            title="compare",
        )
        self._follow(first, second)
        self.changed.emit()

    def _opened(self, _: object) -> None:
        """An unreadable file is compared too: as the nothing that QGIS shows of it."""
        self._opening = None
        if self._gone:
            return
        profile = self.context.profile if self.context else None
        known = {
            side.original.id(): side
            for side in self.sides or ()
            if side.source == side.original.source()
        }
        for side in known.values():
            side.restyle()  # common limits were those of another pair
        self.sides = tuple(
            known.get(layer.id()) or copy_layer(layer, profile) for layer in self._wanted
        )  # type: ignore[assignment]
        self._label()
        self._render()
        self.changed.emit()

    def _follow(self, *layers: QgsRasterLayer) -> None:
        for signal, slot in self._followed:
            signal.disconnect(slot)
        self._followed = [(layer.rendererChanged, self._restyled) for layer in layers]
        self._followed += [(layer.dataSourceChanged, self._read_again) for layer in layers]
        for signal, slot in self._followed:
            signal.connect(slot)

    def _read_again(self) -> None:
        """A layer reads another source: signed in meanwhile, a local copy, a copy that is gone."""
        self.compare(*self._wanted)

    def _restyled(self) -> None:
        """The person changed a layer's style: so does its copy."""
        for side in self.sides or ():
            side.restyle()
        self.stretching.forget()
        self._later()

    def facts(self) -> tuple[Facts, Facts] | None:
        """Of both scenes, in the order they are shown."""
        return (self.sides[0].facts, self.sides[1].facts) if self.sides else None

    def swap(self) -> None:
        """Each scene where the other is."""
        if self.sides is None:
            return
        self.sides = (self.sides[1], self.sides[0])
        self._wanted = (self._wanted[1], self._wanted[0])
        self.shifting.swap()
        for name in ("image", "settings"):
            one, two = getattr(self.first, name), getattr(self.second, name)
            setattr(self.first, name, two)
            setattr(self.second, name, one)
        self._label()
        self._render()
        self.changed.emit()

    def candidates(self) -> list[QgsRasterLayer]:
        """The dated scenes of the project that lie in the view, oldest first."""
        return dates.dated_scenes(self.canvas)

    def originals(self) -> list[QgsRasterLayer]:
        """The two layers compared."""
        return list(self._wanted)

    def step(self, which: int, by: int) -> bool:
        """Another date on one side (0 or 1): the next (``by`` 1) or the one before (-1).

        False when there is none.
        """
        return self.dates.step(self._wanted, which, by)

    def _step_to(self, which: int, layer: QgsRasterLayer) -> None:
        self.compare(*((layer, self._wanted[1]) if which == 0 else (self._wanted[0], layer)))

    # what is shown and how

    def show_state(self, state: SwipeState) -> None:
        """Another mode, place, angle, radius, opacity or rate. Renders nothing."""
        before, self.state = self.state, state
        self.item.become(state)
        if state.mode is Mode.BLINK:
            self._blink.setInterval(round(1000 / max(0.1, state.rate)))
            if not self._blink.isActive():
                self._blink.start()
        else:
            self._blink.stop()
        if state.mode is not before.mode:
            self._set_beside(state.mode is Mode.BESIDE)
            self.changed.emit()

    def set_mode(self, mode: Mode) -> None:
        """One of the ways of comparing."""
        self.show_state(replace(self.state, mode=mode, second=False))

    def set_same_stretch(self, on: bool) -> None:
        """Both with the same limits, or each as its layer has it."""
        self.stretching.on = on
        self.stretching.forget()
        for side in self.sides or ():
            side.restyle()
        self._render()
        self.changed.emit()

    @property
    def same_stretch(self) -> bool:
        """Whether both have the same limits."""
        return self.stretching.on

    def _turn(self) -> None:
        self.show_state(replace(self.state, second=not self.state.second))

    def _set_beside(self, on: bool) -> None:
        if on and self._beside is None:
            self._beside = Beside(self.canvas, self.vectors)
            self._show_beside()
        elif not on and self._beside is not None:
            self._beside.remove()
            self._beside = None

    def _show_beside(self) -> None:
        if self._beside is not None and self.sides is not None:
            self._beside.move = self.correction()
            self._beside.show_scene(self.sides[1].layer)
            self._beside.label.setText(self.sides[1].facts.label())
            self._beside.label.adjustSize()
            self._beside.follow()
            self._beside.lay(self.item.overlay)

    @property
    def second_canvas(self) -> Any:
        """The other canvas, side by side."""
        return self._beside.other if self._beside else None

    def lay(self, overlay: ComparisonOverlay | None) -> None:
        """A picture over both scenes; None for none."""
        self.item.overlay = overlay
        if self._beside is not None:
            self._beside.lay(overlay)
        self._repaint()

    def _label(self) -> None:
        facts = self.facts()
        if facts is not None:
            self.item.labels = (facts[0].label(), facts[1].label())
            self._repaint()

    # pictures

    def ready(self) -> bool:
        """Both pictures are of what the map shows now."""
        view = view_of(self.canvas)
        waiting = self._opening or self.stretching.busy or self._settle.isActive()
        return not waiting and all(r.finished and r.exact(view) for r in (self.first, self.second))

    def images(self) -> tuple[QImage | None, QImage | None]:
        """The two pictures as they are."""
        return self.first.image, self.second.image

    @property
    def share(self) -> float:
        """Where the line is, from 0 (left) to 1 (right)."""
        return self.state.x

    def move(self, x: float, y: float | None = None) -> None:
        """Put the line elsewhere (shares of the view)."""
        self.show_state(
            replace(
                self.state,
                x=min(1.0, max(0.0, x)),
                y=self.state.y if y is None else min(1.0, max(0.0, y)),
            )
        )

    def _render(self) -> None:
        view = view_of(self.canvas)
        if self._gone or self.sides is None or not view.hasValidSettings():
            return
        self._settle.stop()
        self.vectors.start(view, self.shown_vectors())
        self._render_scenes()
        self.stretching.start(self.sides, self.area())
        self._repaint()

    def _render_scenes(self) -> None:
        """The two alone: what lies above has not changed."""
        if self.sides is None:
            return
        view = view_of(self.canvas)
        self.first.start(view, [self.sides[0].layer])
        self.second.start(view, [self.sides[1].layer], self.correction())
        self._show_beside()

    def shown_vectors(self) -> list[QgsMapLayer]:
        """What the map shows that is not imagery."""
        return [layer for layer in self.canvas.layers() if isinstance(layer, QgsVectorLayer)]

    def _later(self, *_: object) -> None:
        """Render once the map is still; what is under way is of a view that is gone."""
        for render in (self.first, self.second, self.vectors):
            render.cancel()
        self._settle.start()

    def _resized(self) -> None:
        if self._beside is not None:
            self._beside.place()
        self._later()
        self.changed.emit()

    def _repaint(self) -> None:
        self.item.update()
        if self._beside is not None:
            self._beside.above.update()

    # alignment

    def seen(self) -> QgsMapSettings:
        """The map, or the half of it that shows the first scene; that of the second, where it is
        moved, is ``correction()`` before it.
        """
        return self.canvas.mapSettings() if self._beside is None else self._beside.half()

    def area(self) -> tuple[str, tuple[float, float, float, float]]:
        """What is seen of both as WKT and bounds, for measuring."""
        view = self.seen()
        box = view.visibleExtent()
        return view.destinationCrs().toWkt(), (
            box.xMinimum(),
            box.yMinimum(),
            box.xMaximum(),
            box.yMaximum(),
        )

    def measure_shift(
        self, done: Callable[[Shift], None], failed: Callable[[DinamisError], None]
    ) -> None:
        """The shift between the two scenes in the view, in the background."""
        first, second = (side.scene for side in self.sides) if self.sides else (None, None)
        if first is not None and second is not None:
            self.shifting.measure(first, second, self.area(), done, failed)

    def _measured(self) -> None:
        self.changed.emit()
        if self.aligned:
            self._render()

    @property
    def shift(self) -> Shift | None:
        """As measured; None when it was not."""
        return self.shifting.shift

    @property
    def aligned(self) -> bool:
        """Whether the shift is corrected for display."""
        return self.shifting.aligned

    @property
    def measuring(self) -> bool:
        """Whether a shift is being measured."""
        return self.shifting.measuring

    def set_aligned(self, on: bool) -> None:
        """Put the second scene's ground where the first has it: in the comparison only."""
        self.shifting.aligned = on
        self._render()
        self.changed.emit()

    def correction(self) -> tuple[float, float]:
        """What is added to the second scene's ground, in map units."""
        return self.shifting.correction()

    # the end

    def remove(self) -> None:
        """Leave the map as it was."""
        if self._gone:
            return
        self._gone = True
        self._settle.stop()
        self._blink.stop()
        for job in (self._opening, self.stretching, self.shifting, self.dates):
            self._stop(job)
        self._set_beside(False)
        self.pointer.remove()
        for signal, slot in self._links + self._followed:
            signal.disconnect(slot)
        for render in (self.first, self.second, self.vectors):
            render.cancel()
        self.item.leave()
        self.sides = None  # the copies go now, while QGIS is there, whoever still holds this object
        self.canvas.viewport().update()
        self.ended.emit()

    @staticmethod
    def _stop(job: tasks.Job | dates.Stepper | Stretching | Shifting | None) -> None:
        if job is not None:
            job.stop()

    def _layers_go(self, ids: list[str]) -> None:
        """One of the two is being removed from the project: there is nothing to compare any
        more.
        """
        if {layer.id() for layer in self._wanted} & set(ids):
            self.remove()


def _make_timer(
    parent: QObject, milliseconds: int, call: Callable[[], None], single: bool = False
) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(single)
    timer.setInterval(milliseconds)
    timer.timeout.connect(call)
    return timer
