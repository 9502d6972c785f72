"""What the pixels of an image mean, kept in a clip of it: which value or mask says that there is
nothing, scale, offset and unit, colours and names of classes, the sensor model.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from dinamis_qgis.core.rasters import is_classes, mask_of, nodata_in, type_holds
from dinamis_qgis.core.transfer.clip.window import ClipWindow

_ALPHA_NAMES = ("", "alpha", "transparency")
_MOST_CLASSES = 1024


@dataclass(frozen=True)
class Content:
    """How a clip is written."""

    kind: int
    """GDAL's data type, wide enough for every band."""
    nodata: float | None
    """The value that means nothing, one that the type holds."""
    mask: bool
    """Whether a mask says where there is an image: black ground must stay ground."""
    source_mask: bool
    """Whether the image has one itself."""
    alpha: int
    """The 1-based band of transparency, 0 for none."""
    classes: bool
    """Values are names: they have no mean."""


def content_of(dataset: Any, nodata: float | None, names: Sequence[str], is_cut: bool) -> Content:
    """How a clip of ``dataset`` is written.

    ``nodata`` and ``names`` (of the bands) are what the profile knows; ``is_cut``: pixels will be
    hidden outside a polygon.
    """
    from osgeo import gdal

    bands = [dataset.GetRasterBand(number) for number in range(1, dataset.RasterCount + 1)]
    kind = reduce(gdal.DataTypeUnion, [band.DataType for band in bands])
    own, how = nodata_in(bands[0]), mask_of(dataset)
    alpha = _alpha_band(bands, names) if how == "alpha" else 0
    seen = how == "mask" or bool(alpha)
    if own is None and not seen and nodata is not None and type_holds(kind, nodata):
        own = nodata
    return Content(
        kind=kind,
        nodata=own,
        mask=how == "mask" or (is_cut and own is None and not alpha),
        source_mask=how == "mask",
        alpha=alpha,
        classes=is_classes(dataset),
    )


def _alpha_band(bands: Sequence[Any], names: Sequence[str]) -> int:
    """GDAL calls the fourth band of eight bits so; one that has another name is none."""
    from osgeo import gdal

    for number, band in enumerate(bands, start=1):
        name = names[number - 1].lower() if len(names) == len(bands) else ""
        if band.GetColorInterpretation() == gdal.GCI_AlphaBand and name in _ALPHA_NAMES:
            return number
    return 0


def keep_meaning(dataset: Any, output: Any, content: Content) -> dict[str, str]:
    """Give the bands of ``output`` what those of ``dataset`` say of themselves.

    Returns what a TIFF has no place for, as metadata: names of classes.
    """
    kept: dict[str, str] = {}
    for number in range(1, dataset.RasterCount + 1):
        band, original = output.GetRasterBand(number), dataset.GetRasterBand(number)
        band.SetColorInterpretation(original.GetColorInterpretation())
        if content.nodata is not None:
            band.SetNoDataValue(content.nodata)
        scale, offset = original.GetScale(), original.GetOffset()
        if scale not in (None, 1.0) or offset not in (None, 0.0):
            band.SetScale(1.0 if scale is None else scale)
            band.SetOffset(offset or 0.0)
        if original.GetUnitType():
            band.SetUnitType(original.GetUnitType())
        table = original.GetColorTable()
        if table is not None and output.RasterCount == 1:
            with contextlib.suppress(RuntimeError):  # of a type that TIFF gives no colours
                band.SetColorTable(table)
        for value, name in enumerate((original.GetCategoryNames() or ())[:_MOST_CLASSES]):
            if name:
                kept[f"CLASS_{value}"] = str(name)
    return kept


def moved_model(dataset: Any, window: ClipWindow) -> dict[str, str]:
    """The RPC model of an image as its window has it; empty without one."""
    model = dict(dataset.GetMetadata("RPC") or {})
    for name, moved in (("LINE_OFF", window.row), ("SAMP_OFF", window.column)):
        try:
            model[name] = repr(float(model[name]) - moved)
        except (KeyError, ValueError):
            return {}
    return model


def hide_outside(values: Any, seen: Any, content: Content) -> None:
    """Set ``values`` (bands, rows, columns) to nothing where ``seen`` is False, in place."""
    values[:, ~seen] = 0 if content.nodata is None else content.nodata
