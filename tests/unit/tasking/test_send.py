"""Exactly once, from the person's view: with lost answers, errors of the service, a slow service
and killed clients.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dinamis_qgis.core.errors import (
    AuthError,
    Cancelled,
    DinamisError,
    InvalidInput,
    NetworkError,
    ServiceError,
)
from dinamis_qgis.core.net.http import Cancel, Http
from dinamis_qgis.core.profile.model import Tasking
from dinamis_qgis.core.tasking.channels.stapi import Stapi
from dinamis_qgis.core.tasking.model import (
    READY,
    RECEIVED,
    SENDING,
    Draft,
    Request,
    duplicate_request,
    new_request,
)
from dinamis_qgis.core.tasking.register.register import Register
from dinamis_qgis.core.tasking.send import send_request, unsettled_requests
from tests.unit.tasking.scripted import Scripted, drop, nap, scripted

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def service() -> Iterator[Scripted]:
    with scripted() as running:
        yield running


@pytest.fixture
def client() -> Iterator[Callable[..., Stapi]]:
    """``client(url, patience)``: a channel whose connections are closed in the end."""
    opened: list[Http] = []

    def make(url: str, patience: float = 5) -> Stapi:
        opened.append(Http("test", retries=0, timeout=(5, patience)))
        return Stapi(Tasking("stapi", url), opened[-1])

    yield make
    for http in opened:
        http.close()


@pytest.fixture
def channel(service: Scripted, client: Callable[..., Stapi]) -> Stapi:
    return client(service.root)


@pytest.fixture
def ready(register: Register, draft: Draft) -> Request:
    return register.save(replace(new_request("p", draft), state=READY))


WITHOUT_REFERENCE = {"mode": {"enum": ["mono"]}}


def test_sent_once_and_kept_as_received(
    ready: Request, register: Register, channel: Stapi, service: Scripted
) -> None:
    sent = send_request(ready.reference, register, channel, account="technicien", entity="EPCI")
    assert sent.state == RECEIVED
    assert sent.order_id == service.orders[0]["id"]
    assert (sent.account, sent.entity) == ("technicien", "EPCI")
    assert [s.code for s in sent.history] == [READY, SENDING, RECEIVED]
    again = send_request(ready.reference, register, channel, account="technicien")
    assert again == sent and len(service.posts) == 1


def test_what_is_on_the_wire(
    ready: Request, register: Register, channel: Stapi, service: Scripted
) -> None:
    send_request(ready.reference, register, channel)
    body = service.posts[0]
    assert body["datetime"] == "2026-03-03T00:00:00Z/2026-05-02T00:00:00Z"
    assert body["geometry"]["type"] == "Polygon"
    assert body["order_parameters"] == {
        "client_reference": ready.reference,
        "mode": "mono",
        "title": "Pau, urban growth",
    }
    assert body["filter"] == {
        "op": "and",
        "args": [
            {"op": "<=", "args": [{"property": "eo:cloud_cover"}, 10.0]},
            {"op": "<=", "args": [{"property": "view:incidence_angle"}, 30.0]},
        ],
    }


def test_order_parameters_are_always_there(
    ready: Request, register: Register, channel: Stapi, service: Scripted
) -> None:
    service.behaviour.parameters, service.behaviour.queryables = {}, {}
    send_request(ready.reference, register, channel)
    assert service.posts[0]["order_parameters"] == {} and "filter" not in service.posts[0]


@pytest.mark.parametrize(
    "parameters", [None, WITHOUT_REFERENCE], ids=["by reference", "by area and period"]
)
@pytest.mark.parametrize("key", ["features", "orders"])
def test_lost_answer_is_found_again(
    parameters: dict | None,
    key: str,
    ready: Request,
    register: Register,
    channel: Stapi,
    service: Scripted,
) -> None:
    for _ in range(5):  # so that the listing has several pages
        service.take(
            "pleiades",
            {
                "geometry": {"type": "Point", "coordinates": [0, 0]},
                "datetime": "x",
                "order_parameters": {},
            },
        )
    service.behaviour.parameters = parameters or service.behaviour.parameters
    service.behaviour.orders_key = key
    service.behaviour.after = drop
    sent = send_request(ready.reference, register, channel, settle_s=2)
    assert len(service.posts) == 1 and len(service.orders) == 6
    assert (sent.state, sent.order_id) == (RECEIVED, service.orders[-1]["id"])


def test_lost_before_it_was_taken_is_sent_again(
    ready: Request, register: Register, channel: Stapi, service: Scripted
) -> None:
    failures = [drop, drop]
    service.behaviour.before = lambda: failures.pop()() if failures else None
    assert send_request(ready.reference, register, channel, settle_s=0.2).state == RECEIVED
    assert len(service.posts) == 3 and len(service.orders) == 1


@pytest.mark.parametrize("status", [500, 502, 503, 504, 408, 409])
def test_an_error_after_taking_it_is_no_second_order(
    status: int, ready: Request, register: Register, channel: Stapi, service: Scripted
) -> None:
    body_taken: list[int] = []

    def take() -> None:
        if not body_taken:
            service.take("pleiades", service.posts[-1])
            body_taken.append(1)

    service.behaviour.before, service.behaviour.status = take, status
    assert send_request(ready.reference, register, channel, settle_s=1).state == RECEIVED
    assert len(service.orders) == 1 and len(service.posts) == 1


def test_a_service_that_keeps_failing_leaves_it_ready(
    ready: Request, register: Register, channel: Stapi, service: Scripted
) -> None:
    service.behaviour.status = 500
    with pytest.raises(ServiceError):
        send_request(ready.reference, register, channel, settle_s=0.1)
    after = register.get(ready.reference)
    assert after.state == READY and after.reason and not service.orders


@pytest.mark.parametrize("status", [400, 403, 422, 429])
def test_a_refusal_leaves_it_ready_and_is_not_repeated(
    status: int, ready: Request, register: Register, channel: Stapi, service: Scripted
) -> None:
    service.behaviour.status = status
    with pytest.raises(DinamisError) as raised:
        send_request(ready.reference, register, channel, settle_s=5)
    assert raised.value.message in register.get(ready.reference).reason
    assert register.get(ready.reference).state == READY and len(service.posts) == 1


def test_offline_it_stays_ready(
    ready: Request, register: Register, client: Callable[..., Stapi]
) -> None:
    channel = client("http://127.0.0.1:9")
    with pytest.raises(NetworkError):
        send_request(ready.reference, register, channel)
    assert register.get(ready.reference).state == READY


def test_a_value_the_service_does_not_take_never_leaves(
    ready: Request, register: Register, channel: Stapi, service: Scripted
) -> None:
    service.behaviour.queryables = {"eo:cloud_cover": {"type": "number", "minimum": 20}}
    with pytest.raises(InvalidInput, match="cloud"):
        send_request(ready.reference, register, channel)
    assert not service.posts and register.get(ready.reference).state == READY


def test_unreachable_after_an_unknown_outcome_stays_sending(
    ready: Request,
    register: Register,
    channel: Stapi,
    service: Scripted,
    client: Callable[..., Stapi],
) -> None:
    register.begin_sending(ready.reference, "technicien")
    dead = client("http://127.0.0.1:9")
    with pytest.raises(NetworkError):
        send_request(ready.reference, register, dead, account="technicien")
    assert [r.reference for r in unsettled_requests(register, "p")] == [ready.reference]
    assert (
        send_request(ready.reference, register, channel, account="technicien", settle_s=0.1).state
        == RECEIVED
    )
    assert len(service.orders) == 1


def test_another_account_may_not_settle_it(
    ready: Request, register: Register, channel: Stapi, service: Scripted
) -> None:
    register.begin_sending(ready.reference, "technicien")
    for other in ("sdis", ""):
        with pytest.raises(AuthError, match="technicien"):
            send_request(ready.reference, register, channel, account=other, settle_s=0)
    assert not service.posts and register.get(ready.reference).state == SENDING


def test_a_slow_service_is_given_time(
    ready: Request, register: Register, service: Scripted, client: Callable[..., Stapi]
) -> None:
    """The client gives up while the service is still taking the order: nothing is sent again before
    it had time to show.
    """
    service.behaviour.before = nap(0.8)
    sent = send_request(ready.reference, register, client(service.root, 0.2), settle_s=6)
    assert sent.state == RECEIVED and len(service.posts) == 1 and len(service.orders) == 1


def test_the_same_request_again_is_another_order(
    ready: Request, register: Register, channel: Stapi, service: Scripted
) -> None:
    """Without our reference, a deliberate copy is told from the first one by the orders already
    known.
    """
    service.behaviour.parameters = WITHOUT_REFERENCE
    send_request(ready.reference, register, channel)
    copy = register.save(replace(duplicate_request(ready), state=READY))
    service.behaviour.after = drop
    second = send_request(copy.reference, register, channel, settle_s=1)
    assert len(service.orders) == 2 and second.order_id == service.orders[1]["id"]


def test_cancelling_while_it_is_unclear_loses_nothing(
    ready: Request, register: Register, channel: Stapi, service: Scripted
) -> None:
    failures = [drop]
    service.behaviour.before = lambda: failures.pop()() if failures else None
    cancel = Cancel()
    timer = threading.Timer(0.3, cancel.set)
    timer.start()
    with pytest.raises(Cancelled):
        send_request(ready.reference, register, channel, settle_s=30, cancel=cancel)
    timer.join()
    assert register.get(ready.reference).state == SENDING
    assert send_request(ready.reference, register, channel, settle_s=0.1).state == RECEIVED
    assert len(service.orders) == 1


def test_two_senders_at_a_time(
    ready: Request, register: Register, service: Scripted, client: Callable[..., Stapi]
) -> None:
    service.behaviour.before = nap(0.3)
    outcomes: list[str] = []

    def run() -> None:
        try:
            outcomes.append(
                send_request(ready.reference, Register(register.path), client(service.root)).state
            )
        except DinamisError as error:
            outcomes.append(error.code)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(service.posts) == 1
    assert sorted(outcomes)[-1] == RECEIVED and set(outcomes) <= {"busy", RECEIVED}


def test_links_of_a_proxy_that_forgets_https_are_put_right(
    register: Register, ready: Request, service: Scripted, channel: Stapi
) -> None:
    service.behaviour.links_base = service.root.replace("http://", "https://")
    for _ in range(4):
        service.take(
            "pleiades",
            {
                "geometry": {"type": "Point", "coordinates": [0, 0]},
                "datetime": "x",
                "order_parameters": {},
            },
        )
    service.behaviour.after = drop
    sent = send_request(ready.reference, register, channel, settle_s=1)
    assert len(channel.order(sent.order_id).statuses) == 1


def test_links_to_another_host_are_not_followed(
    register: Register, ready: Request, service: Scripted, channel: Stapi
) -> None:
    service.behaviour.links_base = "http://192.0.2.7"
    sent = send_request(ready.reference, register, channel)
    with pytest.raises(ServiceError, match="another address"):
        channel.order(sent.order_id)


# killed


class Killable:
    """A process that sends, and is killed by the test."""

    def __init__(self, register: Register, url: str, settle: float) -> None:
        command = [
            sys.executable,
            "-W",
            "ignore",
            "-m",
            "tests.unit.tasking.sender",
            str(register.path),
            url,
            str(settle),
        ]
        self.process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def send(self, reference: str, kill_after: float | None = None) -> int:
        """The exit status; with ``kill_after`` it gets SIGKILL after so many seconds, unless it was
        quicker.
        """
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(reference + "\n")
        self.process.stdin.flush()
        pid = int(self.process.stdout.readline())
        if kill_after is not None:
            time.sleep(kill_after)
            with contextlib.suppress(
                ProcessLookupError
            ):  # it was quicker, and its parent has read its status
                os.kill(pid, signal.SIGKILL)
        return int(self.process.stdout.readline())

    def close(self) -> None:
        self.process.communicate()


RUNS = int(os.environ.get("KILL_RUNS", "20"))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
@pytest.mark.parametrize(
    "parameters", [None, WITHOUT_REFERENCE], ids=["by reference", "by area and period"]
)
@pytest.mark.timeout(60 + 12 * RUNS)
def test_killed_at_random_instants_never_zero_never_two(
    parameters: dict | None, register: Register, draft: Draft, service: Scripted
) -> None:
    service.behaviour.parameters = parameters or service.behaviour.parameters
    chance = random.Random()
    killable = Killable(register, service.root, settle=1.0)
    killed = 0
    try:
        for run in range(RUNS):
            request = register.save(
                replace(new_request("p", replace(draft, title=f"run {run}")), state=READY)
            )
            service.behaviour.after = chance.choice([drop, nap(0.03), lambda: None])
            service.behaviour.before = nap(chance.choice([0, 0.03]))
            for _ in range(chance.choice([1, 1, 2])):
                killed += (
                    killable.send(request.reference, chance.uniform(0, 0.15)) == signal.SIGKILL
                )
            before = len(service.orders)
            assert before <= run + 1, "sent twice"
            assert killable.send(request.reference) == 0
            after = register.get(request.reference)
            assert len(service.orders) == run + 1, (
                f"{len(service.orders)} orders after {run + 1} requests"
            )
            assert after.state == RECEIVED and after.order_id == service.orders[-1]["id"]
    finally:
        killable.close()
    assert killed, "nobody was ever killed: the instants are too late"


def test_a_draft_never_leaves(
    register: Register, draft: Draft, channel: Stapi, service: Scripted
) -> None:
    made = register.save(new_request("p", draft))
    with pytest.raises(InvalidInput) as raised:
        send_request(made.reference, register, channel, account="technicien")
    assert (
        raised.value.code == "draft"
        and not service.posts
        and register.get(made.reference).history == made.history
    )
