"""One member: where its adhesion stands, what comes next, its story, its fields. ``entityView``."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from pathlib import Path

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dinamis_qgis.bridge.plain_text import as_plain
from dinamis_qgis.bridge.relay.administration import RelayAdministration
from dinamis_qgis.bridge.relay.agreement import make_agreement
from dinamis_qgis.bridge.wheel import pass_wheel_on
from dinamis_qgis.core.relay.adhesion import next_states, passed_over, standing_steps
from dinamis_qgis.core.relay.list_import import entity_faults
from dinamis_qgis.core.relay.model import (
    DRAFT,
    ENTERED,
    REFUSED,
    STEP_ORDER,
    SUSPENDED,
    WAITING,
    AdhesionStep,
    Entity,
    eligibility_text,
    state_text,
)
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.relay.lists import day_text
from dinamis_qgis.gui.relay.step_dialog import ask_reason, ask_step
from dinamis_qgis.gui.widgets.labels import wrapped_label


class EntityPage(QWidget):
    """Shows one member; changes are kept by its button, steps at once."""

    back = pyqtSignal()
    accounts_wanted = pyqtSignal(object)

    def __init__(self, relay: RelayAdministration, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("entityView")
        self._relay = relay
        self.entity: Entity | None = None
        self._steps: list[AdhesionStep] = []
        self._fields: dict[str, QLineEdit] = {}
        self._build()
        relay.changed.connect(self._reread)

    def show_entity(self, entity: Entity) -> None:
        """Another member."""
        self.entity = entity
        self._steps = []
        self._fill()
        self._read_steps()

    def _reread(self) -> None:
        if self.entity is None or not self.isVisible():
            return
        found = self._relay.entity(self.entity.id)
        if found is None:
            self.back.emit()
            return
        if found.version != self.entity.version:
            edited = self._edited()
            self.entity = found
            if edited == {}:
                self._fill()
            else:
                self._show_state()
            self._read_steps()

    def _read_steps(self) -> None:
        entity = self.entity
        if entity is None:
            return

        def arrived(steps: list[AdhesionStep]) -> None:
            if self.entity is not None and self.entity.id == entity.id:
                self._steps = steps
                self._show_state()

        self._relay.steps(entity.id, arrived)

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        top = QHBoxLayout()
        back = QToolButton()
        back.setObjectName("entityBackButton")
        back.setText("←")
        back.setToolTip(tr("Back to all entities"))
        back.setAccessibleName(tr("Back to all entities"))
        back.clicked.connect(lambda *_: self.back.emit())
        top.addWidget(back)
        self.title = wrapped_label("", "entityTitle")
        font = self.title.font()
        font.setBold(True)
        self.title.setFont(font)
        top.addWidget(self.title, 1)
        outer.addLayout(top)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        body = QWidget()
        scroll.setWidget(body)
        outer.addWidget(scroll, 1)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 4, 0)
        self.stage = wrapped_label("", "entityProgress")
        self.stage.setTextFormat(Qt.TextFormat.RichText)  # ours, around escaped text
        layout.addWidget(self.stage)
        layout.addLayout(self._step_buttons())
        self.story = wrapped_label("", "entityStory")
        self.story.setTextFormat(Qt.TextFormat.RichText)  # ours, around escaped text
        layout.addWidget(self.story)
        self.about = wrapped_label("", "entityAbout")
        self.about.setTextFormat(Qt.TextFormat.RichText)  # ours, around escaped text
        layout.addWidget(self.about)
        layout.addLayout(self._form())
        layout.addStretch(1)
        outer.addLayout(self._bottom())

    def _step_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.next_button = QPushButton()
        self.next_button.setObjectName("nextStepButton")
        self.next_button.clicked.connect(lambda *_: self._take(self._next()))
        self.other_button = QToolButton()
        self.other_button.setObjectName("otherStepButton")
        self.other_button.setText(tr("Other…"))
        self.other_button.setToolTip(tr("Refuse, suspend, pass a step over, undo the last one"))
        self.other_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._others = QMenu(self.other_button)
        self.other_button.setMenu(self._others)
        row.addWidget(self.next_button)
        row.addWidget(self.other_button)
        row.addStretch(1)
        return row

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        labels = {
            "name": tr("Name"),
            "siret": tr("SIRET"),
            "agreement": tr("Agreement number"),
            "group": tr("User group"),
            "representative": tr("Legal representative"),
            "representative_function": tr("Their function"),
            "representative_email": tr("Their e-mail"),
            "referent": tr("Referent"),
            "referent_function": tr("Function of the referent"),
            "referent_email": tr("E-mail of the referent"),
            "remark": tr("Remark"),
        }
        for name, label in labels.items():
            edit = QLineEdit()
            edit.setObjectName(f"entity_{name}")
            edit.setMinimumWidth(60)
            edit.textEdited.connect(lambda *_: self._show_save())
            self._fields[name] = edit
            form.addRow(label, edit)
        self.quota = pass_wheel_on(QDoubleSpinBox())
        self.quota.setObjectName("entityQuota")
        self.quota.setRange(0, 1e7)
        self.quota.setDecimals(0)
        self.quota.setSpecialValueText("–")
        self.quota.setSuffix(" " + tr("km²"))
        self.quota.valueChanged.connect(lambda *_: self._show_save())
        form.addRow(tr("Quota per year"), self.quota)
        return form

    def _bottom(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.save_button = QPushButton(tr("Save the changes"))
        self.save_button.setObjectName("saveEntityButton")
        self.save_button.clicked.connect(lambda *_: self._save())
        self.accounts_button = QPushButton()
        self.accounts_button.setObjectName("entityAccountsButton")
        self.accounts_button.clicked.connect(
            lambda *_: self.entity and self.accounts_wanted.emit(self.entity)
        )
        row.addWidget(self.save_button)
        row.addStretch(1)
        row.addWidget(self.accounts_button)
        return row

    def _fill(self) -> None:
        entity = self.entity
        if entity is None:
            return
        for name, edit in self._fields.items():
            edit.setText(getattr(entity, name))
        self.quota.blockSignals(True)
        self.quota.setValue(entity.quota_km2 or 0)
        self.quota.blockSignals(False)
        self._show_state()

    def _show_state(self) -> None:
        entity = self.entity
        if entity is None:
            return
        self.title.setText(entity.name)
        self.stage.setText(progress_html(entity))
        self.story.setText(story_html(self._steps))
        place = " · ".join(x for x in (entity.legal_form, entity.commune, entity.siren) if x)
        verdict = eligibility_text(entity.eligibility)
        lines = [place, f"{verdict} – {entity.eligibility_reason}" if entity.eligibility else ""]
        self.about.setText("<br/>".join(escape(x) for x in lines if x))
        self.about.setVisible(any(lines))
        count = sum(1 for p in self._relay.holdings.people if p.entity_id == entity.id)
        self.accounts_button.setText(tr("%n account(s)…", n=count))
        self._show_steps(entity)
        self._show_save()

    def _show_steps(self, entity: Entity) -> None:
        wanted = self._next()
        self.next_button.setVisible(bool(wanted))
        self.next_button.setText(tr("{step}…").format(step=step_label(wanted)))
        self._others.clear()
        for state in (*STEP_ORDER[1:], REFUSED, SUSPENDED):
            direct = state in next_states(entity.state)
            if state != wanted and (direct or passed_over(entity.state, state)):
                self._others.addAction(f"{step_label(state)}…").triggered.connect(
                    lambda _=False, s=state: self._take(s)
                )
        if entity.state == ENTERED and not entity.service_id:
            self._others.addAction(tr("Enter it at the service")).triggered.connect(
                lambda *_: self._relay.enter_entity(entity)
            )
        self._others.addAction(tr("Make the agreement (ODT, PDF)…")).triggered.connect(
            lambda *_: self._make_agreement(None)
        )
        self._others.addAction(tr("… from my own template (ODT)…")).triggered.connect(
            lambda *_: self._choose_template()
        )
        if standing_steps(self._steps):
            self._others.addAction(tr("Undo the last step…")).triggered.connect(
                lambda *_: self._undo()
            )
        if entity.state == DRAFT:
            self._others.addAction(tr("Delete this entity")).triggered.connect(
                lambda *_: self._relay.remove_entity(entity)
            )

    def _next(self) -> str:
        if self.entity is None:
            return ""
        return next(iter(next_states(self.entity.state)), "")

    def _take(self, state: str) -> None:
        entity = self.entity
        if entity is None or not state:
            return
        over = passed_over(entity.state, state)
        details = ask_step(self, entity, state, over)
        if details is not None:
            self._relay.take_step(entity, state, details, skip=bool(over))
            if state == WAITING and not entity.service_id:
                self._relay.busy.emit("")

    def _choose_template(self) -> None:
        title, kinds = tr("Template of the agreement"), tr("OpenDocument text (*.odt)")
        name, _ = QFileDialog.getOpenFileName(self, title, "", kinds)
        if name:
            self._make_agreement(Path(name))

    def _make_agreement(self, template: Path | None) -> None:
        if self.entity is None:
            return
        folder = QFileDialog.getExistingDirectory(self, tr("Folder of the agreement"))
        if folder:
            make_agreement(self._relay.context, self.entity, Path(folder), template, self)

    def _undo(self) -> None:
        if self.entity is not None:
            reason = ask_reason(self, tr("Undo the last step"), tr("Why is it undone?"))
            if reason:
                self._relay.undo_step(self.entity, reason)

    def _edited(self) -> dict[str, object]:
        """The fields that differ from the member."""
        entity = self.entity
        if entity is None:
            return {}
        found: dict[str, object] = {
            name: edit.text().strip()
            for name, edit in self._fields.items()
            if edit.text().strip() != getattr(entity, name)
        }
        if self.quota.value() != (entity.quota_km2 or 0):
            found["quota_km2"] = self.quota.value() or None
        return found

    def _show_save(self) -> None:
        edited = self._edited()
        faults = self._faults(edited)
        self.save_button.setEnabled(bool(edited) and not faults)
        self.save_button.setToolTip(as_plain(" ".join(faults)))

    def _faults(self, edited: dict[str, object]) -> list[str]:
        if self.entity is None:
            return []
        return list(entity_faults(replace(self.entity, **edited)))  # type: ignore[arg-type]

    def _save(self) -> None:
        entity, edited = self.entity, self._edited()
        if entity is not None and edited:
            after = replace(entity, **edited)  # type: ignore[arg-type]
            self._relay.save_entity(entity, after)


def progress_html(entity: Entity) -> str:
    """The steps in their order, the present one marked."""
    if entity.state not in STEP_ORDER:
        return f"<b>● {escape(state_text(entity.state))}</b>"
    at = STEP_ORDER.index(entity.state)
    parts = []
    for place, state in enumerate(STEP_ORDER):
        text = escape(state_text(state))
        if place == at:
            parts.append(f"<b>● {text}</b>")
        elif abs(place - at) == 1:
            parts.append(f"{'✔' if place < at else '○'} {text}")
    rest = tr("step {number} of {count}").format(number=at + 1, count=len(STEP_ORDER))
    return "<br/>".join(parts) + f" <small>({escape(rest)})</small>"


def story_html(steps: list[AdhesionStep]) -> str:
    """What happened, the latest first: when, what, who, why, on which file."""
    rows = []
    for step in reversed(steps):
        text = escape(state_text(step.state))
        if step.undone_at is not None:
            text = f"<s>{text}</s>"
        details = [step.by, step.reason]
        details += [step.file_name] if step.file_name else []
        details += [tr("steps passed over")] if step.skipped else []
        if step.undone_at is not None:
            details.append(
                tr("undone by {who}: {reason}").format(
                    who=step.undone_by or "–", reason=step.undone_reason
                )
            )
        more = escape(" · ".join(d for d in details if d))
        small = f"<br/><small>{more}</small>" if more else ""
        day = f"<td style='padding-right:6px'>{escape(day_text(step.at))}</td>"
        rows.append(f"<tr>{day}<td>{text}{small}</td></tr>")
    return f"<table>{''.join(rows)}</table>" if rows else ""


def step_label(state: str) -> str:
    """What taking a step does."""
    return {
        "agreement-sent": tr("Agreement sent"),
        "agreement-signed": tr("Agreement signed"),
        "eligibility-checked": tr("Eligibility checked"),
        "entity-entered": tr("Entity entered"),
        "waiting-for-board": tr("Handed to the BE"),
        "accepted": tr("Accepted by the BE"),
        "refused": tr("Refused by the BE"),
        "suspended": tr("Suspend the adhesion"),
    }.get(state, state_text(state))
