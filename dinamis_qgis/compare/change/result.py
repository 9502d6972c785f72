"""A finished measure of change, as the panel hands it to the sheet and to exports."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.PyQt.QtCore import QLocale

from dinamis_qgis.core.change.detect import Change
from dinamis_qgis.core.change.difference import Kind
from dinamis_qgis.core.change.polygons import Patch, total_ha
from dinamis_qgis.core.text import tr


@dataclass(frozen=True)
class Measured:
    """A finished measure, for the sheet and for export."""

    kind: Kind
    change: Change
    threshold: float
    mapping_unit: float
    patches: tuple[Patch, ...]

    @property
    def area_ha(self) -> float:
        """Of all areas."""
        return total_ha(self.patches)


def hectares(area: float) -> str:
    """An area as people say it: whole hectares from ten on, down to the are below one."""
    return f"{QLocale().toString(float(area), 'f', 0 if area >= 10 else 1 if area >= 1 else 2)} ha"


def kind_names() -> dict[Kind, str]:
    """What can be looked for."""
    return {
        Kind.BURNT: tr("Burnt area (civil protection)"),
        Kind.WORKS: tr("Works, bare or paved ground (PCRS)"),
        Kind.NDVI: tr("Vegetation (NDVI difference)"),
        Kind.BRIGHTNESS: tr("Brightness difference"),
        Kind.MAGNITUDE: tr("Any change (magnitude)"),
    }
