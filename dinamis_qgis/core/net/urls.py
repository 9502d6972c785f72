"""Addresses from outside: one reader that decides what an address means.

What reads an address otherwise than what connects to it can be led elsewhere: ``https://a\\@b/`` is
``b`` to one and ``a`` to another. Here such addresses are refused, and the others are written in
one way, which is what is compared, signed and connected to.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass, replace
from urllib.parse import quote, urljoin

from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.text import tr

LONGEST = 16384
"""Characters of an address: a signed one has some hundreds."""
_PARTS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^?#]*)(\?[^#]*)?(?:#.*)?", re.DOTALL)
_AUTHORITY = re.compile(r"([A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::([0-9]{1,5}))?")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_UNUSABLE = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ud800-\\udfff]")
"""Control characters and halves of characters."""
_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_KEPT = "!$&'()*+,/:;=@~-._%[]"
_DEFAULT_PORTS = {"https": 443, "http": 80}
_OTHER_PORTS = frozenset(
    {
        *(11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95),
        *(101, 102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161),
        *(179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563),
        *(587, 601, 636, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 5060, 5061, 6000, 6566),
        *(6665, 6666, 6667, 6668, 6669, 6697, 10080),
    }
)
"""Ports of other protocols (WHATWG Fetch, "bad ports"): mail, files, X11, printers."""
_PRIVATE_NAMES = ("localhost", ".localhost", ".local", ".internal", ".lan", ".intranet", ".home")


@dataclass(frozen=True)
class Address:
    """An http(s) address that means one thing; ``path`` and ``query`` in ASCII, percent-encoded."""

    scheme: str
    host: str
    """Lower case; IPv6 in brackets."""
    port: int
    path: str
    query: str
    """Without the ``?``."""

    @property
    def netloc(self) -> str:
        """Host, with the port where it is not the default."""
        usual = self.port == _DEFAULT_PORTS[self.scheme]
        return self.host if usual else f"{self.host}:{self.port}"

    @property
    def origin(self) -> str:
        """``scheme://host:port``."""
        return f"{self.scheme}://{self.host}:{self.port}"

    @property
    def text(self) -> str:
        """The address, to be compared and connected to."""
        return f"{self.scheme}://{self.netloc}{self.path}{'?' if self.query else ''}{self.query}"

    @property
    def unsigned(self) -> Address:
        """Without the query."""
        return replace(self, query="")

    @property
    def is_loopback(self) -> bool:
        """Whether it is this machine."""
        number = _number_of(self.host)
        return self.host == "localhost" or (number is not None and number.is_loopback)

    @property
    def is_private(self) -> bool:
        """Whether it is this machine or one of the local network, by number or by such a name."""
        number = _number_of(self.host)
        if number is not None:
            return not number.is_global or number.is_multicast
        name = self.host
        return "." not in name or name.endswith(_PRIVATE_NAMES)


def parse_address(url: object, base: str = "") -> Address:
    """``url``, from outside, as the one thing it means; a relative one from ``base``.

    Raises InvalidInput: no http(s) address, user information, a backslash in the host, control
    characters, a host or port that others may read otherwise.
    """
    problem: str | Address = "not a text"
    if isinstance(url, str):
        problem = _parse_or_why(url, base)
    if isinstance(problem, Address):
        return problem
    raise InvalidInput(
        tr("This address cannot be used."),
        tr("Tell your relay: this is a fault of the service."),
        code="address",
        details=problem,
    )


def find_address(url: object, base: str = "") -> Address | None:
    """As ``parse_address``; None for what is refused."""
    found = _parse_or_why(url, base) if isinstance(url, str) else ""
    return found if isinstance(found, Address) else None


def _parse_or_why(url: str, base: str) -> Address | str:
    """The address, or why it is none."""
    if len(url) > LONGEST or _UNUSABLE.search(url) or url != url.strip():
        return "too long, or characters that no address has"
    if base and not _PARTS.fullmatch(url):
        if "\\" in re.split("[?#]", url)[0][:2]:
            return "a backslash in place of a slash"
        try:
            url = urljoin(base, url)
        except ValueError:
            return "not an address"
    match = _PARTS.fullmatch(url)
    scheme = match.group(1).lower() if match else ""
    if match is None or scheme not in _DEFAULT_PORTS:
        return "not http or https"
    authority = _AUTHORITY.fullmatch(match.group(2))
    if authority is None:
        return "user information, or a host in other letters than a-z"
    host = _host_of(authority.group(1).lower())
    port = int(authority.group(2) or _DEFAULT_PORTS[scheme])
    if not host:
        return "not a host"
    if not 0 < port < 65536 or port in _OTHER_PORTS:
        return "not a port of a web service"
    path = escape_path(match.group(3)) or "/"
    return Address(scheme, host, port, path, escape_query((match.group(4) or "?")[1:]))


def _host_of(host: str) -> str:
    """``host`` where it has one meaning, else empty."""
    if host.startswith("["):
        try:
            return f"[{ipaddress.IPv6Address(host[1:-1]).compressed}]"
        except ValueError:
            return ""
    labels = host.split(".")
    if not all(_LABEL.fullmatch(label) for label in labels):
        return ""
    if labels[-1].isdigit() or re.fullmatch(r"0x[0-9a-f]*", labels[-1]):
        # 2130706433, 0x7f.1, 0177.0.0.1, 127.1 are 127.0.0.1 to some
        try:
            return host if str(ipaddress.IPv4Address(host)) == host else ""
        except ValueError:
            return ""
    return host


def _number_of(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None


def leads_inside(url: str) -> bool:
    """Whether the name in ``url`` is that of a machine of the local network: a stranger's domain
    may lead there. Asks the system's name service: on worker threads.
    """
    try:
        found = socket.getaddrinfo(parse_address(url).host.strip("[]"), None)
    except (OSError, UnicodeError):
        return False  # nobody: connecting will say so
    numbers = [_number_of(str(each[4][0]).partition("%")[0]) for each in found]
    return any(number is not None and not number.is_global for number in numbers)


def escape_path(path: str) -> str:
    """A path of an address in ASCII: what is percent-encoded stays so, what should be becomes
    so.
    """
    return _resolve_dots(quote(_ESCAPE.sub("%25", path), safe=_KEPT))


def _resolve_dots(path: str) -> str:
    """``path`` without ``.`` and ``..`` (RFC 3986, 5.2.4), as those who connect write it."""
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def escape_query(query: str) -> str:
    """As ``escape_path`` for what follows the ``?``."""
    return quote(_ESCAPE.sub("%25", query), safe=_KEPT + "?")


def origin(url: str) -> str:
    """``scheme://host:port`` of ``url``, lower case, default port written out.

    Raises InvalidInput.
    """
    return parse_address(url).origin


def public_url(url: str) -> str:
    """``url`` without query, fragment and user information: safe to log."""
    found = find_address(url)
    if found is not None:
        return found.unsigned.text
    match = _PARTS.fullmatch(url)
    host = match.group(2).rpartition("@")[2] if match else ""
    return f"{match.group(1)}://{host}{match.group(3)}"[:300] if match else "no address"
