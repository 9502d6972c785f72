"""Translation without Qt, and local disk errors as sentences."""

from __future__ import annotations

import errno

import pytest

from dinamis_qgis.core import text
from dinamis_qgis.core.errors import from_os_error
from dinamis_qgis.core.text import tr


def test_english_plural_without_translator():
    assert tr("%n product(s)", n=1) == "1 product"
    assert tr("%n product(s)", n=0) == "0 products"
    assert tr("Search") == "Search"


def test_translator_is_used_and_removed():
    text.install_translator(lambda source, n: {"Search": "Rechercher"}.get(source, ""))
    try:
        assert tr("Search") == "Rechercher"
        assert tr("%n product(s)", n=2) == "2 products"
    finally:
        text.install_translator(None)
    assert tr("Search") == "Search"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk-full"),
        (errno.EACCES, "disk-permission"),
        (errno.EROFS, "disk-permission"),
        (errno.EIO, "disk"),
    ],
)
def test_os_errors_say_what_to_do(number, code):
    error = from_os_error(OSError(number, "x"), "/a/b.tif")
    assert error.code == code
    assert "/a/b.tif" in error.message
    assert error.remedy
