"""The transport: cut in flight, short bodies seen, no signature in urllib3's log, nothing left on
that log.
"""

from __future__ import annotations

import logging
import threading

import pytest

from dinamis_qgis.core.errors import Cancelled, NetworkError
from dinamis_qgis.core.net.http import Cancel, Http
from tests.support.scripted import Answer, as_json, scripted


@pytest.mark.parametrize("how", ["no answer", "slow body"])
def test_cancelling_cuts_a_request_in_flight(how: str) -> None:
    gate, arrived, cancel = threading.Event(), threading.Event(), Cancel()
    answer = Answer(hang=gate) if how == "no answer" else Answer(200, b"x" * 1000, drip=0.05)

    def script(_: object) -> Answer:
        arrived.set()
        return answer

    http = Http("tests", timeout=(5.0, 60.0))
    with scripted(script) as server:
        threading.Thread(target=lambda: (arrived.wait(10), cancel.set()), daemon=True).start()
        with pytest.raises(Cancelled):
            http.json("GET", server.root, cancel=cancel)
        gate.set()
    http.close()


def test_cancelled_before_is_not_sent() -> None:
    cancel, http = Cancel(), Http("tests")
    cancel.set()
    with scripted(lambda _: as_json({})) as server:
        with pytest.raises(Cancelled):
            http.json("GET", server.root, cancel=cancel)
        assert server.seen == []
    http.close()


def test_one_cancel_does_not_cut_the_others() -> None:
    http, cancel = Http("tests"), Cancel()
    with scripted(lambda _: as_json({"ok": True})) as server:
        assert http.json("GET", server.root, cancel=cancel) == {"ok": True}
        cancel.set()
        assert http.json("GET", server.root) == {"ok": True}
    http.close()


def test_short_body_is_a_cut_connection() -> None:
    http = Http("tests", retries=0)
    with (
        scripted(lambda _: Answer(200, b"[1, 2, 3]          ", cut=9)) as server,
        pytest.raises(NetworkError) as caught,
    ):
        http.json("GET", server.root)
    assert caught.value.code == "cut", "although what came is valid JSON"
    http.close()


def test_no_signature_in_the_log_of_urllib3(caplog: pytest.LogCaptureFixture) -> None:
    log = logging.getLogger("urllib3.connectionpool")
    http = Http("tests")
    with (
        scripted(lambda _: as_json({})) as server,
        caplog.at_level(logging.DEBUG, "urllib3.connectionpool"),
    ):
        http.json("GET", f"{server.root}/bucket/key?X-Amz-Signature=geheim&X-Amz-Date=1")
    assert "/bucket/key" in caplog.text and "geheim" not in caplog.text
    http.close()
    ours = [f for f in log.filters if type(f).__module__.startswith("dinamis_qgis")]
    from dinamis_qgis.core.net import cuttable

    assert bool(ours) == bool(cuttable._adapters), "the last one to close leaves the log as it was"
