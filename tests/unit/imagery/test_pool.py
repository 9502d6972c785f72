"""What is put off comes later, and nothing of it outlives the pool."""

from __future__ import annotations

import threading

from dinamis_qgis.core.imagery.pool import Pool


def waiting() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "dinamis imagery later"]


def test_later_is_done_once() -> None:
    pool, done = Pool(1), threading.Event()
    pool.submit_later(done.set, 0.01)
    assert done.wait(10)
    assert not pool._later
    pool.stop()


def test_nothing_waits_once_stopped() -> None:
    pool, done = Pool(1), threading.Event()
    pool.submit_later(done.set, 60)
    threads = waiting()
    assert threads
    pool.stop()
    for thread in threads:
        thread.join(10)
        assert not thread.is_alive()
    pool.submit_later(done.set, 0)
    assert not waiting() and not done.is_set()
