"""Data sources taken apart: what is ours is found, unsigned and replaced; everything else stays."""

from __future__ import annotations

import random
import string
import time
from urllib.parse import quote

import pytest

from dinamis_qgis.core.imagery.layer_source import (
    curl_source,
    escape_xml,
    gateway_path,
    href_in,
    parse_source,
    plain_source,
)
from dinamis_qgis.core.net.urls import parse_address
from dinamis_qgis.core.profile.model import Profile, Storage

REAL = Profile("dinamis", "DINAMIS", storage=Storage((".meso.umontpellier.fr",)))
TRAINING = Profile("formation", "Formation", storage=Storage(("127.0.0.1:47811",)), training=True)
HREF = "https://s3-data.meso.umontpellier.fr/sm1-gdc/spot/IMG_SPOT7.tif"
SIGNED = (
    HREF
    + "?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20260101T000000Z&X-Amz-Expires=28800&X-Amz-Signature=abcdef"
)
ROOT = f"http://127.0.0.1:40001/{'s' * 32}/"
GATEWAY = f"{ROOT}3/https/s3-data.meso.umontpellier.fr/sm1-gdc/spot/IMG_SPOT7.tif"


def saved(source: str, profile: Profile = REAL) -> str:
    parsed = parse_source(source)
    found = {address: href_in(address, profile) for address in parsed.addresses}
    return parsed.kept_as({address: href for address, href in found.items() if href}).text


def live(source: str, profile: Profile = REAL) -> str:
    parsed = parse_source(source)
    found = {address: href_in(address, profile) for address in parsed.addresses}
    return parsed.read_at(
        {address: ROOT + gateway_path(href, 3) for address, href in found.items() if href}
    ).text


def virtual(*names: str) -> str:
    members = "".join(
        f"<SimpleSource><SourceFilename relativeToVRT='0'>{escape_xml(name)}</SourceFilename>"
        "<SourceBand>1</SourceBand></SimpleSource>"
        for name in names
    )
    return f"<VRTDataset rasterXSize='1' rasterYSize='1'>{members}</VRTDataset>"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (f"/vsicurl/{HREF}", f"/vsicurl/{HREF}"),
        (f"/vsicurl/{SIGNED}", f"/vsicurl/{HREF}"),
        (f"/vsicurl/{GATEWAY}", f"/vsicurl/{HREF}"),
        (curl_source(GATEWAY), f"/vsicurl/{HREF}"),
        (f"/vsicurl?max_retry=3&url={quote(SIGNED, safe='')}&use_head=no", f"/vsicurl/{HREF}"),
        (f"vrt:///vsicurl/{HREF}?bands=3,2,1", f"vrt:///vsicurl/{HREF}?bands=3,2,1"),
        (f"vrt:///vsicurl/{GATEWAY}?bands=3,2,1", f"vrt:///vsicurl/{HREF}?bands=3,2,1"),
        (f"vrt:///vsicurl/{SIGNED}&bands=3,2,1", f"vrt:///vsicurl/{HREF}?bands=3,2,1"),
        (f"/vsicurl/{SIGNED}|option:OVERVIEW_LEVEL=1", f"/vsicurl/{HREF}|option:OVERVIEW_LEVEL=1"),
        (virtual(f"/vsicurl/{SIGNED}"), virtual(f"/vsicurl/{HREF}")),
        (virtual(virtual(curl_source(GATEWAY))), virtual(virtual(f"/vsicurl/{HREF}"))),
    ],
)
def test_our_objects_are_saved_unsigned(source: str, expected: str) -> None:
    result = saved(source)
    assert result == expected
    assert "X-Amz" not in result and "127.0.0.1" not in result
    assert saved(result) == result
    assert saved(live(result)) == result


FOREIGN = [
    "",
    "/home/me/image.tif",
    "C:\\images\\image.tif",
    "/vsicurl/https://example.org/cog.tif?X-Amz-Signature=theirs",
    "/vsicurl/https://evilmeso.umontpellier.fr/x.tif",
    "/vsicurl/https://meso.umontpellier.fr.evil.example/x.tif",
    "/vsicurl/https://user@example.org/s3-data.meso.umontpellier.fr/x.tif",
    "/vsicurl/http://s3-data.meso.umontpellier.fr/not-https.tif",
    "/vsis3/bucket/key.tif",
    "/vsizip//vsicurl/https://example.org/a.zip/b.tif",
    "contextualWMSLegend=0&url=https://s3-data.meso.umontpellier.fr/wms?layers=a",
    "/vsicurl?url=garbage",
    "/vsicurl?",
    "/vsicurl/",
    "/vsicurl/http://[::1/x.tif",
    "/vsicurl/http://127.0.0.1:8080/mine.tif",
    r"/vsicurl/https://evil.example\@s3-data.meso.umontpellier.fr/x.tif",
    f"/vsicurl/https://evil.example/?then=/vsicurl/{HREF}",
    f"/vsicurl/https://evil.example/x.tif#/vsicurl/{HREF}",
    f"/vsicurl/https://evil.example/a|/vsicurl/{HREF}",
    f"/vsicurl?url=https%3A//evil.example/&url={quote(HREF, safe='')}",
    f"/vsicurl?url=https%3A//evil.example/%3Fx%3D/vsicurl/{HREF}",
    f"/vsizip//vsicurl/{HREF}/b.tif",
    f"/vsitar/vsicurl/{HREF}",
    f"vrt:///vsicurl/https://evil.example/?a=/vsicurl/{HREF}",
    f"vrt:///vsizip//vsicurl/{HREF}?bands=1",
    f"/vsicurl/{HREF[:-4]}.gpkg|layername=parcels",
    f"/vsicurl/{HREF[:-4]}.geojson",
    f"type=xyz&url=/vsicurl/{HREF}",
    f"<GDAL_WMS><Service><ServerUrl>/vsicurl/{HREF}</ServerUrl></Service></GDAL_WMS>",
    virtual(f"/vsicurl/https://evil.example/?x=/vsicurl/{HREF}"),
    f"<VRTDataset><Metadata>/vsicurl/{HREF}</Metadata></VRTDataset>",
    f"/vsicurl/{HREF} /vsicurl/{HREF}\n",
]


@pytest.mark.parametrize("source", FOREIGN)
def test_what_is_not_ours_is_untouched(source: str) -> None:
    assert saved(source) == source
    assert live(source) == source
    assert "s" * 32 not in live(source)


def test_only_a_whole_source_may_use_gdal_s_options() -> None:
    assert live(f"/vsicurl/{SIGNED}") == curl_source(GATEWAY)
    assert live(f"vrt:///vsicurl/{HREF}?bands=1") == f"vrt:///vsicurl/{GATEWAY}?bands=1"
    assert live(f"/vsicurl/{HREF}|option:A=B") == f"/vsicurl/{GATEWAY}|option:A=B"
    assert live(virtual(f"/vsicurl/{HREF}")) == virtual(curl_source(GATEWAY))


def test_yesterday_s_training_service_is_today_s() -> None:
    for url in (
        "http://127.0.0.1:5555/storage/formation/spot/a.tif",
        "http://localhost:5555/storage/formation/spot/a.tif?X-Amz-Signature=x",
        "http://127.0.0.1:47811/storage/formation/spot/a.tif",
        f"http://127.0.0.1:40001/{'s' * 32}/3/http/127.0.0.1:5555/storage/formation/spot/a.tif",
    ):
        assert href_in(url, TRAINING) == "http://127.0.0.1:47811/storage/formation/spot/a.tif"
        assert href_in(url, REAL) is None
    assert href_in("http://127.0.0.1:5555/other/a.tif", TRAINING) is None
    assert href_in("http://192.0.2.1:5555/storage/b/a.tif", TRAINING) is None
    assert href_in("https://127.0.0.1:5555/storage/b/a.tif", TRAINING) is None


@pytest.mark.parametrize("mark", [*string.printable[:95], "é", "中", "&amp;", "%26", "%2F", "%"])
@pytest.mark.parametrize("encoded", [True, False], ids=["encoded", "raw"])
def test_every_character_of_a_name_comes_back(mark: str, encoded: bool) -> None:
    if not encoded and mark in "?#":  # these end a path where they stand as they are
        return
    name = quote(mark, safe="") if encoded else mark
    href = parse_address(f"https://s3-data.meso.umontpellier.fr/b/a{name}b{name}.tif").text
    forms = [
        plain_source(href),
        virtual(plain_source(href), "/home/me/a.tif", plain_source(HREF)),
        virtual(virtual(plain_source(href))),
        f"vrt://{plain_source(href)}?bands=1",
    ]
    for plain in forms:
        shown = live(plain)
        assert saved(plain) == plain and saved(shown) == plain and live(shown) == shown
        assert href not in parse_source(shown).addresses
        assert href in [href_in(each, REAL) for each in parse_source(shown).addresses]


def test_what_a_project_of_an_earlier_version_holds_is_read() -> None:
    raw = "https://s3-data.meso.umontpellier.fr/b/é a+b.tif"
    before = f"{ROOT}3/https/s3-data.meso.umontpellier.fr/b/{quote('é a+b.tif')}"
    for source in (f"/vsicurl/{raw}", f"/vsicurl/{before}", curl_source(before)):
        assert saved(source) == f"/vsicurl/{parse_address(raw).text}"


def test_a_virtual_raster_with_something_of_elsewhere_is_known_as_such() -> None:
    own = {HREF: 1}
    assert not parse_source(virtual(plain_source(HREF), "C:/a.tif", "a.tif")).names_elsewhere(own)
    for other in (
        "/vsicurl/https://evil.example/a.tif", "//server/share/a.tif", "https://evil.example/a.tif",
        "/vsizip//vsicurl/https://evil.example/a.zip", "WMS:https://evil.example", "/vsis3/b/k",
        "<GDAL_WMS><ServerUrl>https://evil.example</ServerUrl></GDAL_WMS>",
    ):  # fmt: skip
        assert parse_source(virtual(plain_source(HREF), other)).names_elsewhere(own), other


def test_files_named_in_other_ways_are_not_overlooked() -> None:
    name = f"<SourceFilename>/vsicurl/{HREF}</SourceFilename>"
    for other in (
        "<SourceFilename><![CDATA[/vsicurl/https://evil.example/a.tif]]></SourceFilename>",
        "<SourceFilename>&#47;vsicurl/https://evil.example/a.tif</SourceFilename>",
        "<SourceDataset>/vsicurl/https://evil.example/a.tif</SourceDataset>",
    ):
        source = parse_source(f"<VRTDataset>{name}{other}</VRTDataset>")
        assert source.names_elsewhere({HREF: 1}) and other in live(source.text)


def test_odd_sources_are_read_at_once_and_never_raise() -> None:
    marks = random.Random(11)
    bits = [
        *("/vsicurl/", "/vsicurl?", "url=", "&", "&amp;", "|", "'", '"', "<", ">", "&lt;", "&#0;"),
        *("<VRTDataset rasterXSize='10'>", "</VRTDataset>", "<SourceFilename relativeToVRT='1'>"),
        *("</SourceFilename>", HREF, GATEWAY, "http://[", "%", "%00", "\x00", "\ud800", "\u202e"),
        *("vrt://", "?bands=1", ".vrt", "//srv/", "\\", "9" * 5000, "&#xd800;", "&#99999999;"),
    ]
    for _ in range(5000):
        source = "".join(marks.choices(bits, k=marks.randrange(12)))
        assert parse_source(source).text == source or parse_source(source).addresses
        saved(source), live(source)
    began = time.monotonic()
    for source in (
        f"/vsicurl/{HREF}" + "&amp;" * 200_000,
        "<VRTDataset>" + f"<SourceFilename>/vsicurl/{HREF}</SourceFilename>" * 2000,
        "<VRTDataset>" + "<SourceFilename>" * 200_000,
        "/vsicurl/https://s3-data.meso.umontpellier.fr/" + "a" * 4_000_000,
        "vrt://" * 500_000,
    ):
        assert saved(source)
    assert time.monotonic() - began < 20
