"""Whose a request is: who confirmed it.

Nothing ever leaves under the name of somebody who has not confirmed it himself.
"""

from __future__ import annotations

from enum import Enum

from dinamis_qgis.core.account.model import Account
from dinamis_qgis.core.tasking.model import READY, SENDING, Request
from dinamis_qgis.core.text import tr

BY_KEY = "api-key"


class Owner(Enum):
    """How a request that waits stands to who is signed in."""

    MINE = "mine"
    NOBODY = "nobody"
    """Confirmed while nobody was known: it must be confirmed again."""
    OTHER = "other"


def sender_name(account: Account | None) -> str:
    """Under whose name a request leaves; empty while that is not known.

    An API key is told from a person, and from other keys.
    """
    if account is None:
        return ""
    return account.username or (f"{BY_KEY} {account.key_mark}" if account.key_mark else "")


def owner_of(request: Request, account: Account | None) -> Owner:
    """Whose ``request`` is, seen by ``account``.

    Somebody the service has not named yet owns nothing that has a name.
    """
    if not request.account:
        return Owner.NOBODY
    return Owner.MINE if same_name(request.account, sender_name(account)) else Owner.OTHER


def same_name(kept: str, name: str) -> bool:
    """Whether a name of the register is this one; earlier versions kept the same name for every API
    key.
    """
    return bool(name) and (kept == name or (kept == BY_KEY and name.startswith(BY_KEY)))


def may_see(request: Request, account: Account) -> bool:
    """Whether the service may know the order under this account: an API key and a person may be the
    same one.
    """
    name = sender_name(account)
    keys = request.account.startswith(BY_KEY) or name.startswith(BY_KEY)
    return not request.account or not name or keys or same_name(request.account, name)


def leaves_by_itself(request: Request, account: Account) -> bool:
    """Confirmed by this very person, or under way in this person's name: no more questions are
    asked.
    """
    waits = request.state == SENDING or (request.state == READY and request.queued)
    return waits and owner_of(request, account) is Owner.MINE


def wants_confirming(request: Request, account: Account) -> bool:
    """Confirmed, never left, and not in this person's name: it is for them to say what becomes of
    it.
    """
    return (
        request.state == READY and request.queued and owner_of(request, account) is not Owner.MINE
    )


def name_text(name: str) -> str:
    """The owner as people read it."""
    return tr("an API key") if name.startswith(BY_KEY) else tr("“{account}”").format(account=name)
