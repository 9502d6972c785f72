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
from dinamis_qgis.gui.relay.panel import ACCOUNTS, ACTIVITY, ENTITIES, ENTITY, NEEDS
from dinamis_qgis.sandbox.faults import Fault
from tests.gui.relay_window import RelayWindow, window
from tests.support.service import sign_in

__all__ = ["window"]


def in_dialog(what: Callable[[Any], None]) -> None:
    """Do ``what`` with the next dialog that opens, then accept it."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog):
            QTimer.singleShot(20, look)
            return
        what(dialog)

    QTimer.singleShot(20, look)


def member(window: RelayWindow, name: str = "SDIS 64", **values: Any) -> Entity:
    """A member in the register, read by the panel."""
    entity = replace(Entity(new_id(), name), **values)
    window.relay.add_entities([entity], lambda _: None)
    window.wait(lambda: window.relay.entity(entity.id), "the member")
    return entity


def test_the_tab_is_for_relays_only(window: RelayWindow) -> None:
    dock = DinamisDock(window.context)

    def tabs() -> list[str]:
        return [dock.tabs.tabText(n) for n in range(dock.tabs.count())]

    assert "Relay" not in tabs()
    window.sign_in("technicien")
    assert "Relay" not in tabs()
    window.sign_in("relais")
    window.wait(lambda: "Relay" in tabs(), "the tab")
    dock.tabs.setCurrentIndex(3)
    window.sign_in("technicien")
    window.wait(lambda: "Relay" not in tabs(), "no tab any more")
    window.context.settings.relay_tab = True
    window.context.options_changed.emit()
    assert "Relay" in tabs(), "switched on in the options, whoever is signed in"
    dock.deleteLater()


def test_a_partner_from_siret_to_accepted(window: RelayWindow, tmp_path: Path) -> None:
    window.sign_in("relais")

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
    window.press("newEntityButton")
    window.wait(lambda: window.panel.pages.currentIndex() == ENTITY, "the member's page")
    page = window.panel.entity
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
        window.press("nextStepButton")
        window.wait(lambda s=state: page.entity.state == s and page._steps, state)
    window.idle()
    window.relay.enter_entity(page.entity)
    window.wait(lambda: page.entity.service_id, "its identifier at the service")
    in_dialog(lambda dialog: dialog.accept())
    window.press("nextStepButton")
    window.wait(lambda: page.entity.state == model.WAITING, "handed to the board")
    later = window.service.store.now() + 60
    window.service.store.now = lambda: later
    window.idle()
    window.relay.refresh()
    window.wait(lambda: page.entity.state == model.ACCEPTED, "the board's word")
    window.idle()
    shown = (page.stage, page.story, page.about)
    assert all(label.textFormat() == Qt.TextFormat.RichText for label in shown)
    story = page.story.text()
    assert "avenant.pdf" in story and "for agreement-sent" in story and "BE" in story
    assert page.stage.text().startswith("✔")


def test_a_step_passed_over_needs_a_reason(window: RelayWindow) -> None:
    entity = member(window)
    window.panel.open_entity(entity)
    window.idle()
    seen: list[bool] = []

    def look(dialog: Any) -> None:
        seen.append(dialog.accept_button.isEnabled())
        dialog.reason.setPlainText("seen by telephone")
        seen.append(dialog.accept_button.isEnabled())
        dialog.accept()

    in_dialog(look)
    window.panel.entity._take(model.SIGNED)
    window.wait(lambda: window.panel.entity.entity.state == model.SIGNED, "signed")
    assert seen == [False, True]
    window.wait(lambda: "passed over" in window.panel.entity.story.text(), "told in the story")


def test_an_account_is_made_and_that_person_signs_in(window: RelayWindow) -> None:
    window.sign_in("relais")
    entity = member(window, service_id="sdis-64")
    window.panel.open_entity(entity)
    window.press("entityAccountsButton")
    assert window.panel.pages.currentIndex() == ACCOUNTS

    def fill(dialog: Any) -> None:
        dialog.fields["username"].insert("deux mots")
        assert not dialog.create_button.isEnabled() and dialog.create_button.toolTip()
        for name, text in (("username", "pompier"), ("function", "Cartographe")):
            dialog.fields[name].setText(text)
        dialog.licences["spot67"].setChecked(True)
        dialog.accept()

    in_dialog(fill)
    window.press("newAccountButton")
    window.wait(lambda: "pompier" in window.service.auth.accounts, "the account at the service")
    window.wait(lambda: window.rows(window.panel.accounts) == ["pompier"], "the account here")
    assert "access_token" in sign_in(window.service, "pompier")
    window.idle()
    window.panel.accounts.view.selectAll()

    def suspend(dialog: Any) -> None:
        assert "signed out" in dialog.findChild(QDialog.__mro__[1], "decisionText").text()
        assert not dialog.accept_button.isEnabled()
        dialog.reason.insert("Fin de mission")
        dialog.accept()

    in_dialog(suspend)
    window.panel.accounts._decide("suspend")
    window.wait(lambda: window.relay.holdings.people[0].state == model.STOPPED, "suspended")
    assert "Fin de mission" in sign_in(window.service, "pompier")["error_description"]


def test_what_waits_for_moderation_stands_apart(window: RelayWindow) -> None:
    people = [Person(new_id(), f"a{n}", state=model.PENDING) for n in range(3)]
    window.relay.register().add_people([*people, Person(new_id(), "b", state=model.ACTIVE)])
    window.relay.reload()
    window.panel.show_page(ACCOUNTS)
    window.wait(lambda: len(window.rows(window.panel.accounts)) == 4, "all")
    assert window.find("moderationButton").text().endswith("3")
    window.press("moderationButton")
    assert window.rows(window.panel.accounts) == ["a0", "a1", "a2"]
    window.panel.accounts.view.selectAll()
    actions = [a.text() for a in window.panel.accounts.menu.actions()]
    assert "Validate the account…" in actions and "Suspend the account…" not in actions


def test_a_batch_cut_short_is_carried_on(window: RelayWindow) -> None:
    window.sign_in("relais")
    window.context.http.retries = 0
    from dinamis_qgis.core.relay.accounts import Decision

    people = [Person(new_id(), f"agent{n}") for n in range(3)]
    window.service.faults.add(Fault("/scim/v2/Users", method="POST", drop=True, times=1))
    window.relay.decide(people, Decision("create"), new=True)
    window.panel.show_page(ACCOUNTS)
    window.wait(lambda: window.find("settleButton"), "what is left is told")
    assert "3 decisions" in window.find("decisionsLeft").text()
    window.press("settleButton")
    window.wait(lambda: not window.relay.holdings.actions, "all carried out")
    made = [n for n in window.service.auth.accounts if n.startswith("agent")]
    assert sorted(made) == ["agent0", "agent1", "agent2"]


def test_a_role_withdrawn_while_the_tab_is_open(window: RelayWindow, iface: Any) -> None:
    window.sign_in("relais")
    relay = window.service.auth.accounts["relais"]
    window.service.auth.accounts["relais"] = replace(relay, roles=("utilisateur",))
    window.relay.refresh()
    window.wait(lambda: iface.messageBar().items(), "a message")
    said = "\n".join(item.text() for item in iface.messageBar().items())
    assert "refuses access" in said
    window.idle()
    assert not window.find("relayProgress")


def test_activity_silent_members_and_export(
    window: RelayWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.sign_in("relais")
    member(window, "SDIS 64", service_id="sdis-64")
    member(window, "Commune", service_id="")
    window.relay.refresh()
    window.panel.show_page(ACTIVITY)
    page = window.panel.activity
    window.wait(lambda: window.relay.holdings.activity, "the counts")
    window.wait(lambda: page.model.rowCount() == 2, "both members")
    first = [page.model.index(0, c).data() for c in range(page.model.columnCount())]
    second = [page.model.index(1, c).data() for c in range(page.model.columnCount())]
    assert first[0] == "SDIS 64" and int(first[1]) > 0 and second[1] == "–", "unknown is no zero"
    assert len(page.bars._months) == 12 and any(page.bars._counts)
    path = tmp_path / "activite.csv"
    monkeypatch.setattr("dinamis_qgis.gui.relay.activity_page.ask_file", lambda *_: path)
    window.press("activityExportButton")
    window.wait(path.exists, "the file")
    assert "SDIS 64" in path.read_text("utf-8-sig")


def test_a_change_of_somebody_else_is_shown_with_both_values(window: RelayWindow) -> None:
    entity = member(window)
    window.panel.open_entity(window.relay.entity(entity.id))
    other = window.relay.register()
    current = other.entity(entity.id)
    other.save_entity(current, replace(current, agreement="2026-1"))
    seen: list[str] = []

    def choose(dialog: Any) -> None:
        box = dialog._choices["agreement"]
        seen.extend(box.itemText(n) for n in range(2))
        box.setCurrentIndex(1)
        dialog.accept()

    window.panel.entity._fields["agreement"].insert("2026-2")
    window.panel.entity._show_save()
    in_dialog(choose)
    window.press("saveEntityButton")
    window.wait(lambda: other.entity(entity.id).agreement == "2026-2", "mine kept")
    assert "2026-1" in seen[0] and "2026-2" in seen[1]


@pytest.mark.parametrize("damage", [b"<html>" * 2000, b"SQLite format 3\0" + b"\0" * 5000])
def test_a_register_that_cannot_be_read_is_told(window: RelayWindow, damage: bytes) -> None:
    member(window)
    window.relay.close()
    path = window.context.paths.relay_register
    path.write_bytes(damage)
    window.relay.reload()
    window.wait(lambda: window.find("relayProblem"), "the problem")
    assert "register" in window.find("relayProblem").text()


def test_a_list_with_faults(window: RelayWindow, tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text("nom;siret\nA;90000000100019\nB;12\nA;90000000100019\n", "utf-8")
    rows: list[str] = []

    def look(dialog: Any) -> None:
        count = dialog.model.rowCount()
        rows.extend(dialog.model.index(n, 2).data() for n in range(count))
        dialog.accept()

    in_dialog(look)
    window.relay.read_list(path, window.panel.entities.list_read.emit)
    window.wait(lambda: window.rows(window.panel.entities) == ["A"], "one member")
    assert rows[0] == "Ready" and "14 digits" in rows[1] and "Already there" in rows[2]


def test_hundreds_of_members_filtered_and_sorted(window: RelayWindow) -> None:
    states = model.STEP_ORDER
    many = [
        replace(
            Entity(new_id(), f"Entité {n}"), state=states[n % 7], commune="Pau" if n % 2 else ""
        )
        for n in range(860)
    ]
    window.relay.register().add_entities(many)
    window.relay.register().add_people([Person(new_id(), f"agent{n:04}") for n in range(5000)])
    window.relay.reload()
    page = window.panel.entities
    window.wait(lambda: page.model.rowCount() == 860, "all")
    window.write("entitySearch", "entite 85 pau")
    assert set(window.rows(page)) == {
        f"Entité {n}" for n in (85, 185, 285, 385, 485, 585, 685, 785, *range(851, 860, 2))
    }
    page.state.setCurrentIndex(page.state.findData(states[1]))
    assert all(r.state == states[1] for r in page.model.shown)
    window.write("entitySearch", "")
    page.view.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    names = window.rows(page)
    assert names == sorted(names, key=str.lower, reverse=True) and len(names) == 123
    window.panel.show_page(ACCOUNTS)
    window.write("accountSearch", "agent4999")
    assert window.rows(window.panel.accounts) == ["agent4999"]
    window.panel.show_page(ENTITIES)


def test_what_strangers_wrote_is_never_markup(window: RelayWindow) -> None:
    entity = member(window, "<img src='http://x.invalid/a.png'><b>Ville</b>")
    window.panel.open_entity(entity)
    window.idle()
    assert window.panel.entity.title.textFormat() == Qt.TextFormat.PlainText
    index = window.panel.entities.model.index(0, 0)
    assert "&lt;img" in index.data(int(Qt.ItemDataRole.ToolTipRole))


def test_the_register_of_the_options_is_used(window: RelayWindow, tmp_path: Path) -> None:
    member(window, "Ailleurs")
    window.context.settings.relay_register = str(tmp_path / "autre.gpkg")
    window.context.options_changed.emit()
    window.wait(lambda: not window.relay.holdings.entities, "an empty register")
    assert isinstance(window.relay._store, GeoPackageStore)
    assert (tmp_path / "autre.gpkg").exists()


def test_personal_data_is_exported_and_made_anonymous(
    window: RelayWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long_ago = model.now_utc() - timedelta(days=900)
    people = [
        Person(new_id(), "parti", email="a@b.invalid", state=model.REMOVED, state_since=long_ago),
        Person(new_id(), "present", email="p@b.invalid", state=model.ACTIVE),
    ]
    window.relay.register().add_people(people)
    window.relay.reload()
    window.panel.show_page(ACCOUNTS)
    window.wait(lambda: window.relay.holdings.people, "the accounts")
    path = tmp_path / "personne.json"
    page = "dinamis_qgis.gui.relay.accounts_page"
    monkeypatch.setattr(f"{page}.ask_file", lambda *_: path)
    monkeypatch.setattr(f"{page}.QInputDialog.getText", lambda *_, **__: ("p@b.invalid", True))
    window.panel.accounts._export_person()
    window.wait(path.exists, "the file")
    assert "present" in path.read_text("utf-8") and "parti" not in path.read_text("utf-8")
    yes = QMessageBox.StandardButton.Yes
    monkeypatch.setattr(f"{page}.QMessageBox.question", lambda *_: yes)
    window.panel.accounts._anonymise()
    window.wait(
        lambda: not any(p.username == "parti" for p in window.relay.holdings.people), "anonymous"
    )
    assert any(p.email == "p@b.invalid" for p in window.relay.holdings.people)


def test_the_agreement_is_written(
    window: RelayWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, iface: Any
) -> None:
    entity = member(window, agreement="2026-7")
    window.panel.open_entity(entity)
    page = "dinamis_qgis.gui.relay.entity_page.QFileDialog.getExistingDirectory"
    monkeypatch.setattr(page, lambda *_: str(tmp_path))
    window.panel.entity._make_agreement(None)
    window.wait(lambda: (tmp_path / "avenant.pdf").exists(), "the PDF")
    window.idle()
    assert (tmp_path / "avenant.odt").exists()
    assert (tmp_path / "avenant.pdf").read_bytes().startswith(b"%PDF")
    window.panel.entity._make_agreement(None)
    window.wait(lambda: (tmp_path / "avenant_2.pdf").exists(), "beside the first")
    window.idle()


def test_two_dossiers_become_one_request(window: RelayWindow, tmp_path: Path) -> None:
    """Received, found to share ground, joined; each origin says so; the request form gets the area."""
    from dinamis_qgis.core.tasking.channels.dossier import write_area_files
    from tests.unit.relay.test_partner_dossier import request

    for name in ("SDIS 64", "CC du Haut-Béarn"):
        member(window, name)
    page = window.panel.needs
    window.panel.show_page(NEEDS)
    window.idle()
    assert "No need yet" in page.said.text() and not page.join_button.isEnabled()
    files = [
        write_area_files(request(name, west), tmp_path / name)[0]
        for name, west in (("SDIS 64", -0.5), ("CC du Haut-Béarn", -0.45))
    ]
    bad = tmp_path / "vide.geojson"
    bad.write_text("{}")
    told: list[Any] = []
    window.relay.receive_dossiers([*files, bad], told.append)
    window.wait(lambda: page.proposals.count() == 1, "a proposal")
    assert told[0][0] == 2 and told[0][1][0][0] == bad
    assert "saved" in page.proposals.item(0).text() and page.join_button.isEnabled()
    assert "SDIS%2064" in page.mail_address() and page.mail_address().isascii()
    window.relay.receive_dossiers(files, told.append)
    window.wait(lambda: len(told) == 2, "received again")
    assert told[1] == (0, []), "nothing twice"
    if SHOTS := __import__("os").environ.get("SCREENSHOTS"):
        window.panel.grab().save(f"{SHOTS}/relay-needs.png")
    page.join_button.click()
    window.wait(lambda: page.proposals.count() == 0 and page.model.rowCount() == 3, "joined")
    states = sorted(page.model.index(n, 2).data() for n in range(3))
    assert states == ["Joined", "Joined", "Joint request"]
    areas: list[Any] = []
    page.request_wanted.connect(areas.append)
    page.draft_button.click()
    assert areas and areas[0].area > 0.01
