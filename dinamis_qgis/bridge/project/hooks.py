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
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable

from qgis.core import QgsPathResolver, QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QTimer

from dinamis_qgis.bridge import messages, profiles
from dinamis_qgis.bridge.guard import contain_faults, log_fault
from dinamis_qgis.bridge.layers import wmts
from dinamis_qgis.bridge.layers.add import placeholder_folder
from dinamis_qgis.bridge.layers.gateway import Gateways, gateways
from dinamis_qgis.bridge.layers.origin import STREAMED, Keeper
from dinamis_qgis.bridge.layers.temporal import TemporalRanges
from dinamis_qgis.bridge.project import layout_addresses
from dinamis_qgis.bridge.project.restore import Revival
from dinamis_qgis.core.imagery import compound, placeholder
from dinamis_qgis.core.imagery.layer_source import (
    LayerSource,
    href_in,
    is_compound,
    parse_source,
    plain_source,
)

if TYPE_CHECKING:
    from dinamis_qgis.bridge.context import Context
    from dinamis_qgis.core.profile.model import Profile


COPIES = ("dinamis", "copies")
"""The project entry: path as the project writes it, plain source, path, plain source…"""
LARGEST_VRT = 4_000_000
"""A virtual raster on disk is looked into up to this size, in bytes."""


def _call_weakly(hook: Callable[[str], str]) -> Callable[[str], str]:
    """``hook`` for QGIS, which never lets go of what it was given, and closes when it raises."""
    known = weakref.WeakMethod(hook)

    def call(source: str) -> str:
        living = known()
        try:
            return living(source) if living is not None else source
        except Exception as error:  # noqa: BLE001 (whatever a stranger's project holds)
            log_fault("project hook", error)
            return source

    return call


class ProjectHooks:
    """QGIS's hooks for saving and opening, in place from construction until ``remove``.

    GUI thread.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._folder = placeholder_folder(context)
        self._known: list[Profile] = []
        """The profiles there are, the one a person last opened first."""
        self._places: dict[str, str] = {}
        """Paths of the project's local copies → what is opened: a missing disk is asked once."""
        self.revival = Revival(context, self._folder, self.plain_of, self.service_of, self.opened)
        self._keeper = Keeper()
        self._to_put_right: Path | None = None
        self._soon = QTimer()
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._put_layouts_right)
        self._ranges = TemporalRanges()
        self._ids = (
            QgsPathResolver.setPathWriter(_call_weakly(self.saved)),
            QgsPathResolver.setPathPreprocessor(_call_weakly(self.opened)),
        )
        project = QgsProject.instance()
        project.readMapLayer.connect(self._read)
        project.writeProject.connect(self._note_copies)
        project.projectSaved.connect(self._saved_file)
        project.layersAdded.connect(self.revival.soon)
        project.cleared.connect(self._remember)
        context.profile_changed.connect(self._forget_profiles)
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
        project.projectSaved.disconnect(self._saved_file)
        self._soon.stop()
        self._put_layouts_right()
        project.layersAdded.disconnect(self.revival.soon)
        project.cleared.disconnect(self._remember)
        self._context.profile_changed.disconnect(self._forget_profiles)
        self._keeper.stop()
        self._ranges.stop()
        self.revival.stop()

    @contain_faults()
    def _remember(self) -> None:
        """Another project is about to be opened: its map services are not waited for."""
        self._places.clear()
        wmts.remember_all(wmts.folder_of(self._context))

    def _forget_profiles(self) -> None:
        self._known = []

    def saved(self, source: str) -> str:
        """A data source as the project file keeps it: signatures, gateway addresses and stand-ins
        become unsigned hrefs.
        """
        parsed = parse_source(source)
        stand_ins = {
            file: plain for file in parsed.files for plain in [self._stood_for(file)] if plain
        }
        if stand_ins:
            parsed = parse_source(parsed.read_from(stand_ins).text)
        return self._gateways().hide(parsed.kept_as(self._own(parsed)).text)

    def opened(self, source: str) -> str:
        """A data source as this session opens it.

        Touches no network and takes milliseconds at most, but where a disk does not answer.
        """
        source = self._written_out(self._copy_or_stream(source))
        parsed = parse_source(source)
        own = self._own(parsed)
        if not own or parsed.names_elsewhere(own):
            return source  # not ours, or something that asks strangers too
        if not parsed.is_compound and self._gateways().lives(source):
            return source
        gateway = self._gateways().known() if self._context.profile else None
        if gateway is not None and all(gateway.ready(href) for href in own.values()):
            return parsed.read_at({each: gateway.url_for(href) for each, href in own.items()}).text
        if parsed.is_compound:
            return self._stand_in(self.saved(source)) or source
        stand_ins = {each: self._stand_in(href) for each, href in own.items()}
        return parsed.read_from({each: path for each, path in stand_ins.items() if path}).text

    @contain_faults()
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

    @contain_faults()
    def _saved_file(self) -> None:
        """The project is saved: where its layouts hold what layers read now, they get what is
        kept. A .qgz is there only once QGIS has returned from saving.
        """
        project = QgsProject.instance()
        if layout_addresses.hold_addresses(project):
            self._to_put_right = Path(project.fileName())
            if self._to_put_right.suffix.lower() == ".qgz":
                self._soon.start()
            else:
                self._put_layouts_right()

    @contain_faults()
    def _put_layouts_right(self) -> None:
        file, self._to_put_right = self._to_put_right, None
        if file is not None and file.is_file():
            try:
                layout_addresses.put_right(file, self.saved)
            except (OSError, ValueError) as error:
                messages.log(f"layouts of the project: {type(error).__name__}")

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
            small = path.is_file() and path.stat().st_size <= LARGEST_VRT
            text = path.read_text(encoding="utf-8") if small else ""
        except (OSError, ValueError):
            # not there, or not as GDAL writes them: QGIS's business
            return source
        ours = is_compound(text) and self._hrefs(text) and not self._gateways().lives(text)
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
        parsed = parse_source(plain)
        own = self._own(parsed)
        return plain if own and not parsed.names_elsewhere(own) else None

    def service_of(self, plain: str) -> Profile | None:
        """The profile whose storage holds what a plain data source names."""
        hrefs = self._hrefs(plain)
        return next((p for p in self._profiles() if any(href_in(href, p) for href in hrefs)), None)

    def _hrefs(self, plain: str) -> list[str]:
        return list(self._own(parse_source(plain)).values())

    def _own(self, source: LayerSource) -> dict[str, str]:
        """Address → unsigned href, of what is on the storage of a profile there is."""
        found = {address: self._href(address) for address in source.addresses}
        return {address: href for address, href in found.items() if href}

    def _stand_in(self, href: str) -> str | None:
        path = placeholder.path_for(self._folder, href)
        if placeholder.href_of(self._folder, str(path)) is None:
            try:
                placeholder.write_placeholder(self._folder, href, compound.shape_in(href))
            except OSError:  # no place for a stand-in: QGIS opens the href itself
                return None
        return path.as_posix()

    def _stood_for(self, file: str) -> str | None:
        """The plain source that a stand-in is there for; None for any other file."""
        href = placeholder.href_of(self._folder, file)
        if href is None or is_compound(href):
            return href
        return plain_source(self._href(href) or href)

    def _href(self, url: str) -> str | None:
        own = self._gateways().href_for(url) if self._context.profile else None
        return own or next(
            (href for profile in self._profiles() for href in [href_in(url, profile)] if href), None
        )

    def _profiles(self) -> list[Profile]:
        """The open profile, then every other one there is, as their files say."""
        current = self._context.profile
        if not self._known:
            named = self._context.settings.profile  # perhaps a path, which no list of profiles has
            self._known = profiles.known_profiles(self._context.paths, named)
        others = [p for p in self._known if current is None or p.id != current.id]
        return [current, *others] if current else others

    def _gateways(self) -> Gateways:
        return gateways(self._context)

    @contain_faults()
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
                path = placeholder.write_placeholder(self._folder, href, shape)
                self.revival.replace(layer, Path(path).as_posix())
        except (ValueError, OSError):  # no extent in the project: the layer waits without a place
            return
