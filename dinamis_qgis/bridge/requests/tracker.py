"""Keeps, sends and follows the requests of the open profile, with or without their tab.

Everything slow is off the GUI thread.
"""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Callable

from qgis.PyQt.QtCore import QDate, QObject, QTimer, pyqtSignal

from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.context import Context
from dinamis_qgis.bridge.latest import Latest
from dinamis_qgis.bridge.requests.following import Following
from dinamis_qgis.bridge.requests.resend import Waiting
from dinamis_qgis.bridge.requests.shared_register import shared_register
from dinamis_qgis.core.errors import (
    AuthError,
    Cancelled,
    DinamisError,
    NetworkError,
    ServiceError,
    StorageError,
)
from dinamis_qgis.core.tasking.channel import Channel
from dinamis_qgis.core.tasking.model import (
    DRAFT,
    EDITABLE,
    READY,
    Draft,
    Request,
    duplicate_request,
    new_request,
)
from dinamis_qgis.core.tasking.register.owner import sender_name, wants_confirming
from dinamis_qgis.core.tasking.register.register import Register
from dinamis_qgis.core.tasking.send import send_request, withdraw_request
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    from dinamis_qgis.core.account.model import Account
    from dinamis_qgis.core.catalogue.model import Product
    from dinamis_qgis.core.net.cancel import Cancel
    from dinamis_qgis.core.tasking.model import Order


class RequestTracker(QObject):
    """All requests of the open profile.

    One a window (``tracker_of``); every method is called on the GUI thread and returns at once.
    """

    changed = pyqtSignal()
    """``requests`` is new."""
    sending = pyqtSignal(str, bool)
    """(reference, under way): being sent, or being cancelled at the service."""
    withdrawn = pyqtSignal(object)
    """A request that the service has cancelled."""
    news = pyqtSignal(object, object)
    """(request, its new steps)."""
    delivered = pyqtSignal(object, object)
    """(request, its products)."""
    left = pyqtSignal(object)
    """A request that waited has been sent by itself."""
    due = pyqtSignal(object)
    """The day to ask for news of a request has come."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.requests: list[Request] = []
        self._jobs: dict[str, tasks.Job] = {}
        self.editing = ""
        """Reference of the request in the form: it does not leave under the hands of who is
        changing it.
        """
        self._withdrawals: set[str] = set()
        self.making: set[str] = set()
        """Requests whose dossier is being made, by reference; ``sending`` tells of it too."""
        self._name = sender_name(context.account)
        self._waiting = Waiting()
        self._reminded: set[str] = set()
        self._left: set[str] = set()
        self._writing = threading.Lock()
        self._unsaved: dict[str, Request] = {}
        """Drafts whose last change is not on the disk yet, by reference: going on to another loses
        nothing of the first.
        """
        self._reader = Latest(lambda _, profile: self.register.all(profile), self._read, self)
        self._saver = Latest(self._save_now, self._saved, self, delay_ms=200)
        self._following = Following(context, self)
        self._following.looked.connect(self._looked)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        context.profile_changed.connect(self._opened)
        context.account_changed.connect(self._account_changed)
        context.closing.connect(self.flush)
        if context.profile is not None:
            self._opened()

    @property
    def register(self) -> Register:
        """The register of this QGIS profile, shared with Processing."""
        return shared_register(self.context)

    @property
    def profile_id(self) -> str:
        """The open profile's id, or empty."""
        return self.context.profile.id if self.context.profile else ""

    def channel(self) -> Channel:
        """The open profile's channel. Raises InvalidInput where it takes no requests."""
        return self.context.connection().open_channel()

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
        self._unsaved[request.reference] = request
        self._saver.ask(dict(self._unsaved))

    def flush(self) -> None:
        """Write what waits, at once: QGIS is closing."""
        self._saver.take()
        for request in self._unsaved.values():
            try:
                with self._writing:
                    self.register.save(request)
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
            messages.info(
                tr("“{title}” was deleted.").format(title=request.label), (tr("Undo"), undo)
            )

        tasks.run(work, done=gone, parent=self, title="requests")

    def copy(self, request: Request) -> Request:
        """A new draft that asks for the same."""
        fresh = duplicate_request(request)
        self.save(fresh)
        return fresh

    def mark_read(self, request: Request) -> None:
        """The person has seen its news."""
        if request.unread:
            tasks.run(
                lambda job: self.register.mark(request.reference, read=True),
                done=lambda _: self.reload(),
                parent=self,
            )

    # sending

    def waiting(self) -> list[Request]:
        """What was confirmed, and not by who is signed in now: it is for them to say what becomes
        of it.
        """
        account = self.context.account
        return (
            [r for r in self.requests if wants_confirming(r, account)]
            if account is not None
            else []
        )

    def confirm(self, request: Request, done: Callable[[Request], None] | None = None) -> None:
        """The person has reviewed a draft: from now on it is theirs, and leaves in their name
        only.
        """
        from dataclasses import replace

        account = self.context.account
        if request.state in EDITABLE:
            who = {"account": sender_name(account), "entity": account.entity if account else ""}
            request = replace(request, state=READY, queued=True, **who)
        self._send(request, done, keep=request.state == READY)

    def submit(
        self,
        request: Request,
        done: Callable[[Request], None] | None = None,
        *,
        quiet: bool = False,
    ) -> None:
        """Send what is confirmed, as the register has it; nothing when it is being changed.

        ``quiet``: by itself, when the service may be there again: that it is not is no news.
        """
        if request.state != DRAFT and request.reference not in self._unsaved:
            self._send(request, done, quiet=quiet)

    def _sent_by(
        self, account: Account | None, reference: str, register: Register, cancel: Cancel
    ) -> Request:
        """The request, sent through the profile's channel; on a worker. Raises DinamisError."""
        channel = self.channel()
        if channel.automatic and account is None:
            raise AuthError(
                tr("You are not signed in: the request stays ready to be sent."),
                tr("Sign in, then confirm it."),
            )
        who = {"account": sender_name(account), "entity": account.entity} if account else {}
        return send_request(reference, register, channel, cancel=cancel, **who)

    def _send(
        self,
        request: Request,
        done: Callable[[Request], None] | None,
        *,
        quiet: bool = False,
        keep: bool = False,
    ) -> None:
        """Send once.

        Errors are shown; the request stays in the register whatever happens. ``keep`` it there
        first, as confirmed.
        """
        if request.reference in self._jobs:
            return
        self._leave(request.reference)
        account, register = self.context.account, self.register

        def work(job: tasks.Job) -> Request:
            if keep:
                with self._writing:
                    register.save(request)
            return self._sent_by(account, request.reference, register, job.cancel)

        def ended(sent: Request) -> None:
            self._sent(request.reference)
            if done:
                done(sent)

        def failed(error: DinamisError) -> None:
            self._sent(request.reference)
            expected = quiet and isinstance(error, (NetworkError, AuthError, ServiceError))
            # given up, changed meanwhile
            if expected or isinstance(error, Cancelled) or error.code == "draft":
                messages.log(f"waiting request: {error.code} {error.details}")
                return
            if isinstance(error, NetworkError):
                error.remedy = tr("The request is kept: it leaves when the network is back.")
            unkept = keep and isinstance(error, StorageError)
            messages.show(
                error,
                retry=lambda: self._send(request, done, keep=True)
                if unkept
                else self.submit(request, done),
            )

        self._jobs[request.reference] = tasks.run(
            work, done=ended, failed=failed, parent=self, title="send request"
        )
        self.sending.emit(request.reference, True)

    def is_sending(self, reference: str) -> bool:
        """True while a sending of it runs in this QGIS."""
        return reference in self._jobs

    def is_withdrawing(self, reference: str) -> bool:
        """True while the service is asked to cancel it."""
        return reference in self._withdrawals

    def withdraw(self, request: Request) -> None:
        """Cancel at the service, where it can; where it does not, nothing is changed here
        either.
        """
        if request.reference in self._withdrawals:
            return
        channel, register = self.channel(), self.register

        def ended() -> None:
            self._withdrawals.discard(request.reference)
            self.reload()
            self.sending.emit(request.reference, False)

        def done(kept: Request) -> None:
            ended()
            self.withdrawn.emit(kept)

        def failed(error: DinamisError) -> None:
            ended()
            if error.code != "unclear" and isinstance(error, (NetworkError, ServiceError)):
                error.remedy = tr("The request was not cancelled: it goes on as it was.")
            messages.show(
                error, retry=lambda: self.withdraw(self.get(request.reference) or request)
            )

        self._withdrawals.add(request.reference)
        tasks.run(
            lambda job: withdraw_request(request, register, channel, job.cancel),
            done=done,
            failed=failed,
            parent=self,
            title="cancel request",
        )
        self.sending.emit(request.reference, True)

    # by hand

    def join(self, request: Request, order: Order, done: Callable[[Request], None]) -> None:
        """Follow another's order instead of sending this draft."""
        self._leave(request.reference)
        account, register = self.context.account, self.register
        who = (sender_name(account), account.entity) if account else ("", "")

        def work(job: tasks.Job) -> Request:
            with self._writing:
                return register.join(request, order, *who)

        tasks.run(
            work,
            done=lambda joined: (self.reload(), done(joined)),
            parent=self,
            title="join request",
        )

    def note(self, request: Request, state: str, reason: str) -> None:
        """A state the person has heard of."""
        self._alter(lambda: self.register.note(request.reference, state, reason))

    def remind(self, request: Request, days: int | None) -> None:
        """Ask the person for news in so many days, or never."""
        day = self.today() + timedelta(days=days) if days is not None else None
        self._reminded.discard(request.reference)
        self._alter(lambda: self.register.remind(request.reference, day))

    def _alter(self, change: Callable[[], Any]) -> None:
        tasks.run(lambda job: change(), done=lambda _: self.reload(), parent=self, title="requests")

    # following

    def look(self) -> None:
        """Send what waits, ask after the requests whose time has come."""
        self._settle()
        self._following.look(self.requests)

    def reload(self) -> None:
        """Read the register again."""
        self._reader.ask(self.profile_id)

    def product(self, key: tuple[str, str, str], use: Callable[[Product], None]) -> None:
        """Fetch a delivered product and call back with it."""
        if self.context.profile is not None:
            connection = self.context.connection()
            tasks.run(
                lambda job: connection.fetch_product(key, job.cancel),
                done=use,
                parent=self,
                title="delivered product",
            )

    # inside

    def _opened(self) -> None:
        training = self.context.profile is not None and self.context.profile.training
        self._timer.start(1000 if training else 15000)
        self._waiting = Waiting(training=training)
        self._reminded.clear()
        self.requests = []
        self.reload()

    def _account_changed(self) -> None:
        name = sender_name(self.context.account)
        if self._name not in ("", name):
            for job in self._jobs.values():
                # nothing that one person sends may leave under the next one's name
                job.cancel.set()
        self._name = name
        self._waiting.hurry()
        self._settle()
        self.changed.emit()

    def _settle(self) -> None:
        """What became of interrupted sendings is found out, and what was confirmed and could not
        leave is sent, without being asked.
        """
        if self.context.account is None or self.context.profile is None:
            return
        for request in self._waiting.due(
            self.requests,
            self.context.account,
            frozenset({*self._jobs, *self._unsaved, self.editing}),
        ):
            self.submit(request, self.left.emit, quiet=True)

    def _read(self, requests: list[Request]) -> None:
        self.requests = requests
        self._settle()
        self.changed.emit()
        for request in requests:
            late = request.remind is not None and request.is_open and request.remind <= self.today()
            if late and request.reference not in self._reminded:
                self._reminded.add(request.reference)
                self.due.emit(request)

    def _leave(self, reference: str) -> None:
        """From now on no late save may touch it: what the person has confirmed or deleted
        stands.
        """
        self._left.add(reference)
        self._unsaved.pop(reference, None)

    def _save_now(self, job: tasks.Job, batch: dict[str, Request]) -> dict[str, Request]:
        for request in batch.values():
            with self._writing:
                if request.reference not in self._left:
                    self.register.save(request)
        return batch

    def _saved(self, batch: dict[str, Request]) -> None:
        for reference, request in batch.items():
            if self._unsaved.get(reference) is request:
                del self._unsaved[reference]
        self.reload()

    def _sent(self, reference: str) -> None:
        self._jobs.pop(reference, None)
        self.reload()
        self.sending.emit(reference, False)

    def _looked(self, found: list[tuple[Any, ...]]) -> None:
        for request, steps, products in found:
            if steps:
                self.news.emit(request, steps)
            if products:
                self.delivered.emit(request, products)
        self.reload()

    def stop(self) -> None:
        """Ask after nothing any more; called at unload, after ``flush``."""
        self._timer.stop()


def tracker_of(context: Context) -> RequestTracker:
    """The tracker of ``context``, made at first use; from then on waiting requests leave."""

    def make() -> RequestTracker:
        from dinamis_qgis.bridge.requests.announce import RequestAnnouncer

        tracker = RequestTracker(context, context)
        RequestAnnouncer(context, tracker)
        return tracker

    found: RequestTracker = context.service("requests", make)
    return found
