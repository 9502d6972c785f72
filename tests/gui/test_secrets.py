"""A whole session through the real windows leaves nothing secret behind: no file, no log, nothing
on screen, no support report.
"""

from __future__ import annotations

import contextlib
import logging
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from qgis.core import QgsApplication, QgsProject, QgsRectangle

from tests.support.service import running_service
from tests.support.window import Window, window

AROUND = QgsRectangle(412000, 6234000, 442000, 6259000)
SIGNED = re.compile(rb"(?i)x-amz-(?:signature|credential|security-token)(?:=|%3d|%253d)[0-9a-z]")
PROOFS = re.compile(rb"(?i)(?:bearer [\w.-]{8}|\"(?:access|refresh)_token\"|device_code\"?[=:])")


def pieces(path: Path) -> Iterator[bytes]:
    """What is in a file, and in what it packs."""
    yield path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                yield archive.read(name)


def leaks(data: bytes, secrets: set[str]) -> list[str]:
    """What of ``data`` nobody may read."""
    forms = {form for secret in secrets for form in (secret, quote(secret, safe=""))}
    raw = [form if isinstance(form, bytes) else form.encode() for form in forms]
    found = [form for form, wanted in zip(forms, raw) if wanted in data]
    return found + [
        match.group().decode()
        for pattern in (SIGNED, PROOFS)
        for match in [pattern.search(data)]
        if match
    ]


def leaking(folder: Path, secrets: set[str]) -> dict[str, list[str]]:
    """Files below ``folder`` that hold something secret, or are named so."""
    found = {}
    for path in folder.rglob("*"):
        texts = [str(path).encode(), *(pieces(path) if path.is_file() else ())]
        wrong = [leak for text in texts for leak in leaks(text, secrets)]
        if wrong:
            found[str(path.relative_to(folder))] = wrong
    return found


class Told(logging.Handler):
    """Every record of every logger, and every line of QGIS's log panel."""

    def __init__(self) -> None:
        super().__init__(0)
        self.lines: list[str] = []

    def emit(self, entry: logging.LogRecord) -> None:
        self.lines += [entry.getMessage(), repr(entry.args)]

    def line(self, *values: Any) -> None:
        self.lines.append(" ".join(str(value) for value in values))


@pytest.fixture
def told() -> Iterator[Told]:
    handler, root = Told(), logging.getLogger()
    loggers = [
        root,
        *(
            logging.getLogger(name)
            for name in [*root.manager.loggerDict]
            if not name.startswith("dinamis_qgis.sandbox")
        ),
    ]
    levels = [logger.level for logger in loggers]
    root.addHandler(handler)
    for logger in loggers:
        logger.setLevel(1)
    log = QgsApplication.messageLog()
    log.messageReceived.connect(handler.line)
    yield handler
    log.messageReceived.disconnect(handler.line)
    root.removeHandler(handler)
    for logger, level in zip(loggers, levels):
        logger.setLevel(level)


def known(there: Window) -> set[str]:
    """What is secret right now."""
    from dinamis_qgis.bridge.layers.gateway import gateways

    proof = there.context.session._keeper.state.proof
    gateway = gateways(there.context).known()
    return {proof.access, proof.refresh, *([gateway._secret] if gateway else [])}


def whole_session(there: Window, service: Any, project: Path) -> tuple[set[str], list[str]]:
    """All of the main job, a renewal and an error among it; what was secret meanwhile, and what was
    shown.
    """
    from dinamis_qgis.bridge import support, tasks
    from dinamis_qgis.sandbox.faults import Fault

    there.sign_in()
    secrets, keys = known(there), list[Any]()
    session = there.context.session
    tasks.run(
        lambda job: session.create_api_key("audit", job.cancel), done=keys.append, title="key"
    )
    there.wait(lambda: keys, what="the key")
    secrets |= {keys[0].access, keys[0].secret}
    service.store.expire()  # the next request renews
    panel = there.search()
    secrets |= known(there)
    chosen = there.choose(panel, 2)
    there.click("addToMapButton")
    there.wait(lambda: len(there.layers()) == 2, seconds=60, what="the layers")
    secrets |= known(there)
    for name in ("a.qgz", "a.qgs"):
        assert QgsProject.instance().write(str(project / name))
    panel.select([chosen[0].key])
    there.download()
    there.wait(
        lambda: all(v.entry.state.value == "done" for v in files(there)) and files(there),
        seconds=90,
        what="the clip",
    )
    panel = there.tab("search")
    panel.select([chosen[1].key])
    service.faults.add(
        Fault(
            "/storage/.*",
            status=403,
            body=b"<Error><Code>AccessDenied</Code></Error>",
            content_type="application/xml",
        )
    )
    there.click("downloadButton")
    there.wait(lambda: there.find("downloadDialog"), what="the dialog")
    there.click("wholeChoice")
    there.click("startDownloadButton")
    there.tab("downloads")
    there.wait(
        lambda: any(v.entry.error is not None for v in files(there)), seconds=60, what="the refusal"
    )
    shown = [there.said()]
    service.faults.clear()
    downloads = there.dock.panel("downloads").downloads
    downloads.resume([v.entry.id for v in files(there)])
    there.wait(
        lambda: all(v.entry.state.value == "done" for v in files(there)),
        seconds=90,
        what="the files",
    )
    there.draw()
    there.write("Suivi")
    there.click("submitRequestButton")
    there.wait(lambda: any(r.order_id for r in there.requests()), seconds=60, what="the receipt")
    QgsProject.instance().write(str(project / "b.qgz"))
    secrets |= known(there)
    return secrets, [*shown, there.said(), support.support_report(there.context)]


def files(there: Window) -> Any:
    return there.dock.panel("downloads", show=False).downloads.views


def test_a_whole_session_leaves_nothing_secret(
    iface: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    wait_until: Callable[..., None],
    french: None,
    told: Told,
    capfd: pytest.CaptureFixture[str],
) -> None:
    home, project = tmp_path / "home", tmp_path / "project"
    project.mkdir()
    options = {"auto_approve": "technicien", "device_interval": 0.1, "days_per_second": 20}
    with contextlib.ExitStack() as stack:
        service = stack.enter_context(running_service(tmp_path / "service", **options))
        there = stack.enter_context(
            window(iface, wait_until, str(service.profile_path), home, monkeypatch, AROUND)
        )
        there.wait(lambda: there.context.profile, what="the profile")
        secrets, shown = whole_session(there, service, project)
    assert len(secrets) >= 7 and all(len(secret) > 7 for secret in secrets)
    kept = {path.name for path in home.rglob("*") if path.is_file()}
    assert {"queue.sqlite", "requests.gpkg", "catalog.json"} <= kept and any(
        name.endswith(".tif") for name in kept
    )
    profile = Path(QgsApplication.qgisSettingsDirPath())
    for folder in (home, project, profile):
        assert leaking(folder, secrets) == {}, folder
    printed = "".join(capfd.readouterr())
    said = "\n".join([*shown, *told.lines, printed])
    assert "/storage/" in said, "requests are logged, so their secrets would be seen"
    assert leaks(said.encode(), secrets) == []


@pytest.mark.parametrize("kind", ["text", "sqlite", "zip", "name", "signed", "quoted"])
def test_a_secret_would_be_seen(tmp_path: Path, kind: str) -> None:
    import sqlite3

    secret = "s3cr3t/value+"
    if kind == "sqlite":
        base = sqlite3.connect(tmp_path / "a.sqlite")
        base.execute("CREATE TABLE t (x TEXT)")
        base.execute("INSERT INTO t VALUES (?)", (f"…{secret}…",))
        base.commit()
        base.close()
    elif kind == "zip":
        with zipfile.ZipFile(tmp_path / "a.qgz", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.qgs", "x" * 5000 + secret)
    elif kind == "name":
        (tmp_path / quote(secret, safe="")).mkdir()
    else:
        text = {
            "text": secret,
            "signed": "https://s/a?X-Amz-Signature=0af3",
            "quoted": quote(secret, safe=""),
        }[kind]
        (tmp_path / "a.txt").write_text(text)
    assert leaking(tmp_path, {secret})
    assert not leaks(b"https://s/a?X-Amz-Signature=\xe2\x80\xa6 Bearer \xe2\x80\xa6", {secret})
