"""A product as a layer: streamed through the gateway, styled, credited, dated, and knowing where it
comes from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Callable

from qgis.core import QgsRasterLayer

from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.layers import presets, style
from dinamis_qgis.bridge.layers.gateway import gateways
from dinamis_qgis.bridge.layers.map_view import insert_layer, of_project, view_of
from dinamis_qgis.bridge.layers.metadata import describe_layer, layer_name
from dinamis_qgis.bridge.layers.open import examine_source, open_current, unreadable_image
from dinamis_qgis.bridge.layers.origin import set_facts
from dinamis_qgis.bridge.layers.presets import default_asset
from dinamis_qgis.bridge.layers.wmts import add_tiled
from dinamis_qgis.core.catalogue.availability import reach
from dinamis_qgis.core.catalogue.model import Asset, Product
from dinamis_qgis.core.errors import DinamisError, InvalidInput, LicenceError, ServiceError
from dinamis_qgis.core.text import tr

__all__ = ["add_mosaic", "add_product", "default_asset", "insert_layer"]

if TYPE_CHECKING:
    from dinamis_qgis.bridge.context import Context
    from dinamis_qgis.core.profile.model import Profile


@dataclass(frozen=True)
class _LayerOpening:
    """Images that become one layer.

    ``open`` runs on a worker; ``finish`` names the layer, on the GUI thread.
    """

    product: Product
    asset: Asset
    files: presets.Files
    open: Callable[[tasks.Job], tuple[str, style.Look]]
    finish: Callable[[QgsRasterLayer], None]


@dataclass
class _Choice:
    """What is shown of a product; ``fixed``: a person chose it."""

    preset: style.Preset
    fixed: bool
    reason: str = ""
    """Why it is less than the sharpest."""
    _tries: int = 0

    def give_way(self, error: DinamisError) -> None:
        """Without the panchromatic file colours are shown as they are.

        Raises ``error`` where that does not help: the network, the sign-in, what a person chose.
        """
        self._tries += 1
        sharp = self.preset is style.Preset.PANSHARPENED and not self.fixed
        file_at_fault = isinstance(error, (InvalidInput, LicenceError, ServiceError))
        once_more = error.code == "unreadable" and self._tries == 1  # see ``open_current``
        if not sharp or not file_at_fault or once_more:
            raise error
        self.preset, self.reason = style.Preset.NATURAL, error.message


def add_product(
    context: Context,
    product: Product,
    asset_key: str | None = None,
    done: Callable[[QgsRasterLayer], None] | None = None,
    failed: Callable[[DinamisError], None] | None = None,
    progressed: Callable[[float, str], None] | None = None,
    preset: style.Preset | None = None,
) -> tasks.Job:
    """Stream ``product`` onto the map, above what is there; ``done(layer)`` once it is in the
    project.

    Without ``preset`` or ``asset_key``: the sharpest natural colours its files allow.
    Call on the GUI thread; everything slow runs in the background and ``job.stop()`` gives up.
    Without ``failed`` errors are shown with their button, "try again" included. A licence that is
    missing is told before any byte moves. A product that is a map service is shown as one
    (``tiled``); one whose files are elsewhere is refused with the reason.
    """
    if product.tiled_layer() is not None:
        return add_tiled(context, product, done, failed, progressed)
    return _add_in_background(
        context, partial(_of_product, context, product, asset_key, preset), done, failed, progressed
    )


def add_mosaic(
    context: Context,
    products: Sequence[Product],
    done: Callable[[QgsRasterLayer], None] | None = None,
    failed: Callable[[DinamisError], None] | None = None,
    progressed: Callable[[float, str], None] | None = None,
) -> tasks.Job:
    """Several products as one layer, the best on top (``compose.by_quality``), otherwise as
    ``add_product``.

    Not in one coordinate system, or panchromatic with multispectral: refused. Different
    resolutions: the finest is kept, which is said.
    """
    return _add_in_background(
        context,
        partial(_of_mosaic, context, presets.by_quality(products)),
        done,
        failed,
        progressed,
    )


def _add_in_background(
    context: Context,
    prepare: Callable[[], _LayerOpening],
    done: Callable[[QgsRasterLayer], None] | None,
    failed: Callable[[DinamisError], None] | None,
    progressed: Callable[[float, str], None] | None,
    again: bool = True,
) -> tasks.Job:
    def once_more(again: bool = True) -> None:
        _add_in_background(context, prepare, done, failed, progressed, again)

    def show(error: DinamisError) -> None:
        messages.show(error, retry=lambda: (gateways(context).refresh(), once_more()))

    tell = failed or show
    try:
        opening = prepare()
    except DinamisError as error:
        return tasks.run(partial(_fail_with, error), failed=tell, parent=context, title="layer")

    def added(found: tuple[str, style.Look]) -> None:
        try:
            layer = make_layer(*found, opening.files.profile, opening.product, opening.asset)
        except DinamisError as error:
            if again and not opening.files.gateway.lives(
                found[0]
            ):  # replaced on the service at this very moment
                once_more(again=False)
            else:
                tell(error)
            return
        opening.finish(layer)
        insert_layer(layer, context.iface)
        if done is not None:
            done(layer)

    def work(job: tasks.Job) -> tuple[str, style.Look]:
        return open_current(lambda: opening.open(job), opening.files.gateway)

    return of_project(
        tasks.run(
            work, done=added, failed=tell, progressed=progressed, parent=context, title="layer"
        )
    )


def _fail_with(error: DinamisError, job: tasks.Job) -> None:
    """Work that fails: what is refused at once is told the way of everything else."""
    raise error


def _of_product(
    context: Context, product: Product, asset_key: str | None, preset: style.Preset | None
) -> _LayerOpening:
    files = files_of(context)
    profile = files.profile
    obstacle = reach(profile, product).add
    if obstacle:
        raise InvalidInput(obstacle, code="elsewhere", details=product.id)
    chosen = product.asset(asset_key) if asset_key else default_asset(profile, product)
    if chosen is None:
        raise InvalidInput(
            tr("This product has no file “{key}”.").format(key=asset_key),
            code="no-asset",
            details=product.id,
        )
    context.check_licence(files.profile, product)
    wanted = preset or (
        style.Preset.NATURAL if asset_key else presets.best_preset(profile, product)
    )
    asset = chosen if asset_key else presets.main_asset(wanted, profile, product, chosen)
    choice = _Choice(wanted, fixed=preset is not None)

    def open_files(job: tasks.Job) -> tuple[str, style.Look]:
        job.progress(-1.0, tr("Opening {name}…").format(name=layer_name(product, asset, profile)))
        try:
            source, _ = presets.source_of(choice.preset, product, asset, files)
        except DinamisError as error:
            choice.give_way(error)
            source, _ = presets.source_of(choice.preset, product, asset, files)
        job.cancel.check()
        return source, examine_source(source, profile, product, asset, choice.preset, files.gateway)

    def finish(layer: QgsRasterLayer) -> None:
        name_after(layer, choice.preset)
        if choice.reason:
            text = tr("“{name}” is shown without its panchromatic detail: {reason}")
            messages.info(text.format(name=layer.name(), reason=choice.reason))

    return _LayerOpening(product, asset, files, open_files, finish)


def _of_mosaic(context: Context, products: Sequence[Product]) -> _LayerOpening:
    files = files_of(context)
    if not products:
        raise InvalidInput(tr("Choose the products of the mosaic first."), code="nothing")
    for product in products:
        context.check_licence(files.profile, product)
    profile, best = files.profile, products[0]
    asset = default_asset(profile, best)
    differ = [False]

    def open_files(job: tasks.Job) -> tuple[str, style.Look]:
        job.progress(-1.0, tr("Opening %n image(s)…", len(products)))
        source, differ[0] = presets.mosaic_of(products, files, job.cancel.check)
        return source, examine_source(source, profile, best, asset, gateway=files.gateway)

    def finish(layer: QgsRasterLayer) -> None:
        layer.setName(presets.mosaic_name(products))
        set_facts(layer, preset="mosaic")  # not one of the presets: it stays as it is
        if differ[0]:
            messages.info(
                tr("These images have different resolutions: the mosaic keeps the finest.")
            )

    return _LayerOpening(presets.as_one(products, profile), asset, files, open_files, finish)


def name_after(layer: QgsRasterLayer, preset: style.Preset, usual: str = "") -> None:
    """The name ends with what is shown where that is not the file itself; the layer remembers its
    preset.

    ``usual`` is the name the file has by itself: given for a layer that was there, whose name is
    only changed where it was ours.
    """
    set_facts(layer, preset=preset.value)
    ends = {style.Preset.VEGETATION: "NDVI", style.Preset.PANSHARPENED: "PMS"}
    begin, _, end = layer.name().rpartition(" · ")
    known = end in (*ends.values(), "MS", "PAN", "MS+PAN")
    if usual and not known:
        return
    if preset in ends:
        layer.setName(f"{begin if known else layer.name()} · {ends[preset]}")
    elif usual:
        layer.setName(f"{begin} · {usual.rpartition(' · ')[2]}")


def files_of(context: Context) -> presets.Files:
    """How the open profile's files are read, for what the map shows.

    GUI thread. Raises InvalidInput without a profile.
    """
    profile = context.opened()
    view = view_of(context.iface.mapCanvas()) if context.iface is not None else None
    gateway = gateways(context).current()
    gateway.retry()  # a person asks: what failed a moment ago is tried again
    return presets.Files(profile, gateway, placeholder_folder(context), view)


def placeholder_folder(context: Context) -> Path:
    """Where the stand-ins of unreachable imagery are kept."""
    return context.paths.home / "placeholders"


def make_layer(
    source: str, look: style.Look, profile: Profile, product: Product, asset: Asset
) -> QgsRasterLayer:
    """A layer over ``source``, styled and described, ready for ``insert_layer``.

    GUI thread, some milliseconds once ``warm`` has run.

    Not on the worker: a layer's CRS is tied to the PROJ context of the thread that made it, and
    QGIS crashes when that thread is gone. Raises ServiceError.
    """
    layer = QgsRasterLayer()
    # Not the constructor: it would read pixels for a stretch of its own.
    layer.setDataSource(source, layer_name(product, asset, profile), "gdal", False)
    if not layer.isValid():
        raise unreadable_image(None, asset.href, "QGIS cannot open it")
    collection = profile.collection(product.catalogue, product.collection)
    if not look.vegetation:
        style.hide_nodata(layer, collection.nodata if collection else None, look.alpha)
    style.apply_look(layer, look)
    describe_layer(layer, profile, product, asset)
    return layer
