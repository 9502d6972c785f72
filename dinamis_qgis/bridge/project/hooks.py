"""Projects: our imagery is saved as plain unsigned hrefs, and comes back through the gateway when
the project is opened.

Opening never waits for the network. What can be opened from the cache is; anything else opens at
once over a local stand-in that keeps the layer's style and place, and ``Revival`` gives it its true
source as soon as that can be read.

A local copy that is gone, on another machine say, is streamed again before QGIS calls its layer
unavailable. The project tells which paths are copies, and of what: its entries are read before its
layers, the properties of a layer after its source.
"""

from __future__ import annotations

import os
import re
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable

from qgis.core import QgsPathResolver, QgsProject, QgsRasterLayer

from dinamis_qgis.bridge import profiles
from dinamis_qgis.bridge.layers import wmts
from dinamis_qgis.bridge.layers.add import placeholders
from dinamis_qgis.bridge.layers.gateway import Gateways, gateways
from dinamis_qgis.bridge.layers.origin import STREAMED, Keeper
from dinamis_qgis.bridge.layers.temporal import TemporalRanges
from dinamis_qgis.bridge.project.restore import Revival
from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.imagery import compound, placeholder
from dinamis_qgis.core.imagery.sources import curl_source, href_in, is_compound, rewrite

if TYPE_CHECKING:
    from dinamis_qgis.bridge.context import Context
    from dinamis_qgis.core.profile.model import Profile


COPIES = ("dinamis", "copies")
"""The project entry: path as the project writes it, plain source, path, plain source…"""
LARGEST_VRT = 4_000_000
"""A virtual raster on disk is looked into up to this size, in bytes."""


def _weakly(hook: Callable[[str], str]) -> Callable[[str], str]:
    """``hook`` for QGIS, which never lets go of what it was given."""
    known = weakref.WeakMethod(hook)

    def call(source: str) -> str:
        living = known()
        return living(source) if living is not None else source

    return call


class ProjectHooks:
    """QGIS's hooks for saving and opening, in place from construction until ``remove``.

    GUI thread.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._folder = placeholders(context)
        self._known: list[Profile] = []
        self._marks = re.compile(re.escape(self._folder.as_posix()) + r"/[0-9a-f]{32}\.vrt")
        self._places: dict[str, str] = {}
        """Paths of the project's local copies → what is opened: a missing disk is asked once."""
        self.revival = Revival(context, self._folder, self.plain_of, self.service_of, self.opened)
        self._keeper = Keeper()
        self._ranges = TemporalRanges()
        self._ids = (
            QgsPathResolver.setPathWriter(_weakly(self.saved)),
            QgsPathResolver.setPathPreprocessor(_weakly(self.opened)),
        )
        project = QgsProject.instance()
        project.readMapLayer.connect(self._read)
        project.writeProject.connect(self._note_copies)
        project.layersAdded.connect(self.revival.soon)
        project.cleared.connect(self._remember)
        self._remember()
        self.revival.soon()

    def remove(self) -> None:
        """Take the hooks away."""
        writer, preprocessor = self._ids
        QgsPathResolver.removePathWriter(writer)
        QgsPathResolver.removePathPreprocessor(preprocessor)
        project = QgsProject.instance()
        project.readMapLayer.disconnect(self._read)
        project.writeProject.disconnect(self._note_copies)
        project.layersAdded.disconnect(self.revival.soon)
        project.cleared.disconnect(self._remember)
        self._keeper.stop()
        self._ranges.stop()
        self.revival.stop()

    def _remember(self) -> None:
        """Another project is about to be opened: its map services are not waited for."""
        self._places.clear()
        wmts.remember_all(wmts.folder_of(self._context))

    def saved(self, source: str) -> str:
        """A data source as the project file keeps it: signatures, gateway addresses and stand-ins
        become unsigned hrefs.
        """
        if "/vsicurl" in source:
            source = rewrite(source, self._plain)
        if self._folder.as_posix() in source:
            source = self._marks.sub(lambda match: self._unmark(match.group()), source)
        return source

    def opened(self, source: str) -> str:
        """A data source as this session opens it.

        Touches no network and takes milliseconds at most, but where a disk does not answer.
        """
        source = self._written_out(self._copy_or_stream(source))
        if source.startswith(("https://", "http://")) and self._href(source):
            source = f"/vsicurl/{source}"  # as scripts and other plugins may have added it
        if "/vsicurl" not in source:
            return source
        return self._opened_compound(source) if is_compound(source) else rewrite(source, self._live)

    def _note_copies(self, _: Any) -> None:
        """The project is being saved."""
        self._places.clear()
        project, copies = QgsProject.instance(), []
        for layer in project.mapLayers().values():
            if layer.customProperty(STREAMED):
                copies += [
                    project.pathResolver().writePath(layer.source()),
                    str(layer.customProperty(STREAMED)),
                ]
        if copies:
            project.writeEntry(*COPIES, copies)
        elif project.readListEntry(*COPIES)[0]:
            project.removeEntry(*COPIES)

    def _copy_or_stream(self, source: str) -> str:
        """``source``; what it is streamed from where it is a local copy of which a file is gone."""
        if source not in self._places:
            copies = QgsProject.instance().readListEntry(*COPIES)[0]
            plain = dict(zip(copies[::2], copies[1::2])).get(source)
            if plain is None:
                return source
            self._places[source] = (
                plain if self._hrefs(plain) and not self._is_there(source) else source
            )
        return self._places[source]

    def _written_out(self, source: str) -> str:
        """``source``; what is in it where it is a virtual raster that a person or a tool made over
        layers of ours on an earlier day.
        """
        if not source.lower().endswith(".vrt") or self._folder.as_posix() in source:
            return source
        path = Path(QgsProject.instance().absolutePath(), source)
        try:
            text = path.read_text(encoding="utf-8") if path.stat().st_size <= LARGEST_VRT else ""
        except (
            OSError,
            UnicodeDecodeError,
        ):
            # not there, or not as GDAL writes them: QGIS's business
            return source
        ours = (
            "/vsicurl" in text
            and is_compound(text)
            and self._hrefs(text)
            and not self._gateways().lives(text)
        )
        return compound.on_its_own(text, path.parent) if ours else source

    def _is_there(self, source: str) -> bool:
        folder = (
            QgsProject.instance().absolutePath()
        )  # empty for a project in a database: its relative paths are left to QGIS
        known = (path for path in compound.files_in(source) if folder or os.path.isabs(path))
        return all(os.path.isfile(os.path.join(folder, path)) for path in known)

    def plain_of(self, source: str) -> str | None:
        """A layer's data source, live or a stand-in, as a project keeps it; None for anything not
        ours.
        """
        plain = self.saved(source)
        return plain if self._hrefs(plain) else None

    def service_of(self, plain: str) -> Profile | None:
        """The profile whose storage holds what a plain data source names."""
        hrefs = self._hrefs(plain)
        return next((p for p in self._profiles() if any(href_in(href, p) for href in hrefs)), None)

    def _hrefs(self, plain: str) -> list[str]:
        found: list[str] = []

        def note(url: str, alone: bool) -> None:
            href = self._href(url)
            found.extend([href] if href else [])

        rewrite(plain, note)
        return found

    def _opened_compound(self, source: str) -> str:
        """All of its files through the gateway when that needs no network, else one stand-in for
        the whole.
        """
        plain = self.saved(source)
        hrefs = self._hrefs(plain)
        gateway = self._gateways().known() if self._context.profile else None
        if not hrefs:
            return source
        if gateway is not None and all(gateway.ready(href) for href in hrefs):
            return gateway.through(plain)
        return self._stand_in(plain) or source

    def _plain(self, url: str, alone: bool) -> str | None:
        href = self._href(url)
        return f"/vsicurl/{href}" if href else None

    def _live(self, url: str, alone: bool) -> str | None:
        gateway = self._gateways().known() if self._context.profile else None
        if self._context.profile and self._gateways().href_for(url):
            return None
        href = self._href(url)
        if href is None:
            return None
        if gateway is not None and gateway.ready(href):
            return curl_source(gateway.url_for(href), alone)
        return self._stand_in(href)

    def _stand_in(self, href: str) -> str | None:
        path = placeholder.path_for(self._folder, href)
        if placeholder.href_of(self._folder, str(path)) is None:
            try:
                placeholder.write(self._folder, href, compound.shape_in(href))
            except OSError:  # no place for a stand-in: QGIS opens the href itself
                return None
        return path.as_posix()

    def _unmark(self, path: str) -> str:
        href = placeholder.href_of(self._folder, path)
        if href is None:
            return path
        return (
            rewrite(href, self._plain)
            if is_compound(href)
            else f"/vsicurl/{self._href(href) or href}"
        )

    def _href(self, url: str) -> str | None:
        own = self._gateways().href_for(url) if self._context.profile else None
        return own or next(
            (href for profile in self._profiles() for href in [href_in(url, profile)] if href), None
        )

    def _profiles(self) -> list[Profile]:
        """The open profile, then every other one there is, as their files say."""
        if not self._known:
            for choice in profiles.choices(self._context.paths):
                try:
                    self._known.append(profiles.peek(str(choice.path), self._context.paths))
                except DinamisError:
                    continue
        current = self._context.profile
        return ([current] if current else []) + [
            p for p in self._known if current is None or p.id != current.id
        ]

    def _gateways(self) -> Gateways:
        return gateways(self._context)

    def _read(self, layer: Any, node: Any) -> None:
        """A layer over a stand-in for a file never seen here gets the place the project
        remembers.
        """
        if not isinstance(layer, QgsRasterLayer) or not placeholder.is_generic(
            self._folder, layer.source()
        ):
            return
        href = placeholder.href_of(self._folder, layer.source())
        extent = node.firstChildElement("extent")
        corners = [
            extent.firstChildElement(name).text() for name in ("xmin", "ymin", "xmax", "ymax")
        ]
        try:
            west, south, east, north = (float(value) for value in corners)
            if href and west < east and south < north:
                shape = placeholder.generic_shape((west, south, east, north), layer.crs().toWkt())
                path = placeholder.write(self._folder, href, shape)
                self.revival.replace(layer, Path(path).as_posix())
        except (ValueError, OSError):  # no extent in the project: the layer waits without a place
            return
