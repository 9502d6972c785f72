"""Changed areas as a GeoPackage, written in the background and offered for the map."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qgis.core import QgsFillSymbol, QgsProject, QgsSingleSymbolRenderer, QgsVectorLayer
from qgis.PyQt.QtCore import QObject

from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.layers.scene import Facts
from dinamis_qgis.compare.change.result import Measured, kind_names
from dinamis_qgis.core.catalogue.model import legal_time
from dinamis_qgis.core.change.polygons import export_patches
from dinamis_qgis.core.text import tr


def export_areas(
    measured: Measured,
    facts: tuple[Facts, Facts],
    path: Path,
    parent: QObject,
    done: Callable[[Path], None] | None = None,
) -> None:
    """Write what was measured between the scenes of ``facts``; ``done(path)`` once it is there."""
    about = {
        "before": _legal_time(facts[0]),
        "after": _legal_time(facts[1]),
        "product_a": facts[0].item, "product_b": facts[1].item,
        "credit": " · ".join(dict.fromkeys(fact.credit for fact in facts if fact.credit)),
    }  # fmt: skip

    def written(_: object) -> None:
        layer = QgsVectorLayer(f"{path}|layername=changes", path.stem, "ogr")
        style_changes(layer, measured)
        layer.saveStyleToDatabase("DINAMIS", "", True, "")  # whoever opens the file has it
        messages.success(
            tr("Changed areas written to “{path}”.").format(path=path.name),
            (tr("Add to the map"), add),
        )
        if done is not None:
            done(path)

    def add() -> None:
        layer = QgsVectorLayer(f"{path}|layername=changes", path.stem, "ogr")
        style_changes(layer, measured)
        QgsProject.instance().addMapLayer(layer)

    tasks.run(
        lambda job: export_patches(
            path, measured.change, measured.patches, measured.threshold, about
        ),
        done=written, parent=parent, title="export",
    )  # fmt: skip


def style_changes(layer: QgsVectorLayer, measured: Measured) -> None:
    """Name, fields and look of the changed areas, as people read them."""
    layer.setName(kind_names()[measured.kind])
    names = {
        "rank": tr("Rank"),
        "sense": tr("Sense (1: more, −1: less)"),
        "area_ha": tr("Area (ha)"),
        "kind": tr("Measure"),
        "threshold": tr("Threshold"),
        "pixel_m": tr("Pixel (m)"),
        "shift_m": tr("Shift corrected (m)"),
        "before": tr("Before (legal time)"),
        "after": tr("After (legal time)"),
        "product_a": tr("Product before"),
        "product_b": tr("Product after"),
        "credit": tr("Credit"),
    }
    for name, alias in names.items():
        index = layer.fields().indexOf(name)
        if index >= 0:
            layer.setFieldAlias(index, alias)
    look = {
        "style": "b_diagonal",
        "color": "214,69,30,255",
        "outline_color": "214,69,30,255",
        "outline_width": "0.5",
    }
    layer.setRenderer(QgsSingleSymbolRenderer(QgsFillSymbol.createSimple(look)))


def _legal_time(facts: Facts) -> str:
    """When a scene was taken, in legal French time with its shift from UTC."""
    if facts.moment is None:
        return facts.name
    return legal_time(facts.moment).isoformat(timespec="minutes")
