"""Keys of catalogues that give their files to whoever has one (``options.download`` = ``key``).

A key stays in the vault under the origin it belongs to, and is sent to that origin only: another
profile that names the same catalogue but another address never gets it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from dinamis_qgis.core.account.vault import Vault
from dinamis_qgis.core.errors import Action, AuthError, DinamisError, InvalidInput, ServiceError
from dinamis_qgis.core.net.urls import find_address, origin
from dinamis_qgis.core.profile.model import Catalogue
from dinamis_qgis.core.text import tr

_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,63}")
_RESERVED = frozenset(
    {"host", "range", "if-range", "content-length", "transfer-encoding", "connection", "cookie"}
)


def key_header(catalogue: Catalogue) -> str:
    """The header that carries the catalogue's key; empty when it wants none."""
    name = catalogue.options.get("download_header")
    wanted = (
        catalogue.options.get("download") == "key"
        and isinstance(name, str)
        and _HEADER.fullmatch(name)
    )
    return str(name) if wanted and str(name).lower() not in _RESERVED else ""


def key_page(catalogue: Catalogue) -> str:
    """Where people get a key."""
    page = catalogue.options.get("key_page")
    return page if isinstance(page, str) and page.startswith("https://") else catalogue.page


def host_of(catalogue: Catalogue) -> str:
    """Where the key is sent, as people read it."""
    found = find_address(catalogue.url)
    return found.netloc if found else ""


def _key_name(catalogue: Catalogue) -> str:
    return f"catalogue-key/{origin(catalogue.url)}"


def read_key(vault: Vault, catalogue: Catalogue) -> str:
    """The key kept, empty when there is none. Worker thread. Raises VaultError."""
    return vault.get(_key_name(catalogue)) or ""


def keep_key(vault: Vault, catalogue: Catalogue, typed: str) -> None:
    """Keep what a person typed.

    Worker thread. Raises InvalidInput (it cannot be a key), VaultError.
    """
    value = typed.strip()
    if not 0 < len(value) <= 4096 or not value.isascii() or not value.isprintable() or " " in value:
        raise InvalidInput(
            tr("This cannot be a key: copy it again, without spaces."), code="key-form"
        )
    vault.set(_key_name(catalogue), value)


def forget_key(vault: Vault, catalogue: Catalogue) -> None:
    """Forget it. Worker thread. Raises VaultError."""
    vault.delete(_key_name(catalogue))


def headers_for(catalogue: Catalogue, value: str, url: str) -> Mapping[str, str]:
    """The header with the key for an address of the catalogue's own origin, nothing for any
    other.
    """
    asked, home = find_address(url), find_address(catalogue.url)
    own = asked is not None and home is not None and asked.origin == home.origin
    return {key_header(catalogue): value} if value and own else {}


def no_key(catalogue: Catalogue) -> AuthError:
    """Nobody has given the key yet."""
    return AuthError(
        tr("“{title}” gives its files to those who have a key.").format(title=catalogue.title),
        tr("Enter your key: the download then goes on."),
        code="key-missing",
        action=Action.CATALOGUE_KEYS,
    )


def explain_refusal(catalogue: Catalogue, error: DinamisError) -> DinamisError:
    """What a 401 or 403 of the catalogue means: an exhausted quota, or a key that is not, or no
    longer, valid.
    """
    if error.status not in (401, 403):
        return error
    if "quota" in error.details.lower():
        return ServiceError(
            tr("“{title}” gives no more files to your key for now: its quota is used up.").format(
                title=catalogue.title
            ),
            tr("Try again in an hour."),
            code="key-quota",
            status=error.status,
            details=error.details,
        )
    return AuthError(
        tr("“{title}” refuses your key.").format(title=catalogue.title),
        tr("Enter another one: the download then goes on."),
        code="key-refused",
        action=Action.CATALOGUE_KEYS,
        status=error.status,
        details=error.details,
    )
