"""pystac-client's transport on the house's own HTTP: time-outs, retries, cancellation, origin-bound
credentials.

pystac takes a tenth of a second to import: this module is imported at the first search, never at
start-up.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from typing import Any

import pystac
from pystac_client.stac_api_io import StacApiIO

from dinamis_qgis.core.errors import ServiceError
from dinamis_qgis.core.json_values import (
    keep_https,
    mapping,
    read_address,
    read_sequence,
    read_string,
    related_links,
)
from dinamis_qgis.core.net.http import Cancel, Credentials, Http, public_url
from dinamis_qgis.core.text import tr

log = logging.getLogger(__name__)

MAX_EMPTY_PAGES = 20
# A link of an answer may ask for headers of its own (paging tokens), never for those that say who
# is asking.
_NEVER_FROM_A_LINK = frozenset(
    {"authorization", "cookie", "access-key", "secret-key", "x-api-key", "host", "content-length"}
)


class CatalogueIO(StacApiIO):  # type: ignore[misc]
    """Reads pages as dictionaries.

    ``credentials`` go to the origins they belong to, wherever a ``next`` link leads.
    """

    def __init__(self, http: Http, credentials: Credentials | None, cancel: Cancel) -> None:
        super().__init__(max_retries=None)
        self.session.close()  # pystac-client's own, never used
        self.http = http
        self.credentials = credentials
        self.cancel = cancel

    def request(
        self,
        href: str,
        method: str | None = None,
        headers: Mapping[str, str] | None = None,
        parameters: Mapping[str, Any] | None = None,
    ) -> str:
        """The body as text; raises DinamisError only.

        Replaces a method that logs headers and never retries a POST.
        """
        return json.dumps(self.fetch(href, method or "GET", parameters or {}, headers or {}))

    def fetch(
        self, href: str, method: str, parameters: Mapping[str, Any], headers: Mapping[str, str]
    ) -> Any:
        """The decoded JSON of one request. A POST here is a search: safe to repeat."""
        self.cancel.check()
        options: dict[str, Any] = (
            {"json": dict(parameters)} if method == "POST" else {"params": dict(parameters)}
        )
        log.debug("%s %s", method, public_url(href))
        return self.http.json(
            method,
            href,
            cancel=self.cancel,
            credentials=self.credentials,
            idempotent=True,
            headers={"Accept": "application/geo+json, application/json", **headers},
            **options,
        )

    def read_json(self, source: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """An object, or ServiceError."""
        if isinstance(source, pystac.Link):
            return super().read_json(source, *args, **kwargs)  # type: ignore[no-any-return]
        method, parameters = kwargs.get("method") or "GET", kwargs.get("parameters") or {}
        return _read_object(self.fetch(str(source), method, parameters, {}), str(source))

    def pages(self, request: Request) -> Iterator[tuple[dict[str, Any], Request | None]]:
        """Every page, and how the next one is asked; empty ones too: some services filter after
        paging.

        Raises ServiceError when they lead in circles.
        """
        asked: set[str] = set()
        empty = 0
        before = ""
        while True:
            if not request[1]:
                raise _unreadable_answer(before, "a next link that leads nowhere")
            before = request[1]
            key = json.dumps(request[:3], sort_keys=True, default=str)
            if key in asked or empty > MAX_EMPTY_PAGES:
                raise ServiceError(
                    tr("The catalogue sends in circles: its list never ends."),
                    tr("The products already received are shown. Tell your relay if it lasts."),
                    code="loop",
                    details=public_url(request[1]),
                )
            asked.add(key)
            page = _read_page(
                self.fetch(request[1], request[0], request[2], request[3]), request[1]
            )
            empty = 0 if read_sequence(page.get("features")) else empty + 1
            following = _next_request(page, request)
            yield page, following
            if following is None:
                return
            request = following


Request = tuple[str, str, "dict[str, Any]", "dict[str, str]"]
"""Method, address, parameters (of a POST, its body) and headers."""


def _read_page(value: Any, url: str) -> dict[str, Any]:
    """A page of a search; nothing at all, or ``features: null``, is one without products."""
    page = _read_object({"features": None} if value is None else value, url)
    if page.get("features") is not None and not isinstance(page["features"], list):
        raise _unreadable_answer(url, "features of a wrong type")
    if "features" not in page and {"code", "detail", "error"} & set(page):
        raise _unreadable_answer(url, "no features")  # an error told with status 200
    return page


def _read_object(value: Any, url: str) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    raise _unreadable_answer(url, f"{type(value).__name__}, an object expected")


def _unreadable_answer(url: str, what: str) -> ServiceError:
    return ServiceError(
        tr("The service gave an answer that cannot be read."),
        tr("Try again; if it lasts, tell your relay."),
        code="garbage",
        details=f"{public_url(url)}: {what}",
    )


def _next_request(page: Mapping[str, Any], last: Request) -> Request | None:
    """The request of the page's ``next`` link (STAC API item search: method, body, merge, headers);
    None when it has none.

    One that cannot be followed is a request without an address: there is more, which nobody would
    miss.
    """
    link = next(related_links(page, "next"), {})
    if not read_string(link.get("href")):
        return None
    href = keep_https(read_address(link.get("href"), last[1]), last[1])
    headers = {
        k: v
        for k, v in mapping(link.get("headers")).items()
        if isinstance(v, str) and _is_allowed_header(k)
    }
    if read_string(link.get("method")).upper() != "POST":
        return ("GET", href, {}, headers)
    body = dict(mapping(link.get("body")))
    # Nobody means a search for everything: without a body of its own it is the same search at
    # another address.
    return (
        "POST",
        href,
        {**last[2], **body} if link.get("merge") is True or not body else body,
        headers,
    )


def _is_allowed_header(header: Any) -> bool:
    return isinstance(header, str) and header.lower() not in _NEVER_FROM_A_LINK
