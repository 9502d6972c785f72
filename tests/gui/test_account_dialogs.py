"""API keys, services and account details, through their windows and against the real training
service.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QGuiApplication
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QLabel, QPushButton

from dinamis_qgis.gui.widgets.widgets import StatePanel
from dinamis_qgis.sandbox.faults import Fault
from tests.conftest import wait
from tests.gui.account_desk import Desk, desk, unnamed


@pytest.fixture
def at(tmp_path: Path, iface: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    with desk(tmp_path, iface, monkeypatch) as found:
        yield found


def press(window: Any, name: str) -> None:
    found = window.findChild(QPushButton, name)
    assert found is not None and found.isVisible() and found.isEnabled(), name
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


# API keys
# -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def keys(at: Desk) -> Any:
    at.sign_in()
    at.strip.keys_action.trigger()
    window = at.dialog("KeysDialog")
    wait(lambda: window.list.topLevelItemCount() == 1)
    return window


def test_a_key_from_its_birth_to_its_end(at: Desk, keys: Any) -> None:
    assert keys.list.topLevelItem(0).text(0) == "No key yet"
    assert not keys.create_button.isEnabled() and keys.create_button.toolTip()
    assert not keys.revoke_button.isEnabled() and keys.revoke_button.toolTip()
    QTest.keyClicks(keys.description, "Serveur de tuiles")
    QTest.keyClick(keys.description, Qt.Key.Key_Return)
    wait(
        lambda: keys.created.isVisible()
        and keys.list.topLevelItem(0).text(0) == "Serveur de tuiles"
    )
    (row,) = at.service.store.keys("technicien")
    access, secret = keys.access.text(), keys.secret.text()
    assert row.access_key == access and at.service.store.key_owner(access, secret) == "technicien"
    keys.copy_secret.click()
    assert QGuiApplication.clipboard().text() == secret
    press(keys, "secretCopiedButton")
    assert not keys.created.isVisible() and keys.secret.text() == ""
    labels = [label.text() for label in keys.findChildren(QLabel)]
    assert not any(secret in text for text in labels)

    keys.list.setCurrentItem(keys.list.topLevelItem(0))
    press(keys, "revokeKeyButton")
    assert "Serveur de tuiles" in keys.notice.label.text() and at.service.store.keys(
        "technicien"
    )  # asked, not done
    press(keys, "confirmRevokeButton")
    wait(lambda: keys.list.topLevelItem(0).text(0) == "No key yet")
    assert not at.service.store.keys("technicien")


def test_keeping_a_key_after_all(at: Desk, keys: Any) -> None:
    at.service.store.create_key("technicien", "")
    keys._load()
    wait(lambda: keys.list.topLevelItem(0).text(0) == "–")
    keys.list.setCurrentItem(keys.list.topLevelItem(0))
    press(keys, "revokeKeyButton")
    keep = [b for b in keys.notice.findChildren(QPushButton) if keys.focusWidget() is b]
    assert [b.text() for b in keep] == ["Keep it"]  # Enter destroys nothing
    QTest.keyClick(keep[0], Qt.Key.Key_Return)
    assert not keys.notice.isVisible() and len(at.service.store.keys("technicien")) == 1


def test_a_failing_service_is_told_in_the_window(at: Desk, keys: Any) -> None:
    at.service.faults.add(Fault("/signing/create_api_key", status=500))
    keys.description.setText("x")
    press(keys, "createKeyButton")
    wait(keys.notice.isVisible)
    assert "internal problem" in keys.notice.label.text() and not keys.created.isVisible()
    assert not at.bar_texts()
    wait(keys.create_button.isEnabled)
    assert keys.description.text() == "x"  # what was typed is kept
    at.service.faults.clear()
    press(keys, "createKeyButton")
    wait(keys.created.isVisible)


def test_closed_while_the_service_is_slow(at: Desk, keys: Any) -> None:
    slow = at.service.faults.add(Fault("/signing/create_api_key", delay=0.5, times=2))
    keys.description.setText("x")
    press(keys, "createKeyButton")
    wait(lambda: slow.times == 1, what="the request to be on its way")
    keys.close()
    wait(
        lambda: at.service.store.keys("technicien")
    )  # too late to stop; the window is gone and nothing breaks


def test_the_windows_fit_and_have_names(at: Desk, keys: Any) -> None:
    at.strip.details_action.trigger()
    at.strip._profiles()
    for name in ("KeysDialog", "AccountDialog", "ProfilesDialog"):
        window = at.dialog(name)
        assert window.minimumSizeHint().width() <= 420, name
        assert not unnamed(window), name
        QTest.keyClick(window, Qt.Key.Key_Escape)
        assert not window.isVisible(), name


# Details
# ------------------------------------------------------------------------------------------------------------


def texts(window: Any) -> str:
    return "\n".join(label.text() for label in window.findChildren(QLabel))


def test_details_say_all_that_is_known(at: Desk) -> None:
    at.sign_in()
    at.strip.details_action.trigger()
    window = at.dialog("AccountDialog")
    said = texts(window)
    for text in (
        "Technicien SIG",
        "technicien@formation.invalid",
        "CC du Haut-Béarn",
        "PIGMA (GIP ATGeRi)",
        "mailto:pigma@formation.invalid",
        "Imagerie de crise (sécurité civile): not held, ask your relay",
        "open to everybody",
        "in the keyring of this computer",
    ):
        assert text in said, text
    at.strip.sign_out()
    wait(lambda: "Nobody is signed in." in texts(window))
    window.close()


def test_details_of_a_key_are_dashes_not_inventions(at: Desk) -> None:
    access, secret = at.service.store.create_key("technicien", "test")
    from dinamis_qgis.core.net.http import Cancel

    at.session.sign_in_key(access, secret, Cancel())
    wait(lambda: at.strip.dot.state is StatePanel.IN)
    at.strip.details_action.trigger()
    window = at.dialog("AccountDialog")
    said = texts(window)
    assert (
        "–" in said
        and "does not say which licences" in said
        and access not in said
        and secret not in said
    )
    assert not window.reload_button.isEnabled()
    window.close()


def test_a_hostile_name_is_text(at: Desk) -> None:
    from dataclasses import replace

    accounts = at.service.auth.accounts
    accounts["technicien"] = replace(
        accounts["technicien"], name="<img src=x>", relay={"name": "<b>x</b>", "email": '"><i>'}
    )
    at.sign_in()
    at.strip.details_action.trigger()
    window = at.dialog("AccountDialog")
    relay = next(label for label in window.findChildren(QLabel) if "mailto:" in label.text())
    assert "&lt;b&gt;x&lt;/b&gt;" in relay.text() and "<i>" not in relay.text()
    name = next(label for label in window.findChildren(QLabel) if "img" in label.text())
    assert name.textFormat() == Qt.TextFormat.PlainText
    window.close()


# Services
# -----------------------------------------------------------------------------------------------------------

RELAY = {
    "id": "pigma",
    "title": "DINAMIS <par> PIGMA",
    "relay": {"name": "PIGMA", "email": "pigma@formation.invalid"},
    "auth": {"discovery": "https://signing.pigma.example/openapi.json"},
    "signing": {"url": "https://signing.pigma.example/"},
    "storage": {"hosts": [".stockage.example"]},
    "catalogues": [
        {"id": "a", "title": "A", "kind": "stac", "url": "https://stac.pigma.example:8443/v1"}
    ],
}


@pytest.fixture
def services(at: Desk) -> Any:
    at.strip._profiles()
    window = at.dialog("ProfilesDialog")
    wait(lambda: window.list.count() >= 2)
    return window


@pytest.fixture
def relay_file(tmp_path: Path) -> Path:
    path = tmp_path / "relay.json"
    path.write_text(json.dumps(RELAY), "utf-8")
    return path


def test_the_services_known(at: Desk, services: Any) -> None:
    titles = [services.list.item(i).text() for i in range(services.list.count())]
    assert titles[0] == "DINAMIS" and "(in use)" in titles[1]
    assert not services.use_button.isEnabled()
    services.list.setCurrentRow(0)
    assert services.use_button.isEnabled()
    press(services, "useProfileButton")
    wait(lambda: at.context.profile.id == "dinamis")
    assert at.context.settings.profile == "dinamis" and at.strip.dot.state is StatePanel.OUT
    assert at.strip.how.accessibleName() == "DINAMIS"


def test_hosts_are_shown_before_anything_is_kept(at: Desk, services: Any, relay_file: Path) -> None:
    before = len(at.service.seen)
    services.show_file(relay_file)
    wait(services.notice.isVisible)
    said = services.notice.label.text()
    for text in (
        "*.stockage.example",
        "signing.pigma.example",
        "stac.pigma.example:8443",
        "sign-in server",
        "&lt;par&gt;",
    ):
        assert text in said, text
    assert not list(at.context.paths.profiles.glob("*")) and at.context.profile.id == "formation"
    assert len(at.service.seen) == before
    assert services.focusWidget() is services.findChild(QPushButton, "refuseProfileButton")
    press(services, "refuseProfileButton")
    assert not list(at.context.paths.profiles.glob("*")) and services.list.isVisible()


def test_trusted_and_used(at: Desk, services: Any, relay_file: Path) -> None:
    services.show_file(relay_file)
    wait(services.notice.isVisible)
    press(services, "trustProfileButton")
    wait(lambda: at.context.profile.id == "pigma")
    assert [path.name for path in at.context.paths.profiles.glob("*")] == ["pigma.json"]
    assert at.strip.how.accessibleName() == "DINAMIS <par> PIGMA"
    at.strip._profiles()
    window = at.dialog("ProfilesDialog")
    wait(lambda: window.list.count() == 3)
    window.show_file(relay_file)
    wait(window.notice.isVisible)
    assert "replaces" in window.notice.label.text()
    window.close()


def test_a_file_that_changes_after_it_was_shown(at: Desk, services: Any, relay_file: Path) -> None:
    services.show_file(relay_file)
    wait(services.notice.isVisible)
    relay_file.write_text(
        json.dumps({**RELAY, "signing": {"url": "https://thief.example/"}}), "utf-8"
    )
    press(services, "trustProfileButton")
    wait(lambda: "has changed" in services.notice.label.text())
    assert not list(at.context.paths.profiles.glob("*"))


@pytest.mark.parametrize(
    "change",
    [
        {"id": "dinamis"},
        {"training": True},
        {"signing": {"url": "http://signing.pigma.example/"}},
        {"unknown": 1},
        {"catalogues": "none"},
    ],
)
def test_a_file_that_is_refused(
    at: Desk, services: Any, relay_file: Path, change: dict[str, Any]
) -> None:
    relay_file.write_text(json.dumps({**RELAY, **change}), "utf-8")
    services.show_file(relay_file)
    wait(services.notice.isVisible)
    trust = services.findChild(QPushButton, "trustProfileButton")
    if trust is not None:
        press(services, "trustProfileButton")
        wait(lambda: "built-in" in services.notice.label.text())
    else:
        assert "not valid" in services.notice.label.text()
    assert services.list.isVisible() and not list(at.context.paths.profiles.glob("*"))


def test_a_file_that_cannot_be_read(at: Desk, services: Any, tmp_path: Path) -> None:
    services.show_file(tmp_path / "nowhere.json")
    wait(services.notice.isVisible)
    assert "could not be read" in services.notice.label.text()


def test_a_profile_folder_that_cannot_be_written(at: Desk, services: Any, relay_file: Path) -> None:
    services.show_file(relay_file)
    wait(services.notice.isVisible)
    folder = at.context.paths.profiles
    shutil.rmtree(folder)
    folder.write_text("in the way", "utf-8")
    press(services, "trustProfileButton")
    wait(lambda: services.notice.isVisible() and services.list.isVisible())
    assert (
        "could not be" in services.notice.label.text()
        or "not allowed" in services.notice.label.text()
    )
    folder.unlink()
