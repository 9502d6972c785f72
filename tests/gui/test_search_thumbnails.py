"""Thumbnails: fetched off the GUI thread, kept on disk, quiet when something is wrong."""

from __future__ import annotations

import threading
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from qgis.PyQt.QtCore import QBuffer, QByteArray, QIODevice
from qgis.PyQt.QtGui import QColor, QImage

from dinamis_qgis.core.errors import AuthError, DinamisError, InvalidInput
from dinamis_qgis.core.profile.model import Auth
from dinamis_qgis.gui.search.results import thumbnails as module
from dinamis_qgis.gui.search.results.thumbnails import Thumbnails, decode_picture
from tests.support.scripted import Answer, Seen, scripted
from tests.unit.catalogue.stac_api import make_http, make_profile


def picture(width: int = 300, height: int = 200, kind: str = "JPG") -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(200, 30, 30))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, kind)
    return bytes(data)


class Signer:
    def __init__(self, fails: bool = False) -> None:
        self.fails = fails
        self.asked: list[str] = []

    def signed(self, url: str, cancel: Any = None) -> str:
        self.asked.append(url)
        if self.fails:
            raise AuthError("no")
        return url + "?X-Amz-Signature=geheim"


def make_context(tmp_path: Path, root: str, signer: Any = None, named: str = "") -> Any:
    """``named``: the root of another service that the profile names."""
    http = make_http(retries=0)
    profile = make_profile(root)
    profile = replace(profile, auth=Auth(hosts=(urlsplit(named).netloc,)) if named else Auth())
    return SimpleNamespace(
        paths=SimpleNamespace(cache=tmp_path), http=http, profile=profile, signer=signer
    )


@pytest.fixture
def loaded() -> Iterator[list[Thumbnails]]:
    made: list[Thumbnails] = []
    yield made
    for one in made:
        one.stop()
        for thread in one._threads:
            thread.join(10)
            assert not thread.is_alive()


def fetch(thumbs: Thumbnails, href: str, wait_until: Callable[..., None]) -> QImage | None:
    done: list[str] = []
    thumbs.arrived.connect(done.append)
    thumbs.get(href)
    wait_until(lambda: href in done)
    return thumbs.get(href)


def test_signed_where_the_storage_wants_it_and_kept_on_disk(
    tmp_path: Path, loaded: Any, wait_until: Callable[..., None]
) -> None:
    with scripted(lambda _: Answer(200, picture())) as server:
        signer = Signer()
        href = f"{server.root}/storage/a.jpg"
        first = Thumbnails(make_context(tmp_path, server.root, signer))
        loaded.append(first)
        image = fetch(first, href, wait_until)
        assert image is not None and max(image.width(), image.height()) == module.SIDE
        assert server.seen[0].path.endswith("?X-Amz-Signature=geheim")
        again = Thumbnails(make_context(tmp_path, server.root, signer))
        loaded.append(again)
        assert fetch(again, href, wait_until) is not None
        assert len(server.seen) == 1, "from disk"
    assert not any(
        "geheim" in p.name or b"geheim" in p.read_bytes()
        for p in tmp_path.rglob("*")
        if p.is_file()
    )


def test_other_hosts_get_no_signature(
    tmp_path: Path, loaded: Any, wait_until: Callable[..., None]
) -> None:
    with scripted(lambda _: Answer(200, picture(kind="PNG"))) as server:
        signer = Signer()
        thumbs = Thumbnails(make_context(tmp_path, "http://127.0.0.1:1", signer, server.root))
        loaded.append(thumbs)
        assert fetch(thumbs, f"{server.root}/a.png", wait_until) is not None
        assert signer.asked == []


@pytest.mark.parametrize(
    "answer",
    [
        Answer(404),
        Answer(500),
        Answer(200, b"no picture"),
        Answer(200, b""),
        Answer(200, picture()[:300]),
        Answer(200, b"x" * (5 << 20)),
    ],
)
def test_failing_quietly_and_asked_once(
    tmp_path: Path, loaded: Any, answer: Answer, wait_until: Callable[..., None]
) -> None:
    with scripted(lambda _: answer) as server:
        thumbs = Thumbnails(make_context(tmp_path, "http://127.0.0.1:1", None, server.root))
        loaded.append(thumbs)
        href = f"{server.root}/a.jpg"
        fetch(thumbs, href, wait_until)
        for _ in range(5):
            thumbs.get(href)
        time.sleep(0.1)
        assert len(server.seen) == 1


def test_signed_out_is_blank_until_somebody_signs_in(
    tmp_path: Path, loaded: Any, wait_until: Callable[..., None]
) -> None:
    with scripted(lambda _: Answer(200, picture())) as server:
        signer = Signer(fails=True)
        thumbs = Thumbnails(make_context(tmp_path, server.root, signer))
        loaded.append(thumbs)
        href = f"{server.root}/a.jpg"
        assert fetch(thumbs, href, wait_until) is None
        assert server.seen == []
        signer.fails = False
        thumbs.retry_failed()
        assert fetch(thumbs, href, wait_until) is not None


def test_what_was_scrolled_past_is_not_fetched(
    tmp_path: Path, loaded: Any, wait_until: Callable[..., None]
) -> None:
    gate = threading.Event()

    def script(seen: Seen) -> Answer:
        gate.wait(20)
        return Answer(200, picture(20, 20))

    with scripted(script) as server:
        thumbs = Thumbnails(make_context(tmp_path, "http://127.0.0.1:1", None, server.root))
        loaded.append(thumbs)
        last = f"{server.root}/999.jpg"
        for number in range(1000):
            thumbs.get(f"{server.root}/{number}.jpg")
        gate.set()
        wait_until(lambda: thumbs.get(last) is not None)
        wait_until(lambda: not thumbs._stack and not thumbs._busy)
        assert len(server.seen) <= module.WAITING + module.WORKERS


def test_stop_cuts_what_runs(tmp_path: Path, loaded: Any, wait_until: Callable[..., None]) -> None:
    gate = threading.Event()
    with scripted(lambda _: Answer(hang=gate)) as server:
        thumbs = Thumbnails(make_context(tmp_path, "http://127.0.0.1:1", None, server.root))
        thumbs.get(f"{server.root}/a.jpg")
        wait_until(lambda: server.seen)
        thumbs.stop()
        for thread in thumbs._threads:
            thread.join(5)
            assert not thread.is_alive()
        assert thumbs.get(f"{server.root}/b.jpg") is None
        gate.set()


def test_full_disk_is_no_matter(
    tmp_path: Path, loaded: Any, wait_until: Callable[..., None]
) -> None:
    (tmp_path / "thumbnails").write_text("a file where the folder should be")
    with scripted(lambda _: Answer(200, picture())) as server:
        thumbs = Thumbnails(make_context(tmp_path, "http://127.0.0.1:1", None, server.root))
        loaded.append(thumbs)
        assert fetch(thumbs, f"{server.root}/a.jpg", wait_until) is not None


def test_the_folder_stays_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, loaded: Any, wait_until: Callable[..., None]
) -> None:
    folder = tmp_path / "thumbnails"
    folder.mkdir()
    for number in range(10):
        (folder / f"{number}").write_bytes(b"x" * 1000)
    monkeypatch.setattr(module, "ON_DISK_BYTES", 5000)
    with scripted(lambda _: Answer(404)) as server:
        thumbs = Thumbnails(make_context(tmp_path, server.root))
        loaded.append(thumbs)
        thumbs.get("http://127.0.0.1:9/x.jpg")
        wait_until(lambda: len(list(folder.iterdir())) == 5)


def test_absurd_pictures_are_refused() -> None:
    assert decode_picture(b"P6\n100000 100000\n255\n" + b"x" * 100) is None
    assert decode_picture(b"") is None
    assert decode_picture(b"GIF89a" + b"\xff" * 50) is None


def test_only_three_kinds_of_pictures_are_read() -> None:
    for kind in ("JPG", "PNG", "WEBP"):
        made = picture(kind=kind)
        assert not made or decode_picture(made) is not None, kind
    assert decode_picture(picture()) is not None and decode_picture(picture(kind="PNG")) is not None
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9"/></svg>'
    for refused in (svg, picture(kind="BMP"), picture(kind="PPM"), picture(kind="XPM")):
        assert decode_picture(refused) is None
    assert decode_picture(picture(kind="BMP").replace(b"BM", b"\xff\xd8\xff", 1)) is None


def test_a_picture_that_would_fill_the_memory_is_not_read() -> None:
    small = bytearray(picture(8, 8, "PNG"))
    small[16:24] = (5900).to_bytes(4, "big") * 2
    small[24] = 16
    small[29:33] = zlib.crc32(bytes(small[12:29])).to_bytes(4, "big")
    assert decode_picture(bytes(small)) is None


def test_the_local_network_is_asked_only_where_the_profile_names_it(tmp_path: Path) -> None:
    from dinamis_qgis.core.net.cancel import Cancel

    def answer(seen: Seen) -> Answer:
        if seen.path.startswith("/away"):
            return Answer(302, b"", {"Location": there.root + "/secret"})
        return Answer(200, picture())

    with scripted(answer) as here, scripted(lambda seen: Answer(200, picture())) as there:
        context = make_context(tmp_path, here.root)
        try:
            own = module.fetch_picture(context, context.http, here.root + "/own.jpg", Cancel())
            assert own == picture()
            odd = here.root.replace("127.0.0.1", "2130706433")
            for url in (there.root + "/x", here.root + "/away", odd + "/x", "http://router/x"):
                with pytest.raises(DinamisError):
                    module.fetch_picture(context, context.http, url, Cancel())
            assert not there.seen
        finally:
            context.http.close()


def test_a_stranger_s_domain_that_leads_inside_is_not_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dinamis_qgis.core.net.cancel import Cancel

    told = [(0, 0, 0, "", ("192.168.1.1", 443))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *given, **named: told)
    context = make_context(tmp_path, "https://catalogue.example")
    try:
        with pytest.raises(InvalidInput):
            module.fetch_picture(context, context.http, "https://pictures.example/x.jpg", Cancel())
    finally:
        context.http.close()
