"""Where signing in happens: read from the service's own description, never written down, and
checked before use.

What is trusted. The profile names the host of the description (``auth.discovery``); the person
accepted it. The sign-in server itself (Keycloak, on the real service) is on a host the profile does
not name, so it cannot simply be refused:

* it must be https, or http on loopback when the description itself came from loopback;
* no user information, query or fragment, and the path ends with ``/token``;
* a profile may list the hosts it allows (``auth.hosts``): any other is then refused;
* the host that gave a refresh token is remembered with it, and that token never goes to another
  one: a changed
  description makes a person sign in again, on a page whose host they are shown, and leaks nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dinamis_qgis.core.errors import Action, ServiceError
from dinamis_qgis.core.net.http import Cancel, Http
from dinamis_qgis.core.net.urls import find_address, parse_address
from dinamis_qgis.core.profile.model import Auth
from dinamis_qgis.core.text import tr


@dataclass(frozen=True)
class Endpoints:
    """The addresses of a Keycloak realm, from its ``…/token``."""

    base: str
    """The token address without ``/token``."""

    @property
    def token(self) -> str:
        """RFC 6749, 3.2."""
        return f"{self.base}/token"

    @property
    def device(self) -> str:
        """RFC 8628, 3.1."""
        return f"{self.base}/auth/device"

    @property
    def userinfo(self) -> str:
        """OpenID Connect Core, 5.3."""
        return f"{self.base}/userinfo"

    @property
    def revoke(self) -> str:
        """RFC 7009."""
        return f"{self.base}/revoke"


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
        raise _unusable("no OAuth2 token address in the description")
    found = find_address(address, auth.discovery)
    if found is None:
        raise _unusable("the token address is not an address")
    url = found.text
    problem = _problem(url, auth)
    if problem:
        raise _unusable(problem)
    return Endpoints(url[: -len("/token")])


def is_safe_page(url: str, auth: Auth) -> bool:
    """True when ``url`` may be opened in the person's browser: https, or http on loopback for a
    service on loopback.
    """
    return not _address_problem(url, auth)


def _token_address(document: Any) -> str:
    """The token address of FastAPI's ``OAuth2PasswordBearer``, else of the first OAuth2 scheme that
    has one.
    """
    schemes = _at(document, "components", "securitySchemes")
    if not isinstance(schemes, Mapping):
        return ""
    first = schemes.get("OAuth2PasswordBearer")
    for scheme in [first, *(s for s in schemes.values() if s is not first)]:
        flows = _at(scheme, "flows")
        for flow in flows.values() if isinstance(flows, Mapping) else ():
            address = _at(flow, "tokenUrl")
            if isinstance(address, str) and address:
                return address
    return ""


def _at(value: Any, *keys: str) -> Any:
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _problem(url: str, auth: Auth) -> str:
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


def _unusable(details: str) -> ServiceError:
    return ServiceError(
        tr("The service does not say clearly where to sign in."),
        tr("Tell your relay: this is a fault of the service or of the profile."),
        code="discovery",
        action=Action.CONTACT_RELAY,
        details=details,
    )
