"""Signed addresses of the storage: asked for in batches, kept until they near their end, renewed
once for all threads.

The MTD contract: ``POST sign_urls {"urls": [≤ 64], "duration_seconds": n}`` → ``{"expiry": ISO
8601, "hrefs": {url: signed}}``.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from dinamis_qgis.core.errors import (
    Cancelled,
    DinamisError,
    InvalidInput,
    LicenceError,
    ServiceError,
)
from dinamis_qgis.core.imagery.access import not_signed_in, whom_to_ask
from dinamis_qgis.core.net.http import Cancel, Credentials, Http, public_url, read_json
from dinamis_qgis.core.net.urls import find_address, parse_address
from dinamis_qgis.core.profile.model import Profile
from dinamis_qgis.core.text import tr

SHORT_LIFE_SHARE = 0.25
"""A signature that lives less than twice the profile's margin is renewed in the last quarter of its
life.
"""
POLL_S = 0.1
TIMEOUT_S = (5.0, 15.0)


@dataclass(frozen=True)
class _Signed:
    url: str = field(repr=False)
    renew_at: float
    """In ``time.monotonic`` seconds."""


@dataclass
class _Wait:
    """One address being signed; ``done`` is set when ``outcome`` is there."""

    done: threading.Event = field(default_factory=threading.Event)
    outcome: str | DinamisError = field(default="", repr=False)


class Signer:
    """Signs the hrefs of a profile's storage; any number of threads may ask."""

    def __init__(self, profile: Profile, http: Http, credentials: Credentials) -> None:
        self.profile = profile
        self._http = http
        self._credentials = credentials
        self._lock = threading.Lock()
        self._signed: dict[str, _Signed] = {}
        self._waits: dict[str, _Wait] = {}
        self._queue: list[str] = []
        self._leading = False

    def is_signed_in(self) -> bool:
        """Whether there is a proof of the person; credentials that know of none always have it."""
        return bool(getattr(self._credentials, "signed_in", True))

    def holds(self, url: str) -> bool:
        """True when ``url`` belongs to the profile's storage."""
        return self.profile.storage.holds(url)

    def signed(self, url: str, cancel: Cancel | None = None) -> str:
        """``url`` with a signature that will live for a while.

        Raises InvalidInput for a foreign address, AuthError, LicenceError, NetworkError,
        ServiceError, Cancelled.
        """
        return self.signed_many((url,), cancel)[url]

    def signed_many(self, urls: Iterable[str], cancel: Cancel | None = None) -> dict[str, str]:
        """As ``signed`` for several, with as few requests as the contract allows."""
        cancel = cancel or Cancel()
        wanted = tuple(dict.fromkeys(urls))
        for url in wanted:
            if not self.holds(url):
                raise foreign_address()
        found, waits = self._look(wanted)
        while waits:
            self._lead(cancel)
            for url, wait in waits.items():
                while not wait.done.wait(POLL_S):
                    cancel.check()
                    self._lead(cancel)
                if isinstance(wait.outcome, str):
                    found[url] = wait.outcome
                elif not isinstance(wait.outcome, Cancelled):
                    raise wait.outcome
            # Somebody else's wish to stop is not ours: what they gave up is asked for again.
            cancel.check()
            again, waits = self._look(tuple(url for url in waits if url not in found))
            found.update(again)
        return found

    def forget(self, url: str) -> None:
        """Drop what is known of ``url``: the storage refused it."""
        with self._lock:
            self._signed.pop(url, None)

    def clear(self) -> None:
        """Drop every signature: another account, or signed out."""
        with self._lock:
            self._signed.clear()

    def _look(self, wanted: tuple[str, ...]) -> tuple[dict[str, str], dict[str, _Wait]]:
        """What is fresh, and what has to be waited for (queued here when nobody asked before)."""
        found: dict[str, str] = {}
        waits: dict[str, _Wait] = {}
        with self._lock:
            for url in wanted:
                known = self._signed.get(url)
                if known and time.monotonic() < known.renew_at:
                    found[url] = known.url
                    continue
                if url not in self._waits:
                    self._waits[url] = _Wait()
                    self._queue.append(url)
                waits[url] = self._waits[url]
        return found, waits

    def _lead(self, cancel: Cancel) -> None:
        """Sign what is queued, batch after batch, unless another thread is at it."""
        while True:
            with self._lock:
                if self._leading or not self._queue:
                    return
                self._leading = True
                size = max(1, min(64, self.profile.signing.batch))
                batch, self._queue = self._queue[:size], self._queue[size:]
            outcomes: dict[str, _Signed | DinamisError] = {}
            try:
                outcomes = self._sign_each(batch, cancel)
            finally:
                self._settle(batch, outcomes)

    def _settle(self, batch: list[str], outcomes: Mapping[str, _Signed | DinamisError]) -> None:
        with self._lock:
            self._leading = False
            for url in batch:
                outcome = outcomes.get(url, Cancelled())
                wait = self._waits.pop(url)
                if isinstance(outcome, _Signed):
                    self._signed[url] = outcome
                wait.outcome = outcome.url if isinstance(outcome, _Signed) else outcome
                wait.done.set()

    def _sign_each(self, batch: list[str], cancel: Cancel) -> dict[str, _Signed | DinamisError]:
        """One request for all; when the service refuses the lot, one by one: a forbidden image
        harms no other.
        """
        try:
            return dict(self._post(batch, cancel))
        except LicenceError as error:
            if len(batch) == 1:
                return {batch[0]: error}
            outcomes: dict[str, _Signed | DinamisError] = {}
            for url in batch:
                outcomes.update(self._sign_each([url], cancel))
            return outcomes
        except DinamisError as error:
            return dict.fromkeys(batch, error)

    def _post(self, batch: list[str], cancel: Cancel) -> dict[str, _Signed]:
        signing = self.profile.signing
        address = parse_address("sign_urls", signing.url.rstrip("/") + "/").text
        if not self._credentials.headers_for(address):
            raise not_signed_in(
                getattr(self._credentials, "expired", False)
            )  # a sign-in knows, a key has no end
        sent = time.monotonic()
        try:
            answer = self._http.request(
                "POST",
                address,
                json={"urls": batch, "duration_seconds": signing.duration_s},
                credentials=self._credentials,
                idempotent=True,
                stream=True,
                cancel=cancel,
                timeout=TIMEOUT_S,
            )
        except ServiceError as error:
            if error.status != 403:
                raise
            raise LicenceError(
                tr("The service refuses this image to your account."),
                whom_to_ask(self.profile.relay),
                status=403,
                details=error.details,
            ) from None
        data = read_json(answer, cancel)
        return self._read(batch, data, _service_time(answer.headers.get("date", "")), sent)

    def _read(
        self, batch: list[str], data: Any, server_now: datetime, sent: float
    ) -> dict[str, _Signed]:
        hrefs = data.get("hrefs") if isinstance(data, dict) else None
        signed: dict[str, _Signed] = {}
        for url in batch:
            href = hrefs.get(url) if isinstance(hrefs, dict) else None
            given = find_address(href)
            if given is None or not self.holds(given.text):
                raise ServiceError(
                    tr("The signing service gave an answer that cannot be used."),
                    tr("Try again; if it lasts, tell your relay."),
                    code="garbage",
                    details=public_url(url),
                )
            href = given.text
            life = life_s(href, data.get("expiry"), server_now)
            margin = float(self.profile.signing.renew_below_s)
            if life < 2 * margin:
                margin = life * SHORT_LIFE_SHARE
            signed[url] = _Signed(href, sent + life - margin)
        return signed


def foreign_address() -> InvalidInput:
    """An address that is no object of the storage: never signed, never fetched."""
    return InvalidInput(tr("This address is not part of the service’s storage."), code="foreign")


def life_s(href: str, expiry: Any, server_now: datetime) -> float:
    """Seconds a signed address still lives by the service's own clock: the shorter of what its
    query and the answer say.
    """
    lives: list[float] = []
    query = {k.lower(): v for k, v in parse_qsl(urlsplit(href).query)}
    try:
        begin = datetime.strptime(query["x-amz-date"], "%Y%m%dT%H%M%SZ").replace(
            tzinfo=timezone.utc
        )
        life = float(query["x-amz-expires"])
        if math.isfinite(life):
            lives.append((begin - server_now).total_seconds() + life)
    except (KeyError, ValueError, OverflowError):
        lives.extend(())
    if isinstance(expiry, str):
        try:
            end = datetime.fromisoformat(expiry.replace("Z", "+00:00"))
        except ValueError:
            return max(0.0, min(lives, default=0.0))
        lives.append(
            ((end if end.tzinfo else end.replace(tzinfo=timezone.utc)) - server_now).total_seconds()
        )
    return max(0.0, min(lives, default=0.0))


def _service_time(date_header: str) -> datetime:
    """The service's clock as its ``Date`` header tells it, else this machine's."""
    try:
        moment = parsedate_to_datetime(date_header)
    except (TypeError, ValueError, IndexError, OverflowError):
        return datetime.now(timezone.utc)
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
