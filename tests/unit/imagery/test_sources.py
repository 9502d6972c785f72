"""Data sources as text: what is ours is found, unsigned and replaced; everything else stays as it
is.
"""

from __future__ import annotations

from urllib.parse import quote

import pytest

from dinamis_qgis.core.imagery.sources import curl_source, href_in, rewrite
from dinamis_qgis.core.profile.model import Profile, Storage

REAL = Profile("dinamis", "DINAMIS", storage=Storage((".meso.umontpellier.fr",)))
TRAINING = Profile("formation", "Formation", storage=Storage(("127.0.0.1:47811",)), training=True)
HREF = "https://s3-data.meso.umontpellier.fr/sm1-gdc/spot/IMG_SPOT7.tif"
SIGNED = (
    HREF + "?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20260101T000000Z&X-Amz-Expires=28800&"
    "X-Amz-Signature=abcdef"
)
GATEWAY = f"http://127.0.0.1:40001/{'s' * 32}/3/https/s3-data.meso.umontpellier.fr/sm1-gdc/spot/IMG_SPOT7.tif"


def saved(source: str, profile: Profile = REAL) -> str:
    def change(url: str, alone: bool) -> str | None:
        href = href_in(url, profile)
        return f"/vsicurl/{href}" if href else None

    return rewrite(source, change)


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
        (
            f'<VRTDataset><SourceFilename relativeToVRT="0">/vsicurl/{SIGNED.replace("&", "&amp;")}'
            f"</SourceFilename></VRTDataset>",
            f"<VRTDataset><SourceFilename "
            f'relativeToVRT="0">/vsicurl/{HREF}</SourceFilename></VRTDataset>',
        ),
    ],
)
def test_our_objects_are_saved_unsigned(source: str, expected: str) -> None:
    result = saved(source)
    assert result == expected
    assert "X-Amz" not in result and "127.0.0.1" not in result
    assert saved(result) == result


@pytest.mark.parametrize(
    "source",
    [
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
    ],
)
def test_what_is_not_ours_is_untouched(source: str) -> None:
    assert saved(source) == source


def test_several_objects_in_one_source() -> None:
    xml = (
        f"<a>/vsicurl/{GATEWAY}</a><b>/vsicurl/https://example.org/x.tif</b><c>"
        f"/vsicurl/{SIGNED.replace('&', '&amp;')}</c>"
    )
    assert (
        saved(xml)
        == f"<a>/vsicurl/{HREF}</a><b>/vsicurl/https://example.org/x.tif</b><c>/vsicurl/{HREF}</c>"
    )


def test_only_a_whole_source_may_use_gdal_s_options() -> None:
    seen: list[tuple[str, bool]] = []

    def change(url: str, alone: bool) -> None:
        seen.append((url, alone))

    for source in (
        f"/vsicurl/{SIGNED}",
        f"vrt:///vsicurl/{HREF}?bands=1",
        f"<x>/vsicurl/{HREF}</x>",
        f"/vsicurl/{HREF}|option:A=B",
    ):
        rewrite(source, change)
    assert seen == [(HREF, True), (HREF, False), (HREF, False), (HREF, False)]


def test_an_address_with_odd_characters_survives_gdal_s_options() -> None:
    url = "http://127.0.0.1:1/secret/0/https/h/b/a%20b&c=d?.tif"
    seen: list[str] = []
    rewrite(curl_source(url), lambda found, _: seen.append(found))
    assert seen == [url.partition("?")[0]]


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


def test_marks_within_xml_within_xml() -> None:
    inner = f"&lt;SourceFilename&gt;/vsicurl/{HREF}&lt;/SourceFilename&gt;"
    source = (
        f"<VRTDataset><SourceFilename>{inner}</SourceFilename><SourceFilename>"
        f"/vsicurl/{HREF}</SourceFilename></VRTDataset>"
    )
    live = rewrite(source, lambda url, alone: curl_source(GATEWAY, alone))
    assert live.count("&amp;amp;url=") == 1 and live.count("empty_dir=yes&amp;list_dir") == 1
    assert saved(live) == source
