"""Changed areas as a GeoPackage, written in the background and offered for the map."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QObject

from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.layers.scene import Facts
from dinamis_qgis.compare.change.result import Measured
from dinamis_qgis.core.change.polygons import export
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
        "before": facts[0].moment.isoformat() if facts[0].moment else facts[0].name,
        "after": facts[1].moment.isoformat() if facts[1].moment else facts[1].name,
        "product_a": facts[0].item, "product_b": facts[1].item,
        "credit": " · ".join(dict.fromkeys(fact.credit for fact in facts if fact.credit)),
    }  # fmt: skip

    def written(_: object) -> None:
        messages.success(
            tr("Changed areas written to “{path}”.").format(path=path.name),
            (tr("Add to the map"), add),
        )
        if done is not None:
            done(path)

    def add() -> None:
        QgsProject.instance().addMapLayer(
            QgsVectorLayer(f"{path}|layername=changes", path.stem, "ogr")
        )

    tasks.run(
        lambda job: export(path, measured.change, measured.patches, measured.threshold, about),
        done=written, parent=parent, title="export",
    )  # fmt: skip
