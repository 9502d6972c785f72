"""GDAL data sources as text: finding the storage's objects in them, unsigned, and putting other
addresses in their place.

Forms: ``/vsicurl/URL``, ``/vsicurl?option=…&url=URL``, and either inside ``vrt://…?bands=1`` or
inline VRT XML.
"""

from __future__ import annotations

import re
from html import escape
from typing import Callable
from urllib.parse import quote, unquote, urlsplit

from dinamis_qgis.core.profile.model import Profile

LOOPBACK = ("127.0.0.1", "localhost")
_END = r"(?=&(?:amp;)*(?:lt|gt|quot);|[\s\"'<>|]|$)"
"""Where an address ends; inside XML within XML its marks are escaped."""
_TOKEN = re.compile(
    rf"/vsicurl(?:/(?P<url>https?://[^\s\"'<>|]+?)|\?(?P<options>[^\s\"'<>|]+?)){_END}",
    re.IGNORECASE,
)
_ESCAPED = re.compile(r"&((?:amp;)*)lt;")
_SIGNATURE = re.compile(r"(?:x-amz-[a-z-]+|awsaccesskeyid|signature|expires)", re.IGNORECASE)
_GATEWAY = re.compile(r"http://127\.0\.0\.1:\d+/[\w-]{32}/\d+/(https?)/([^/]+)(/.+)")
_TRAINING_PATH = "/storage/"


def curl_source(url: str, alone: bool = True) -> str:
    """The GDAL path of a loopback ``url``.

    ``alone``: the whole data source. Then GDAL is told, for this path only, to use no proxy (a
    proxy in GDAL's settings or the environment would be asked for 127.0.0.1) and to look for no
    sidecar files.
    """
    if not alone:
        return f"/vsicurl/{url}"
    return f"/vsicurl?proxy=&empty_dir=yes&list_dir=no&url={quote(url, safe='/:')}"


def is_compound(source: str) -> bool:
    """Whether a data source is a virtual raster written out."""
    return source.lstrip().startswith("<VRTDataset")


def rewrite(source: str, change: Callable[[str, bool], str | None]) -> str:
    """``source`` with every remote object replaced by ``change(url, alone)``, a GDAL path; None
    leaves it as it is.

    ``url`` has no signature; ``alone`` is False where the path must be short: only a part of the
    source, which is no XML.
    """
    if "/vsicurl" not in source:
        return source
    compound = is_compound(source)

    def replaced(match: re.Match[str]) -> str:
        alone = compound or match.group() == source
        url, rest = _parts(match)
        new = change(url, alone and not rest) if url else None
        if new is None:
            return match.group()
        # As deep in XML as what stood there.
        after = _ESCAPED.match(source, match.end())
        inside = 1 + len(after.group(1)) // len("amp;") if after else 0
        for _ in range(1 + inside if compound else 0):
            new = escape(new, quote=False)
        return new + rest

    return _TOKEN.sub(replaced, source)


def _parts(match: re.Match[str]) -> tuple[str, str]:
    """The unsigned URL of a token, and what follows it that is no signature (options of
    ``vrt://``).
    """
    if match.group("options") is not None:
        options = _single(match.group("options")).split("&")
        value = next((o[4:] for o in options if o.lower().startswith("url=")), "")
        return _unsigned(unquote(value))[0], ""
    return _unsigned(match.group("url"))


def _unsigned(url: str) -> tuple[str, str]:
    base, mark, query = url.partition("?")
    kept = [
        part
        for part in _single(query).split("&")
        if part and not _SIGNATURE.fullmatch(part.partition("=")[0])
    ]
    return base, mark + "&".join(kept) if kept else ""


def _single(text: str) -> str:
    """``&`` as itself, however deep in XML it stood."""
    return re.sub(r"&(?:amp;)+", "&", text)


def href_in(url: str, profile: Profile) -> str | None:
    """The unsigned href of ``profile``'s storage that ``url`` means, or None.

    Also recognises addresses of a gateway of an earlier session, and objects of the training
    service on yesterday's port.
    """
    match = _GATEWAY.fullmatch(url)
    if match:
        scheme, netloc, path = match.groups()
        url = f"{scheme}://{netloc}{path}"
    base = _unsigned(url)[0]
    if profile.storage.holds(base):
        return base
    try:
        parts = urlsplit(base)
        host = parts.hostname
    except ValueError:
        return None
    if (
        profile.training
        and parts.scheme == "http"
        and host in LOOPBACK
        and parts.path.startswith(_TRAINING_PATH)
    ):
        return f"http://{profile.storage.hosts[0]}{parts.path}" if profile.storage.hosts else None
    return None
