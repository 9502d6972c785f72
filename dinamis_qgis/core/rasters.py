"""GDAL handled with care: options for one thread only, so that nobody else's reads change; writes
that are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from dinamis_qgis.core.errors import from_os_error
from dinamis_qgis.core.files import trouble


@contextmanager
def thread_options(options: Mapping[str, str]) -> Iterator[None]:
    """GDAL configuration options for the calling thread, put back afterwards; a GDAL too old for
    that goes without them.
    """
    from osgeo import gdal

    if not hasattr(gdal, "GetThreadLocalConfigOption"):
        yield
        return
    before = {name: gdal.GetThreadLocalConfigOption(name) for name in options}
    try:
        for name, value in options.items():
            gdal.SetThreadLocalConfigOption(name, value)
        yield
    finally:
        for name, old in before.items():
            gdal.SetThreadLocalConfigOption(name, old)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """What GDAL does inside reaches ``path``: of a full disk it says no more than a number that
    nobody reads. Raises StorageError.
    """
    from osgeo import gdal

    gdal.PushErrorHandler("CPLQuietErrorHandler")
    gdal.ErrorReset()
    try:
        yield
        failed = gdal.GetLastErrorType() >= gdal.CE_Failure
    except RuntimeError:  # GDAL with exceptions on
        failed = True
    finally:
        said = gdal.GetLastErrorMsg()
        gdal.PopErrorHandler()
    if not failed:
        return
    try:
        why = trouble(path)
        raise OSError(why.errno, said or why.strerror)
    except OSError as error:  # its folder may be gone
        raise from_os_error(error, path) from error
