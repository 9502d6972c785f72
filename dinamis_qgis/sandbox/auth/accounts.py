"""The accounts of the training service: functions and entities, not persons.

The password is the user name.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

CHARTER_PENDING = "charte-en-attente"
"""Role of an account whose entity has not accepted the charter yet: it may browse, not sign."""

OPEN_LICENCES = frozenset({"", "etalab-2.0"})
"""Licences of what anybody may read, unsigned; the empty one is that of thumbnails."""


@dataclass(frozen=True)
class TrainingAccount:
    """One account.

    ``licences`` are the ids it holds, ``organization`` and ``relay`` are userinfo claims.
    """

    id: str
    name: str
    organization: Mapping[str, str]
    relay: Mapping[str, str]
    licences: tuple[str, ...] = ()
    roles: tuple[str, ...] = ("utilisateur",)
    blocked: str = ""
    """Why it may not sign in, and whom to ask, in French; empty when it may."""
    address: str = ""

    @property
    def email(self) -> str:
        return self.address or f"{self.id}@formation.invalid"

    def may_read(self, licence: str) -> bool:
        """Whether a product under ``licence`` is open to this account."""
        return licence in OPEN_LICENCES or licence in self.licences

    def claims(self) -> dict[str, Any]:
        """The userinfo answer."""
        return {
            "sub": self.id,
            "preferred_username": self.id,
            "name": self.name,
            "email": self.email,
            "organization": dict(self.organization),
            "relay": dict(self.relay),
            "licences": list(self.licences),
            "roles": list(self.roles),
        }


PIGMA = {"id": "pigma", "name": "PIGMA (GIP ATGeRi)", "email": "pigma@formation.invalid"}
_EPCI = {"id": "cc-haut-bearn", "name": "CC du Haut-Béarn"}
_SDIS = {"id": "sdis-64", "name": "SDIS 64"}
_ATGERI = {"id": "gip-atgeri", "name": "GIP ATGeRi"}
_STANDARD = ("spot67", "pleiades")
_CRISIS = (*_STANDARD, "crise")


def training_accounts() -> dict[str, TrainingAccount]:
    """The five accounts, by user name."""
    accounts = (
        TrainingAccount("technicien", "Technicien SIG", _EPCI, PIGMA, _STANDARD),
        TrainingAccount(
            "sdis", "Officier cartographe", _SDIS, PIGMA, _CRISIS, ("utilisateur", "secours")
        ),
        TrainingAccount(
            "formateur", "Formateur", _ATGERI, PIGMA, _CRISIS, ("utilisateur", "formateur")
        ),
        TrainingAccount(
            "relais",
            "Super référent",
            _ATGERI,
            PIGMA,
            _STANDARD,
            ("utilisateur", "referent", "relais"),
        ),
        TrainingAccount(
            "nouveau",
            "Agent en cours d’adhésion",
            _EPCI,
            PIGMA,
            (),
            ("utilisateur", CHARTER_PENDING),
        ),
    )
    return {account.id: account for account in accounts}


def check_password(
    accounts: Mapping[str, TrainingAccount], user: str, password: str
) -> TrainingAccount | None:
    """The account when ``password`` is right (it is the user name), else None."""
    account = accounts.get(user.strip().lower())
    if account is None or not hmac.compare_digest(account.id.encode(), password.encode()):
        return None
    return account
