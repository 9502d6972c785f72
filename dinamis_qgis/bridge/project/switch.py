"""A layer of ours shown from elsewhere or otherwise: its local copy, streaming again, another
preset. The layer stays the same one: its id, name, place in the tree, style, relations and
properties are untouched. GUI thread, slow work in the background.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Callable
from urllib.parse import urlsplit

from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QObject

from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.layers import presets, style
from dinamis_qgis.bridge.layers.add import files_of, name_after, placeholder_folder
from dinamis_qgis.bridge.layers.data_source import swap_source
from dinamis_qgis.bridge.layers.gateway import gateways
from dinamis_qgis.bridge.layers.metadata import layer_name
from dinamis_qgis.bridge.layers.open import examine_source, open_current, warm_source
from dinamis_qgis.bridge.layers.origin import STREAMED, Origin, is_local, origin_of, set_facts
from dinamis_qgis.bridge.project.restore import own_hrefs
from dinamis_qgis.bridge.transfer.downloads import downloads_of
from dinamis_qgis.core.catalogue.model import Asset, Product
from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.imagery import layer_source
from dinamis_qgis.core.imagery.layer_source import href_in, parse_source

if TYPE_CHECKING:
    from dinamis_qgis.bridge.context import Context
    from dinamis_qgis.core.profile.model import Profile


def plain_source(context: Context, layer: QgsRasterLayer) -> str:
    """The streamed source of ``layer`` with unsigned hrefs, whatever it shows now."""
    kept = layer.customProperty(STREAMED)
    known, profile = gateways(context), context.profile
    shown = parse_source(layer.source())
    hrefs = {
        address: known.href_for(address) or (href_in(address, profile) if profile else None)
        for address in shown.addresses
    }
    plain = shown.kept_as({address: href for address, href in hrefs.items() if href}).text
    origin = origin_of(layer)
    if kept:
        return str(kept)
    if origin is None or parse_source(plain).addresses:
        return plain
    return layer_source.plain_source(origin.href)


def local_files(
    origin: Origin, hrefs: Iterable[str], home: Sequence[Product]
) -> dict[str, Path] | None:
    """href → the file at home; None unless all are there.

    By what it was taken from, or by asset where a layer has one file.
    """
    wanted, found = list(hrefs), {}
    assets = [
        a
        for p in home
        if p.id in origin.items and p.collection == origin.collection
        for a in p.assets
    ]
    for href in wanted:
        for asset in assets:
            alone = len(wanted) == 1 and asset.key == origin.asset
            same = (
                urlsplit(asset.taken_from).path == urlsplit(href).path
            )  # the training service has another port every day
            if (alone or same) and Path(asset.href).is_file():
                found[href] = Path(asset.href)
    return found if wanted and set(found) == set(wanted) else None


def _recorded_product(
    origin: Origin, preset: style.Preset, profile: Profile, home: Sequence[Product]
) -> Product | None:
    """The product of a layer as known at home, its files by their hrefs; None where a file of
    ``preset`` is not there.
    """
    collection = profile.collection(origin.catalogue, origin.collection)
    for product in home:
        if (product.collection, product.id) != (origin.collection, origin.items[0]):
            continue
        assets = tuple(
            replace(a, href=href)
            for a in product.assets
            for href in [href_in(a.taken_from, profile)]
            if href
        )
        if len(assets) == 1 and collection and collection.pan_asset:  # one file of a bundle
            product = replace(
                product, mode="PAN" if assets[0].key == collection.pan_asset else "MS"
            )
        known = replace(product, catalogue=origin.catalogue, assets=assets)
        if preset in presets.presets_for(profile, known):
            return known
    return None


def _asset_of(preset: style.Preset, origin: Origin, profile: Profile, product: Product) -> Asset:
    """The file a preset is mostly about: for colours the one the layer shows now, if it has them.

    Raises InvalidInput.
    """
    own = product.asset(origin.asset) if preset is style.Preset.NATURAL else None
    main = own or presets.default_asset(profile, product)
    pan = presets.pan_asset(profile, product)
    if pan is not None and main.key == pan.key:
        main = presets.default_asset(profile, product)
    return presets.main_asset(preset, profile, product, main)


class Switch(QObject):
    """What the layer tree's menu does. ``ask(products)`` opens the download dialog."""

    def __init__(self, context: Context, ask: Callable[[list[Product]], None]) -> None:
        super().__init__()
        self._context = context
        self._ask = ask
        self._waiting: set[str] = set()
        """Ids of layers that want their local copy once it is home."""
        self._wishes: dict[str, object] = {}
        """The latest wish for each layer."""
        self._watching = False

    def _wish(self, identity: str) -> Callable[[], QgsRasterLayer | None]:
        """A person asks something of a layer: gives it when it is done, unless something else was
        asked of it meanwhile.
        """
        wish = self._wishes[identity] = object()
        return (
            lambda: QgsProject.instance().mapLayer(identity)
            if self._wishes.get(identity) is wish
            else None
        )

    def to_local(self, layer: QgsRasterLayer, offer: bool = True) -> None:
        """Show the file at home; where it is not, offer its download and show it when it has
        come.
        """
        origin, profile = origin_of(layer), self._context.profile
        if origin is None or profile is None or is_local(layer):
            return
        identity, plain = layer.id(), plain_source(self._context, layer)
        latest = (
            self._wish(identity) if offer else partial(QgsProject.instance().mapLayer, identity)
        )

        def found(home: list[Product]) -> None:
            files = local_files(origin, own_hrefs(plain, profile), home)
            target = latest()
            if target is None:
                return
            if files is None:
                if offer:
                    self._waiting.add(identity)
                    self._offer(origin)
                return
            self._waiting.discard(identity)

            set_facts(target, streamed=plain)
            swap_source(target, presets.from_home(plain, files, profile))
            QgsProject.instance().setDirty(True)

        downloads_of(self._context).home(found, self)

    def to_stream(self, layer: QgsRasterLayer) -> None:
        """Read through the service again."""
        if self._context.profile is None:
            return
        plain, latest = plain_source(self._context, layer), self._wish(layer.id())
        hrefs = own_hrefs(plain, self._context.profile)
        gateway, folder = gateways(self._context).current(), placeholder_folder(self._context)

        def work(job: tasks.Job) -> str:
            for href in hrefs:
                warm_source(gateway, folder, href, cancel=job.cancel)
            return gateway.through(plain)

        def done(source: str) -> None:
            target = latest()
            if target is not None:
                set_facts(target, streamed="")
                swap_source(target, source)
                QgsProject.instance().setDirty(True)

        tasks.run(work, done=done, parent=self, title="stream")

    def show_as(self, layer: QgsRasterLayer, preset: style.Preset) -> None:
        """Another preset for a layer of one product.

        A local copy stays one, without the service, where all files are at home.
        """
        origin, context = origin_of(layer), self._context
        if origin is None or context.profile is None:
            return
        try:
            show = partial(self._show_as, self._wish(layer.id()), origin, preset, files_of(context))
        except DinamisError as error:
            messages.show(error)
            return
        if is_local(layer):
            downloads_of(context).home(show, self)
        else:
            show([])

    def _show_as(
        self,
        latest: Callable[[], QgsRasterLayer | None],
        origin: Origin,
        preset: style.Preset,
        files: presets.Files,
        home: Sequence[Product],
    ) -> None:
        """``home`` is what there is to read from the disk."""
        context, profile, fetch = self._context, files.profile, self._fetcher(origin)

        def work(job: tasks.Job) -> tuple[str, str, style.Look, Product, Asset]:
            product = _recorded_product(origin, preset, profile, home) or fetch(job)[0]
            asset = _asset_of(preset, origin, profile, product)
            sharp = preset is style.Preset.PANSHARPENED
            pan = presets.pan_asset(profile, product) if sharp else None
            needed = [each.href for each in (asset, pan) if each]
            local = local_files(replace(origin, asset=asset.key), needed, home)
            here = replace(files, home=local or {})
            if not here.home:
                context.check_licence(profile, product)
            plain = ""

            def open_files() -> tuple[str, style.Look]:
                nonlocal plain
                source, plain = presets.source_of(preset, product, asset, here)
                return source, examine_source(
                    source, profile, product, asset, preset, files.gateway
                )

            source, look = open_current(open_files, files.gateway)
            return source, plain if here.home else "", look, product, asset

        def done(found: tuple[str, str, style.Look, Product, Asset]) -> None:
            source, streamed, look, product, asset = found
            target = latest()
            if target is None:
                return
            swap_source(target, source)
            set_facts(target, streamed=streamed, asset=asset.key, href=asset.href)
            name_after(target, preset, layer_name(product, asset, profile))
            collection = profile.collection(origin.catalogue, origin.collection)
            if not look.vegetation:
                style.hide_nodata(target, collection.nodata if collection else None, look.alpha)
            style.apply_look(target, look)
            target.triggerRepaint()
            target.emitStyleChanged()
            QgsProject.instance().setDirty(True)

        tasks.run(work, done=done, parent=self, title="preset")

    def stop(self) -> None:
        """Wait for nothing any more."""
        self._waiting.clear()
        self._wishes.clear()

    def _offer(self, origin: Origin) -> None:
        def done(products: list[Product]) -> None:
            if not self._watching:
                self._watching = True
                downloads_of(self._context).home_changed.connect(self._came_home)
            self._ask(products)

        tasks.run(self._fetcher(origin), done=done, parent=self, title="product")

    def _came_home(self) -> None:
        for identity in list(self._waiting):
            layer = QgsProject.instance().mapLayer(identity)
            if layer is None:
                self._waiting.discard(identity)
            else:
                self.to_local(layer, offer=False)

    def _fetcher(self, origin: Origin) -> Callable[[tasks.Job], list[Product]]:
        """A worker's function that asks the catalogue for the products of a layer. GUI thread."""
        context = self._context
        profile, http, credentials = context.profile, context.http, context.credentials

        def fetch(job: tasks.Job) -> list[Product]:
            from dinamis_qgis.core.service import ServiceConnection

            connection = ServiceConnection(profile or context.opened(), http, credentials)
            where = (origin.catalogue, origin.collection)
            return [connection.fetch_product((*where, item), job.cancel) for item in origin.items]

        return fetch
