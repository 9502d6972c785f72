"""A product as a line of text that a colleague with the plugin can look up; no address in it."""

from __future__ import annotations

from urllib.parse import quote, unquote

from dinamis_qgis.core.catalogue.model import Product

SCHEME = "dinamis:"
_MOST = 400
"""A longer text is no link."""


def link_to(product: Product) -> str:
    """``dinamis:catalogue/collection/item``, each part percent-encoded."""
    parts = (product.catalogue, product.collection, product.id)
    return SCHEME + "/".join(quote(part, safe="") for part in parts)


def key_in(text: str) -> tuple[str, str, str] | None:
    """(catalogue, collection, item) of a link, wherever it stands in a line; None for none."""
    found = text.strip()
    if not found.lower().startswith(SCHEME) or len(found) > _MOST:
        return None
    parts = [unquote(part) for part in found[len(SCHEME) :].split("/")]
    if len(parts) != 3 or not all(parts) or any(len(part) > 200 for part in parts):
        return None
    return parts[0], parts[1], parts[2]
