"""Small answers of the services that are not plain STAC.

Written by hand from published facts (the services' pages and the code of their public clients), not
recorded from the live services: shapes and names are theirs, the values are invented.
"""

from __future__ import annotations

from typing import Any

SQUARE = {
    "type": "Polygon",
    "coordinates": [[[-0.5, 43.2], [0.1, 43.2], [0.1, 43.7], [-0.5, 43.7], [-0.5, 43.2]]],
}
FAR = {"type": "Polygon", "coordinates": [[[4, 48], [5, 48], [5, 49], [4, 49], [4, 48]]]}


def geodes_item(
    number: int, dataset: str = "SWH_SPOT5_L1", old: bool = False, **properties: Any
) -> dict[str, Any]:
    """An item of GEODES; the ``old`` data sets prefix their names. No ``datetime``."""
    name = f"SPOT5_HRG_{number:04d}"
    values: dict[str, Any] = {
        "identifier": name,
        "dataset": dataset,
        "datetime": None,
        "start_datetime": f"20{number % 20 + 2:02d}-07-{number % 28 + 1:02d}T10:50:00.000Z",
        "end_datetime": f"20{number % 20 + 2:02d}-07-{number % 28 + 1:02d}T10:50:09.000Z",
        "latest": True,
    }
    if old:
        values.update(
            {
                "spaceborne:cloudCover": 12.0,
                "spaceborne:satellitePlatform": "SPOT5",
                "spaceborne:productLevel": "1A",
            }
        )
    else:
        values.update(
            {"eo:cloud_cover": 12.0, "platform": "SPOT5", "gsd": 5, "processing:level": "L1A"}
        )
    values.update(properties)
    root = "https://geodes-portal.cnes.fr/api/download"
    return {
        "type": "Feature",
        "stac_version": "1.0.0",
        "id": f"URN:FEATURE:DATA:gdh:{number:08d}:V1",
        "geometry": SQUARE,
        "bbox": [-0.5, 43.2, 0.1, 43.7],
        "properties": values,
        "links": [],
        "assets": {
            f"{name}.zip": {
                "href": f"{root}/{name}.zip",
                "title": f"{name}.zip",
                "type": "application/zip",
                "roles": ["data"],
            },
            f"{name}_quicklook.jpg": {
                "href": f"{root}/{name}_quicklook.jpg",
                "type": "image/jpeg",
                "roles": ["overview"],
            },
        },
    }


def openspot_feature(
    fid: int, day: str, mode: str = "MS", page: str = "FR", geometry: Any = None
) -> dict[str, Any]:
    """A scene of OpenSpot's yearly file."""
    return {
        "type": "Feature",
        "geometry": geometry or {"type": "MultiPolygon", "coordinates": [SQUARE["coordinates"]]},
        "properties": {
            "fid": fid,
            "ds_name": f"SPOT6_{day.replace('-', '')}1031189_{mode}_{fid}",
            "img_date": day,
            "f_quicklook": f"SPOT6_{fid}_QL.jpg",
            "mode_": mode,
            "resolution": 6 if mode == "MS" else 1.5,
            "page_": page,
        },
    }


CDSE_ITEM: dict[str, Any] = {
    "type": "Feature",
    "stac_version": "1.1.0",
    "id": "S2B_MSIL2A_20240611T105619_N0510_R094_T30TYN_20240611T125621",
    "collection": "sentinel-2-l2a",
    "geometry": SQUARE,
    "bbox": [-0.5, 43.2, 0.1, 43.7],
    "properties": {
        "datetime": "2024-06-11T10:56:19.024Z",
        "start_datetime": "2024-06-11T10:56:19.024Z",
        "end_datetime": "2024-06-11T10:56:19.024Z",
        "platform": "sentinel-2b",
        "constellation": "sentinel-2",
        "gsd": 10,
        "eo:cloud_cover": 3.14,
        "view:incidence_angle": 4.2,
        "product:type": "S2MSI2A",
    },
    "links": [],
    "assets": {
        "TCI_10m": {
            "href": "s3://eodata/Sentinel-2/MSI/L2A/2024/06/11/TCI_10m.jp2",
            "type": "image/jp2",
            "roles": ["visual", "data"],
            "gsd": 10,
            "auth:refs": ["s3"],
            "alternate:name": "S3",
            "alternate": {
                "https": {
                    "href": "https://download.dataspace.copernicus.eu/odata/v1/Products(1)/Nodes(TCI_10m.jp2)/$value",
                    "auth:refs": ["oidc"],
                    "alternate:name": "HTTPS",
                }
            },
        },
        "Product": {
            "href": "https://download.dataspace.copernicus.eu/odata/v1/Products(1)/$value",
            "type": "application/zip",
            "roles": ["data", "metadata"],
            "auth:refs": ["oidc"],
        },
        "thumbnail": {
            "href": "https://datahub.creodias.eu/odata/v1/Assets(1)/$value",
            "type": "image/jpeg",
            "roles": ["thumbnail"],
        },
    },
}


def wmts_layer(
    name: str, kind: str = "image/jpeg", title: str = "", style: str = "normal", matrix: str = "PM"
) -> str:
    """A layer of a WMTS capabilities document, with two styles."""
    return f"""
    <Layer>
      <ows:Title>{title or name}</ows:Title>
      <ows:Abstract>Couverture annuelle &amp; nationale</ows:Abstract>
      <ows:WGS84BoundingBox>
        <ows:LowerCorner>-5.5 41.2</ows:LowerCorner>
        <ows:UpperCorner>9.8 51.3</ows:UpperCorner>
      </ows:WGS84BoundingBox>
      <ows:Identifier>{name}</ows:Identifier>
      <Style><ows:Title>Gris</ows:Title><ows:Identifier>grey</ows:Identifier></Style>
      <Style isDefault="true"><ows:Title>Normal</ows:Title><ows:Identifier>{style}</ows:Identifier></Style>
      <Format>{kind}</Format>
      <TileMatrixSetLink>
        <TileMatrixSet>{matrix}</TileMatrixSet>
        <TileMatrixSetLimits><TileMatrixLimits><TileMatrix>0</TileMatrix></TileMatrixLimits></TileMatrixSetLimits>
      </TileMatrixSetLink>
    </Layer>"""


def wmts_capabilities(*layers: str) -> str:
    """A document as the Géoplateforme's, in little."""
    return f"""<?xml version="1.0" encoding="utf-8"?>
<Capabilities xmlns="http://www.opengis.net/wmts/1.0" xmlns:ows="http://www.opengis.net/ows/1.1" version="1.0.0">
  <ows:ServiceIdentification><ows:Title>Service de visualisation WMTS</ows:Title></ows:ServiceIdentification>
  <Contents>{"".join(layers)}
    <TileMatrixSet>
      <ows:Identifier>PM</ows:Identifier>
      <ows:SupportedCRS>EPSG:3857</ows:SupportedCRS>
      <TileMatrix><ows:Identifier>0</ows:Identifier><ScaleDenominator>559082264.02</ScaleDenominator></TileMatrix>
    </TileMatrixSet>
    <TileMatrixSet>
      <ows:Identifier>LAMB93</ows:Identifier>
      <ows:SupportedCRS>urn:ogc:def:crs:EPSG::2154</ows:SupportedCRS>
    </TileMatrixSet>
  </Contents>
</Capabilities>"""
