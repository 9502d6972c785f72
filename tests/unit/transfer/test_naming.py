"""Names that every system takes."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from dinamis_qgis.core.catalogue.model import Asset
from dinamis_qgis.core.local_catalogue.naming import (
    file_name,
    product_folder,
    safe_name,
    target_path,
    unsigned_href,
)
from tests.unit.transfer.support_products import product


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("SPOT7_MS_201805051026429", "SPOT7_MS_201805051026429"),
        ('a/b\\c:d*e?f"g<h>i|j', "a_b_c_d_e_f_g_h_i_j"),
        ("..", "_"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("con", "_con"),
        ("NUL.tif", "_NUL.tif"),
        ("lpt1", "_lpt1"),
        ("console", "console"),
        ("name. ", "name"),
        ("", "_"),
        ("tab\tnul\0", "tab_nul_"),
        ("été", "été"),
    ],
)
def test_safe(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_long_names_stay_apart_and_keep_their_suffix() -> None:
    one, two = safe_name("x" * 300 + "1.tif"), safe_name("x" * 300 + "2.tif")
    assert one != two
    assert len(one) <= 100 and one.endswith(".tif")


@pytest.mark.parametrize(
    ("template", "folder"),
    [
        ("{id}", "A"),
        ("{year}/{constellation}/{id}", "2018/SPOT 6_7/A"),
        ("{date}_{platform}", "2018-05-20_spot-7"),
        ("../../{id}", "A"),
        ("", "A"),
        ("{mode}{unknown}", "_{unknown}"),
    ],
)
def test_folders(template: str, folder: str) -> None:
    assert product_folder(product("A", {}), template) == PurePosixPath(folder)


def test_nothing_leaves_the_root() -> None:
    nasty = product("../../../etc", {"../x": ("https://h/a.tif", 1, "")})
    root = Path("/home/x")
    assert root in target_path(root, nasty, nasty.assets[0]).parents
    assert target_path(root, nasty, nasty.assets[0]).resolve().is_relative_to(root)


@pytest.mark.parametrize(
    ("href", "kind", "name"),
    [
        ("https://h/x/y.TIF?a=1", "", "A_k.tif"),
        ("https://h/x/y.tar.gz", "", "A_k.tar.gz"),
        ("https://h/x/download", "image/tiff; application=geotiff", "A_k.tif"),
        ("https://h/x/y.exe", "", "A_k"),
    ],
)
def test_file_names(href: str, kind: str, name: str) -> None:
    assert file_name(product("A", {}), Asset("k", href, kind)) == name


def test_two_areas_are_two_files() -> None:
    made = product("A", {"k": ("https://h/a.jp2", 1, "")})
    one, two = (
        file_name(made, made.assets[0], area)
        for area in ("POLYGON((0 0,1 0,1 1,0 0))", "POLYGON((0 0,2 0,2 2,0 0))")
    )
    assert one != two
    assert one.startswith("2018-05-20_SPOT-7_k_zone-") and one.endswith(".tif")
    named = file_name(made, made.assets[0], "POLYGON((0 0,1 0,1 1,0 0))", "Arthez-de-Béarn / nord")
    assert named.startswith("2018-05-20_SPOT-7_Arthez-de-Béarn-nord_k_zone-")


@pytest.mark.parametrize(
    ("href", "clean"),
    [
        ("https://h/a.tif", "https://h/a.tif"),
        ("https://h/a.tif?X-Amz-Signature=1&X-Amz-Date=2", "https://h/a.tif"),
        ("https://h/a.tif?versionId=1&sig=2", "https://h/a.tif?versionId=1"),
        ("https://h/a%20b.tif?x=a%2Fb", "https://h/a%20b.tif?x=a%2Fb"),
        ("https://user:pass@h/a.tif#x", "https://h/a.tif"),
    ],
)
def test_unsigned(href: str, clean: str) -> None:
    assert unsigned_href(href) == clean
