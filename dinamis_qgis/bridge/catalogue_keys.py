"""Keys of catalogues in QGIS: where they are kept, and which catalogues want one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from dinamis_qgis.core.account.vault import MemoryVault, Vault
from dinamis_qgis.core.catalogue.keys import key_header
from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.core.profile.model import Catalogue

if TYPE_CHECKING:
    from dinamis_qgis.bridge.context import Context


def vault_of(context: Context) -> Vault:
    """The vault of the open profile's session; this session's memory until there is one."""
    vault: Any = getattr(context.session, "vault", None)
    return vault or context.service("memory-vault", MemoryVault)  # type: ignore[no-any-return]


def catalogues_with_key(
    context: Context, products: Iterable[Product] | None = None
) -> list[Catalogue]:
    """The catalogues of the open profile that want a key: all of them, or those ``products`` come
    from.
    """
    profile = context.profile
    wanted = None if products is None else {product.catalogue for product in products}
    return (
        [c for c in profile.catalogues if key_header(c) and (wanted is None or c.id in wanted)]
        if profile
        else []
    )
