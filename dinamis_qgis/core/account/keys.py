"""API keys: for programs that cannot show a sign-in page.

The MTD contract of the signing service.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

from dinamis_qgis.core.account.tokens import unusable_answer
from dinamis_qgis.core.errors import AuthError, InvalidInput, ServiceError
from dinamis_qgis.core.net.http import Cancel, Credentials, Http
from dinamis_qgis.core.profile.model import Signing
from dinamis_qgis.core.text import tr

_KEY = re.compile(r"[\x21-\x7e]{1,512}")


@dataclass(frozen=True)
class KeyPair:
    """An API key with its secret: neither is ever shown in a repr."""

    access: str = field(repr=False)
    secret: str = field(repr=False)

    @property
    def headers(self) -> dict[str, str]:
        """The headers that prove who asks."""
        return {"access-key": self.access, "secret-key": self.secret}


@dataclass(frozen=True)
class ApiKey:
    """A key as the service lists it.

    ``created`` is aware, UTC; None when the service does not say.
    """

    access: str = field(repr=False)
    description: str = ""
    created: datetime | None = None


def key_pair(access: str, secret: str) -> KeyPair:
    """The two halves as pasted by a person. Raises InvalidInput when they cannot be a key."""
    access, secret = access.strip(), secret.strip()
    if not _KEY.fullmatch(access) or not _KEY.fullmatch(secret):
        raise InvalidInput(
            tr("This is not an API key."),
            tr("Paste both parts, as they were given to you."),
            code="key",
        )
    return KeyPair(access, secret)


def check_key(http: Http, signing: Signing, pair: KeyPair, cancel: Cancel) -> None:
    """Raises AuthError when the service does not know the key, NetworkError, ServiceError,
    Cancelled.

    There is no call made for this: an order to sign nothing is refused for its content (422), but
    only after the key was accepted.
    """
    answer = http.request(
        "POST",
        _key_address(signing, "sign_urls"),
        json={"urls": []},
        headers=pair.headers,
        expected=(400, 401, 403, 422),
        idempotent=True,
        cancel=cancel,
    )
    status = answer.status_code
    answer.close()
    if status in (401, 403):
        raise AuthError(
            tr("The service does not accept this API key."),
            tr("Check both parts, or create a new key on the service's site."),
            code="key",
            status=status,
        )


def list_keys(
    http: Http, signing: Signing, credentials: Credentials, cancel: Cancel
) -> list[ApiKey]:
    """The account's keys, newest first. Raises AuthError, ServiceError, NetworkError, Cancelled."""
    body = http.json(
        "GET",
        _key_address(signing, "list_api_keys_with_metadata"),
        credentials=credentials,
        cancel=cancel,
    )
    if not isinstance(body, list):
        raise unusable_answer("the list of keys is not a list")
    found = [_read_key(entry) for entry in body if isinstance(entry, Mapping)]
    oldest = datetime.min.replace(tzinfo=timezone.utc)
    return sorted(
        (key for key in found if key.access), key=lambda key: key.created or oldest, reverse=True
    )


def create_key(
    http: Http, signing: Signing, credentials: Credentials, description: str, cancel: Cancel
) -> KeyPair:
    """A new key; its secret is given this once.

    Asked once only, since every time makes one. Raises as ``list_keys``.
    """
    body = http.json(
        "GET",
        _key_address(signing, "create_api_key"),
        params={"description": description},
        credentials=credentials,
        idempotent=False,
        cancel=cancel,
    )
    access, secret = (
        body.get(name) if isinstance(body, Mapping) else None
        for name in ("access-key", "secret-key")
    )
    if not isinstance(access, str) or not isinstance(secret, str) or not access or not secret:
        raise unusable_answer("no key in the answer")
    return KeyPair(access, secret)


def revoke_key(
    http: Http, signing: Signing, credentials: Credentials, access: str, cancel: Cancel
) -> None:
    """Make a key worthless; one that is already gone is fine. Raises as ``list_keys``."""
    url = _key_address(signing, "revoke_api_key")
    try:
        http.request(
            "GET", url, params={"access_key": access}, credentials=credentials, cancel=cancel
        ).close()
    except ServiceError as error:
        if error.status != 404:
            raise


def _key_address(signing: Signing, name: str) -> str:
    return f"{signing.url.rstrip('/')}/{name}"


def _read_key(entry: Mapping[str, Any]) -> ApiKey:
    access, description, created = (
        entry.get("access-key"),
        entry.get("description"),
        entry.get("created"),
    )
    return ApiKey(
        access if isinstance(access, str) else "",
        description if isinstance(description, str) else "",
        _parse_moment(created) if isinstance(created, str) else None,
    )


def _parse_moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    except ValueError:
        return None
    return (
        moment.replace(tzinfo=timezone.utc)
        if moment.tzinfo is None
        else moment.astimezone(timezone.utc)
    )
