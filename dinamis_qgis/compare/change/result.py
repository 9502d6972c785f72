"""A finished measure of change, as the panel hands it to the sheet and to exports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qgis.PyQt.QtCore import QLocale

from dinamis_qgis.core.change.certainty import (
    is_least,
    perimeter_km,
    uncertain_ha,
    unknown_ha,
)
from dinamis_qgis.core.change.detect import DetectedChange
from dinamis_qgis.core.change.difference import Kind
from dinamis_qgis.core.change.polygons import Patch, total_ha
from dinamis_qgis.core.text import tr


@dataclass(frozen=True)
class Measured:
    """A finished measure, for the sheet and for export."""

    kind: Kind
    change: DetectedChange
    threshold: float
    mapping_unit: float
    patches: tuple[Patch, ...]

    @property
    def area_ha(self) -> float:
        """Of all areas."""
        return total_ha(self.patches)

    def area_text(self) -> str:
        """The area in words: “at least” where it may go on."""
        return format_amount(self.area_ha, is_least(self.change, self.patches))


def format_hectares(area: float) -> str:
    """An area as people say it: whole hectares from ten on, down to the are below one."""
    return f"{QLocale().toString(float(area), 'f', 0 if area >= 10 else 1 if area >= 1 else 2)} ha"


def format_amount(area: float, least: bool) -> str:
    """An area that may be only a part of what there is."""
    return (
        tr("at least {area}").format(area=format_hectares(area)) if least else format_hectares(area)
    )


def border_text(change: DetectedChange, patches: Sequence[Patch], threshold: float) -> str:
    """How long the borders are, how much is near the threshold, how much ground is not known."""
    length = QLocale().toString(perimeter_km(patches), "f", 1)
    said = [tr("Perimeter: {length} km").format(length=length)]
    near = uncertain_ha(change, threshold)
    if near >= 0.005 * total_ha(patches):
        said.append(tr("near the threshold: {area}").format(area=format_hectares(near)))
    unknown = unknown_ha(change)
    if unknown >= 0.005 * change.ground_ha:
        said.append(tr("not seen: {area}").format(area=format_hectares(unknown)))
    return " · ".join(said)


def kind_names() -> dict[Kind, str]:
    """What can be looked for."""
    return {
        Kind.BURNT: tr("Burnt area (civil protection)"),
        Kind.WORKS: tr("Works, bare or paved ground (PCRS)"),
        Kind.NDVI: tr("Vegetation (NDVI difference)"),
        Kind.BRIGHTNESS: tr("Brightness difference"),
        Kind.MAGNITUDE: tr("Any change (magnitude)"),
    }
