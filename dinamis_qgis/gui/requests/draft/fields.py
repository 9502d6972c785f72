"""The fields of a request: plain widgets that show a draft and read it back. No rule is in here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from qgis.PyQt.QtCore import QDate, QObject, QSize, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QDateEdit,
    QDoubleSpinBox,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from dinamis_qgis.bridge.wheel import pass_wheel_on
from dinamis_qgis.core.profile.model import TaskingProduct
from dinamis_qgis.core.tasking.model import Draft
from dinamis_qgis.core.tasking.needs import setting_reasons, tasking_needs
from dinamis_qgis.core.tasking.summary import age_text, mode_text
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.widgets.labels import wrapped_label

AGES = (30, 90, 180, 365, 730, 1096, 1827)
"""How old an image may be, in days: a month to five years."""


class Fields(QObject):
    """The need (use, what must be seen, age, by when, title) and the settings proposed for it, as
    rows of two form layouts.

    ``edited`` after a change by the person.
    """

    edited = pyqtSignal()
    need_chosen = pyqtSignal(str)

    def __init__(self, form: QFormLayout, settings: QFormLayout, parent: QWidget) -> None:
        super().__init__(parent)
        self._quiet = False
        self._products: tuple[TaskingProduct, ...] = ()
        self.title = QLineEdit()
        self.title.setMaxLength(120)
        self.title.setPlaceholderText(tr("Example: works on the ring road"))
        self.need = _make_combo()
        self.why = wrapped_label()
        self.why.setObjectName("requestWhy")
        self.age = _make_combo()
        self.purpose = QPlainTextEdit()
        self.purpose.setTabChangesFocus(True)
        self.purpose.setPlaceholderText(tr("What must be seen, and what for"))
        self.purpose.setFixedHeight(self.purpose.fontMetrics().height() * 3 + 14)
        self.start, self.end = _make_day_edit(), _make_day_edit()
        self.product, self.mode = _make_combo(), _make_combo()
        self.cloud = pass_wheel_on(QSpinBox())
        self.cloud.setRange(0, 100)
        self.cloud.setSuffix(tr(" % at most"))
        self.incidence = pass_wheel_on(QDoubleSpinBox())
        self.incidence.setRange(0, 60)
        self.incidence.setDecimals(0)
        self.incidence.setSuffix(tr("° at most"))
        self._lay_out(form, settings)
        self._name()
        self._connect()

    def set_products(self, products: Iterable[TaskingProduct]) -> None:
        """What can be asked for."""
        self._products = tuple(products)
        self._quiet = True
        self.product.clear()
        for product in self._products:
            self.product.addItem(product.title, product.id)
        self._quiet = False

    def show(self, draft: Draft) -> None:
        """Show a draft; a field being typed in is left alone when it already says the same."""
        self._quiet = True
        _set_text(self.title, draft.title)
        if self.purpose.toPlainText() != draft.purpose:
            self.purpose.setPlainText(draft.purpose)
        self.need.setCurrentIndex(max(0, self.need.findData(draft.need)))
        self._show_age(draft)
        for edit, day in ((self.start, draft.start), (self.end, draft.end)):
            edit.setDate(QDate(day.year, day.month, day.day) if day else QDate.currentDate())
        self.product.setCurrentIndex(max(0, self.product.findData(draft.product)))
        self._show_modes()
        self.mode.setCurrentIndex(max(0, self.mode.findData(draft.mode)))
        self.cloud.setValue(int(draft.max_cloud if draft.max_cloud is not None else 100))
        self.incidence.setValue(draft.max_incidence if draft.max_incidence is not None else 60)
        self.show_why(draft)
        self._quiet = False

    def read(self, draft: Draft) -> Draft:
        """``draft`` with what the fields say; its area is kept."""
        return replace(
            draft,
            title=self.title.text(),
            purpose=self.purpose.toPlainText(),
            need=self.need.currentData() or "",
            start=_date_of(self.start),
            end=_date_of(self.end),
            product=self.product.currentData() or "",
            mode=self.mode.currentData() or "mono",
            max_cloud=float(self.cloud.value()),
            max_incidence=float(self.incidence.value()),
            max_age_days=self.age.currentData() or draft.max_age_days,
        )

    def _lay_out(self, form: QFormLayout, settings: QFormLayout) -> None:
        for layout in (form, settings):
            layout.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
            layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
            layout.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.addRow(tr("&Need"), self.need)
        form.addRow(tr("To &see"), self.purpose)
        form.addRow(tr("A&ge"), self.age)
        form.addRow(tr("&By"), self.end)
        form.addRow(tr("&Title"), self.title)
        settings.addRow(self.why)
        settings.addRow(tr("&Satellite"), self.product)
        settings.addRow(tr("&Mode"), self.mode)
        settings.addRow(tr("&From"), self.start)
        settings.addRow(tr("&Clouds"), self.cloud)
        settings.addRow(tr("&Angle"), self.incidence)

    def _name(self) -> None:
        names: tuple[tuple[QWidget, str, str], ...] = (
            (self.title, "requestTitle", tr("Title")),
            (self.need, "requestNeed", tr("Need")),
            (self.purpose, "requestPurpose", tr("What must be seen")),
            (self.age, "requestAge", tr("How old an image may be")),
            (self.start, "requestStart", tr("First day")),
            (self.end, "requestEnd", tr("Last day")),
            (self.product, "requestProduct", tr("Satellite")),
            (self.mode, "requestMode", tr("Mode")),
            (self.cloud, "requestCloud", tr("Cloud cover")),
            (self.incidence, "requestIncidence", tr("Incidence angle")),
        )
        for widget, name, spoken in names:
            widget.setObjectName(name)
            widget.setAccessibleName(spoken)
        self.cloud.setToolTip(tr("Share of the image that clouds may hide"))
        self.incidence.setToolTip(
            tr("0° looks straight down; the larger the angle, the more buildings lean")
        )
        self.age.setToolTip(
            tr("An existing image no older than this may serve instead of a new one")
        )
        self.end.setToolTip(tr("The last day on which a new image is still of use"))
        for days in AGES:
            self.age.addItem(age_text(days), days)
        self.need.addItem(tr("Choose…"), "")
        for need in tasking_needs():
            self.need.addItem(need.title, need.id)

    def _connect(self) -> None:
        self.title.textChanged.connect(self._edited)
        self.purpose.textChanged.connect(self._edited)
        self.start.dateChanged.connect(self._edited)
        self.end.dateChanged.connect(self._edited)
        self.product.currentIndexChanged.connect(self._product_changed)
        self.mode.currentIndexChanged.connect(self._edited)
        self.cloud.valueChanged.connect(self._edited)
        self.incidence.valueChanged.connect(self._edited)
        self.age.currentIndexChanged.connect(self._edited)
        self.need.currentIndexChanged.connect(self._need_changed)

    def _edited(self, *_: Any) -> None:
        if not self._quiet:
            self.edited.emit()

    def _need_changed(self, *_: Any) -> None:
        if not self._quiet:
            self.need_chosen.emit(self.need.currentData() or "")

    def _product_changed(self, *_: Any) -> None:
        if not self._quiet:
            mode = self.mode.currentData()
            self._quiet = True
            self._show_modes()
            self.mode.setCurrentIndex(max(0, self.mode.findData(mode)))
            self._quiet = False
            self.edited.emit()

    def _show_age(self, draft: Draft) -> None:
        days = draft.max_age_days or AGES[-1]
        self.age.setCurrentIndex(min(range(len(AGES)), key=lambda i: abs(AGES[i] - days)))

    def show_why(self, draft: Draft) -> None:
        """What is proposed for the need, and the reason of each setting that still is as
        proposed.
        """
        said = setting_reasons(draft, self._products)
        none = tr("Choose a need: the settings that suit it are proposed, change them as you like.")
        self.why.setText("\n".join(f"• {r}" for r in said) or none)

    def _show_modes(self) -> None:
        product = next((p for p in self._products if p.id == self.product.currentData()), None)
        self.mode.clear()
        for mode in product.modes if product else ("mono",):
            self.mode.addItem(mode_text(mode), mode)


def _make_combo() -> QComboBox:
    box = pass_wheel_on(QComboBox())
    box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return box


def _make_day_edit() -> QDateEdit:
    edit = pass_wheel_on(QDateEdit())
    edit.setCalendarPopup(True)
    edit.setMinimumSize(QSize(80, 0))
    edit.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    edit.setCorrectionMode(QAbstractSpinBox.CorrectionMode.CorrectToNearestValue)
    return edit


def _date_of(edit: QDateEdit) -> date:
    return date(edit.date().year(), edit.date().month(), edit.date().day())


def _set_text(edit: QLineEdit, text: str) -> None:
    if edit.text() != text:
        edit.setText(text)
