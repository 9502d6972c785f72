"""A folder to hand over: images of chosen products, a project that shows them, their credits and
who may receive them.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Callable

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QObject

from dinamis_qgis.bridge import tasks
from dinamis_qgis.bridge.layers import add, style
from dinamis_qgis.bridge.layers.metadata import credit_of, layer_name
from dinamis_qgis.bridge.layers.open import examine_source
from dinamis_qgis.core.catalogue.model import Asset, Product
from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.files import write_whole
from dinamis_qgis.core.local_catalogue.naming import safe_name
from dinamis_qgis.core.profile.model import Profile
from dinamis_qgis.core.text import tr
from dinamis_qgis.core.transfer.fetch.partial_file import check_space, disk_error

if TYPE_CHECKING:
    from dinamis_qgis.bridge.context import Context

PROJECT, README, IMAGES = "projet.qgz", "LISEZ-MOI.txt", "images"
_BLOCK = 8 * 1024 * 1024


@dataclass(frozen=True)
class _Image:
    path: Path
    profile: Profile
    product: Product
    asset: Asset
    look: style.Look


def hand_over(
    context: Context,
    products: Sequence[Product],
    folder: Path,
    done: Callable[[Path], None],
    parent: QObject,
    progressed: Callable[[float, str], None] | None = None,
) -> tasks.Job:
    """Copy the images of ``products`` (at home) to ``folder`` and write the project and the credits
    beside them; ``done(folder)``. GUI thread; copies in the background, and can be given up.
    """
    profile = context.profile

    def work(job: tasks.Job) -> list[_Image]:
        images = [
            (product, asset)
            for product in products
            for asset in product.assets
            if asset.is_data and not asset.is_archive and Path(asset.href).is_file()
        ]
        if not images:
            raise InvalidInput(tr("There is no image in these products."), code="nothing")
        return _copy_images(images, folder / IMAGES, profile, job)

    def made(images: list[_Image]) -> None:
        _write_project(images, folder / PROJECT)
        done(folder)

    return tasks.run(work, done=made, progressed=progressed, parent=parent, title="hand over")


def _copy_images(
    images: Sequence[tuple[Product, Asset]], folder: Path, profile: Profile | None, job: tasks.Job
) -> list[_Image]:
    """Copies, looked at for their stretch; and the text beside them."""
    total = sum(Path(asset.href).stat().st_size for _, asset in images)
    found: list[_Image] = []
    moved = 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
        check_space(folder, total)
        for product, asset in images:
            source = Path(asset.href)
            target = folder / safe_name(source.name)
            job.progress(moved / max(1, total), tr("Copying {name}…").format(name=source.name))
            _copy_file(source, target, job)
            moved += source.stat().st_size
            own = profile if profile and profile.id == product.profile else None
            known = own or Profile(product.profile, "")
            here = replace(asset, href=str(target))
            look = examine_source(str(target), known, product, here)
            found.append(_Image(target, known, product, here, look))
        write_whole(folder.parent / README, _credits_text(found))
    except OSError as error:
        raise disk_error(error, folder) from error
    return found


def _copy_file(source: Path, target: Path, job: tasks.Job) -> None:
    """One file, in pieces: it can be given up in the middle."""
    part = target.with_name(f"{target.name}.part")
    try:
        with source.open("rb") as read, part.open("wb") as write:
            while piece := read.read(_BLOCK):
                job.cancel.check()
                write.write(piece)
        shutil.copystat(source, part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _write_project(images: Sequence[_Image], path: Path) -> None:
    """A project of its own, its files named relative to it. GUI thread."""
    project = QgsProject()
    for image in images:
        layer = add.make_layer(
            str(image.path), image.look, image.profile, image.product, image.asset
        )
        project.addMapLayer(layer)
        if not project.crs().isValid():
            project.setCrs(layer.crs())
    project.setTitle(tr("DINAMIS images"))
    project.write(str(path))
    project.clear()


def _credits_text(images: Sequence[_Image]) -> str:
    """Credits and licences, for people."""
    lines = [tr("DINAMIS images"), "", tr("Open {file} in QGIS.").format(file=PROJECT), ""]
    licences: dict[str, str] = {}
    for image in images:
        lines.append(f"{IMAGES}/{image.path.name}")
        lines.append(f"  {layer_name(image.product, image.asset, image.profile)}")
        credit = credit_of(image.profile, image.product)
        licence = image.profile.licence(image.product.licence)
        title = licence.title if licence else image.product.licence
        if credit:
            lines.append("  " + tr("Credit to be shown: {credit}").format(credit=credit))
        if title:
            lines.append("  " + tr("Licence: {title}").format(title=title))
            url = licence.url if licence else ""
            is_open = bool(licence and licence.open)
            who = (
                tr("open licence: whoever keeps the credit may receive it.")
                if is_open
                else tr(
                    "only who signed this licence may receive these images: check it with your "
                    "relay before you pass them on."
                )
            )
            licences[title] = f"{title}: {who} {url}".strip()
    return "\n".join([*lines, "", tr("Who may receive them"), *licences.values(), ""])
