"""Where signing in happens: read from the service's own description, never written down, and
checked before use.

What is trusted. The profile names the host of the description (``auth.discovery``); the person
accepted it. The sign-in server itself (Keycloak, on the real service) is on a host the profile does
not name, so it cannot simply be refused:

* it must be https, or http on loopback when the description itself came from loopback;
* no user information, query or fragment, and the path ends with ``/token``;
* a profile may list the hosts it allows (``auth.hosts``): any other is then refused;
* the host that gave a refresh token is remembered with it, and that token never goes to another
  one: a changed description makes a person sign in again, on a page whose host they are shown, and
  leaks nothing.

The other addresses are a Keycloak realm's where the token address is; else, or where those are not
there, those of the server's OpenID discovery, when it names the same token address and they are of
its origin.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from dinamis_qgis.core.errors import Action, NetworkError, ServiceError
from dinamis_qgis.core.net.http import Cancel, Http, origin, read_json
from dinamis_qgis.core.net.urls import find_address, parse_address
from dinamis_qgis.core.profile.model import Auth
from dinamis_qgis.core.text import tr

log = logging.getLogger(__name__)
LOOPBACK = ("127.0.0.1", "localhost", "::1")
WELL_KNOWN = "/.well-known/openid-configuration"
_KEYCLOAK = "/protocol/openid-connect"
_DISCOVERY_S = (4.0, 8.0)
"""Time-outs, in seconds, of what can be done without."""


@dataclass(frozen=True)
class Endpoints:
    """The addresses of a sign-in server, from its ``…/token``."""

    base: str
    """The token address without ``/token``."""
    openid: str = ""
    """Its OpenID discovery, where the service's description names one."""
    said: Mapping[str, str] = field(default_factory=dict)
    """What its OpenID discovery says, by the names of RFC 8414."""

    @property
    def token(self) -> str:
        """RFC 6749, 3.2."""
        return f"{self.base}/token"

    @property
    def device(self) -> str:
        """RFC 8628, 3.1."""
        return self.said.get("device_authorization_endpoint") or f"{self.base}/auth/device"

    @property
    def userinfo(self) -> str:
        """OpenID Connect Core, 5.3."""
        return self.said.get("userinfo_endpoint") or f"{self.base}/userinfo"

    @property
    def revoke(self) -> str:
        """RFC 7009."""
        return self.said.get("revocation_endpoint") or f"{self.base}/revoke"


def discover(auth: Auth, http: Http, cancel: Cancel) -> Endpoints:
    """The endpoints that ``auth.discovery`` names. Raises Cancelled, NetworkError, ServiceError."""
    if not auth.discovery:
        raise ServiceError(
            tr("This profile does not say where to sign in."),
            tr("Choose another profile."),
            action=Action.NONE,
        )
    document = http.json("GET", auth.discovery, cancel=cancel)
    address = _token_address(document)
    if not address:
        raise _unusable_service("no OAuth2 token address in the description")
    read = find_address(address, auth.discovery)
    if read is None:
        raise _unusable_service("the token address is not an address")
    url = read.text
    problem = _endpoint_problem(url, auth)
    if problem:
        raise _unusable_service(problem)
    found = Endpoints(url[: -len("/token")], _openid_url(document, auth))
    return found if found.base.endswith(_KEYCLOAK) else ask_openid(found, auth, http, cancel)


def ask_openid(known: Endpoints, auth: Auth, http: Http, cancel: Cancel) -> Endpoints:
    """``known`` with what the server's OpenID discovery says; as it is where there is none of this
    token address. Raises Cancelled.
    """
    for url in dict.fromkeys(_discovery_addresses(known)):
        if not _is_same_server(url, known.token, auth):
            continue
        try:
            answer = http.once("GET", url, cancel=cancel, timeout=_DISCOVERY_S)
            if answer.status_code != 200:
                answer.close()
                continue
            found = read_json(answer, cancel)
        except (NetworkError, ServiceError) as error:
            log.info("OpenID discovery: %s", error.code)
            continue
        if isinstance(found, Mapping) and found.get("token_endpoint") == known.token:
            said = {
                name: value
                for name, value in found.items()
                if isinstance(value, str) and _is_same_server(value, known.token, auth)
            }
            return replace(known, said=said)
    return known


def _openid_url(document: Any, auth: Auth) -> str:
    """Where the service's own description says that the discovery is (OpenAPI, security scheme)."""
    schemes = _value_at(document, "components", "securitySchemes")
    for scheme in schemes.values() if isinstance(schemes, Mapping) else ():
        said = _value_at(scheme, "openIdConnectUrl")
        if isinstance(said, str) and said:
            read = find_address(said, auth.discovery)
            return read.text if read is not None else ""
    return ""


def _discovery_addresses(known: Endpoints) -> Iterator[str]:
    """Where the server's discovery may be (OpenID Connect Discovery, 4): where the service says, at
    the issuer, or at the root.
    """
    if known.openid:
        yield known.openid
    if known.base.endswith(_KEYCLOAK):
        yield known.base[: -len(_KEYCLOAK)] + WELL_KNOWN
    else:
        yield known.base + WELL_KNOWN
        yield origin(known.base) + WELL_KNOWN


def _is_same_server(url: str, token: str, auth: Auth) -> bool:
    """Whether ``url`` is of the same server as the token address, and may be asked."""
    return not _address_problem(url, auth) and origin(url) == origin(token)


def is_safe_page(url: str, auth: Auth) -> bool:
    """True when ``url`` may be opened in the person's browser: https, or http on loopback for a
    service on loopback.
    """
    return not _address_problem(url, auth)


def _token_address(document: Any) -> str:
    """The token address of FastAPI's ``OAuth2PasswordBearer``, else of the first OAuth2 scheme that
    has one.
    """
    schemes = _value_at(document, "components", "securitySchemes")
    if not isinstance(schemes, Mapping):
        return ""
    first = schemes.get("OAuth2PasswordBearer")
    for scheme in [first, *(s for s in schemes.values() if s is not first)]:
        flows = _value_at(scheme, "flows")
        for flow in flows.values() if isinstance(flows, Mapping) else ():
            address = _value_at(flow, "tokenUrl")
            if isinstance(address, str) and address:
                return address
    return ""


def _value_at(value: Any, *keys: str) -> Any:
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _endpoint_problem(url: str, auth: Auth) -> str:
    """Why the token address cannot be trusted, empty when it can."""
    problem = _address_problem(url, auth)
    if problem:
        return problem
    found = parse_address(url)
    if found.query or not found.path.endswith("/token"):
        return "the token address has not the expected form"
    netloc = found.netloc
    if auth.hosts and netloc not in [host.lower() for host in auth.hosts]:
        return f"{netloc} is not among the sign-in hosts of the profile"
    return ""


def _address_problem(url: str, auth: Auth) -> str:
    found, known = find_address(url), find_address(auth.discovery)
    if found is None or any(ord(c) <= 32 or c == "\\" for c in url):
        return "not an address"
    host = found.host
    if found.is_loopback:
        # A remote service has no business with this machine.
        return "" if known is not None and known.is_loopback else f"{host} is this machine"
    return "" if found.scheme == "https" else f"{host} is not protected (https)"


def _unusable_service(details: str) -> ServiceError:
    return ServiceError(
        tr("The service does not say clearly where to sign in."),
        tr("Tell your relay: this is a fault of the service or of the profile."),
        code="discovery",
        action=Action.CONTACT_RELAY,
        details=details,
    )
