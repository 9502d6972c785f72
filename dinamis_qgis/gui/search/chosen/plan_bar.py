"""The coverage plan: the fewest scenes that cover the area best, what they leave out, and what to
do with both.
"""

from __future__ import annotations

from collections.abc import Sequence

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QWidget,
)
from shapely.geometry.base import BaseGeometry

from dinamis_qgis.bridge import tasks
from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.core.catalogue.plan import Plan, coverage_plan
from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.tasking.rules.check import format_km2
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.widgets.product_text import percent_text


class PlanBar(QFrame):
    """``run`` makes a plan in the background and shows it; hidden without one."""

    planned = pyqtSignal(object)
    """A ``Plan`` is shown, or None: it has been closed."""
    load_wanted = pyqtSignal(object)
    """Load these products (best first) as a mosaic."""
    request_wanted = pyqtSignal(object)
    """Ask for an acquisition of this gap."""
    busy = pyqtSignal()
    """A plan is being made, or has been."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("planBar")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.plan: Plan | None = None
        self.job: tasks.Job | None = None
        self._locked, self._complete, self._usable = 0, True, 0
        self.title, self.text = _make_label(), _make_label()
        font = self.title.font()
        font.setBold(True)
        self.title.setFont(font)
        self.load, self.request, self.close_button = QToolButton(), QToolButton(), QToolButton()
        self.load.setObjectName("planLoadButton")
        self.request.setObjectName("planRequestButton")
        self.close_button.setObjectName("planCloseButton")
        self.load.setText(tr("Load as a mosaic"))
        self.request.setText(tr("Request the rest…"))
        self.close_button.setText("✕")
        self.close_button.setAutoRaise(True)
        self.close_button.setToolTip(tr("Close the plan"))
        self.close_button.setAccessibleName(tr("Close the plan"))
        self.load.clicked.connect(
            lambda _=False: self.plan and self.load_wanted.emit(self.best_first())
        )
        self.request.clicked.connect(
            lambda _=False: self.plan and self.request_wanted.emit(self.plan.gap)
        )
        self.close_button.clicked.connect(lambda _=False: self.dismiss())
        buttons = QHBoxLayout()
        for button in (self.load, self.request):
            buttons.addWidget(button)
        buttons.addStretch(1)
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 4, 4, 4)
        grid.setVerticalSpacing(2)
        grid.addWidget(self.title, 0, 0)
        grid.addWidget(self.close_button, 0, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.text, 1, 0, 1, 2)
        grid.addLayout(buttons, 2, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        self.hide()

    def run(
        self,
        products: Sequence[Product],
        area: BaseGeometry,
        locked: int = 0,
        complete: bool = True,
    ) -> None:
        """Plan ``area`` (EPSG:4326) with ``products``: all there are when ``complete``, but for
        ``locked`` whose licence is not held.
        """
        self.stop()
        self._locked, self._complete, self._usable = locked, complete, len(products)
        self._show(tr("Looking for the best scenes…"), "", False)
        self.job = tasks.run(
            lambda job: coverage_plan(list(products), area, job.cancel),
            done=self._planned, failed=self._failed, parent=self, title="coverage plan",
        )  # fmt: skip
        self.busy.emit()

    def stop(self) -> None:
        """Give up the plan being made."""
        if self.job is not None:
            self.job.stop()
            self.job = None
            self.busy.emit()

    def dismiss(self) -> None:
        """No plan."""
        self.stop()
        had, self.plan = self.plan, None
        self.hide()
        if had is not None:
            self.planned.emit(None)

    def best_first(self) -> list[Product]:
        """The scenes by quality: the best lies on top of a mosaic."""
        steps = (
            sorted(self.plan.steps, key=lambda step: (step.cost, -step.gain)) if self.plan else []
        )
        return [step.product for step in steps]

    def _planned(self, plan: Plan) -> None:
        self.job, self.plan = None, plan
        count = len(plan.steps)
        if not count and self._usable:
            title = tr("No scene of the list covers enough of this area")
        elif not count:
            title = tr("No scene of the list can be used here")
        else:
            title = tr("%n scene(s) cover {share}", n=count).format(
                share=percent_text(plan.coverage)
            )
        lines = []
        gap, area = format_km2(plan.gap_km2), format_km2(plan.area_km2)
        # rounded: the little that is covered is said instead
        if plan.gap is not None and gap == area and count:
            covered = format_km2(plan.area_km2 - plan.gap_km2)
            lines.append(
                tr("{covered} of {area} are covered, the rest is not.").format(
                    covered=covered, area=area
                )
            )
        elif plan.gap is not None:
            lines.append(tr("{gap} of {area} remain uncovered.").format(gap=gap, area=area))
        else:
            lines.append(tr("Nothing of the {area} remains uncovered.").format(area=area))
        if self._locked:
            lines.append(tr("%n product(s) left out: licence not held.", n=self._locked))
        if not self._complete:
            lines.append(tr("The list is not complete: load all of it, then plan again."))
        self._show(title, " ".join(lines), True)
        self.busy.emit()
        self.planned.emit(plan)

    def _failed(self, error: DinamisError) -> None:
        self.job = None
        self._show(tr("The plan could not be made"), error.sentence(), False)
        self.busy.emit()

    def _show(self, title: str, text: str, ready: bool) -> None:
        self.title.setText(title)
        self.text.setText(text)
        self.text.setVisible(bool(text))
        self.load.setVisible(ready and self.plan is not None and bool(self.plan.steps))
        self.request.setVisible(ready and self.plan is not None and self.plan.gap is not None)
        self.show()


def _make_label() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return label
