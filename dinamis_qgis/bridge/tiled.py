"""Ready map layers (WMTS) of a catalogue: onto the map, saved under the service's address, opened again without waiting for it.

QGIS reads a WMTS's capabilities before it shows anything, on the GUI thread, and again each time the project is opened. The live
source therefore names a small document on this computer that holds the one layer; a project keeps the service's own address, which
any QGIS understands without this plugin.
"""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Callable
from urllib.parse import parse_qsl, quote, unquote

from qgis.core import QgsRasterLayer
from qgis.PyQt.QtCore import QUrl

from dinamis_qgis.bridge import tasks
from dinamis_qgis.bridge.describe import describe
from dinamis_qgis.bridge.view import insert
from dinamis_qgis.core.catalogue.capabilities import capabilities_url, service_of
from dinamis_qgis.core.catalogue.model import Asset, Product, TiledLayer
from dinamis_qgis.core.catalogue.reach import catalogue_of
from dinamis_qgis.core.errors import DinamisError, InvalidInput, ServiceError, from_os_error
from dinamis_qgis.core.imagery import access
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    from dinamis_qgis.bridge.context import Context

NAME = "WMTSCapabilities.xml"
"""QGIS knows a document by this name."""
_URL = re.compile(r"(?<![^&])url=([^&]*)")
_OURS = re.compile(rf"^file:.*/([0-9a-f]{{32}})/{NAME}$")
"""Our document, whole or, as QGIS hands it on when it saves, relative to the project."""


def add_tiled(
    context: Context,
    product: Product,
    done: Callable[[QgsRasterLayer], None] | None = None,
    failed: Callable[[DinamisError], None] | None = None,
    progressed: Callable[[float, str], None] | None = None,
) -> tasks.Job:
    """Put a ``product`` that is a map layer onto the map; as ``layers.add_product``. GUI thread, the service is asked in the background."""
    profile, http, folder, account = context.profile, context.http, folder_of(context), context.account

    def work(job: tasks.Job) -> tuple[Asset, str]:
        asset = next((a for a in product.assets if a.layer is not None), None)
        catalogue = catalogue_of(profile, product)
        if profile is None or catalogue is None or asset is None or asset.layer is None:
            text = tr("This product belongs to a catalogue that your profile does not have.")
            raise InvalidInput(text, code="no-catalogue", details=product.id)
        access.check(profile, account, product)
        job.progress(-1.0, tr("Opening {name}…").format(name=product.title or product.id))
        from dinamis_qgis.core.catalogue.wmts import layer_document

        path = write(folder, asset.layer, layer_document(catalogue, asset.layer, http, job.cancel))
        return asset, source_of(asset.layer, QUrl.fromLocalFile(str(path)).toString())

    def added(found: tuple[Asset, str]) -> None:
        asset, source = found
        layer = QgsRasterLayer(source, product.title or product.id, "wms")
        if not layer.isValid() or profile is None:
            (failed or show)(_unreadable(product, layer))
            return
        describe(layer, profile, product, asset)
        insert(layer, context.iface)
        if done is not None:
            done(layer)

    def show(error: DinamisError) -> None:
        from dinamis_qgis.bridge import messages

        messages.show(error, retry=lambda: add_tiled(context, product, done, failed, progressed) and None)

    return tasks.run(work, done=added, failed=failed or show, progressed=progressed, parent=context, title="map layer")


def source_of(layer: TiledLayer, address: str) -> str:
    """The data source of QGIS's ``wms`` provider; ``address`` is where the capabilities are."""
    values = {
        "contextualWMSLegend": "0", "crs": layer.crs, "dpiMode": "7", "featureCount": "10", "format": layer.format,
        "layers": layer.layer, "styles": layer.style, "tileMatrixSet": layer.matrix_set, "url": address,
    }  # fmt: skip
    return "&".join(f"{name}={quote(value, safe=':/')}" for name, value in values.items())


def folder_of(context: Context) -> Path:
    """Where the documents are kept."""
    return context.paths.home / "wmts"


def path_for(folder: Path, service: str, layer: str, matrix_set: str) -> Path:
    """The document of a layer of ``service`` (its capabilities' address)."""
    name = hashlib.sha256("\n".join((service, layer, matrix_set)).encode()).hexdigest()[:32]
    return folder / name / NAME


def write(folder: Path, layer: TiledLayer, document: str) -> Path:
    """Keep the document of ``layer``. Worker thread. Raises StorageError."""
    path = path_for(folder, capabilities_url(layer.url), layer.layer, layer.matrix_set)
    part = path.with_name(f"{NAME}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(document, encoding="utf-8")
        os.replace(part, path)
    except OSError as error:
        raise from_os_error(error, path) from error
    return path


def saved(folder: Path, source: str) -> str:
    """A data source as a project keeps it: the service's address instead of our document. Anything else as it is."""
    match = _URL.search(source) if "tileMatrixSet=" in source and NAME in source else None
    ours = _OURS.search(unquote(match.group(1))) if match else None
    if match is None or ours is None:
        return source
    try:
        service = service_of((folder / ours.group(1) / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):  # somebody emptied the folder
        return source
    return source[: match.start(1)] + quote(service, safe=":/") + source[match.end(1) :] if service else source


def opened(folder: Path, source: str) -> str:
    """A data source as this session opens it: our document, where this computer has it. Touches no network."""
    match = _URL.search(source) if "tileMatrixSet=" in source else None
    if match is None:
        return source
    values, service = dict(parse_qsl(source)), unquote(match.group(1))
    path = path_for(folder, service, values.get("layers", ""), values.get("tileMatrixSet", ""))
    if not path.is_file():
        return source
    return source[: match.start(1)] + QUrl.fromLocalFile(str(path)).toString() + source[match.end(1) :]


def _unreadable(product: Product, layer: QgsRasterLayer) -> ServiceError:
    return ServiceError(
        tr("QGIS cannot show “{name}”.").format(name=product.title or product.id),
        tr("Try again; if it lasts, tell your relay."),
        code="unreadable",
        details=layer.error().message()[:200],
    )
