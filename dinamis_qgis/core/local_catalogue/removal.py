"""Taking a product off the disk: the files its item lists, the item, its line in the catalogue."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path

from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.core.local_catalogue.record import item_path, refresh_catalog
from dinamis_qgis.core.transfer.fetch.partial_file import disk_error

_BESIDE = (".aux.xml", ".ovr", ".msk")
"""What QGIS and GDAL put beside an image."""


def files_of(product: Product) -> list[Path]:
    """The files of a product at home that may be deleted: those in its own folder."""
    folder = folder_of(product)
    if folder is None:
        return []
    found = [Path(asset.href) for asset in product.assets]
    return [path for path in found if path.parent == folder and path.is_file()]


def folder_of(product: Product) -> Path | None:
    """Where the item of a product at home is; None where it is none."""
    for asset in product.assets:
        folder = Path(asset.href).parent
        if item_path(folder, product).is_file():
            return folder
    return None


def size_of(products: Iterable[Product]) -> int:
    """Bytes that deleting would free."""
    total = 0
    for product in products:
        for path in files_of(product):
            with contextlib.suppress(OSError):  # gone meanwhile
                total += path.stat().st_size
    return total


def remove_product(product: Product) -> None:
    """Delete it: no file but those its item lists and what lies beside them, no folder but an empty
    one. Raises StorageError.
    """
    folder = folder_of(product)
    if folder is None:
        return
    item = item_path(folder, product)
    path = item
    try:
        for path in files_of(product):
            path.unlink()
            for end in _BESIDE:
                Path(f"{path}{end}").unlink(missing_ok=True)
        path = item
        item.unlink()
        item.with_name(f"{item.name}.lock").unlink(missing_ok=True)
    except OSError as error:
        raise disk_error(error, path) from error
    with contextlib.suppress(OSError):  # something else lies in it: it stays
        folder.rmdir()
    refresh_catalog(folder)
