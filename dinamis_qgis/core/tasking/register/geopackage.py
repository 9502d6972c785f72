"""Just enough GeoPackage 1.3 (OGC 12-128r18) over sqlite3 for the register: the file, its geometry
blobs, its tables.
"""

from __future__ import annotations

import sqlite3
import struct
from contextlib import ExitStack
from pathlib import Path

from shapely import wkb
from shapely.errors import ShapelyError
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from dinamis_qgis.core.geo import polygons

APPLICATION_ID = 0x47504B47
VERSION = 10300
NEWEST = 19999
"""What ``user_version`` of a GeoPackage 1.x can be."""
SRS = 4326

_WGS84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS '
    '84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],'
    'AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],'
    'UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]'
)

_CORE = """
CREATE TABLE IF NOT EXISTS gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT
);
CREATE TABLE IF NOT EXISTS gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id)
);
CREATE TABLE IF NOT EXISTS gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id)
);
"""


def connect_geopackage(path: Path, wait_s: float = 10.0) -> sqlite3.Connection:
    """A connection that waits for others (QGIS reading the same file) and whose commits are on the
    disk when they return.

    The journal mode is left as it is: a profile may lie on a network drive, where write-ahead
    logging does not work.
    """
    connection = sqlite3.connect(str(path), timeout=wait_s, isolation_level=None)
    connection.row_factory = sqlite3.Row
    with ExitStack() as failed:
        failed.callback(connection.close)
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        failed.pop_all()
    return connection


def standard_version(connection: sqlite3.Connection) -> int:
    """The version of the GeoPackage standard a file says it follows."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def prepare_tables(connection: sqlite3.Connection) -> None:
    """The tables every GeoPackage has; inside the caller's transaction, harmless when they are
    there.
    """
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version={VERSION}")
    for statement in _CORE.split(";\n"):
        if statement.strip():
            connection.execute(statement)
    systems = [
        ("Undefined cartesian SRS", -1, "NONE", -1, "undefined"),
        ("Undefined geographic SRS", 0, "NONE", 0, "undefined"),
        ("WGS 84 geodetic", SRS, "EPSG", SRS, _WGS84),
    ]
    sql = (
        "INSERT OR IGNORE INTO gpkg_spatial_ref_sys (srs_name, srs_id, organization, "
        "organization_coordsys_id, definition)"
        " VALUES (?, ?, ?, ?, ?)"
    )
    connection.executemany(sql, systems)


def declare_contents(
    connection: sqlite3.Connection, table: str, title: str, geometry: str = ""
) -> None:
    """Enter a table in the contents: features when ``geometry`` names the column of multipolygons,
    else attributes.
    """
    kind, srs = ("features", SRS) if geometry else ("attributes", None)
    sql = (
        "INSERT OR IGNORE INTO gpkg_contents (table_name, data_type, identifier, srs_id) "
        "VALUES (?, ?, ?, ?)"
    )
    connection.execute(sql, (table, kind, title, srs))
    if geometry:
        sql = "INSERT OR IGNORE INTO gpkg_geometry_columns VALUES (?, ?, 'MULTIPOLYGON', ?, 0, 0)"
        connection.execute(sql, (table, geometry, SRS))


def touch_contents(connection: sqlite3.Connection, table: str) -> None:
    """Tell that a table has changed."""
    sql = (
        "UPDATE gpkg_contents SET last_change = strftime('%Y-%m-%dT%H:%M:%fZ','now') WHERE "
        "table_name = ?"
    )
    connection.execute(sql, (table,))


def to_blob(geometry: BaseGeometry | None) -> bytes | None:
    """A polygon or multipolygon as a GeoPackage blob (little endian, with its envelope); None when
    there is no polygon.
    """
    parts = polygons(geometry)
    if not parts:
        return None
    multi = MultiPolygon(parts)
    west, south, east, north = multi.bounds
    header = struct.pack("<2sBBi4d", b"GP", 0, 0b011, SRS, west, east, south, north)
    return bytes(header + multi.wkb)


def from_blob(blob: bytes | None) -> BaseGeometry | None:
    """The geometry of a GeoPackage blob; a multipolygon of one part comes back as that polygon.

    Raises ValueError for what is none.
    """
    if not blob:
        return None
    if not isinstance(blob, bytes) or blob[:2] != b"GP" or len(blob) < 8:
        raise ValueError("no GeoPackage geometry")
    envelope = (blob[3] >> 1) & 0b111
    offset = 8 + {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}.get(envelope, 0)
    try:
        geometry = wkb.loads(bytes(blob[offset:]))
    except ShapelyError as error:
        raise ValueError("no geometry") from error
    parts = polygons(geometry)
    return parts[0] if len(parts) == 1 else geometry
