"""What a raster layer reads, and something else for it to read: its own source, or the images
QGIS's raster calculator computes it from.
"""

from __future__ import annotations

from typing import Any

from qgis.core import QgsCoordinateReferenceSystem, QgsRasterDataProvider, QgsRasterLayer

from dinamis_qgis.core.imagery.placeholder import GENERIC_BANDS

_VIRTUAL = "virtualraster"


def swap_source(layer: QgsRasterLayer, source: str) -> None:
    """Another data source for ``layer``; its id, name, style, nodata, metadata, dates and the CRS a
    person gave it stay.
    """
    nodata, given = _nodata_settings(layer), _given_crs(layer)
    name, metadata, temporal = layer.name(), layer.metadata(), _temporal_settings(layer)
    layer.setDataSource(
        source, name, _VIRTUAL if layer.providerType() == _VIRTUAL else "gdal", False
    )
    _give_nodata(layer, nodata)
    if given is not None:
        layer.setCrs(given)
    layer.setMetadata(metadata)
    _give_temporal(layer, temporal)
    layer.triggerRepaint()


def sources_of(layer: QgsRasterLayer) -> list[str]:
    """What ``layer`` reads: its own source, or those that a layer of QGIS's raster calculator is
    computed from while drawing.
    """
    if layer.providerType() == _VIRTUAL:
        return [each.uri for each in _virtual_parameters(layer).rInputLayers]
    return [layer.source()] if layer.providerType() == "gdal" else []


def exchange_source(layer: QgsRasterLayer, old: str, new: str) -> str:
    """The source of ``layer`` once it reads ``new`` instead of ``old``."""
    if layer.providerType() != _VIRTUAL:
        return new
    parameters = _virtual_parameters(layer)
    inputs = parameters.rInputLayers
    for each in inputs:
        each.uri = new if each.uri == old else each.uri
    parameters.rInputLayers = inputs
    return str(QgsRasterDataProvider.encodeVirtualRasterProviderUri(parameters))


def _virtual_parameters(layer: QgsRasterLayer) -> Any:
    found: Any = QgsRasterDataProvider.decodeVirtualRasterProviderUri(layer.source())
    return found[0] if isinstance(found, tuple) else found  # with whether it could be read


def _given_crs(layer: QgsRasterLayer) -> QgsCoordinateReferenceSystem | None:
    """The CRS of ``layer`` where it is not its file's.

    A stand-in for a file never seen here was given the project's word for it.
    """
    provider = layer.dataProvider()
    if provider is None or not layer.crs().isValid():
        return None
    own = provider.crs() == layer.crs() and provider.bandCount() != GENERIC_BANDS
    return None if own else layer.crs()


def _nodata_settings(layer: QgsRasterLayer) -> list[tuple[Any, bool]]:
    provider = layer.dataProvider()
    bands = range(1, provider.bandCount() + 1) if provider else range(0)
    found = [
        (provider.userNoDataValues(band), provider.useSourceNoDataValue(band)) for band in bands
    ]
    return (
        found if layer.isValid() else found * GENERIC_BANDS
    )  # QGIS knows one band of what it could not open: as for all of ours


def _give_nodata(layer: QgsRasterLayer, kept: list[tuple[Any, bool]]) -> None:
    provider = layer.dataProvider()
    if provider is None or not layer.isValid():
        return
    for band, (values, source) in enumerate(kept[: provider.bandCount()], start=1):
        provider.setUserNoDataValue(band, values)
        provider.setUseSourceNoDataValue(band, source)


def _temporal_settings(layer: QgsRasterLayer) -> tuple[Any, Any, bool]:
    properties = layer.temporalProperties()
    return properties.mode(), properties.fixedTemporalRange(), properties.isActive()


def _give_temporal(layer: QgsRasterLayer, kept: tuple[Any, Any, bool]) -> None:
    properties = layer.temporalProperties()
    mode, span, active = kept
    properties.setMode(mode)
    properties.setFixedTemporalRange(span)
    properties.setIsActive(active)
