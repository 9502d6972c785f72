"""Files that a catalogue gives to whoever has its key."""

from __future__ import annotations

from functools import partial

from dinamis_qgis.core.account.vault import Vault
from dinamis_qgis.core.catalogue.keys import explain_refusal, headers_for, no_key, read_key
from dinamis_qgis.core.profile.model import Catalogue
from dinamis_qgis.core.transfer.fetch.tools import Access


def with_key(catalogue: Catalogue, vault: Vault | None) -> Access:
    """How the catalogue's files open with the key in ``vault``.

    Worker thread. Raises AuthError (``key-missing``), VaultError.
    """
    value = read_key(vault, catalogue) if vault is not None else ""
    if not value:
        raise no_key(catalogue)
    return Access(
        headers=partial(headers_for, catalogue, value), refused=partial(explain_refusal, catalogue)
    )
