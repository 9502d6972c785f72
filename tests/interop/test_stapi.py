"""The whole cycle of a request against ``stapi-fastapi``, run as a real server from an environment
of its own.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from shapely.geometry import box

from dinamis_qgis.core.errors import InvalidInput, ServiceError
from dinamis_qgis.core.net.http import Cancel, Http
from dinamis_qgis.core.profile.model import Tasking
from dinamis_qgis.core.tasking.channels.stapi import Stapi
from dinamis_qgis.core.tasking.follow import refresh_status
from dinamis_qgis.core.tasking.model import READY, Draft, Request, new_request
from dinamis_qgis.core.tasking.register.register import Register
from dinamis_qgis.core.tasking.rules.check import Severity
from dinamis_qgis.core.tasking.send import send_request

HERE = Path(__file__).parent / "stapi"
ROOT = Path(__file__).resolve().parents[2]


def python311() -> str | None:
    """A Python that the reference server runs on."""
    candidates = [sys.executable, *(shutil.which(f"python3.{minor}") for minor in (11, 12, 13))]
    check = "import sys, venv; sys.exit(sys.version_info < (3, 11))"
    return next(
        (
            c
            for c in candidates
            if c and subprocess.run([c, "-c", check], check=False).returncode == 0
        ),
        None,
    )


@pytest.fixture(scope="session")
def environment() -> Path:
    """The environment with the pinned server, kept in ``build/`` until the pins change."""
    pins = (HERE / "requirements.txt").read_bytes()
    folder = ROOT / "build" / f"stapi-{hashlib.sha256(pins).hexdigest()[:12]}"
    ready, python = folder / ".ready", folder / "bin" / "python"
    if ready.exists():
        return python
    base = python311()
    if base is None:
        pytest.skip("stapi-fastapi needs Python 3.11 or later, and there is none here")
    made = subprocess.run(
        [base, "-m", "venv", "--clear", str(folder)], capture_output=True, text=True, check=False
    )
    pip = [
        str(python),
        "-m",
        "pip",
        "install",
        "-q",
        "--no-deps",
        "--disable-pip-version-check",
        "-r",
        str(HERE / "requirements.txt"),
    ]
    done = (
        subprocess.run(pip, capture_output=True, text=True, check=False)
        if made.returncode == 0
        else made
    )
    if done.returncode:
        pytest.skip(f"stapi-fastapi cannot be installed: {done.stderr.strip()[-300:]}")
    ready.touch()
    return python


@pytest.fixture(scope="module")
def server(environment: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    process = subprocess.Popen(
        [str(environment), str(HERE / "app.py"), str(port)],
        env=clean,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        end = time.monotonic() + 180
        while True:
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    break
            if process.poll() is not None:
                pytest.fail(f"the server ended: {process.stderr.read() if process.stderr else ''}")
            if time.monotonic() > end:
                pytest.fail("the server does not start")
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.communicate(timeout=120)


@pytest.fixture
def http() -> Iterator[Http]:
    client = Http("test", retries=0)
    yield client
    client.close()


@pytest.fixture
def channel(server: str, http: Http) -> Stapi:
    return Stapi(Tasking("stapi", server), http)


@pytest.fixture
def step(server: str, http: Http) -> Callable[..., Any]:
    return lambda order_id, code, reason=None: http.json(
        "POST", f"{server}/_test/{order_id}", json={"code": code, "reason": reason}
    )


def draft(product: str = "known", **more: Any) -> Draft:
    start = date.today() + timedelta(days=1)
    whole = Draft(
        box(-0.5, 43.2, -0.3, 43.35),
        product,
        start,
        start + timedelta(days=60),
        10,
        30,
        "mono",
        "Pau",
        "use",
    )
    return replace(whole, **more)


@pytest.fixture
def ready(tmp_path: Path) -> tuple[Register, Callable[..., Request]]:
    register = Register(tmp_path / "requests.gpkg")
    return register, lambda product="known": register.save(
        replace(new_request("p", draft(product)), state=READY)
    )


def test_products_and_what_they_take(channel: Stapi) -> None:
    assert [p["id"] for p in channel.products()] == ["known", "bare"]
    terms = channel.terms("known")
    assert "eo:cloud_cover" in terms.queryables["properties"]
    assert set(terms.parameters["properties"]) == {"client_reference", "mode"}
    with pytest.raises(InvalidInput):
        channel.terms("gone")


def test_values_are_validated_before_sending(channel: Stapi) -> None:
    found = channel.check(draft(mode="tristereo"))
    assert [f.level for f in found if f.code == "service"] == [Severity.ERROR]
    ignored = channel.check(draft("bare", mode="stereo"))
    assert {f.code for f in ignored} == {"service-ignores"} and len(
        ignored
    ) == 2  # the angle and the mode


@pytest.mark.parametrize("product", ["known", "bare"])
def test_the_whole_cycle(
    product: str, channel: Stapi, ready: Any, step: Callable[..., Any]
) -> None:
    register, make = ready
    sent = send_request(make(product).reference, register, channel, account="technicien")
    assert sent.state == "received" and sent.order_id
    for code in ("accepted", "scheduled", "processing"):
        step(sent.order_id, code)
    later, steps = refresh_status(sent, register, channel, Cancel())
    assert [s.code for s in steps] == [
        "accepted",
        "scheduled",
        "processing",
    ] and later.state == "processing"
    step(sent.order_id, "completed", "Image au catalogue")
    last, steps = refresh_status(later, register, channel, Cancel())
    assert (
        [s.code for s in steps] == ["completed"]
        and last.reason == "Image au catalogue"
        and not last.is_open
    )
    assert refresh_status(last, register, channel, Cancel()) == (last, ())


@pytest.mark.parametrize("product", ["known", "bare"])
def test_an_interrupted_sending_is_found_among_pages_of_orders(
    product: str, channel: Stapi, ready: Any
) -> None:
    register, make = ready
    for _ in range(4):
        send_request(make(product).reference, register, channel)
    request = make(product)
    known = channel.known(request)  # asked before each sending: equal orders of others are there
    lost = register.begin_sending(request.reference, "technicien", known=known)
    order = channel.submit(lost)  # the answer never reached the register
    settled = send_request(lost.reference, register, channel, account="technicien", settle_s=0)
    assert settled.order_id == order.id
    assert len({r.order_id for r in register.all()}) == 5


def test_opportunities_in_order_of_time(channel: Stapi) -> None:
    found = channel.opportunities(draft())
    assert len(found) == 2 and found[0].start < found[1].start
    assert channel.opportunities(draft("bare")) == ()


def test_an_unknown_order_and_no_cancellation(channel: Stapi, ready: Any) -> None:
    with pytest.raises(ServiceError) as raised:
        channel.order("nobody")
    assert raised.value.status == 404
    register, make = ready
    sent = send_request(make().reference, register, channel)
    assert not channel.can_cancel(sent)
    with pytest.raises(InvalidInput):
        channel.cancel(sent.order_id)
