"""Work off the GUI thread comes back in order, once, and never after it was stopped."""

from __future__ import annotations

import threading

import pytest
from qgis.PyQt.QtCore import QObject, QRunnable, Qt, QThread, QThreadPool

from dinamis_qgis.bridge import messages, tasks, workers
from dinamis_qgis.core.errors import Cancelled, NetworkError


def test_results_arrive_in_order_on_the_gui_thread(qgis_app, wait_until):
    seen, ended = [], []

    def note(value):
        seen.append((value, QThread.currentThread() is qgis_app.thread()))

    def work(job):
        assert threading.current_thread() is not threading.main_thread()
        for index in range(100):
            job.send(index)
            job.progress(index / 100, "x")
        return "end"

    job = tasks.run(work, arrived=note, done=note, progressed=lambda f, t: None)
    job.ended.connect(lambda: ended.append(True))
    wait_until(lambda: ended)
    assert [v for v, _ in seen] == [*range(100), "end"]
    assert all(on_gui for _, on_gui in seen)


def test_nothing_is_delivered_after_stop(qgis_app, wait_until):
    started, release, seen, ended = threading.Event(), threading.Event(), [], []

    def work(job):
        started.set()
        release.wait(5)
        job.send(1)
        return 2

    job = tasks.run(work, arrived=seen.append, done=seen.append, failed=seen.append)
    job.ended.connect(lambda: ended.append(True))
    assert started.wait(5)
    job.stop()
    release.set()
    wait_until(lambda: ended)
    assert seen == []


def test_deleting_the_parent_stops_the_job(qgis_app, wait_until):
    parent, seen, cancelled = QObject(), [], threading.Event()

    def work(job):
        try:
            job.cancel.wait(20)
        except Cancelled:
            cancelled.set()
            raise

    tasks.run(work, done=seen.append, failed=seen.append, parent=parent)
    parent.deleteLater()
    wait_until(cancelled.is_set)
    assert seen == []


def test_errors_and_faults(qgis_app, wait_until, monkeypatch):
    logged = []
    monkeypatch.setattr(messages, "log", lambda text, **_: logged.append(text))
    errors = []

    def fail(job):
        raise NetworkError("down")

    def bug(job):
        return 1 // 0

    tasks.run(fail, failed=errors.append)
    wait_until(lambda: errors)
    tasks.run(bug, failed=errors.append)
    wait_until(lambda: len(errors) == 2)
    assert errors[0].code == "network"
    assert errors[1].code == "bug"
    assert "ZeroDivisionError" in "".join(logged)
    assert "Traceback" not in errors[1].sentence()


def test_stop_all_cancels_everything(qgis_app, wait_until):
    ended = []
    for _ in range(5):
        tasks.run(lambda job: job.cancel.wait(20)).ended.connect(lambda: ended.append(1))
    tasks.stop_all()
    wait_until(lambda: len(ended) == 5)


@pytest.mark.parametrize(
    ("dirty", "secret"),
    [
        ("https://h/x?X-Amz-Signature=abcdef123&y=1", "abcdef123"),
        ("Authorization: Bearer abc.def", "abc.def"),
        ('{"access_token": "abc.def"}', "abc.def"),
        ("secret-key=abcdef", "abcdef"),
    ],
)
def test_log_lines_are_cleaned(dirty, secret):
    assert secret not in messages.strip_secrets(dirty)


def test_idle_threads_of_a_pool_end_and_busy_ones_go_on(qgis_app, wait_until):
    """What QGIS ties to the end of a thread is done then, and nobody waits for work."""
    pool, ended = QThreadPool.globalInstance(), []
    at_work, may_end = threading.Event(), threading.Event()

    class Work(QRunnable):
        def run(self) -> None:
            QThread.currentThread().finished.connect(
                lambda: ended.append(1), Qt.ConnectionType.DirectConnection
            )
            at_work.set()
            may_end.wait()

    pool.start(Work())
    wait_until(at_work.is_set)
    workers.end_idle_pooled_threads()
    assert pool.activeThreadCount() == 1 and not ended
    may_end.set()
    wait_until(lambda: pool.activeThreadCount() == 0)
    assert not ended
    workers.end_idle_pooled_threads()
    assert ended
