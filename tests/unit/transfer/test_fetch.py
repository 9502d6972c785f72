"""One file from a server that behaves, or does not: the right file or a clear error, and nothing
left over.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import threading
import time
from pathlib import Path
from typing import Any, Callable

import pytest

from dinamis_qgis.core.errors import (
    Cancelled,
    DinamisError,
    LicenceError,
    NetworkError,
    ServiceError,
)
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.transfer.fetch.fetch import fetch_file
from dinamis_qgis.core.transfer.fetch.partial_file import PartialFile, journal_path, part_path
from dinamis_qgis.core.transfer.fetch.tools import Access, Tools, Wanted
from tests.support.hostile import Asked, Handler, Storage, content, hostile

MakeTools = Callable[..., Tools]
SIZE = 3_000_017


def multihash(data: bytes) -> str:
    return "1220" + hashlib.sha256(data).hexdigest()


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def get(storage: Storage, tools: Tools, folder: Path, data: bytes, **wanted: Any) -> None:
    """Fetch, and it must be right with nothing beside it."""
    href = storage.put("scene.tif", data)
    target = folder / "scene.tif"
    assert fetch_file(Wanted(href, target, **wanted), tools, Cancel())
    assert target.read_bytes() == data
    assert names(folder) == ["scene.tif"]


@pytest.mark.parametrize("size", [0, 1, 1000, 128 << 10, (128 << 10) + 1, SIZE])
@pytest.mark.parametrize("ranges", [True, False])
def test_sizes(storage: Storage, tools: MakeTools, tmp_path: Path, size: int, ranges: bool) -> None:
    storage.ranges = ranges
    data = content(size)
    get(storage, tools(), tmp_path, data, size=size, checksum=multihash(data))
    assert storage.sent() == size


def test_parallel_ranges_over_reused_connections(
    storage: Storage, tools: MakeTools, tmp_path: Path
) -> None:
    storage.pace = 0.002
    get(storage, tools(longest=128 << 10), tmp_path, content(SIZE))
    asked = storage.of("/bucket/scene.tif")
    assert len(asked) > 15
    assert 2 <= storage.connections <= 4
    assert all(a.headers["Accept-Encoding"] == "identity" for a in asked)
    assert all("If-Range" in a.headers for a in asked[1:])


def test_progress_only_grows_and_ends_at_the_size(
    storage: Storage, tools: MakeTools, tmp_path: Path
) -> None:
    storage.pace = 0.002
    seen: list[tuple[int, int | None]] = []
    href = storage.put("a.tif", content(SIZE))
    fetch_file(
        Wanted(href, tmp_path / "a.tif"),
        tools(),
        Cancel(),
        lambda done, total: seen.append((done, total)),
    )
    assert [s[0] for s in seen] == sorted(s[0] for s in seen)
    assert seen[-1] == (SIZE, SIZE)
    assert len(seen) > 2


def drop_half_way(handler: Handler, asked: Asked) -> bool:
    """Every first and third answer is cut in the middle."""
    if asked.number not in (0, 2, 3):
        return False
    data = handler.storage.files[asked.path]
    start, end = asked.start or 0, min(asked.end or len(data), len(data))
    half = (end - start) // 2
    etag = handler.storage.etags[asked.path]
    where = f"bytes {start}-{end - 1}/{len(data)}"
    handler.reply(
        206, {"Content-Range": where, "ETag": etag}, data[start : start + half], length=end - start
    )
    return True


def drop_at_once(handler: Handler, asked: Asked) -> bool:
    if asked.number < 3:
        handler.drop()
        return True
    return False


def stall(handler: Handler, asked: Asked) -> bool:
    """The header and some bytes, then silence."""
    if asked.number != 1:
        return False
    data = handler.storage.files[asked.path]
    start, end = asked.start or 0, min(asked.end or len(data), len(data))
    where = f"bytes {start}-{end - 1}/{len(data)}"
    handler.reply(
        206, {"Content-Range": where, "ETag": handler.storage.etags[asked.path]}, b"", length=None
    )
    handler.pour(data[start : start + 100])
    time.sleep(2.5)
    return True


def drip(handler: Handler, asked: Asked) -> bool:
    """A byte now and then: no time-out of a socket sees it."""
    if asked.number != 1:
        return False
    data = handler.storage.files[asked.path]
    start, end = asked.start or 0, min(asked.end or len(data), len(data))
    where = f"bytes {start}-{end - 1}/{len(data)}"
    handler.send_response(206)
    for name, value in (
        ("Content-Range", where),
        ("Content-Length", str(end - start)),
        ("ETag", handler.storage.etags[asked.path]),
    ):
        handler.send_header(name, value)
    handler.end_headers()
    for i in range(60):
        handler.pour(data[start + i : start + i + 1])
        time.sleep(0.05)
    handler.drop()
    return True


def wrong_range(handler: Handler, asked: Asked) -> bool:
    """Other bytes than those asked for, honestly declared."""
    if asked.number not in (1, 2):
        return False
    data = handler.storage.files[asked.path]
    handler.reply(
        206,
        {"Content-Range": f"bytes 0-999/{len(data)}", "ETag": handler.storage.etags[asked.path]},
        data[:1000],
    )
    return True


def no_content_range(handler: Handler, asked: Asked) -> bool:
    if asked.number != 1:
        return False
    handler.reply(206, {}, b"x" * 1000)
    return True


def short_range(handler: Handler, asked: Asked) -> bool:
    """Fewer bytes than asked for, which a server may do."""
    data = handler.storage.files[asked.path]
    start = asked.start or 0
    end = min((asked.end or len(data)), start + 100_000, len(data))
    where = f"bytes {start}-{end - 1}/{len(data)}"
    handler.reply(
        206, {"Content-Range": where, "ETag": handler.storage.etags[asked.path]}, data[start:end]
    )
    return True


def whole_in_the_middle(handler: Handler, asked: Asked) -> bool:
    """200 to a range although nothing changed."""
    if asked.number < 2:
        return False
    data = handler.storage.files[asked.path]
    handler.reply(200, {"ETag": handler.storage.etags[asked.path]}, data)
    return True


def unsatisfied(handler: Handler, asked: Asked) -> bool:
    """416 to every range: no such thing here."""
    if asked.start is None:
        return False
    handler.reply(416, {}, b"")
    return True


def unsatisfied_in_the_middle(handler: Handler, asked: Asked) -> bool:
    if asked.number < 2 or asked.start is None:
        return False
    handler.reply(416, {}, b"")
    return True


def unknown_total(handler: Handler, asked: Asked) -> bool:
    if asked.start is None:
        return False
    data = handler.storage.files[asked.path][asked.start : asked.end]
    handler.reply(
        206, {"Content-Range": f"bytes {asked.start}-{asked.start + len(data) - 1}/*"}, data
    )
    return True


def server_error(handler: Handler, asked: Asked) -> bool:
    if asked.number not in (0, 2):
        return False
    handler.reply(500, {}, b"oops")
    return True


def busy(status: int, retry: str) -> Callable[[Handler, Asked], bool]:
    def trick(handler: Handler, asked: Asked) -> bool:
        if asked.number not in (1, 2):
            return False
        handler.reply(status, {"Retry-After": retry}, b"")
        return True

    return trick


def gzipped(handler: Handler, asked: Asked) -> bool:
    handler.reply(
        200, {"Content-Encoding": "gzip"}, gzip.compress(handler.storage.files[asked.path])
    )
    return True


def gzipped_truncated_once(handler: Handler, asked: Asked) -> bool:
    body = gzip.compress(handler.storage.files[asked.path])
    handler.reply(200, {"Content-Encoding": "gzip"}, body if asked.number else body[:-5000])
    return True


def no_length(handler: Handler, asked: Asked) -> bool:
    """No length, no ranges; the first is cut."""
    data = handler.storage.files[asked.path]
    handler.reply(200, {}, data if asked.number else data[: len(data) // 2], length=None)
    return True


TRICKS = {
    "drops half-way": drop_half_way,
    "drops at once": drop_at_once,
    "stalls": stall,
    "slow drip": drip,
    "wrong range": wrong_range,
    "no Content-Range": no_content_range,
    "short ranges": short_range,
    "200 in the middle": whole_in_the_middle,
    "416 always": unsatisfied,
    "416 in the middle": unsatisfied_in_the_middle,
    "unknown total": unknown_total,
    "500 twice": server_error,
    "429": busy(429, "0"),
    "503 for a second": busy(503, "1"),
    "503 without a word": busy(503, ""),
    "gzip": gzipped,
    "gzip truncated once": gzipped_truncated_once,
    "no length": no_length,
}


@pytest.mark.parametrize("name", list(TRICKS))
def test_hostile_and_still_right(
    storage: Storage, tools: MakeTools, tmp_path: Path, name: str
) -> None:
    storage.trick = TRICKS[name]
    data = content(SIZE)
    get(storage, tools(), tmp_path, data, size=SIZE)
    for span in (a for a in storage.asked if a.status == 206):
        assert span.sent < SIZE, "ranges, not the whole file"


@pytest.mark.parametrize(
    ("trick", "status", "code"),
    [
        (lambda h, a: h.reply(404, {}, b"") or True, 404, "missing"),
        (lambda h, a: h.reply(410, {}, b"") or True, 410, "rejected"),
        (
            lambda h, a: h.reply(403, {}, b"<Error><Code>AccessDenied</Code></Error>") or True,
            403,
            "forbidden",
        ),
        (lambda h, a: h.reply(500, {}, b"") or True, 500, "service"),
        (lambda h, a: h.reply(503, {"Retry-After": "4000"}, b"") or True, 503, "service"),
        (lambda h, a: h.reply(204, {}, b"", length=None) or True, 204, "garbage"),
        (lambda h, a: h.drop() or True, None, "cut"),
        (lambda h, a: h.request.sendall(b"SSH-2.0-OpenSSH\r\n") or h.drop() or True, None, "cut"),
        (
            lambda h, a: h.reply(206, {"Content-Range": "bytes 0-9/9999"}, b"x" * 10) or True,
            None,
            "size",
        ),
        (lambda h, a: h.reply(200, {}, b"x" * 10) or True, None, "size"),
        (lambda h, a: h.reply(200, {}, b"x" * 10, length=SIZE) or True, None, "cut"),
        (lambda h, a: h.reply(200, {"Content-Encoding": "br"}, b"x" * 10) or True, 200, "garbage"),
    ],
    ids=[
        "404",
        "410",
        "403",
        "500",
        "503 for an hour",
        "204",
        "drop",
        "not http",
        "other size",
        "short 200",
        "cut 200",
        "brotli",
    ],
)
def test_hopeless_is_a_clear_error(
    storage: Storage, tools: MakeTools, tmp_path: Path, trick: Any, status: int | None, code: str
) -> None:
    href = storage.put("scene.tif", content(SIZE))
    storage.trick = trick
    with pytest.raises(DinamisError) as caught:
        fetch_file(Wanted(href, tmp_path / "scene.tif", size=SIZE), tools(), Cancel())
    assert caught.value.code == code
    assert caught.value.message
    assert status is None or caught.value.status == status
    assert "scene.tif" not in names(tmp_path)
    assert len(storage.asked) <= 12, "hammering"


def test_truncated_gzip_is_never_kept(storage: Storage, tools: MakeTools, tmp_path: Path) -> None:
    href = storage.put("scene.tif", content(100_000))

    def trick(handler: Handler, asked: Asked) -> bool:
        handler.reply(
            200, {"Content-Encoding": "gzip"}, gzip.compress(handler.storage.files[asked.path])[:-9]
        )
        return True

    storage.trick = trick
    with pytest.raises(NetworkError):
        fetch_file(Wanted(href, tmp_path / "scene.tif"), tools(), Cancel())
    assert "scene.tif" not in names(tmp_path)


def test_nobody_listens(tools: MakeTools, tmp_path: Path) -> None:
    with hostile() as gone:
        href = gone.put("a.tif", b"x")
    with pytest.raises(NetworkError) as caught:
        fetch_file(Wanted(href, tmp_path / "a.tif"), tools(), Cancel())
    assert caught.value.code == "down"
    assert names(tmp_path) == []


def test_no_such_host(tools: MakeTools, tmp_path: Path) -> None:
    with pytest.raises(NetworkError) as caught:
        fetch_file(Wanted("http://storage.invalid/a.tif", tmp_path / "a.tif"), tools(tries=1), Cancel())
    assert caught.value.code == "dns"


def test_changed_in_the_middle_starts_over(
    storage: Storage, tools: MakeTools, tmp_path: Path
) -> None:
    old, new = content(SIZE, 1), content(SIZE, 2)
    href = storage.put("scene.tif", old)

    def trick(handler: Handler, asked: Asked) -> None:
        if asked.number == 3:
            storage.put("scene.tif", new)

    storage.trick = trick
    fetch_file(Wanted(href, tmp_path / "scene.tif"), tools(), Cancel())
    assert (tmp_path / "scene.tif").read_bytes() == new
    assert names(tmp_path) == ["scene.tif"]


def test_changed_behind_an_ignored_if_range(
    storage: Storage, tools: MakeTools, tmp_path: Path
) -> None:
    """A server that knows no If-Range sends the new bytes as 206: only the ETag tells."""
    old, new = content(SIZE, 1), content(SIZE, 2)
    href = storage.put("scene.tif", old)

    def trick(handler: Handler, asked: Asked) -> None:
        if asked.number == 3:
            storage.put("scene.tif", new)
        del handler.headers["if-range"]

    storage.trick = trick
    fetch_file(Wanted(href, tmp_path / "scene.tif"), tools(), Cancel())
    assert (tmp_path / "scene.tif").read_bytes() == new


def test_changes_all_the_time(storage: Storage, tools: MakeTools, tmp_path: Path) -> None:
    href = storage.put("scene.tif", content(SIZE))

    def trick(handler: Handler, asked: Asked) -> None:
        storage.put("scene.tif", content(SIZE, asked.number))

    storage.trick = trick
    with pytest.raises(ServiceError) as caught:
        fetch_file(Wanted(href, tmp_path / "scene.tif"), tools(), Cancel())
    assert caught.value.code == "changing"


def test_damaged_is_set_aside_and_fetched_again(
    storage: Storage, tools: MakeTools, tmp_path: Path
) -> None:
    data = content(SIZE)

    def trick(handler: Handler, asked: Asked) -> bool:
        if asked.number:
            return False
        start, end = asked.start or 0, min(asked.end or SIZE, SIZE)
        where = f"bytes {start}-{end - 1}/{SIZE}"
        handler.reply(
            206, {"Content-Range": where, "ETag": storage.etags[asked.path]}, b"\0" * (end - start)
        )
        return True

    storage.trick = trick
    get(storage, tools(), tmp_path, data, checksum=multihash(data))


def test_damaged_for_good_is_never_kept_as_right(
    storage: Storage, tools: MakeTools, tmp_path: Path
) -> None:
    href = storage.put("scene.tif", content(SIZE))
    wanted = Wanted(href, tmp_path / "scene.tif", checksum=multihash(b"something else"))
    with pytest.raises(ServiceError) as caught:
        fetch_file(wanted, tools(), Cancel())
    assert caught.value.code == "corrupt"
    assert names(tmp_path) == ["scene.tif.wrong"]


def test_what_is_there_and_right_is_not_fetched(
    storage: Storage, tools: MakeTools, tmp_path: Path
) -> None:
    data = content(SIZE)
    href = storage.put("scene.tif", data)
    (tmp_path / "scene.tif").write_bytes(data)
    assert not fetch_file(Wanted(href, tmp_path / "scene.tif", SIZE, multihash(data)), tools(), Cancel())
    assert not fetch_file(Wanted(href, tmp_path / "scene.tif", SIZE), tools(), Cancel())
    assert storage.asked == []
    assert not fetch_file(Wanted(href, tmp_path / "scene.tif"), tools(), Cancel())
    assert storage.sent() <= 128 << 10, "only asked for its size"
    assert names(tmp_path) == ["scene.tif"]


def test_what_is_there_and_wrong_is_set_aside(
    storage: Storage, tools: MakeTools, tmp_path: Path
) -> None:
    data = content(SIZE)
    href = storage.put("scene.tif", data)
    (tmp_path / "scene.tif").write_bytes(b"mine" * 100)
    assert fetch_file(Wanted(href, tmp_path / "scene.tif", SIZE), tools(), Cancel())
    assert (tmp_path / "scene.tif").read_bytes() == data
    assert (tmp_path / "scene.tif.wrong").read_bytes() == b"mine" * 100


def test_pause_is_immediate_and_resume_goes_on(
    storage: Storage, tools: MakeTools, tmp_path: Path
) -> None:
    storage.pace = 0.01
    href, target = storage.put("scene.tif", content(SIZE)), tmp_path / "scene.tif"
    cancel, held = Cancel(), threading.Event()

    def pause(done: int, total: int | None) -> None:
        if done > SIZE // 3 and not held.is_set():
            held.set()
            cancel.set()

    with pytest.raises(Cancelled):
        fetch_file(Wanted(href, target), tools(), cancel, pause)
    assert names(tmp_path) == ["scene.tif.part", "scene.tif.part.journal"]
    with PartialFile(target) as part:
        held_bytes, spans = part.spans.total(), list(part.spans)
    assert held_bytes > SIZE // 3
    storage.pace = 0.0
    assert fetch_file(Wanted(href, target), tools(Access(lambda url, cancel: f"{url}?second")), Cancel())
    second = [a for a in storage.asked if a.query == "second"]
    for asked in second:
        assert asked.start is not None
        assert not any(s < (asked.end or 0) and asked.start < e for s, e in spans), (
            "asked for what was there"
        )
    assert sum(a.sent for a in second) == SIZE - held_bytes
    assert target.read_bytes() == content(SIZE)


def test_cancel_does_not_wait_for_a_silent_server(
    storage: Storage, tools: MakeTools, tmp_path: Path
) -> None:
    href, cancel, reached, release = (
        storage.put("a.tif", content(10)),
        Cancel(),
        threading.Event(),
        threading.Event(),
    )

    def trick(handler: Handler, asked: Asked) -> bool:
        reached.set()
        release.wait(20)
        return True

    storage.trick = trick
    threading.Thread(target=lambda: (reached.wait(10), cancel.set()), daemon=True).start()
    with pytest.raises(Cancelled):
        fetch_file(Wanted(href, tmp_path / "a.tif"), tools(stall_s=15.0), cancel)
    assert not release.is_set()
    release.set()
    assert names(tmp_path) == []


def test_resume_after_the_file_changed(storage: Storage, tools: MakeTools, tmp_path: Path) -> None:
    storage.pace = 0.01
    href, target, cancel = (
        storage.put("scene.tif", content(SIZE, 1)),
        tmp_path / "scene.tif",
        Cancel(),
    )
    with pytest.raises(Cancelled):
        fetch_file(
            Wanted(href, target),
            tools(),
            cancel,
            lambda done, total: cancel.set() if done > 500_000 else None,
        )
    storage.pace, new = 0.0, content(SIZE - 1000, 2)
    storage.put("scene.tif", new)
    fetch_file(Wanted(href, target), tools(), Cancel())
    assert target.read_bytes() == new


def signer(life: int) -> tuple[Access, list[str]]:
    """Signatures good for ``life`` uses each."""
    signed: list[str] = []
    current = [""]

    def sign(url: str, cancel: Cancel) -> str:
        if not current[0]:
            current[0] = f"{url}?X-Amz-Signature=s{len(signed)}"
            signed.append(current[0])
        return current[0]

    def forget(url: str) -> None:
        current[0] = ""

    return Access(sign, forget), signed


def test_signature_expires_in_the_middle(
    storage: Storage, tools: MakeTools, tmp_path: Path
) -> None:
    access, signed = signer(3)
    used: dict[str, int] = {}

    def trick(handler: Handler, asked: Asked) -> bool:
        with storage.lock:
            used[asked.query] = used.get(asked.query, 0) + 1
            expired = used[asked.query] > 3
        if expired:
            handler.reply(
                403,
                {},
                b"<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>",
            )
        return expired

    storage.trick = trick
    data = content(SIZE)
    get(storage, tools(access, longest=256 << 10), tmp_path, data, size=SIZE)
    assert len(signed) >= 3


def test_refused_although_freshly_signed(
    storage: Storage, tools: MakeTools, tmp_path: Path
) -> None:
    access, signed = signer(1)
    storage.trick = lambda handler, asked: handler.reply(403, {}, b"") or True
    with pytest.raises(ServiceError) as caught:
        fetch_file(Wanted(storage.put("a.tif", b"x"), tmp_path / "a.tif"), tools(access), Cancel())
    assert caught.value.status == 403
    assert 2 <= len(signed) <= 4


def test_no_licence_is_said_at_once(storage: Storage, tools: MakeTools, tmp_path: Path) -> None:
    def sign(url: str, cancel: Cancel) -> str:
        raise LicenceError("no licence")

    with pytest.raises(LicenceError):
        fetch_file(Wanted(storage.put("a.tif", b"x"), tmp_path / "a.tif"), tools(Access(sign)), Cancel())
    assert storage.asked == []


def test_signing_service_down_for_a_moment(
    storage: Storage, tools: MakeTools, tmp_path: Path
) -> None:
    calls: list[str] = []

    def sign(url: str, cancel: Cancel) -> str:
        calls.append(url)
        if len(calls) < 3:
            raise NetworkError("down")
        return url

    get(storage, tools(Access(sign)), tmp_path, content(1000))


def test_redirect_elsewhere_takes_no_secret_along(
    storage: Storage, tools: MakeTools, tmp_path: Path
) -> None:
    with hostile() as other:
        data = content(SIZE)
        elsewhere = other.put("scene.tif", data)
        access, _ = signer(100)
        storage.trick = (
            lambda handler, asked: handler.reply(302, {"Location": elsewhere}, b"") or True
        )
        href = storage.put("scene.tif", b"")
        fetch_file(Wanted(href, tmp_path / "scene.tif"), tools(access), Cancel())
        assert (tmp_path / "scene.tif").read_bytes() == data
        for asked in other.asked:
            assert "Signature" not in asked.query
            assert not {"Authorization", "access-key", "secret-key", "Referer", "Cookie"} & set(
                asked.headers
            )


def test_redirects_in_circles(storage: Storage, tools: MakeTools, tmp_path: Path) -> None:
    href = storage.put("a.tif", b"x")
    storage.trick = lambda handler, asked: handler.reply(302, {"Location": href}, b"") or True
    with pytest.raises(ServiceError):
        fetch_file(Wanted(href, tmp_path / "a.tif"), tools(), Cancel())


def test_busy_host_gets_fewer_connections(
    storage: Storage, tools: MakeTools, tmp_path: Path
) -> None:
    now, most = [0], [0]

    def trick(handler: Handler, asked: Asked) -> bool:
        if asked.number in (2, 3):
            handler.reply(429, {"Retry-After": "0"}, b"")
            return True
        if asked.number > 8:
            with storage.lock:
                now[0] += 1
                most[0] = max(most[0], now[0])
            time.sleep(0.005)
            handler.serve()
            with storage.lock:
                now[0] -= 1
            return True
        return False

    storage.trick = trick
    made = tools(longest=64 << 10, connections=8)
    get(storage, made, tmp_path, content(SIZE))
    assert most[0] <= 5


def test_two_at_the_same_file(storage: Storage, tools: MakeTools, tmp_path: Path) -> None:
    href, target = storage.put("a.tif", content(1000)), tmp_path / "a.tif"
    with PartialFile(target), pytest.raises(DinamisError) as caught:
        fetch_file(Wanted(href, target), tools(), Cancel())
    assert caught.value.code == "in-use"
    assert fetch_file(Wanted(href, target), tools(), Cancel())


def test_no_signature_in_the_journal_or_the_error(
    storage: Storage, tools: MakeTools, tmp_path: Path
) -> None:
    access, _ = signer(100)
    href, target, cancel = storage.put("a.tif", content(SIZE)), tmp_path / "a.tif", Cancel()
    storage.pace = 0.01
    with pytest.raises(Cancelled):
        fetch_file(
            Wanted(href, target),
            tools(access),
            cancel,
            lambda done, total: cancel.set() if done > 300_000 else None,
        )
    assert b"Signature" not in journal_path(target).read_bytes()
    storage.trick = lambda handler, asked: handler.drop() or True
    with pytest.raises(NetworkError) as caught:
        fetch_file(Wanted(href, target), tools(access), Cancel())
    assert "Signature" not in repr(caught.value) + caught.value.details + caught.value.sentence()


@pytest.mark.parametrize("damage", ["torn", "garbage", "empty", "gone", "part gone", "part short"])
def test_damaged_journal_costs_bytes_not_the_file(
    storage: Storage, tools: MakeTools, tmp_path: Path, damage: str
) -> None:
    storage.pace = 0.005
    href, target, cancel = storage.put("a.tif", content(SIZE)), tmp_path / "a.tif", Cancel()
    with pytest.raises(Cancelled):
        fetch_file(
            Wanted(href, target),
            tools(),
            cancel,
            lambda done, total: cancel.set() if done > 700_000 else None,
        )
    journal, part = journal_path(target), part_path(target)
    text = journal.read_bytes()
    {
        "torn": lambda: journal.write_bytes(text + b"2900000 30"),
        "garbage": lambda: journal.write_bytes(text[:40] + os.urandom(300)),
        "empty": lambda: journal.write_bytes(b""),
        "gone": journal.unlink,
        "part gone": part.unlink,
        "part short": lambda: os.truncate(part, 100_000),
    }[damage]()
    storage.pace = 0
    fetch_file(Wanted(href, target), tools(), Cancel())
    assert target.read_bytes() == content(SIZE)
    assert names(tmp_path) == ["a.tif"]


def test_after_a_power_cut_only_what_was_synced_counts(
    storage: Storage, tools: MakeTools, tmp_path: Path
) -> None:
    href, target = storage.put("a.tif", content(SIZE)), tmp_path / "a.tif"
    etag = storage.etags["/bucket/a.tif"]
    lines = [
        f'H {{"size": {SIZE}, "etag": "{etag[1:-1]}", "modified": ""}}'.replace(
            etag[1:-1], '\\"' + etag[1:-1] + '\\"'
        )
    ]
    lines += ["B 1000", "0 500000", "S", "500000 900000", ""]
    journal_path(target).write_text("\n".join(lines))
    part_path(target).write_bytes(content(SIZE)[:500_000] + b"\0" * (SIZE - 500_000))
    fetch_file(Wanted(href, target), tools(), Cancel())
    assert target.read_bytes() == content(SIZE)
    assert storage.sent() == SIZE - 500_000


def test_finished_but_not_renamed_needs_no_network(tools: MakeTools, tmp_path: Path) -> None:
    with hostile() as gone:
        href, data = gone.put("a.tif", content(1000)), content(1000)
    target = tmp_path / "a.tif"
    from dinamis_qgis.core.transfer.fetch.partial_file import Header

    with PartialFile(target) as part:
        part.begin(Header(1000, '"x"'))
        part.write(0, data)
        part.done(0, 1000)
    assert fetch_file(Wanted(href, target, 1000, multihash(data)), tools(), Cancel())
    assert target.read_bytes() == data
    assert names(tmp_path) == ["a.tif"]
