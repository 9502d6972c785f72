"""The page a person sees: what it shows, what its form does, and that nothing typed into it comes
back as HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from dinamis_qgis.sandbox.auth.auth import REALM
from dinamis_qgis.sandbox.auth.devices import _MAX_ATTEMPTS
from dinamis_qgis.sandbox.service import Service
from tests.support.service import Answer, LittleWorld, ask, begin_login, poll, running_service


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    with running_service(tmp_path, LittleWorld({})) as running:
        yield running


class _Page(HTMLParser):
    """Tags that stay open, form fields, headings."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.open: list[str] = []
        self.fields: dict[str, str] = {}
        self.labels: set[str] = set()
        self.lang = ""
        self.text = answer.body.decode()
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        values = dict(attrs)
        if tag == "html":
            self.lang = values["lang"]
        if tag == "label":
            self.labels.add(values["for"])
        if tag in ("input", "button") and "name" in values:
            self.fields[values["name"]] = values.get("value", "")
        if tag not in ("meta", "input", "br", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _submit(
    service: Service, code: str, user: str, password: str, answer: str = "approve", **headers: str
) -> Answer:
    form = {"user_code": code, "username": user, "password": password, "answer": answer}
    return ask(f"{service.root}{REALM}/device", form=form, headers=headers)


def test_the_form_of_a_pending_login(service: Service) -> None:
    login = begin_login(service)
    answer = ask(login["verification_uri_complete"])
    page = _Page(answer)
    assert answer.status == 200
    assert page.open == []
    assert page.lang == "fr"
    assert login["user_code"] in page.text
    assert page.fields["user_code"] == login["user_code"]
    assert {"username", "password", "answer"} <= set(page.fields)
    assert page.labels == {"username", "password"}
    assert "technicien" in page.text
    assert "<script" not in page.text
    assert not re.search(r'(?:src|href)="', page.text)
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_without_a_code_one_is_asked_for(service: Service) -> None:
    page = _Page(ask(f"{service.root}{REALM}/device"))
    assert set(page.fields) == {"user_code"}
    assert page.labels == {"user_code"}


@pytest.mark.parametrize("shape", ["{}", " {} ", "lower", "bare"])
def test_a_code_may_be_typed_as_one_likes(service: Service, shape: str) -> None:
    code = begin_login(service)["user_code"]
    typed = {"lower": code.lower(), "bare": code.replace("-", "")}.get(shape, shape.format(code))
    assert ask(f"{service.root}{REALM}/device?user_code={quote(typed)}").status == 200


@pytest.mark.parametrize(
    "code", ["AAAA-AAAA", "<script>alert(1)</script>", '"><b>', "é", "-", " ", "\0"]
)
def test_an_unknown_code_is_said_and_never_echoed(service: Service, code: str) -> None:
    answer = ask(f"{service.root}{REALM}/device?user_code={quote(code)}")
    page = _Page(answer)
    assert answer.status == 404
    assert "n’est pas valable" in page.text
    assert "<script" not in page.text
    assert "<b>" not in page.text
    assert _submit(service, code, "technicien", "technicien").status == 404


@pytest.mark.parametrize("account", ["technicien", "sdis", "formateur", "relais", "nouveau"])
def test_approving(service: Service, account: str) -> None:
    login = begin_login(service)
    done = _submit(service, login["user_code"], account, account)
    assert done.status == 200
    assert "QGIS est connecté" in done.body.decode()
    assert poll(service, login["device_code"]).status == 200
    assert _submit(service, login["user_code"], account, account).status == 404


def test_denying_needs_no_password(service: Service) -> None:
    login = begin_login(service)
    assert "refusée" in _submit(service, login["user_code"], "", "", "deny").body.decode()
    assert poll(service, login["device_code"]).json()["error"] == "access_denied"


def test_a_wrong_password_may_be_corrected(service: Service) -> None:
    login = begin_login(service)
    for user, password in (
        ("technicien", "sdis"),
        ("technicien", ""),
        ("personne", "personne"),
        ("<b>", "<b>"),
    ):
        answer = _submit(service, login["user_code"], user, password)
        page = _Page(answer)
        assert answer.status == 403
        assert "n’est pas le bon" in page.text
        assert "<b>" not in page.text
        assert page.fields["user_code"] == login["user_code"]
    assert poll(service, login["device_code"]).json()["error"] == "authorization_pending"
    assert _submit(service, login["user_code"], " Technicien ", "technicien").status == 200


def test_guessing_passwords_ends_the_login(service: Service) -> None:
    login = begin_login(service)
    for _ in range(_MAX_ATTEMPTS):
        assert _submit(service, login["user_code"], "technicien", "x").status == 403
    assert _submit(service, login["user_code"], "technicien", "technicien").status == 404
    assert poll(service, login["device_code"]).json()["error"] == "access_denied"


def test_a_form_of_another_site_is_refused(service: Service) -> None:
    login = begin_login(service)
    refused = _submit(
        service, login["user_code"], "technicien", "technicien", Origin="https://example.org"
    )
    assert refused.status == 403
    assert (
        _submit(service, login["user_code"], "technicien", "technicien", Origin=service.root).status
        == 200
    )


@pytest.mark.parametrize("body", [b"", b"\xff", b"user_code=a&user_code=b", b"{}"])
def test_malformed_forms(service: Service, body: bytes) -> None:
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=20)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", f"{REALM}/device", body, headers)
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    assert response.status in (400, 404)
    assert "Traceback" not in text
