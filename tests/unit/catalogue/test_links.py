"""Links to products: what is copied is found again, what is no link is none."""

from __future__ import annotations

import pytest

from dinamis_qgis.core.catalogue.links import key_in, link_to
from dinamis_qgis.core.catalogue.model import Product


@pytest.mark.parametrize("item", ["SPOT7_MS_2018", "a/b c", "été:1%", "x?y#z"])
def test_there_and_back(item: str) -> None:
    product = Product("p", "mtd", "spot-6-7-drs", item, None)
    link = link_to(product)
    assert " " not in link and "://" not in link
    assert key_in(f"  {link}\n") == product.key or key_in(link) == ("mtd", "spot-6-7-drs", item)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "dinamis:",
        "dinamis:a/b",
        "dinamis://h/a/b/c",
        "https://x/a/b/c",
        "dinamis:a/b/" + "c" * 500,
    ],
)
def test_what_is_no_link(text: str) -> None:
    assert key_in(text) is None
