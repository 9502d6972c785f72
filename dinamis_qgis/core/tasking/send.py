"""Sending, exactly once from the person's view.

The request is ``sending`` in the register before anything is on the wire. When the outcome is
unknown (killed, cut, timed out, an error of the service's own), the service is asked for the order
before anything is sent again, and asked until a slow service has had time to show it
(``SETTLE_S``). The standard has no idempotency key: this is what stands in for one.
"""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass

from dinamis_qgis.core.errors import (
    AuthError,
    Cancelled,
    DinamisError,
    InvalidInput,
    LicenceError,
    NetworkError,
    ServiceError,
)
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.tasking.channel import Channel
from dinamis_qgis.core.tasking.model import DRAFT, EDITABLE, SENDING, SENT, Order, Request
from dinamis_qgis.core.tasking.register.owner import name_text, same_name
from dinamis_qgis.core.tasking.register.register import Register
from dinamis_qgis.core.tasking.rules.findings import Severity
from dinamis_qgis.core.text import tr

SETTLE_S = 20.0
"""After an unknown outcome, an order that has not shown up for this long was never taken."""
TRIES = 3

_MAYBE_TAKEN_STATUSES = frozenset({408, 409, 425, 499})


def send_request(
    reference: str,
    register: Register,
    channel: Channel,
    *,
    account: str = "",
    entity: str = "",
    settle_s: float = SETTLE_S,
    cancel: Cancel | None = None,
) -> Request:
    """Send a ``ready`` request, or settle one left ``sending``; one that has left already is
    returned as it is.

    On an error it is ``ready`` again when the service surely has not got it, else it stays
    ``sending``, to be settled by the next call. Raises DinamisError.
    """
    cancel = cancel or Cancel()
    with register.sending_lock() as mine:
        if not mine:
            raise InvalidInput(
                tr("A request is being sent from another QGIS window."),
                tr("Wait for it to end."),
                code="busy",
            )
        request = register.get(reference)
        if request.state not in EDITABLE and request.state != SENDING:
            return request
        if request.state == DRAFT:
            raise InvalidInput(
                tr("This request has not been confirmed."),
                tr("Review it, then send it."),
                code="draft",
            )
        _same_account(request, account)
        sending = _Sending(reference, register, channel, (account, entity), settle_s)
        if request.state == SENDING:
            order = sending.look(request, time.monotonic(), cancel)
            if order is not None:
                return register.record(reference, order, SENT)[0]
        else:
            _check_before_sending(request, channel, cancel)
            order = sending.late(request, cancel)
            if order is not None:
                register.begin_sending(reference, account, entity)
                return register.record(reference, order, SENT)[0]
        return sending.submit(cancel)


def withdraw_request(
    request: Request, register: Register, channel: Channel, cancel: Cancel
) -> Request:
    """Cancel a request at the service.

    Raises DinamisError; what it has become meanwhile is kept where the service refuses.
    """
    try:
        order = channel.cancel(request.order_id, cancel)
    except InvalidInput:
        with contextlib.suppress(
            NetworkError, ServiceError
        ):  # the refusal is what the person must hear of
            register.record(request.reference, channel.order(request.order_id, cancel))
        raise
    register.record(request.reference, order)
    register.mark(request.reference, read=True)  # no news to the person who did it
    return register.get(request.reference)


def unsettled_requests(register: Register, profile: str) -> list[Request]:
    """The requests whose sending was interrupted."""
    return [r for r in register.all(profile) if r.state == SENDING]


def never_taken(error: DinamisError) -> bool:
    """True when after this error the service surely has no order: nothing reached it, or it said
    no.

    By types only: what a host is called, or writes, is a stranger's.
    """
    if error.maybe_done:
        return False
    if isinstance(error, (AuthError, LicenceError, InvalidInput)):
        return True
    if isinstance(error, NetworkError):
        return error.unsent or error.status == 407
    status = error.status or 0
    return (
        isinstance(error, ServiceError)
        and 400 <= status < 500
        and status not in _MAYBE_TAKEN_STATUSES
    )


def may_wait(error: DinamisError) -> bool:
    """True when nothing is wrong with the request itself: it may leave by itself once the service
    is there again.
    """
    return isinstance(error, NetworkError) or (
        isinstance(error, ServiceError) and (error.status or 0) >= 500
    )


@dataclass(frozen=True)
class _Sending:
    """One request on its way. Time is counted by a clock that nobody sets (``time.monotonic``)."""

    reference: str
    register: Register
    channel: Channel
    who: tuple[str, str]
    settle_s: float

    def submit(self, cancel: Cancel) -> Request:
        """Send, until the service has it or surely has not."""
        failure: DinamisError | None = None
        register = self.register
        known = self.channel.known(register.get(self.reference), cancel)
        for _ in range(TRIES):
            cancel.check()
            request = register.begin_sending(self.reference, *self.who, known)
            began = time.monotonic()
            try:
                order = self.channel.submit(request, cancel)
            except Cancelled:
                raise
            except DinamisError as error:
                if never_taken(error):
                    register.back_to_ready(self.reference, error.message, queued=may_wait(error))
                    raise
                failure = error
                found = self.look(request, began, cancel)
                if found is not None:
                    return register.record(self.reference, found, SENT)[0]
            else:
                return register.record(self.reference, order, SENT)[0]
        failure = failure or ServiceError(tr("The service did not take the request."))
        register.back_to_ready(self.reference, failure.message, queued=may_wait(failure))
        raise failure

    def late(self, request: Request, cancel: Cancel) -> Order | None:
        """What an earlier sending has made after all, on a service that was slow to show it."""
        if request.attempted is None or request.known is None:
            return None
        try:
            return self.channel.find(request, self._taken(request), cancel)
        except (NetworkError, ServiceError):
            return None

    def _taken(self, request: Request) -> frozenset[str]:
        return frozenset(
            r.order_id
            for r in self.register.all()
            if r.order_id and r.reference != request.reference
        )

    def look(self, request: Request, since: float, cancel: Cancel) -> Order | None:
        """The order a sending begun at ``since`` has made; None once it surely has made none.

        Raises DinamisError when the service cannot be asked, or its list does not tell.
        """
        taken = self._taken(request)
        pause = self.settle_s / 16
        while True:
            left = since + self.settle_s - time.monotonic()
            order = self.channel.find(request, taken, cancel)
            if order is not None or left <= 0:
                return order
            cancel.wait(min(left, pause))
            pause *= 2


def _same_account(request: Request, account: str) -> None:
    """Another account may not see the order: looking with it would prove nothing; and nobody sends
    what another has confirmed.
    """
    if not request.account or same_name(request.account, account):
        return
    name = name_text(request.account)
    if request.state == SENDING:
        text = tr("This request was being sent by {account}.").format(account=name)
        raise AuthError(
            text,
            tr("Sign in with that account: what became of the request will be checked."),
            code="other-account",
        )
    text = tr("This request was confirmed by {account}.").format(account=name)
    raise AuthError(text, tr("Review it to send it in your own name."), code="other-account")


def _check_before_sending(request: Request, channel: Channel, cancel: Cancel) -> None:
    """What the service would refuse is told before the request leaves."""
    wrong = [f for f in channel.check(request.draft, cancel) if f.level is Severity.ERROR]
    if wrong:
        raise InvalidInput(" ".join(f.text for f in wrong), wrong[0].remedy, code="refused")
