"""GDAL handled with care: options for one thread only, so that nobody else's reads change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager


@contextmanager
def thread_options(options: Mapping[str, str]) -> Iterator[None]:
    """GDAL configuration options for the calling thread, put back afterwards; a GDAL too old for that goes without them."""
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
