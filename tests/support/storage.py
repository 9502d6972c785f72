"""A storage with its signing service on loopback, for the imagery room: real ranges, real
signatures that end, faults on demand.
"""

from __future__ import annotations

import re
import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timezone
from typing import Any, Callable, Optional
from urllib.parse import parse_qs, urlsplit

from dinamis_qgis.core.net.http import Http
from dinamis_qgis.core.profile.model import Profile, Relay, Signing, Storage
from tests.support.scripted import Answer, ScriptedServer, Seen, as_json

Fault = Callable[[Seen, Answer], Optional[Answer]]


class Login:
    """Credentials of one origin; ``signed_in`` may be changed at any time."""

    def __init__(self, signed_in: bool = True) -> None:
        self.signed_in = signed_in
        self.renewals = 0

    def headers_for(self, url: str) -> Mapping[str, str]:
        return {"Authorization": "Bearer good"} if self.signed_in and "/signing/" in url else {}

    def renew(self, used: Mapping[str, str]) -> bool:
        self.renewals += 1
        return False


class StorageService:
    """``objects``: path → bytes.

    ``fault(seen, answer)`` may replace any answer of the storage; ``life`` in seconds.
    """

    def __init__(self, objects: Mapping[str, bytes], life: float = 3600) -> None:
        self.objects = dict(objects)
        self.etags = dict.fromkeys(objects, '"one"')
        self.life = life
        self.fault: Fault | None = None
        self.forbidden: set[str] = set()
        self.signing_status = 200
        self.skew = 0.0
        """Seconds by which the service's clock is ahead of this machine's."""
        self.batches: list[list[str]] = []
        self._valid: dict[str, tuple[str, float]] = {}
        self._lock = threading.Lock()
        self.server = ScriptedServer(self._script)
        self.root = self.server.root

    def href(self, path: str) -> str:
        return f"{self.root}{path}"

    def profile(self, renew_below_s: int = 1800) -> Profile:
        return Profile(
            "essai",
            "Essai",
            relay=Relay("PIGMA", "pigma@formation.invalid"),
            signing=Signing(f"{self.root}/signing/", renew_below_s=renew_below_s),
            storage=Storage((urlsplit(self.root).netloc,)),
        )

    @property
    def reads(self) -> list[Seen]:
        """What the storage itself was asked for."""
        return [seen for seen in self.server.seen if not seen.path.startswith("/signing/")]

    def expire(self) -> None:
        """Every signature given so far is refused from now on."""
        with self._lock:
            self._valid.clear()

    def _script(self, seen: Seen) -> Answer:
        if seen.path.startswith("/signing/"):
            return self._sign(seen)
        answer = self._read(seen)
        replaced = self.fault(seen, answer) if self.fault else None
        return replaced or answer

    def _sign(self, seen: Seen) -> Answer:
        urls = seen.json()["urls"]
        self.batches.append(urls)
        if self.signing_status != 200:
            return as_json({"detail": "no"}, self.signing_status)
        if seen.headers.get("authorization") != "Bearer good":
            return as_json({"detail": "who are you"}, 401)
        refused = [url for url in urls if urlsplit(url).path in self.forbidden]
        if refused:
            return as_json({"detail": "licence crise"}, 403)
        now = datetime.fromtimestamp(time.time() + self.skew, timezone.utc)
        hrefs = {}
        for url in urls:
            mark = secrets.token_hex(8)
            with self._lock:
                self._valid[mark] = (urlsplit(url).path, time.monotonic() + self.life)
            hrefs[url] = (
                f"{url}?X-Amz-Date={now:%Y%m%dT%H%M%SZ}&X-Amz-Expires={self.life:g}&"
                f"X-Amz-Signature={mark}"
            )
        expiry = datetime.fromtimestamp(now.timestamp() + self.life, timezone.utc).isoformat()
        return as_json(
            {"expiry": expiry, "hrefs": hrefs}, Date=now.strftime("%a, %d %b %Y %H:%M:%S GMT")
        )

    def _read(self, seen: Seen) -> Answer:
        parts = urlsplit(seen.path)
        mark = parse_qs(parts.query).get("X-Amz-Signature", [""])[0]
        with self._lock:
            path, until = self._valid.get(mark, ("", 0.0))
        if path != parts.path or time.monotonic() > until or seen.method != "GET":
            return Answer(
                403,
                b"<Error><Code>AccessDenied</Code></Error>",
                {"Content-Type": "application/xml"},
            )
        data = self.objects.get(parts.path)
        if data is None:
            return Answer(404, b"<Error><Code>NoSuchKey</Code></Error>")
        headers = {"ETag": self.etags[parts.path]}
        match = re.fullmatch(r"bytes=(\d+)-(\d+)", seen.headers.get("range", ""))
        if not match:
            return Answer(200, data, headers)
        first, last = int(match.group(1)), min(int(match.group(2)), len(data) - 1)
        if first > last:
            return Answer(416, b"", {"Content-Range": f"bytes */{len(data)}"})
        headers["Content-Range"] = f"bytes {first}-{last}/{len(data)}"
        return Answer(206, data[first : last + 1], headers)


@contextmanager
def storage(objects: Mapping[str, bytes], life: float = 3600) -> Iterator[StorageService]:
    """A running storage, stopped at the end."""
    service = StorageService(objects, life)
    try:
        yield service
    finally:
        service.server.stop()


@contextmanager
def client(**options: Any) -> Iterator[Http]:
    """The plugin's client, closed at the end."""
    http = Http("dinamis-tests", **{"backoff": 0.01, **options})
    try:
        yield http
    finally:
        http.close()
