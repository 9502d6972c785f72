"""Coordinate systems compared by what they mean, whatever the words. Apart from ``geo``, which
brings shapely: this is looked at while QGIS starts.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

_SURE = 70
"""Percent: GDAL's confidence that a text without a code means one."""
_WKT = re.compile(r"\s*[A-Za-z][A-Za-z_]*\s*[\[(]")
_CODE = re.compile(r"(?:urn:ogc:def:crs:)?[A-Za-z]{2,10}:{1,2}[\w.]{0,10}:?\w{0,20}")


@lru_cache(maxsize=256)
def same_crs(first: str, second: str) -> bool:
    """Whether two texts (WKT of any dialect, or a code) mean one coordinate system.

    What they are called, whether they carry a code, and the order of the axes do not count: rasters
    and vectors are x, y here. Two empty ones are the same.
    """
    if first == second or not (first and second):
        return first == second
    from osgeo import gdal

    one, two = _parse_crs(first), _parse_crs(second)
    if one is None or two is None:
        return False
    options = [
        "CRITERION=EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS",
        "IGNORE_DATA_AXIS_TO_SRS_AXIS_MAPPING=YES",
        "IGNORE_COORDINATE_EPOCH=YES",
    ]
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        if one.IsSame(two, options):
            return True
    except (RuntimeError, TypeError):  # bindings without options
        if one.IsSame(two):
            return True
    finally:
        gdal.PopErrorHandler()
    code = epsg_of(first)
    return code is not None and code == epsg_of(second)


@lru_cache(maxsize=256)
def epsg_of(text: str) -> int | None:
    """The EPSG code of a coordinate system (WKT of any dialect, or a code), also where the text has
    none but means one; None where there is none.
    """
    system = _parse_crs(text) if text else None
    if system is None:
        return None
    if system.GetAuthorityName(None) == "EPSG":
        return int(system.GetAuthorityCode(None))
    from osgeo import gdal

    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        matches = system.FindMatches() or ()
    except RuntimeError:
        matches = ()
    finally:
        gdal.PopErrorHandler()
    for found, confidence in matches:
        if confidence >= _SURE and found.GetAuthorityName(None) == "EPSG":
            return int(found.GetAuthorityCode(None))
    return None


def _parse_crs(text: str) -> Any:
    """A coordinate system as GDAL has it; None for what is none."""
    from osgeo import gdal, osr

    system = osr.SpatialReference()
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        if _WKT.match(text):
            return system if system.ImportFromWkt(text) == 0 else None
        # Of other texts GDAL would open files and addresses.
        known = _CODE.fullmatch(text) is not None and system.SetFromUserInput(text) == 0
        return system if known else None
    except (RuntimeError, TypeError, UnicodeError):
        return None
    finally:
        gdal.PopErrorHandler()
