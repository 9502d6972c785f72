"""The relay's tab in front of a relay: a partner from SIRET to accepted, accounts, activity."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtWidgets import QApplication, QDialog, QMessageBox, QPlainTextEdit

from dinamis_qgis.core.relay import model
from dinamis_qgis.core.relay.model import Entity, Person, new_id
from dinamis_qgis.core.relay.register.store import GeoPackageStore
from dinamis_qgis.gui.dock import DinamisDock
from dinamis_qgis.gui.relay.panel import ACCOUNTS, ACTIVITY, ENTITIES, ENTITY
from dinamis_qgis.sandbox.faults import Fault
from tests.gui.relay_office import Office, office
from tests.support.service import sign_in

__all__ = ["office"]


def in_dialog(what: Callable[[Any], None]) -> None:
    """Do ``what`` with the next dialog that opens, then accept it."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog):
            QTimer.singleShot(20, look)
            return
        what(dialog)

    QTimer.singleShot(20, look)


def member(office: Office, name: str = "SDIS 64", **values: Any) -> Entity:
    """A member in the register, read by the panel."""
    entity = replace(Entity(new_id(), name), **values)
    office.desk.add_entities([entity], lambda _: None)
    office.wait(lambda: office.desk.entity(entity.id), "the member")
    return entity


def test_the_tab_is_for_relays_only(office: Office) -> None:
    dock = DinamisDock(office.context)

    def tabs() -> list[str]:
        return [dock.tabs.tabText(n) for n in range(dock.tabs.count())]

    assert "Relay" not in tabs()
    office.sign_in("technicien")
    assert "Relay" not in tabs()
    office.sign_in("relais")
    office.wait(lambda: "Relay" in tabs(), "the tab")
    dock.tabs.setCurrentIndex(3)
    office.sign_in("technicien")
    office.wait(lambda: "Relay" not in tabs(), "no tab any more")
    office.context.settings.relay_tab = True
    office.context.options_changed.emit()
    assert "Relay" in tabs(), "switched on in the options, whoever is signed in"
    dock.deleteLater()


def test_a_partner_from_siret_to_accepted(office: Office, tmp_path: Path) -> None:
    office.sign_in("relais")

    def look_up(dialog: Any) -> None:
        dialog.query.insert("900 000 010 00019")
        dialog._look_up()

        def choose() -> None:
            if not dialog.results.count():
                QTimer.singleShot(20, choose)
                return
            assert "Eligible" in dialog.said.text() and dialog.siret.text() == "90000001000019"
            dialog.accept()

        choose()

    in_dialog(look_up)
    office.press("newEntityButton")
    office.wait(lambda: office.panel.pages.currentIndex() == ENTITY, "the member's page")
    page = office.panel.entity
    assert page.entity.name == "COMMUNE D'ARUDY" and page.entity.eligibility == model.ELIGIBLE
    paper = tmp_path / "avenant.pdf"
    paper.write_bytes(b"signed")
    for state in (model.SENT, model.SIGNED, model.CHECKED, model.ENTERED):

        def note(dialog: Any, state: str = state) -> None:
            dialog.findChild(QPlainTextEdit, "stepReason").setPlainText(f"for {state}")
            if state == model.SIGNED:
                dialog.file.setFilePath(str(paper))
            dialog.accept()

        in_dialog(note)
        office.press("nextStepButton")
        office.wait(lambda s=state: page.entity.state == s and page._steps, state)
    office.idle()
    office.desk.enter_entity(page.entity)
    office.wait(lambda: page.entity.service_id, "its identifier at the service")
    in_dialog(lambda dialog: dialog.accept())
    office.press("nextStepButton")
    office.wait(lambda: page.entity.state == model.WAITING, "handed to the board")
    later = office.service.store.now() + 60
    office.service.store.now = lambda: later
    office.idle()
    office.desk.refresh()
    office.wait(lambda: page.entity.state == model.ACCEPTED, "the board's word")
    office.idle()
    story = page.story.text()
    assert "avenant.pdf" in story and "for agreement-sent" in story and "BE" in story
    assert page.ladder.text().startswith("✔")


def test_a_step_passed_over_needs_a_reason(office: Office) -> None:
    entity = member(office)
    office.panel.open_entity(entity)
    office.idle()
    seen: list[bool] = []

    def look(dialog: Any) -> None:
        seen.append(dialog.accept_button.isEnabled())
        dialog.reason.setPlainText("seen by telephone")
        seen.append(dialog.accept_button.isEnabled())
        dialog.accept()

    in_dialog(look)
    office.panel.entity._take(model.SIGNED)
    office.wait(lambda: office.panel.entity.entity.state == model.SIGNED, "signed")
    assert seen == [False, True]
    office.wait(lambda: "passed over" in office.panel.entity.story.text(), "told in the story")


def test_an_account_is_made_and_that_person_signs_in(office: Office) -> None:
    office.sign_in("relais")
    entity = member(office, service_id="sdis-64")
    office.panel.open_entity(entity)
    office.press("entityAccountsButton")
    assert office.panel.pages.currentIndex() == ACCOUNTS

    def fill(dialog: Any) -> None:
        dialog.fields["username"].insert("deux mots")
        assert not dialog.create_button.isEnabled() and dialog.create_button.toolTip()
        for name, text in (("username", "pompier"), ("function", "Cartographe")):
            dialog.fields[name].setText(text)
        dialog.licences["spot67"].setChecked(True)
        dialog.accept()

    in_dialog(fill)
    office.press("newAccountButton")
    office.wait(lambda: "pompier" in office.service.auth.accounts, "the account at the service")
    office.wait(lambda: office.rows(office.panel.accounts) == ["pompier"], "the account here")
    assert "access_token" in sign_in(office.service, "pompier")
    office.idle()
    office.panel.accounts.view.selectAll()

    def suspend(dialog: Any) -> None:
        assert "signed out" in dialog.findChild(QDialog.__mro__[1], "decisionText").text()
        assert not dialog.accept_button.isEnabled()
        dialog.reason.insert("Fin de mission")
        dialog.accept()

    in_dialog(suspend)
    office.panel.accounts._decide("suspend")
    office.wait(lambda: office.desk.holdings.people[0].state == model.STOPPED, "suspended")
    assert "Fin de mission" in sign_in(office.service, "pompier")["error_description"]


def test_what_waits_for_moderation_stands_apart(office: Office) -> None:
    people = [Person(new_id(), f"a{n}", state=model.PENDING) for n in range(3)]
    office.desk.register().add_people([*people, Person(new_id(), "b", state=model.ACTIVE)])
    office.desk.reload()
    office.panel.show_page(ACCOUNTS)
    office.wait(lambda: len(office.rows(office.panel.accounts)) == 4, "all")
    assert office.find("moderationButton").text().endswith("3")
    office.press("moderationButton")
    assert office.rows(office.panel.accounts) == ["a0", "a1", "a2"]
    office.panel.accounts.view.selectAll()
    actions = [a.text() for a in office.panel.accounts.menu.actions()]
    assert "Validate the account…" in actions and "Suspend the account…" not in actions


def test_a_batch_cut_short_is_carried_on(office: Office) -> None:
    office.sign_in("relais")
    office.context.http.retries = 0
    from dinamis_qgis.core.relay.accounts import Decision

    people = [Person(new_id(), f"agent{n}") for n in range(3)]
    office.service.faults.add(Fault("/scim/v2/Users", method="POST", drop=True, times=1))
    office.desk.decide(people, Decision("create"), new=True)
    office.panel.show_page(ACCOUNTS)
    office.wait(lambda: office.find("settleButton"), "what is left is told")
    assert "3 decisions" in office.find("decisionsLeft").text()
    office.press("settleButton")
    office.wait(lambda: not office.desk.holdings.actions, "all carried out")
    made = [n for n in office.service.auth.accounts if n.startswith("agent")]
    assert sorted(made) == ["agent0", "agent1", "agent2"]


def test_a_role_withdrawn_while_the_tab_is_open(office: Office, iface: Any) -> None:
    office.sign_in("relais")
    relay = office.service.auth.accounts["relais"]
    office.service.auth.accounts["relais"] = replace(relay, roles=("utilisateur",))
    office.desk.refresh()
    office.wait(lambda: iface.messageBar().items(), "a message")
    said = "\n".join(item.text() for item in iface.messageBar().items())
    assert "refuses access" in said
    office.idle()
    assert not office.find("relayProgress")


def test_activity_silent_members_and_export(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.sign_in("relais")
    member(office, "SDIS 64", service_id="sdis-64")
    member(office, "Commune", service_id="")
    office.desk.refresh()
    office.panel.show_page(ACTIVITY)
    page = office.panel.activity
    office.wait(lambda: office.desk.holdings.activity, "the counts")
    office.wait(lambda: page.model.rowCount() == 2, "both members")
    first = [page.model.index(0, c).data() for c in range(page.model.columnCount())]
    second = [page.model.index(1, c).data() for c in range(page.model.columnCount())]
    assert first[0] == "SDIS 64" and int(first[1]) > 0 and second[1] == "–", "unknown is no zero"
    assert len(page.bars._months) == 12 and any(page.bars._counts)
    path = tmp_path / "activite.csv"
    monkeypatch.setattr("dinamis_qgis.gui.relay.activity_page.ask_file", lambda *_: path)
    office.press("activityExportButton")
    office.wait(path.exists, "the file")
    assert "SDIS 64" in path.read_text("utf-8-sig")


def test_a_change_of_somebody_else_is_shown_with_both_values(office: Office) -> None:
    entity = member(office)
    office.panel.open_entity(office.desk.entity(entity.id))
    other = office.desk.register()
    current = other.entity(entity.id)
    other.save_entity(current, replace(current, agreement="2026-1"))
    seen: list[str] = []

    def choose(dialog: Any) -> None:
        box = dialog._choices["agreement"]
        seen.extend(box.itemText(n) for n in range(2))
        box.setCurrentIndex(1)
        dialog.accept()

    office.panel.entity._fields["agreement"].insert("2026-2")
    office.panel.entity._show_save()
    in_dialog(choose)
    office.press("saveEntityButton")
    office.wait(lambda: other.entity(entity.id).agreement == "2026-2", "mine kept")
    assert "2026-1" in seen[0] and "2026-2" in seen[1]


@pytest.mark.parametrize("damage", [b"<html>" * 2000, b"SQLite format 3\0" + b"\0" * 5000])
def test_a_register_that_cannot_be_read_is_told(office: Office, damage: bytes) -> None:
    member(office)
    office.desk.close()
    path = office.context.paths.relay_register
    path.write_bytes(damage)
    office.desk.reload()
    office.wait(lambda: office.find("relayProblem"), "the problem")
    assert "register" in office.find("relayProblem").text()


def test_a_list_with_faults(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text("nom;siret\nA;90000000100019\nB;12\nA;90000000100019\n", "utf-8")
    rows: list[str] = []

    def look(dialog: Any) -> None:
        count = dialog.model.rowCount()
        rows.extend(dialog.model.index(n, 2).data() for n in range(count))
        dialog.accept()

    in_dialog(look)
    office.desk.read_list(path, office.panel.entities.list_read.emit)
    office.wait(lambda: office.rows(office.panel.entities) == ["A"], "one member")
    assert rows[0] == "Ready" and "14 digits" in rows[1] and "Already there" in rows[2]


def test_hundreds_of_members_filtered_and_sorted(office: Office) -> None:
    states = model.LADDER
    many = [
        replace(
            Entity(new_id(), f"Entité {n}"), state=states[n % 7], commune="Pau" if n % 2 else ""
        )
        for n in range(860)
    ]
    office.desk.register().add_entities(many)
    office.desk.register().add_people([Person(new_id(), f"agent{n:04}") for n in range(5000)])
    office.desk.reload()
    page = office.panel.entities
    office.wait(lambda: page.model.rowCount() == 860, "all")
    office.write("entitySearch", "entite 85 pau")
    assert set(office.rows(page)) == {
        f"Entité {n}" for n in (85, 185, 285, 385, 485, 585, 685, 785, *range(851, 860, 2))
    }
    page.state.setCurrentIndex(page.state.findData(states[1]))
    assert all(r.state == states[1] for r in page.model.shown)
    office.write("entitySearch", "")
    page.view.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    names = office.rows(page)
    assert names == sorted(names, key=str.lower, reverse=True) and len(names) == 123
    office.panel.show_page(ACCOUNTS)
    office.write("accountSearch", "agent4999")
    assert office.rows(office.panel.accounts) == ["agent4999"]
    office.panel.show_page(ENTITIES)


def test_what_strangers_wrote_is_never_markup(office: Office) -> None:
    entity = member(office, "<img src='http://x.invalid/a.png'><b>Ville</b>")
    office.panel.open_entity(entity)
    office.idle()
    assert office.panel.entity.title.textFormat() == Qt.TextFormat.PlainText
    index = office.panel.entities.model.index(0, 0)
    assert "&lt;img" in index.data(int(Qt.ItemDataRole.ToolTipRole))


def test_the_register_of_the_options_is_used(office: Office, tmp_path: Path) -> None:
    member(office, "Ailleurs")
    office.context.settings.relay_register = str(tmp_path / "autre.gpkg")
    office.context.options_changed.emit()
    office.wait(lambda: not office.desk.holdings.entities, "an empty register")
    assert isinstance(office.desk._store, GeoPackageStore)
    assert (tmp_path / "autre.gpkg").exists()


def test_personal_data_is_exported_and_made_anonymous(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long_ago = model.now() - timedelta(days=900)
    people = [
        Person(new_id(), "parti", email="a@b.invalid", state=model.REMOVED, state_since=long_ago),
        Person(new_id(), "present", email="p@b.invalid", state=model.ACTIVE),
    ]
    office.desk.register().add_people(people)
    office.desk.reload()
    office.panel.show_page(ACCOUNTS)
    office.wait(lambda: office.desk.holdings.people, "the accounts")
    path = tmp_path / "personne.json"
    page = "dinamis_qgis.gui.relay.accounts_page"
    monkeypatch.setattr(f"{page}.ask_file", lambda *_: path)
    monkeypatch.setattr(f"{page}.QInputDialog.getText", lambda *_, **__: ("p@b.invalid", True))
    office.panel.accounts._export_person()
    office.wait(path.exists, "the file")
    assert "present" in path.read_text("utf-8") and "parti" not in path.read_text("utf-8")
    yes = QMessageBox.StandardButton.Yes
    monkeypatch.setattr(f"{page}.QMessageBox.question", lambda *_: yes)
    office.panel.accounts._anonymise()
    office.wait(
        lambda: not any(p.username == "parti" for p in office.desk.holdings.people), "anonymous"
    )
    assert any(p.email == "p@b.invalid" for p in office.desk.holdings.people)


def test_the_agreement_is_written(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, iface: Any
) -> None:
    entity = member(office, agreement="2026-7")
    office.panel.open_entity(entity)
    page = "dinamis_qgis.gui.relay.entity_page.QFileDialog.getExistingDirectory"
    monkeypatch.setattr(page, lambda *_: str(tmp_path))
    office.panel.entity._make_agreement(None)
    office.wait(lambda: (tmp_path / "avenant.pdf").exists(), "the PDF")
    office.idle()
    assert (tmp_path / "avenant.odt").exists()
    assert (tmp_path / "avenant.pdf").read_bytes().startswith(b"%PDF")
    office.panel.entity._make_agreement(None)
    office.wait(lambda: (tmp_path / "avenant_2.pdf").exists(), "beside the first")
    office.idle()
