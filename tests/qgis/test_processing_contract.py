"""The algorithms outside programs rely on: ids, parameters and outputs as the contract says, with
defaults that need no answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

REQUEST = "INPUT PRODUCT START END MAX_CLOUD MAX_INCIDENCE MODE TITLE PURPOSE"
CONTRACT = {
    "searchproducts": (
        "EXTENT COLLECTIONS START END MAX_CLOUD MAX_INCIDENCE LIMIT OUTPUT",
        "OUTPUT COUNT",
    ),
    "downloadproducts": ("INPUT ASSETS CLIP FOLDER", "FOLDER FILES FAILED"),
    "opendelivery": ("INPUT FOLDER", "FOLDER OUTPUT FAILED"),
    "submitrequest": (REQUEST, "REQUEST_ID STATUS"),
    "checkrequest": (REQUEST, "SENDABLE ERRORS WARNINGS RESULTS"),
    "listrequests": ("OUTPUT", "OUTPUT COUNT"),
    "elevation": ("EXTENT INPUT KIND RESOLUTION FOLDER", "FOLDER FILE SOURCES VERTICAL KNOWN"),
    "surfacechange": (
        "FIRST SECOND ZONES RESOLUTION ALIGN LIMIT MIN_AREA OUTPUT DIFFERENCE",
        "OUTPUT DIFFERENCE COUNT GAINED_M3 LOST_M3 NET_M3 NOISE USED_LIMIT EAST NORTH UP",
    ),
}
NEEDED = {
    "searchproducts": {"EXTENT", "OUTPUT"},
    "downloadproducts": {"INPUT", "FOLDER"},
    "opendelivery": {"INPUT", "FOLDER"},
    "submitrequest": {"INPUT", "TITLE"},
    "checkrequest": {"INPUT"},
    "listrequests": {"OUTPUT"},
    "elevation": {"KIND", "FOLDER"},
    "surfacechange": {"FIRST", "SECOND", "ALIGN", "MIN_AREA", "OUTPUT", "DIFFERENCE"},
}


@pytest.fixture
def provider(qgis_app: Any) -> Iterator[Any]:
    from qgis.core import QgsApplication

    from dinamis_qgis.processing.provider import DinamisProvider

    made = DinamisProvider()
    assert QgsApplication.processingRegistry().addProvider(made)
    yield made
    QgsApplication.processingRegistry().removeProvider(made)


@pytest.mark.parametrize("name", sorted(CONTRACT))
def test_ids_parameters_and_outputs(provider: Any, name: str) -> None:
    from qgis.core import QgsApplication, QgsProcessingParameterDefinition

    algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"dinamis:{name}")
    assert algorithm is not None
    parameters = algorithm.parameterDefinitions()
    inputs, outputs = CONTRACT[name]
    assert [p.name() for p in parameters] == inputs.split()
    assert sorted(o.name() for o in algorithm.outputDefinitions()) == sorted(outputs.split())
    optional = QgsProcessingParameterDefinition.Flag.FlagOptional
    assert {p.name() for p in parameters if not p.flags() & optional} == NEEDED[name]


def test_every_algorithm_says_what_it_is(provider: Any) -> None:
    from dinamis_qgis.processing.provider import ALGORITHMS

    found = {algorithm.name(): algorithm for algorithm in provider.algorithms()}
    assert set(found) == {module for module, _ in ALGORITHMS} and set(CONTRACT) <= set(found)
    for algorithm in found.values():
        fresh = algorithm.create()
        assert type(fresh) is type(algorithm) and fresh is not algorithm
        assert (
            fresh.displayName() and len(fresh.shortHelpString()) > 80 and not fresh.icon().isNull()
        )
