"""Products deleted from the disk: their files, their line in the catalogue, nothing else."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import pytest
from shapely.geometry import box

from dinamis_qgis.core.catalogue.model import Asset, Product
from dinamis_qgis.core.local_catalogue.naming import place_in
from dinamis_qgis.core.local_catalogue.record import products_at_home, write_record
from dinamis_qgis.core.local_catalogue.removal import files_of, remove_product, size_of
from dinamis_qgis.core.transfer.ask import asks_for
from dinamis_qgis.core.transfer.queue import Queue

AREA = box(-0.4, 43.3, -0.3, 43.4)


def product(name: str) -> Product:
    when = datetime(2022, 7, 27, 11, tzinfo=timezone.utc)
    asset = Asset("src_xs", f"https://h.example/{name}.tif", "image/tiff", ("data",))
    return Product(
        "p", "k", "c", name, AREA, when, "SPOT 6/7", "spot-6", assets=(asset,), properties={}
    )


def at_home(root: Path, name: str, place: str = "") -> Product:
    """A clip as the queue names it, and the engine records it."""
    queue = Queue(root.parent / f"{name}.sqlite")
    known = {path.name for path in root.rglob("*.json")}
    queue.add(asks_for(product(name), (), AREA, place), root)
    (entry,) = queue.entries()
    queue.close()
    entry.target.parent.mkdir(parents=True, exist_ok=True)
    entry.target.write_bytes(b"x" * 1000)
    key = f"src_xs-{entry.target.stem.rpartition('_')[2]}"
    write_record(root, product(name), {key: (entry.target, {"dinamis:asset": "src_xs"})})
    assert f"{name}.json" not in known
    return next(p for p in products_at_home(root) if p.id == name)


@pytest.mark.parametrize("place", ["", "Lescar", "Saint-Jean d’Angély / centre"])
def test_the_place_is_in_the_name(tmp_path: Path, place: str) -> None:
    home = at_home(tmp_path / "home", "A", place)
    plain = place.replace("’", " ").replace(" / ", " ").replace("-", " ")
    assert place_in(home, home.assets[0]) == plain


def test_only_its_own_files_go(tmp_path: Path) -> None:
    root = tmp_path / "home"
    one, other = at_home(root, "A", "Lescar"), at_home(root, "B")
    mine = root / "B" / "notes.txt"
    mine.write_text("mine")
    outside = tmp_path / "outside.tif"
    outside.write_bytes(b"keep")
    strange = Product(
        **{**vars(other), "assets": (*other.assets, Asset("x", str(outside), roles=("data",)))}
    )
    assert size_of([one]) == 1000
    assert outside not in files_of(strange)
    remove_product(one)
    assert not (root / "A").exists()
    assert [p.id for p in products_at_home(root)] == ["B"]
    remove_product(strange)
    assert outside.exists() and mine.exists()
    assert [path.name for path in (root / "B").iterdir()] == ["notes.txt"]
    assert products_at_home(root) == []
    remove_product(one)  # gone already: nothing happens
