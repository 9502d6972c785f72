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
    of_view: bool = True
    """Of what the map showed; else of all that both images have in common."""

    @property
    def area_ha(self) -> float:
        """Of all areas."""
        return total_ha(self.patches)


def seen_share(change: Change, of_view: bool) -> float:
    """Of the ground that is spoken of, what both images show without clouds, 0 to 1."""
    whole = _whole_ha(change, of_view)
    return min(1.0, change.seen_ha / whole) if whole else 0.0


def seen_text(change: Change, of_view: bool) -> str:
    """The same in words."""
    return tr("Seen on both images: {seen} of {whole} ({percent} %)").format(
        seen=hectares(change.seen_ha), whole=hectares(_whole_ha(change, of_view)), percent=round(100 * seen_share(change, of_view))
    )


def _whole_ha(change: Change, of_view: bool) -> float:
    """Of whole images the corners of the grid are nobody's ground; of a view every place is one that is looked at."""
    return change.grid.pixels * change.grid.step**2 / 1e4 if of_view else change.ground_ha


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
