"""Ready map layers (WMTS) of a catalogue: onto the map, and opened again without waiting for the
service.

QGIS reads a WMTS's capabilities before it shows anything, on the GUI thread, and again each time a
project is opened; those of a large service weigh megabytes. A layer of ours names the service's own
address with its layer, which any QGIS understands without this plugin, and QGIS's own network cache
is given what stands there: a document with that one layer. Where the cache is off or has lost it,
QGIS asks the service, as it does for any other WMTS.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Callable
from urllib.parse import quote, urlencode

from qgis.core import QgsNetworkAccessManager, QgsRasterLayer
from qgis.PyQt.QtCore import QDateTime, QUrl
from qgis.PyQt.QtNetwork import QNetworkCacheMetaData, QNetworkRequest

from dinamis_qgis.bridge import tasks
from dinamis_qgis.bridge.layers.map_view import insert_layer, of_project
from dinamis_qgis.bridge.layers.metadata import describe_layer
from dinamis_qgis.core.catalogue.adapters.wmts_capabilities import capabilities_url
from dinamis_qgis.core.catalogue.availability import catalogue_of
from dinamis_qgis.core.catalogue.model import Asset, Product, TiledLayer
from dinamis_qgis.core.errors import DinamisError, InvalidInput, ServiceError
from dinamis_qgis.core.files import write_whole
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    from dinamis_qgis.bridge.context import Context

KEPT_DAYS = 30
"""For so long QGIS does not ask a service again what it has of one layer."""


def _document_fetch(context: Context, product: Product) -> Callable[[tasks.Job], tuple[Asset, str]]:
    """What fetches the document of a map layer in the background, and keeps it."""
    profile, http, folder = context.profile, context.http, folder_of(context)

    def work(job: tasks.Job) -> tuple[Asset, str]:
        asset = next((a for a in product.assets if a.layer is not None), None)
        catalogue = catalogue_of(profile, product)
        if profile is None or catalogue is None or asset is None or asset.layer is None:
            text = tr("This product belongs to a catalogue that your profile does not have.")
            raise InvalidInput(text, code="no-catalogue", details=product.id)
        context.check_licence(profile, product)
        job.progress(-1.0, tr("Opening {name}…").format(name=product.title or product.id))
        from dinamis_qgis.core.catalogue.adapters.wmts import layer_document

        document = layer_document(catalogue, asset.layer, http, job.cancel)
        write_document(folder, asset.layer, document)
        return asset, document

    return work


def add_tiled(
    context: Context,
    product: Product,
    done: Callable[[QgsRasterLayer], None] | None = None,
    failed: Callable[[DinamisError], None] | None = None,
    progressed: Callable[[float, str], None] | None = None,
) -> tasks.Job:
    """Put a ``product`` that is a map layer onto the map; as ``layers.add_product``.

    GUI thread, the service is asked in the background.
    """
    profile = context.profile
    work = _document_fetch(context, product)

    def added(found: tuple[Asset, str]) -> None:
        asset, document = found
        if asset.layer is None:
            return
        cache_document(address_of(asset.layer), document)
        layer = QgsRasterLayer(source_of(asset.layer), product.title or product.id, "wms")
        if not layer.isValid() or profile is None:
            (failed or show)(_unreadable_layer(product, layer))
            return
        describe_layer(layer, profile, product, asset)
        insert_layer(layer, context.iface)
        if done is not None:
            done(layer)

    def show(error: DinamisError) -> None:
        from dinamis_qgis.bridge import messages

        messages.show(
            error, retry=lambda: add_tiled(context, product, done, failed, progressed) and None
        )

    return of_project(
        tasks.run(
            work,
            done=added,
            failed=failed or show,
            progressed=progressed,
            parent=context,
            title="map layer",
        )
    )


def address_of(layer: TiledLayer) -> str:
    """Where the service says what it has; the layer's name makes it an address of its own, which
    services do not mind.
    """
    return f"{capabilities_url(layer.url)}&{urlencode({'LAYER': layer.layer})}"


def source_of(layer: TiledLayer) -> str:
    """The data source of QGIS's ``wms`` provider."""
    values = {
        "contextualWMSLegend": "0",
        "crs": layer.crs,
        "dpiMode": "7",
        "featureCount": "10",
        "format": layer.format,
        "layers": layer.layer,
        "styles": layer.style,
        "tileMatrixSet": layer.matrix_set,
        "url": address_of(layer),
    }
    return "&".join(f"{name}={quote(value, safe=':/')}" for name, value in values.items())


def folder_of(context: Context) -> Path:
    """Where the documents are kept."""
    return context.paths.home / "wmts"


def write_document(folder: Path, layer: TiledLayer, document: str) -> None:
    """Keep the document of ``layer``. Worker thread. Raises StorageError."""
    path = folder / f"{hashlib.sha256(address_of(layer).encode()).hexdigest()[:32]}.json"
    write_whole(path, json.dumps({"address": address_of(layer), "document": document}))


def remember_all(folder: Path) -> None:
    """Give QGIS's cache what it has lost of the documents kept: a project about to be opened waits
    for none. GUI thread.
    """
    for path in folder.glob("*.json"):
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
            address, document = kept["address"], kept["document"]
        except (
            OSError,
            ValueError,
            TypeError,
            KeyError,
        ):
            # half written by hand, or gone: QGIS asks the service
            continue
        if isinstance(address, str) and isinstance(document, str):
            cache_document(address, document)


def cache_document(address: str, document: str) -> None:
    """Have QGIS's network cache answer ``address`` with ``document`` for a while."""
    cache = QgsNetworkAccessManager.instance().cache()
    url, now = QUrl(address), QDateTime.currentDateTimeUtc()
    if cache is None or cache.metaData(url).expirationDate() > now.addDays(KEPT_DAYS // 2):
        return
    facts = QNetworkCacheMetaData()
    facts.setUrl(url)
    facts.setSaveToDisk(True)
    facts.setLastModified(now)
    facts.setExpirationDate(now.addDays(KEPT_DAYS))
    facts.setRawHeaders(
        [
            (b"Content-Type", b"application/xml"),
            (b"Cache-Control", f"max-age={KEPT_DAYS * 86400}".encode()),
        ]
    )
    facts.setAttributes(
        {
            QNetworkRequest.Attribute.HttpStatusCodeAttribute: 200,
            QNetworkRequest.Attribute.HttpReasonPhraseAttribute: "OK",
        }
    )
    device = cache.prepare(facts)
    if device is not None:
        device.write(document.encode())
        cache.insert(device)


def _unreadable_layer(product: Product, layer: QgsRasterLayer) -> ServiceError:
    return ServiceError(
        tr("QGIS cannot show “{name}”.").format(name=product.title or product.id),
        tr("Try again; if it lasts, tell your relay."),
        code="unreadable",
        details=layer.error().message()[:200],
    )
