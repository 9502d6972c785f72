"""How requests leave.

A channel is one adapter to one kind of service; the profile names it. A new kind is one new file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

from shapely.geometry.base import BaseGeometry

from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.profile.model import Profile
from dinamis_qgis.core.tasking import channels
from dinamis_qgis.core.tasking.model import Draft, Order, Request
from dinamis_qgis.core.tasking.rules.findings import Finding
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    from dinamis_qgis.core.net.http import Cancel, Credentials, Http


@dataclass(frozen=True)
class Opportunity:
    """A chance to acquire: when (aware, UTC), where (EPSG:4326), and what the service says of
    it.
    """

    start: datetime
    end: datetime
    area: BaseGeometry | None = None
    properties: Mapping[str, Any] = field(default_factory=dict)


class Channel:
    """An adapter.

    Every method is synchronous, raises DinamisError, and stops when ``cancel`` is set.

    As it stands: a service that offers nothing beyond taking a request. ``submit``, ``order`` and
    ``find`` are each channel's own.
    """

    automatic = True
    """False when a person must carry the request (an e-mail): its state is then kept by hand."""

    def check(self, draft: Draft, cancel: Cancel | None = None) -> tuple[Finding, ...]:
        """What the service itself says it will not take, or will not look at.

        Empty when all is well.
        """
        return ()

    def submit(self, request: Request, cancel: Cancel | None = None) -> Order:
        """Hand the request over, once: never tried again by itself."""
        raise NotImplementedError

    def order(self, order_id: str, cancel: Cancel | None = None) -> Order:
        """The order with all its statuses."""
        raise NotImplementedError

    def find(
        self, request: Request, taken: frozenset[str], cancel: Cancel | None = None
    ) -> Order | None:
        """The order that a sending of ``request`` has made, if any; ``taken`` are the orders of
        other requests.
        """
        raise NotImplementedError

    def known(self, request: Request, cancel: Cancel | None = None) -> frozenset[str] | None:
        """Before a sending: the orders that could later be mistaken for the one it makes.

        None where that cannot be told.
        """
        return None

    def cancel(self, order_id: str, cancel: Cancel | None = None) -> Order:
        """Withdraw an order. Raises InvalidInput where the service cannot."""
        raise InvalidInput(
            tr("This service cannot cancel a request by itself."),
            tr("Ask your relay."),
            code="no-cancel",
        )

    def can_cancel(self, request: Request) -> bool:
        """Whether ``cancel`` may work for this request."""
        return False

    def opportunities(self, draft: Draft, cancel: Cancel | None = None) -> tuple[Opportunity, ...]:
        """When the area can be acquired; empty where the service does not tell."""
        return ()

    def shared(self, draft: Draft, cancel: Cancel | None = None) -> tuple[Order, ...]:
        """Open orders of others that overlap the draft; empty where the service does not show
        them.
        """
        return ()

    def counted(self, entity: str, cancel: Cancel | None = None) -> tuple[Order, ...] | None:
        """Orders that count on the quota of ``entity``, as far as the service shows them; None
        where it shows none.
        """
        return None


def draft_window(draft: Draft) -> tuple[datetime, datetime]:
    """The closed interval of a draft, whole days UTC: midnight before the first to midnight after
    the last. Raises InvalidInput.
    """
    if draft.start is None or draft.end is None:
        raise InvalidInput(tr("No period yet."), tr("Give the first and the last day."))
    return _midnight_utc(draft.start), _midnight_utc(draft.end) + timedelta(days=1)


def _midnight_utc(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.utc)


def open_channel(profile: Profile, http: Http, credentials: Credentials | None) -> Channel:
    """The channel the profile names: the file of that name in ``channels``.

    Raises InvalidInput when there is none.
    """
    name = profile.tasking.channel
    if name not in {module.name for module in iter_modules(channels.__path__)}:
        raise InvalidInput(
            tr("This service takes no acquisition requests."),
            tr("Ask your relay how to send one."),
            details=name,
        )
    made: Channel = import_module(f"{channels.__name__}.{name}").make(profile, http, credentials)
    return made
