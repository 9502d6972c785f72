"""How clips read their source: through the gateway, only what the window needs, and knowing why a
read failed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Callable

from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.imagery.layer_source import curl_source, outside_source
from dinamis_qgis.core.net.urls import parse_address

if TYPE_CHECKING:
    from dinamis_qgis.core.imagery.gateway import Gateway

Ranges = Sequence[tuple[int, int]]
"""Bytes of a file, half open."""


def _ignore_ranges(ranges: Ranges) -> None:
    return


@dataclass
class SourceReading:
    """A source being read.

    ``path`` is what GDAL opens; ``ahead(ranges)`` begins to fetch bytes that will be read.
    """

    path: str
    ahead: Callable[[Ranges], None] = _ignore_ranges
    heard: list[DinamisError] = field(default_factory=list)
    """What the gateway said went wrong, oldest first: GDAL itself only says that it could not read.
    """


Open = Callable[[str], AbstractContextManager[SourceReading]]


def sources_through(gateway: Gateway, here: Callable[[str], str] = lambda href: href) -> Open:
    """Sources through ``gateway``, an unsigned href being reached at ``here(href)``.

    Others are read as they are.
    """

    @contextmanager
    def opened(href: str) -> Iterator[SourceReading]:
        url = here(href)
        if not gateway.holds(url):
            yield SourceReading(outside_source(parse_address(url).text))
            return
        from osgeo import gdal

        file, address = gateway.file(url), gateway.url_for(url)
        gdal.VSICurlPartialClearCache(
            f"/vsicurl/{address}"
        )  # GDAL remembers failures: a second try would not even ask
        reading = SourceReading(curl_source(address), file.want)

        def hear(about: str, error: DinamisError) -> None:
            if about == url:
                reading.heard.append(error)

        gateway.listeners.append(hear)
        file.exact += 1
        try:
            yield reading
        except DinamisError as error:
            # what came is no image; it may be one the next time
            if error.code == "unreadable" and not reading.heard:
                gateway.forget(url)
            raise
        finally:
            file.exact -= 1
            gateway.listeners.remove(hear)

    return opened
