"""Many items as DINAMIS's service could hold them, always the same for the same number: values
missing here and there.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

COLLECTIONS = [
    {
        "type": "Collection",
        "stac_version": "1.1.0",
        "id": name,
        "description": name,
        "license": "other",
        "links": [],
        "extent": {
            "spatial": {"bbox": [[-5, 41, 10, 52]]},
            "temporal": {"interval": [["2013-01-01T00:00:00Z", None]]},
        },
    }
    for name in ("spot-6-7-drs", "pleiades-drs")
]


def many_items(count: int, seed: int = 7) -> Iterator[dict[str, Any]]:
    """Items over the south-west of France, 2013 to 2024; a tenth of them share their day, some
    their very moment.
    """
    rng = random.Random(seed)
    for number in range(count):
        spot = rng.random() < 0.7
        platform = rng.choice(("spot-6", "spot-7") if spot else ("pleiades-1a", "pleiades-1b"))
        properties: dict[str, Any] = {
            "datetime": _moment(rng),
            "created": "2025-01-01T00:00:00Z",
            "platform": platform,
        }
        # Few distinct values: many ties, which is where paging loses products.
        if rng.random() < 0.85:
            properties["eo:cloud_cover"] = rng.choice((0, 0.5, 3, 10, 10, 20, 35.25, 60, 99, 100))
        if rng.random() < 0.85:
            properties["view:incidence_angle"] = round(rng.uniform(-30, 35), rng.choice((0, 1)))
        if rng.random() < 0.9:
            properties["gsd"] = rng.choice((1.5, 6) if spot else (0.5, 0.7, 2))
        if rng.random() < 0.9:
            properties["product:type"] = rng.choice(("MS", "P", "PMS"))
        if rng.random() < 0.9:
            properties["license"] = rng.choice(("spot67", "pleiades", "etalab-2.0", "other"))
        west, south = rng.uniform(-1.8, 2.2), rng.uniform(42.6, 46.8)
        yield _item(
            number,
            "spot-6-7-drs" if spot else "pleiades-drs",
            west,
            south,
            0.6 if spot else 0.2,
            properties,
        )


def _moment(rng: random.Random) -> str:
    if rng.random() < 0.1:
        return "2019-07-14T10:45:00Z"
    fraction = rng.choice(("", ".5", ".123456"))
    return (
        f"{rng.randint(2013, 2024)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
        f"T{rng.choice((0, 10, 23)):02d}:{rng.randint(0, 59):02d}:{rng.randint(0, 59):02d}{fraction}Z"
    )


def _item(
    number: int, collection: str, west: float, south: float, side: float, properties: dict[str, Any]
) -> dict[str, Any]:
    tilt = side / 8
    ring = [
        [west, south],
        [west + side, south - tilt],
        [west + side + tilt, south + side],
        [west + tilt, south + side + tilt],
    ]
    name = f"{'SPOT7_MS' if collection.startswith('spot') else 'PHR1A'}_{number:06d}"
    root = f"https://s3-data.meso.umontpellier.fr/{collection}/{name}"
    data = {"type": "image/tiff; application=geotiff; profile=cloud-optimized", "roles": ["data"]}
    bands = [
        {"name": f"b{i}", "eo:common_name": c}
        for i, c in enumerate(("red", "green", "blue", "nir"), 1)
    ]
    return {
        "type": "Feature",
        "stac_version": "1.1.0",
        "stac_extensions": [],
        "id": name,
        "collection": collection,
        "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
        "bbox": [west, south - tilt, west + side + tilt, south + side + tilt],
        "properties": {
            **properties,
            "instruments": ["naomi"],
            "proj:code": "EPSG:2154",
            "proj:shape": [10240, 10240],
            "proj:transform": [6, 0, 400000, 0, -6, 6200000],
            "proj:bbox": [400000, 6138560, 461440, 6200000],
        },
        "links": [{"rel": "license", "href": "https://ids-dinamis.data-terra.org/web/guest/37"}],
        "assets": {
            "src_xs": {
                **data,
                "href": f"{root}_xs.tif",
                "gsd": 6,
                "bands": bands,
                "file:size": 738_000_000,
            },
            "src_pan": {
                **data,
                "href": f"{root}_pan.tif",
                "gsd": 1.5,
                "bands": [{"eo:common_name": "pan"}],
            },
            "thumbnail": {"href": f"{root}.jpg", "type": "image/jpeg", "roles": ["thumbnail"]},
        },
    }
