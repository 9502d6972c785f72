"""The desk where requests are kept: register, channel and following, for the panel's widgets. Everything slow is off the GUI thread."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Callable

from qgis.PyQt.QtCore import QDate, QObject, QTimer, pyqtSignal

from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.context import Context
from dinamis_qgis.core.errors import AuthError, Cancelled, DinamisError, NetworkError
from dinamis_qgis.core.tasking import follow
from dinamis_qgis.core.tasking.channel import Channel, open_channel
from dinamis_qgis.core.tasking.model import (
    COMPLETED,
    EDITABLE,
    READY,
    SENDING,
    Draft,
    Request,
    duplicate,
    new_request,
    now,
)
from dinamis_qgis.core.tasking.register import Register
from dinamis_qgis.core.tasking.send import send, sender
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    from dinamis_qgis.core.catalogue.model import Product


class Latest(QObject):
    """Runs ``work(job, value)`` for the newest value asked for, one at a time: what was asked meanwhile is skipped, never reordered."""

    def __init__(
        self, work: Callable[[tasks.Job, Any], Any], done: Callable[[Any], None], parent: QObject,
        failed: Callable[[DinamisError], None] | None = None, delay_ms: int = 0,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._work, self._done, self._failed = work, done, failed or messages.show
        self._job: tasks.Job | None = None
        self._pending: list[Any] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(delay_ms)
        self._timer.timeout.connect(self._start)

    @property
    def busy(self) -> bool:
        """True while something is waiting or running."""
        return self._job is not None or bool(self._pending)

    def ask(self, value: Any) -> None:
        """Work on this, as soon as what runs has ended and nothing newer came."""
        self._pending = [value]
        if self._job is None and not self._timer.isActive():
            self._timer.start()

    def drop(self) -> None:
        """Forget what waits and what runs."""
        self._pending = []
        self._timer.stop()
        if self._job is not None:
            self._job.stop()
            self._job = None

    def take(self) -> Any:
        """What still waits, taken away: for the last moment before closing; None when nothing does."""
        self._timer.stop()
        return self._pending.pop() if self._pending else None

    def _start(self) -> None:
        if self._job is not None or not self._pending:
            return
        value = self._pending.pop()
        self._job = tasks.run(
            lambda job: self._work(job, value), done=lambda r: self._end(self._done, r), failed=lambda e: self._end(self._failed, e),
            parent=self, title="requests",
        )  # fmt: skip

    def _end(self, tell: Callable[[Any], None], value: Any) -> None:
        self._job = None
        if self._pending:
            self._timer.start()
        if tell != self._done or not self._pending:
            tell(value)


class Desk(QObject):
    """All requests of the open profile. Made by the panel; every method is called on the GUI thread and returns at once."""

    changed = pyqtSignal()
    """``requests`` is new."""
    sending = pyqtSignal(str, bool)
    """(reference, under way)."""
    news = pyqtSignal(object, object)
    """(request, its new steps)."""
    delivered = pyqtSignal(object, object)
    """(request, its products)."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.requests: list[Request] = []
        self._jobs: dict[str, tasks.Job] = {}
        self._asked_again: set[str] = set()
        self._left: set[str] = set()
        self._writing = threading.Lock()
        self._reader = Latest(lambda _, profile: self.register.all(profile), self._read, self)
        self._saver = Latest(self._save_now, self._saved, self, delay_ms=200)
        self._follower = Latest(self._look_now, self._looked, self, failed=self._not_looked)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        context.profile_changed.connect(self._opened)
        context.account_changed.connect(self._settle)
        context.closing.connect(self.flush)
        if context.profile is not None:
            self._opened()

    @property
    def register(self) -> Register:
        """The register of this QGIS profile, shared with Processing."""
        found: Register = self.context.service("register", lambda: Register(self.context.paths.register))
        return found

    @property
    def profile_id(self) -> str:
        """The open profile's id, or empty."""
        return self.context.profile.id if self.context.profile else ""

    def channel(self) -> Channel:
        """The open profile's channel. Raises InvalidInput where it takes no requests."""
        if self.context.profile is None:
            raise DinamisError(tr("No service is open yet."))
        return open_channel(self.context.profile, self.context.http, self.context.credentials)

    def today(self) -> Any:
        """The local day."""
        return QDate.currentDate().toPyDate()

    def get(self, reference: str) -> Request | None:
        """The request as last read."""
        return next((r for r in self.requests if r.reference == reference), None)

    # writing

    def begin(self, draft: Draft) -> Request:
        """A new draft, kept from its first change on."""
        return new_request(self.profile_id, draft)

    def save(self, request: Request) -> None:
        """Keep a draft as it is now; many calls a second are fine."""
        if request.reference not in self._jobs:
            self._left.discard(request.reference)
        self._saver.ask(request)

    def flush(self) -> None:
        """Write what waits, at once: QGIS is closing."""
        waiting = self._saver.take()
        if waiting is not None:
            try:
                self.register.save(waiting)
            except DinamisError as error:
                messages.log(f"register: {error.code} {error.details}")

    def delete(self, request: Request) -> None:
        """Forget a draft; the message lets it be undone."""
        self._leave(request.reference)

        def undo() -> None:
            self._left.discard(request.reference)
            self.save(request)

        def work(job: tasks.Job) -> None:
            with self._writing:
                self.register.delete(request.reference)

        def gone(_: Any) -> None:
            self.reload()
            messages.info(tr("“{title}” was deleted.").format(title=request.label), (tr("Undo"), undo))

        tasks.run(work, done=gone, parent=self, title="requests")

    def copy(self, request: Request) -> Request:
        """A new draft that asks for the same."""
        fresh = duplicate(request)
        self.save(fresh)
        return fresh

    def mark_read(self, request: Request) -> None:
        """The person has seen its news."""
        if request.unread:
            tasks.run(lambda job: self.register.mark(request.reference, read=True), done=lambda _: self.reload(), parent=self)

    # sending

    def submit(self, request: Request, done: Callable[[Request], None] | None = None) -> None:
        """Keep as ready, then send, once. Errors are shown; the request stays in the register whatever happens."""
        from dataclasses import replace

        if request.reference in self._jobs:
            return
        self._leave(request.reference)
        account, register = self.context.account, self.register
        ready = replace(request, state=READY) if request.state in EDITABLE else request

        def work(job: tasks.Job) -> Request:
            if ready.state in EDITABLE:
                with self._writing:
                    register.save(ready)
            channel = self.channel()
            if channel.automatic and account is None:
                raise AuthError(tr("You are not signed in: the request stays ready to be sent."), tr("Sign in, then send it."))
            who = {"account": sender(account), "entity": account.entity} if account else {}
            return send(ready.reference, register, channel, cancel=job.cancel, **who)

        def ended(sent: Request) -> None:
            self._sent(request.reference)
            if done:
                done(sent)

        def failed(error: DinamisError) -> None:
            self._sent(request.reference)
            if isinstance(error, NetworkError):
                error.remedy = tr("The request is kept: send it when the network is back.")
            messages.show(error, retry=lambda: self.submit(self.get(request.reference) or request, done))

        self._jobs[request.reference] = tasks.run(work, done=ended, failed=failed, parent=self, title="send request")
        self.sending.emit(request.reference, True)

    def is_sending(self, reference: str) -> bool:
        """True while a sending of it runs in this QGIS."""
        return reference in self._jobs

    def withdraw(self, request: Request) -> None:
        """Cancel at the service, where it can."""
        channel, register = self.channel(), self.register

        def work(job: tasks.Job) -> None:
            register.record(request.reference, channel.cancel(request.order_id, job.cancel))

        tasks.run(work, done=lambda _: self.reload(), parent=self, title="cancel request")

    # following

    def look(self) -> None:
        """Ask after the requests whose time has come."""
        profile = self.context.profile
        if profile is None or self.context.account is None or self._follower.busy:
            return
        moment = now()
        due = [r for r in self.requests if follow.is_useful(r, moment) and follow.next_look(r, training=profile.training) <= moment]
        if due:
            self._follower.ask((profile, due, self.context.http, self.context.credentials))

    def reload(self) -> None:
        """Read the register again."""
        self._reader.ask(self.profile_id)

    def product(self, key: tuple[str, str, str], use: Callable[[Product], None]) -> None:
        """Fetch a delivered product and call back with it."""
        from dinamis_qgis.core.catalogue.stac import fetch_product

        profile, http, credentials = self.context.profile, self.context.http, self.context.credentials
        if profile is not None:
            tasks.run(
                lambda job: fetch_product(profile, *key, http, credentials, job.cancel), done=use, parent=self, title="delivered product"
            )

    # inside

    def _opened(self) -> None:
        training = self.context.profile is not None and self.context.profile.training
        self._timer.start(1000 if training else 15000)
        self._asked_again.clear()
        self.requests = []
        self.reload()

    def _settle(self) -> None:
        """After signing in: what became of interrupted sendings is found out, without being asked."""
        if self.context.account is None or self.context.profile is None:
            self.changed.emit()
            return
        mine = sender(self.context.account)
        for request in [r for r in self.requests if r.state == SENDING and r.account in ("", mine)]:
            if request.reference not in self._asked_again:
                self._asked_again.add(request.reference)
                self.submit(request)
        self.changed.emit()

    def _read(self, requests: list[Request]) -> None:
        self.requests = requests
        self._settle()

    def _leave(self, reference: str) -> None:
        """From now on no late save may touch it: what the person has confirmed or deleted stands."""
        self._left.add(reference)
        self._saver.drop()

    def _save_now(self, job: tasks.Job, request: Request) -> None:
        with self._writing:
            if request.reference not in self._left:
                self.register.save(request)

    def _saved(self, _: Any) -> None:
        self.reload()

    def _sent(self, reference: str) -> None:
        self._jobs.pop(reference, None)
        self.reload()
        self.sending.emit(reference, False)

    def _look_now(self, job: tasks.Job, work: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        profile, due, http, credentials = work
        channel, found = open_channel(profile, http, credentials), []
        for request in due:
            job.cancel.check()
            request, steps = follow.refresh(request, self.register, channel, job.cancel)
            products: tuple[Product, ...] = ()
            if request.state == COMPLETED and not request.delivered:
                products = follow.find_delivered(request, profile, http, credentials, job.cancel)
                keys = tuple((p.catalogue, p.collection, p.id) for p in products)
                products = products if self.register.deliver(request.reference, keys) else ()
            self.register.mark(request.reference, checked=True)
            found.append((request, steps, products))
        return found

    def _looked(self, found: list[tuple[Any, ...]]) -> None:
        for request, steps, products in found:
            if steps:
                self.news.emit(request, steps)
            if products:
                self.delivered.emit(request, products)
        self.reload()

    def _not_looked(self, error: DinamisError) -> None:
        """Following is in the background: only the log hears of a failure; it is tried again, later each time by the back-off."""
        if not isinstance(error, Cancelled):
            messages.log(f"following requests: {error.code} {error.details}")
        waiting, moment = list(self.requests), now()
        tasks.run(
            lambda job: [self.register.mark(r.reference, checked=True) for r in waiting if follow.is_useful(r, moment)],
            done=lambda _: self.reload(), parent=self, title="requests",
        )  # fmt: skip
