"""Who is signed in: plain data read from the service's userinfo.

Everything but the user name may be missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from dinamis_qgis.core.profile.model import Profile, Relay

CHARTER_PENDING = "charte-en-attente"
"""Role of an account whose entity has not accepted the charter yet."""


class Holding(Enum):
    """Whether the account may use a licence."""

    OPEN = "open"
    HELD = "held"
    MISSING = "missing"
    UNKNOWN = "unknown"
    """Signed out, or the service does not say which licences the account holds."""


@dataclass(frozen=True)
class Account:
    """A person's account.

    ``licences`` is None when the service does not tell; ``relay`` is None when not told.

    ``key_mark`` tells one API key from another where the service names nobody; nothing of the key
    can be found from it.
    """

    username: str
    name: str = ""
    email: str = ""
    entity: str = ""
    entity_id: str = ""
    relay: Relay | None = None
    licences: frozenset[str] | None = None
    roles: frozenset[str] = frozenset()
    key_mark: str = field(default="", repr=False)

    @property
    def charter_pending(self) -> bool:
        """True when the charter must still be accepted: browsing only."""
        return CHARTER_PENDING in self.roles

    @property
    def label(self) -> str:
        """Function and entity, as far as known."""
        return " · ".join(x for x in (self.name or self.username, self.entity) if x)


def account_from_userinfo(claims: Mapping[str, Any]) -> Account:
    """Userinfo claims as an Account; a claim of an unexpected type counts as missing."""

    def text(source: Mapping[str, Any], key: str) -> str:
        value = source.get(key)
        return value if isinstance(value, str) else ""

    def mapping(key: str) -> Mapping[str, Any]:
        value = claims.get(key)
        return value if isinstance(value, Mapping) else {}

    def texts(key: str) -> frozenset[str] | None:
        value = claims.get(key)
        return (
            frozenset(x for x in value if isinstance(x, str))
            if isinstance(value, (list, tuple))
            else None
        )

    organization, relay = mapping("organization"), mapping("relay")
    return Account(
        username=text(claims, "preferred_username") or text(claims, "sub"),
        name=text(claims, "name"),
        email=text(claims, "email"),
        entity=text(organization, "name"),
        entity_id=text(organization, "id"),
        relay=Relay(text(relay, "name"), text(relay, "email")) if text(relay, "name") else None,
        licences=texts("licences"),
        roles=texts("roles") or frozenset(),
    )


def holding(profile: Profile, account: Account | None, licence_id: str) -> Holding:
    """Whether ``account`` may use ``licence_id``.

    A product without a licence id is UNKNOWN: the signing service decides.
    """
    licence = profile.licence(licence_id)
    if licence and licence.open:
        return Holding.OPEN
    if not licence_id or account is None or account.licences is None:
        return Holding.UNKNOWN
    return Holding.HELD if licence_id in account.licences else Holding.MISSING


def licences_held(profile: Profile, account: Account) -> tuple[int, int] | None:
    """(held, all) of the profile's licences that are not open to everybody; None when the service
    does not tell.
    """
    if account.licences is None:
        return None
    wanted = [licence.id for licence in profile.licences if not licence.open]
    return sum(1 for licence in wanted if licence in account.licences), len(wanted)
