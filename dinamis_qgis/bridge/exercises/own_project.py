"""A project of its own for an exercise: nobody's work is touched, and it comes back afterwards."""

from __future__ import annotations

from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRectangle

from dinamis_qgis.bridge.context import Context
from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.text import tr

FRANCE = QgsRectangle(250000, 6150000, 1050000, 6950000)
"""EPSG:2154, metres."""


class ExerciseProject:
    """``begin`` leaves the open project, ``end`` opens it again."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._path = ""
        self._open = False

    @property
    def has_unsaved_work(self) -> bool:
        """Whether leaving the open project would lose something of the person's."""
        return not self._open and QgsProject.instance().isDirty()

    def save_work(self) -> bool:
        """Save the open project as QGIS does, asking for a file where it has none.

        False when it is not saved.
        """
        self._context.iface.actionSaveProject().trigger()
        return not QgsProject.instance().isDirty()

    def begin(self) -> None:
        """An empty project in Lambert-93. Raises InvalidInput outside the training service."""
        if not self._context.opened().training:
            raise InvalidInput(
                tr("Exercises are made with the training service."),
                tr("Choose “Service used…” in the account menu, then the training service."),
                code="exercise-service",
            )
        if not self._open:
            self._path = QgsProject.instance().fileName()
        self._open = True
        self._empty()

    def end(self) -> None:
        """The project that was open before, or an empty one."""
        if not self._open:
            return
        self._open = False
        self._empty()
        if self._path:
            self._context.iface.addProject(self._path)

    def _empty(self) -> None:
        self._context.iface.newProject(False)
        lambert = QgsCoordinateReferenceSystem("EPSG:2154")
        QgsProject.instance().setCrs(lambert)
        canvas = self._context.iface.mapCanvas()
        canvas.setDestinationCrs(lambert)
        canvas.setExtent(FRANCE)
        canvas.refresh()
        QgsProject.instance().setDirty(False)
