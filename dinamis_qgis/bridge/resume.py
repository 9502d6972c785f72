"""What an earlier QGIS left waiting goes on by itself: downloads, requests that wait to leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import QTimer

from dinamis_qgis.bridge import tasks

if TYPE_CHECKING:
    from dinamis_qgis.bridge.context import Context

AFTER_START_MS = 3000
"""QGIS shows its window first."""


def resume_waiting_work(context: Context) -> None:
    """Go on with downloads and requests of the open profile."""
    from dinamis_qgis.bridge.requests.tracker import tracker_of
    from dinamis_qgis.bridge.transfer import downloads

    downloads.resume_downloads(context)
    if context.paths.register.is_file():
        tracker_of(context)


def resume_after_start(context: Context) -> None:
    """Open the service in the background when something waits, also where the dock stays closed.

    Nothing is opened, asked or unlocked when nothing waits.
    """
    timer = QTimer(context)
    timer.setSingleShot(True)
    timer.timeout.connect(lambda: _look_for_waiting_work(context))
    timer.start(AFTER_START_MS)


def _look_for_waiting_work(context: Context) -> None:
    register, queue = context.paths.register, context.paths.queue

    def look(job: tasks.Job) -> bool:
        from dinamis_qgis.core.waiting_work import has_waiting_downloads, has_waiting_requests

        return has_waiting_requests(register) or has_waiting_downloads(queue)

    def go_on(found: bool) -> None:
        if found:
            context.when_open(lambda: resume_waiting_work(context))

    if register.is_file() or queue.is_file():
        tasks.run(look, done=go_on, parent=context, title="waiting work")
