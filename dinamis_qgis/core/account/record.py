"""What the vault keeps of a sign-in: one JSON text per profile, bound to the service it was made
with.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dinamis_qgis.core.account.keys import KeyPair
from dinamis_qgis.core.account.model import Account
from dinamis_qgis.core.net.http import origin
from dinamis_qgis.core.profile.model import Profile, Relay


@dataclass(frozen=True)
class Record:
    """Either a refresh token, with the origin of the server that gave it (``issuer``), or an API
    key.
    """

    refresh: str = field(default="", repr=False)
    issuer: str = ""
    key: KeyPair | None = None
    account: Account | None = None


def account_origins(profile: Profile) -> tuple[str, ...]:
    """Every origin that is given the sign-in, sorted."""
    urls = [profile.auth.discovery, profile.signing.url, profile.tasking.url]
    urls += [catalogue.url for catalogue in profile.catalogues if catalogue.signed_in]
    return tuple(sorted({_origin_or_dash(url) for url in urls if url}))


def binding(profile: Profile) -> str:
    """Whose secrets these are: a profile of the same name that would give them to another origin,
    be it one more, finds nothing.

    The training service may come back on another port of this machine.
    """
    if profile.training:
        return "training"
    ways = f"{_origin_or_dash(profile.auth.discovery)} {_origin_or_dash(profile.signing.url)}"
    hosts = " ".join(sorted(host.lower() for host in profile.auth.hosts))
    return f"{ways} | {' '.join(account_origins(profile))} | {hosts}"


def write_record(record: Record, profile: Profile) -> str:
    """The text to keep.

    The access token is not in it: it lives minutes, and makes the text long.
    """
    data: dict[str, Any] = {"for": binding(profile), "issuer": record.issuer}
    if record.refresh:
        data["refresh"] = record.refresh
    if record.key:
        data["key"] = [record.key.access, record.key.secret]
    if record.account:
        data["account"] = _account_data(record.account)
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def read_record(text: str | None, profile: Profile) -> Record | None:
    """The record, when there is one, it can be read, and it belongs to this very service."""
    if text is None or not is_for(text, profile):
        return None
    data = json.loads(text)
    refresh, issuer, key = data.get("refresh"), data.get("issuer"), data.get("key")
    pair = (
        KeyPair(*key)
        if isinstance(key, list) and len(key) == 2 and all(isinstance(x, str) for x in key)
        else None
    )
    record = Record(
        refresh if isinstance(refresh, str) else "",
        issuer if isinstance(issuer, str) else "",
        pair,
        _read_account(data.get("account")),
    )
    return record if record.refresh or record.key else None


def is_for(text: str | None, profile: Profile) -> bool:
    """Whether the text was written for this very service, be there a secret in it or not."""
    try:
        data = json.loads(text or "null")
    except ValueError:
        return False
    return isinstance(data, dict) and data.get("for") == binding(profile)


def _origin_or_dash(url: str) -> str:
    return origin(url) if url else "-"


def _account_data(account: Account) -> dict[str, Any]:
    texts = ("username", "name", "email", "entity", "entity_id")
    data: dict[str, Any] = {
        name: getattr(account, name) for name in texts if getattr(account, name)
    }
    if account.relay:
        data["relay"] = [account.relay.name, account.relay.email]
    if account.licences is not None:
        data["licences"] = sorted(account.licences)
    data["roles"] = sorted(account.roles)
    return data


def _read_account(data: Any) -> Account | None:
    if not isinstance(data, Mapping):
        return None

    def text(name: str) -> str:
        value = data.get(name)
        return value if isinstance(value, str) else ""

    def texts(name: str) -> frozenset[str] | None:
        value = data.get(name)
        return (
            frozenset(x for x in value if isinstance(x, str)) if isinstance(value, list) else None
        )

    relay = data.get("relay")
    whole = isinstance(relay, list) and len(relay) == 2 and all(isinstance(x, str) for x in relay)
    return Account(
        username=text("username"),
        name=text("name"),
        email=text("email"),
        entity=text("entity"),
        entity_id=text("entity_id"),
        relay=Relay(*relay) if whole and isinstance(relay, list) else None,
        licences=texts("licences"),
        roles=texts("roles") or frozenset(),
    )
