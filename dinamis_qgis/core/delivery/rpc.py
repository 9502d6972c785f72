"""The sensor model of raw geometry (``RPC_*.XML``), as GDAL's RPC metadata.

Read here and not by GDAL, which would look for it, and for much else, beside each tile.
"""

from __future__ import annotations

import re
from pathlib import Path

from dinamis_qgis.core.delivery.dim_values import file_beside, number_in
from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.text import tr
from dinamis_qgis.core.xml import Node, read_xml

_PLACES = ("LAT", "LONG", "HEIGHT", "LINE", "SAMP")
_TERMS = ("LINE_NUM_COEFF", "LINE_DEN_COEFF", "SAMP_NUM_COEFF", "SAMP_DEN_COEFF")
_TO_IMAGE = ("Inverse_Model", "GroundtoImage_Values")
"""From the ground to the image: as SPOT and Pléiades call it, and as Pléiades Neo does."""
_FURTHEST = {"LAT_OFF": 90.0, "LONG_OFF": 360.0, "HEIGHT_OFF": 10_000.0}


def model_file(root: Node, description: Path) -> Path | None:
    """The file of the model that a description names, else the one beside it."""
    for node in root.every(
        "Geoposition/Geoposition_Models/Rational_Function_Model/Component/COMPONENT_PATH"
    ):
        path = file_beside(description, node.attributes.get("href", ""))
        if path.is_file():
            return path
    found = [p for p in description.parent.iterdir() if re.fullmatch(r"(?i)RPC_.*\.XML", p.name)]
    return min(found, default=None)


def read_model(path: Path) -> dict[str, str]:
    """The model of a file, its pixels counted from 0 as GDAL does.

    Raises InvalidInput (``raw`` when it cannot be used, ``xml``), StorageError.
    """
    model = next(read_xml(path).within("Global_RFM"), None)
    validity = model.find("RFM_Validity") if model is not None else None
    terms = next((n for name in _TO_IMAGE if model is not None and (n := model.find(name))), None)
    if validity is None or terms is None:
        raise unusable_model(path.name)
    found: dict[str, str] = {}
    for name in (f"{place}_{kind}" for place in _PLACES for kind in ("OFF", "SCALE")):
        value = number_in(validity.value(name))
        if value is None or abs(value) > _FURTHEST.get(name, 1e9):
            raise unusable_model(f"{name} of {path.name}")
        if name.endswith("SCALE") and not value:
            raise unusable_model(f"{name} of {path.name}")
        # Their first pixel is 1.
        found[name] = repr(value - 1 if name in ("LINE_OFF", "SAMP_OFF") else value)
    for name in _TERMS:
        values = [number_in(terms.value(f"{name}_{number}")) for number in range(1, 21)]
        if None in values or not any(values):
            raise unusable_model(f"{name} of {path.name}")
        found[name] = " ".join(map(repr, values))
    return found


def unusable_model(details: str) -> InvalidInput:
    """A model that places nothing."""
    return InvalidInput(
        tr("The RPC model of this image cannot be used."),
        tr("Ask for the product at level ORT."),
        code="raw",
        details=details[:200],
    )
