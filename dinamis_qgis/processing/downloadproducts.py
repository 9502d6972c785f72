"""``dinamis:downloadproducts``: products of a search taken home, whole or clipped; run again, it
goes on where it stopped.
"""

from __future__ import annotations

import json
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeatureRequest,
    QgsGeometry,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterString,
)

from dinamis_qgis.core.text import tr
from dinamis_qgis.processing.algorithm import ServiceAlgorithm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dinamis_qgis.bridge.settings import Settings
    from dinamis_qgis.core.catalogue.model import Product
    from dinamis_qgis.core.net.http import Cancel
    from dinamis_qgis.core.profile.model import Collection
    from dinamis_qgis.core.service import OpenService
    from dinamis_qgis.core.transfer.engine import Engine
    from dinamis_qgis.core.transfer.queue import Ask

_POLL_S = 0.1


class DownloadProducts(ServiceAlgorithm):
    """Parameters and outputs as in the contract.

    One product that fails does not stop the others.
    """

    ID = "downloadproducts"

    def displayName(self) -> str:  # noqa: N802 (QGIS)
        """As shown in the toolbox."""
        return tr("Download products")

    def shortHelpString(self) -> str:  # noqa: N802 (QGIS)
        """What it does, for the dialog."""
        return tr(
            "Downloads the files of the products found by “Search products” into a folder, one "
            "folder a product with a STAC item "
            "beside the files. With polygons to clip by, only their area is read, at native "
            "resolution. Run again after a stop, "
            "it goes on where it stopped; what is there and right is not fetched again."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: N802 (QGIS)
        """Parameters and outputs."""
        polygons = QgsProcessing.SourceType.TypeVectorPolygon
        source = QgsProcessingParameterFeatureSource
        self.define(
            source("INPUT", tr("Products (output of “Search products”)"), [polygons]),
            QgsProcessingParameterString(
                "ASSETS", tr("Files, separated by commas (empty: the imagery)"), optional=True
            ),
            source("CLIP", tr("Only the area of these polygons"), [polygons], optional=True),
            QgsProcessingParameterFolderDestination("FOLDER", tr("Folder")),
            QgsProcessingOutputString("FILES", tr("Files (JSON list)")),
            QgsProcessingOutputNumber("FAILED", tr("Number of files that failed")),
        )

    def processAlgorithm(  # noqa: N802 (QGIS)
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback | None,
    ) -> dict[str, Any]:
        """Queue everything, then wait for it."""
        feedback = feedback or QgsProcessingFeedback()
        folder = Path(self.parameterAsString(parameters, "FOLDER", context))
        source = self.source(parameters, "INPUT", context)
        keys = list(
            (self.parameterAsString(parameters, "ASSETS", context) or "")
            .replace(";", ",")
            .split(",")
        )
        clip = self.parameterAsSource(parameters, "CLIP", context)
        with self._opener.opened(feedback) as (service, cancel):
            area = clip_area(clip, context) if clip is not None else None
            asks, failed = _downloads_to_queue(
                source, context, service, [k.strip() for k in keys if k.strip()], area, feedback
            )
            with _download_engine(service, self._opener.settings) as engine:
                files, more = _run_downloads(engine, asks, folder, cancel, feedback)
        return {
            "FOLDER": str(folder),
            "FILES": json.dumps(files, ensure_ascii=False),
            "FAILED": failed + more,
        }


def clip_area(clip: QgsProcessingFeatureSource, context: QgsProcessingContext) -> Any:
    """All polygons of the layer as one shapely geometry in EPSG:4326."""
    from shapely import wkb

    from dinamis_qgis.core.errors import InvalidInput

    request = QgsFeatureRequest()
    request.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"), context.transformContext())
    shapes = [feature.geometry() for feature in clip.getFeatures(request) if feature.hasGeometry()]
    union = QgsGeometry.unaryUnion(shapes) if shapes else QgsGeometry()
    if union.isNull() or union.isEmpty():
        raise InvalidInput(
            tr("The layer to clip by has no polygon."),
            tr("Choose another layer, or none."),
            code="area",
        )
    return wkb.loads(bytes(union.asWkb()))


def _downloads_to_queue(
    source: QgsProcessingFeatureSource,
    context: QgsProcessingContext,
    service: OpenService,
    keys: list[str],
    area: Any,
    feedback: QgsProcessingFeedback,
) -> tuple[list[Ask], int]:
    """What to queue, and how many products cannot be: nothing to take, or outside the area."""
    from dinamis_qgis.core.catalogue.availability import reach
    from dinamis_qgis.core.errors import DinamisError
    from dinamis_qgis.core.transfer.ask import asks_for
    from dinamis_qgis.processing.product_rows import read_product, read_row

    request = QgsFeatureRequest()
    request.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"), context.transformContext())
    asks: list[Ask] = []
    failed = 0
    for feature in source.getFeatures(request):
        if feedback.isCanceled():
            break
        try:
            product = read_product(feature, service)
        except DinamisError as error:
            feedback.reportError(f"{read_row(feature)['id']}: {error.sentence()}")
            failed += 1
            continue
        if (
            area is not None
            and product.footprint is not None
            and not product.footprint.intersects(area)
        ):
            feedback.pushWarning(tr("{id}: outside the area, left out.").format(id=product.id))
            continue
        why = reach(service.profile, product).download
        found = [] if why else asks_for(product, keys, area)
        if not found:
            why = f"{why} {product.page}".strip() if why else tr("none of the files asked for.")
            feedback.reportError(f"{product.id}: {why}")
            failed += 1
        asks += found
    return asks, failed


@contextmanager
def _download_engine(service: OpenService, settings: Settings) -> Iterator[Engine]:
    """The window's engine, on a queue of its own: files resume by their journals."""
    from dinamis_qgis import about
    from dinamis_qgis.bridge.tasks import unexpected_error
    from dinamis_qgis.bridge.transfer.downloads import reachable_href, way_in
    from dinamis_qgis.core.imagery.gateway import Gateway
    from dinamis_qgis.core.transfer.ask import make_clipper
    from dinamis_qgis.core.transfer.clip.source import sources_through
    from dinamis_qgis.core.transfer.engine import Engine
    from dinamis_qgis.core.transfer.fetch.tools import FetchRules, Tools
    from dinamis_qgis.core.transfer.queue import Queue

    connections = max(1, min(16, settings.connections))
    with tempfile.TemporaryDirectory(prefix="dinamis-") as scratch:
        gateway = Gateway(
            service.http,
            service.signer,
            Path(scratch) / "blocks",
            settings.cache_mb << 20,
            connections,
        )

        def collection_of(product: Product) -> Collection | None:
            return service.profile.collection(product.catalogue, product.collection)

        engine = Engine(
            Queue(Path(scratch) / "queue.sqlite"),
            Tools(
                service.http, rules=FetchRules(connections=min(FetchRules.connections, connections))
            ),
            lambda product: way_in(
                service.profile, service.signer, service.account, product, service.session.vault
            ),
            make_clipper(
                sources_through(gateway, lambda href: reachable_href(service.profile, href)),
                about.user_agent(),
                collection_of,
            ),
            patient=False,
            unexpected=unexpected_error,
        )
        try:
            yield engine
        finally:
            engine.stop()
            gateway.stop()


def _run_downloads(
    engine: Engine, asks: list[Ask], folder: Path, cancel: Cancel, feedback: QgsProcessingFeedback
) -> tuple[list[str], int]:
    """Download all; the files that are there, and how many failed.

    Raises Cancelled: what was fetched is kept.
    """
    from dinamis_qgis.core.transfer.queue import FileState

    engine.start()
    ids = (
        set(engine.add(asks, folder, show=False)) if asks else set()
    )  # a product that is there twice is one file
    told: set[int] = set()
    while True:
        views = engine.views()
        for view in views:
            if view.entry.state.over and view.entry.id not in told:
                told.add(view.entry.id)
                _report_entry(view.entry, feedback)
        sizes = [view.total or 1 for view in views]
        done = sum(
            size if v.entry.state.over else min(v.done, size) for v, size in zip(views, sizes)
        )
        feedback.setProgress(100 * done / max(1, sum(sizes)))
        if len(told) == len(ids):
            break
        cancel.check()
        time.sleep(_POLL_S)
    ended = [view.entry for view in views]
    return [str(e.target) for e in ended if e.state is FileState.DONE], sum(
        e.state is not FileState.DONE for e in ended
    )


def _report_entry(entry: Any, feedback: QgsProcessingFeedback) -> None:
    if entry.error is None:
        feedback.pushInfo(str(entry.target))
    else:
        feedback.reportError(f"{entry.target.name}: {entry.error.sentence()}")
        if entry.error.details:
            feedback.pushDebugInfo(entry.error.details)
