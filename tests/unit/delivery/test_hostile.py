"""Archives and descriptions that mean harm, or were harmed: nothing is written outside, nothing
half is left, the error is clear.
"""

from __future__ import annotations

import errno
import gzip
import io
import os
import shutil
import stat
import subprocess
import tarfile
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dinamis_qgis.core.delivery import archive as archives
from dinamis_qgis.core.delivery.archive import Bounds, unpack_archive
from dinamis_qgis.core.errors import DinamisError, InvalidInput, StorageError
from dinamis_qgis.core.net.cancel import Cancel
from tests.support.dimap import Scene, description, member, tar, write_delivery


def make_tar(path: Path, *members: tuple[tarfile.TarInfo, io.BytesIO]) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for info, data in members:
            archive.addfile(info, data)
    return path


def refused(archive: Path, bounds: Bounds | None = None) -> DinamisError:
    """The error of unpacking; nothing may be left, nor be anywhere else."""
    box = archive.parent / "box"
    home = box / "home"
    before = {p for p in archive.parent.rglob("*") if box not in p.parents and p != box}
    with pytest.raises(DinamisError) as caught:
        unpack_archive(archive, home / "x", Cancel(), bounds=bounds)
    assert not home.exists() or not list(home.iterdir())
    assert {p for p in archive.parent.rglob("*") if box not in p.parents and p != box} == before
    assert caught.value.message and caught.value.remedy
    return caught.value


@pytest.mark.parametrize(
    "name",
    [
        "../out.txt",
        "a/../../out.txt",
        "/etc/out.txt",
        "C:\\out.txt",
        "..\\out.txt",
        "a/..",
        "c:out.txt",
        "\\\\server\\out.txt",
    ],
)
def test_a_name_that_leads_out(tmp_path: Path, name: str) -> None:
    assert (
        refused(make_tar(tmp_path / "a.tar.gz", member("good.txt"), member(name))).code == "unsafe"
    )
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        info = zipfile.ZipInfo("x")
        info.filename = name
        archive.writestr(info, "x")
    assert refused(tmp_path / "a.zip").code == "unsafe"


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        (tarfile.SYMTYPE, "/etc/passwd"), (tarfile.SYMTYPE, "../../out"), (tarfile.LNKTYPE, "/etc/passwd"),
        (tarfile.LNKTYPE, "../out"), (tarfile.CHRTYPE, ""), (tarfile.BLKTYPE, ""), (tarfile.FIFOTYPE, ""),
    ],
)  # fmt: skip
def test_a_link_out_or_a_device(tmp_path: Path, kind: bytes, target: str) -> None:
    assert (
        refused(
            make_tar(tmp_path / "a.tar.gz", member("dir/l", b"", type=kind, linkname=target))
        ).code
        == "unsafe"
    )


def test_a_zip_with_a_symbolic_link(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        info = zipfile.ZipInfo("link")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    assert refused(tmp_path / "a.zip").code == "unsafe"


def test_a_link_inside_is_left_out(tmp_path: Path) -> None:
    archive = make_tar(
        tmp_path / "a.tar.gz",
        member("d/real.txt", b"data"),
        member("d/link", b"", type=tarfile.SYMTYPE, linkname="real.txt"),
    )
    folder = unpack_archive(archive, tmp_path / "home" / "x", Cancel())
    assert (folder / "d" / "real.txt").read_bytes() == b"data" and not os.path.lexists(
        folder / "d" / "link"
    )


def test_bombs(tmp_path: Path) -> None:
    bounds = Bounds(free=1 << 20)
    assert (
        refused(make_tar(tmp_path / "a.tar.gz", member("zeros", bytes(40 << 20))), bounds).code
        == "bomb"
    )
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(40 << 20))
    assert refused(tmp_path / "a.zip", bounds).code == "bomb"
    with tarfile.open(tmp_path / "n.tar.gz", "w:gz") as many:
        for number in range(60):
            many.addfile(*member(f"f{number}"))
    assert refused(tmp_path / "n.tar.gz", Bounds(files=50)).code == "bomb"
    assert refused(tmp_path / "n.tar.gz", Bounds(size=20)).code == "bomb"


def test_a_bomb_behind_the_end_of_the_tar(tmp_path: Path) -> None:
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w") as archive:
        archive.addfile(*member("a"))
    (tmp_path / "a.tar.gz").write_bytes(gzip.compress(raw.getvalue() + bytes(40 << 20)))
    assert refused(tmp_path / "a.tar.gz", Bounds(free=1 << 20)).code == "bomb"


def test_a_zip_that_lies_about_its_size(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(4 << 20))
    data = path.read_bytes()
    path.write_bytes(data.replace((4 << 20).to_bytes(4, "little"), (100).to_bytes(4, "little")))
    assert refused(path).code == "damaged"


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.95, 0.9999])
def test_a_truncated_archive(tmp_path: Path, keep: float) -> None:
    good = make_tar(tmp_path / "good.tgz", *(member(f"f{n}", os.urandom(50_000)) for n in range(6)))
    data = good.read_bytes()
    (tmp_path / "a.tar.gz").write_bytes(data[: int(len(data) * keep)])
    assert refused(tmp_path / "a.tar.gz").code == "damaged"


def test_every_flipped_byte_of_the_data_is_noticed(tmp_path: Path) -> None:
    data = make_tar(tmp_path / "good.tgz", member("f", os.urandom(60_000))).read_bytes()
    for at in range(1000, len(data), 7919):
        broken = bytearray(data)
        broken[at] ^= 0xFF
        (tmp_path / "a.tar.gz").write_bytes(bytes(broken))
        assert refused(tmp_path / "a.tar.gz").code == "damaged"
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("f", b"A" * 1000)
    (tmp_path / "a.zip").write_bytes((tmp_path / "a.zip").read_bytes().replace(b"AAAA", b"AABA", 1))
    assert refused(tmp_path / "a.zip").code == "damaged"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.tar.gz", b"", "damaged"), ("a.zip", b"hello", "damaged"), ("a.tar.gz", gzip.compress(b"not a tar"), "damaged"),
        ("a.7z.001", b"7z\xbc\xaf\x27\x1c" + bytes(50), "unsupported"), ("a.zip.001", b"PK\x07\x08", "unsupported"),
        ("a.rar", b"Rar!\x1a\x07", "unsupported"),
    ],
)  # fmt: skip
def test_what_is_no_archive_of_ours(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert refused(tmp_path / name).code == code


def test_an_encrypted_zip(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("f", "x" * 100)
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(data))
    error = refused(path)
    assert error.code == "unsupported" and "password" in error.message and "7-Zip" in error.remedy


def test_a_zip_packed_in_another_way(tmp_path: Path) -> None:
    """Windows packs large files as Deflate64, which Python cannot undo: said, with the way
    round.
    """
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("f", "x" * 100)
    data = bytearray(path.read_bytes())
    data[8] = data[data.rindex(b"PK\x01\x02") + 10] = 9
    path.write_bytes(bytes(data))
    error = refused(path)
    assert error.code == "unsupported" and "7-Zip" in error.remedy


def raw_member(name: str, size: int, kind: bytes) -> bytes:
    """A tar header that says what it likes."""
    info = tarfile.TarInfo(name)
    info.type, info.size = kind, max(size, 0)
    data = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    if size < 0:
        data[124:136] = b"\xff" * 4 + (size & (2**64 - 1)).to_bytes(8, "big")
    data[148:156] = b" " * 8
    data[148:156] = f"{sum(data):06o}\0 ".encode()
    return bytes(data)


@pytest.mark.parametrize("kind", [b"x", b"g", b"L", b"K"])
def test_a_header_that_would_fill_the_memory(tmp_path: Path, kind: bytes) -> None:
    """tarfile reads names and extended headers whole."""
    (tmp_path / "a.tar.gz").write_bytes(
        gzip.compress(raw_member("x", 40 << 20, kind) + bytes(41 << 20), 1)
    )
    tracemalloc.start()
    try:
        assert refused(tmp_path / "a.tar.gz").code == "bomb"
        assert tracemalloc.get_traced_memory()[1] < 24 << 20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("kind", [b"0", b"5", b"x", b"L", b"2"])
def test_a_size_below_nothing(tmp_path: Path, kind: bytes) -> None:
    (tmp_path / "a.tar.gz").write_bytes(
        gzip.compress(raw_member("x", -1024, kind) + raw_member("y", 0, b"0") + bytes(1024))
    )
    assert refused(tmp_path / "a.tar.gz").code == "damaged"


@pytest.mark.parametrize("kind", [b"5", b"2"])
def test_countless_folders_or_links(tmp_path: Path, kind: bytes) -> None:
    many = b"".join(raw_member(f"d{n}", 0, kind) for n in range(60))
    (tmp_path / "a.tar.gz").write_bytes(
        gzip.compress(raw_member("f", 0, b"0") + many + bytes(1024))
    )
    assert refused(tmp_path / "a.tar.gz", Bounds(files=50)).code == "bomb"


def test_a_zip_whose_list_is_huge(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for number in range(300):
            archive.writestr(f"{number:0200}", b"")
    assert refused(tmp_path / "a.zip", Bounds(files=100)).code == "bomb"
    data = (tmp_path / "a.zip").read_bytes()
    at = data.rindex(b"PK\x05\x06")
    size, start = data[at + 12 : at + 16], data[at + 16 : at + 20]
    far = (
        b"PK\x06\x06"
        + (44).to_bytes(8, "little")
        + bytes(12)
        + (300).to_bytes(8, "little") * 2
        + size
        + bytes(4)
        + start
        + bytes(4)
    )
    locator = b"PK\x06\x07" + bytes(4) + at.to_bytes(8, "little") + (1).to_bytes(4, "little")
    end = data[at : at + 8] + b"\xff" * 12 + bytes(2)
    (tmp_path / "a.zip").write_bytes(data[:at] + far + locator + end)
    assert zipfile.ZipFile(tmp_path / "a.zip").namelist()
    assert refused(tmp_path / "a.zip", Bounds(files=100)).code == "bomb"


def test_names_in_each_other_s_way(tmp_path: Path) -> None:
    """A file that is a folder too; the mark of the unpacked archive as a folder; folders without
    end.
    """
    for names in (("a", "a/b"), ("a/b", "a"), ("delivery.json/x",)):
        assert (
            refused(make_tar(tmp_path / "a.tar.gz", *(member(name) for name in names))).code
            == "damaged"
        )
    assert refused(make_tar(tmp_path / "a.tar.gz", member("d/" * 50 + "f"))).code == "bomb"


@pytest.mark.parametrize(
    "name",
    [
        "é" * 190 + ".tif",
        "像" * 80 + ".tif",
        "caf\udce9.tif",
        "x" * 250 + ".tif",
        "NUL .tif",
        "CONIN$",
    ],
)
def test_names_that_a_disk_cannot_hold_are_made_to_fit(tmp_path: Path, name: str) -> None:
    with tarfile.open(
        tmp_path / "a.tar.gz", "w:gz", format=tarfile.PAX_FORMAT, errors="surrogateescape"
    ) as archive:
        archive.addfile(*member(name, b"data"))
    folder = unpack_archive(tmp_path / "a.tar.gz", tmp_path / "home" / "x", Cancel())
    (file,) = [path for path in folder.iterdir() if path.name != "delivery.json"]
    assert file.read_bytes() == b"data" and len(f"{file.name}.part.journal".encode()) <= 255
    assert file.suffix in (".tif", "") and file.name.casefold() not in ("nul .tif", "conin$")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of 20 MB, where one can be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", str(folder)]
    if (
        shutil.which("mount") is None
        or subprocess.run(command, check=False, capture_output=True).returncode
    ):
        pytest.skip("a small disk cannot be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.parametrize("kind", ["tar", "zip"])
def test_a_real_disk_that_fills_up_half_way(
    small_disk: Path, tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Space is checked before, but somebody else takes it meanwhile: said, nothing half is left,
    and it opens once there is room.
    """
    from dinamis_qgis.core.transfer.fetch import partial_file as part

    data = [os.urandom(3 << 20) for _ in range(4)]
    if kind == "tar":
        archive = make_tar(
            tmp_path / "a.tar.gz", *(member(f"f{n}", piece) for n, piece in enumerate(data))
        )
    else:
        archive = tmp_path / "a.zip"
        with zipfile.ZipFile(archive, "w") as file:
            for number, piece in enumerate(data):
                file.writestr(f"f{number}", piece)
    monkeypatch.setattr(part, "MARGIN_BYTES", 0)
    hog = small_disk / "hog"

    def taken(share: float) -> None:
        if share > 0.3 and not hog.exists():
            hog.write_bytes(bytes(12 << 20))

    with pytest.raises(StorageError) as caught:
        unpack_archive(archive, small_disk / "home" / "x", Cancel(), taken)
    assert caught.value.code == "disk-full" and not list((small_disk / "home").iterdir())
    hog.unlink()
    folder = unpack_archive(archive, small_disk / "home" / "x", Cancel())
    assert [(folder / f"f{n}").read_bytes() for n in range(4)] == data


def test_space_is_checked_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import shutil

    archive = make_tar(tmp_path / "a.tar.gz", member("f", os.urandom(1000)))
    monkeypatch.setattr(shutil, "disk_usage", lambda path: type("Usage", (), {"free": 1000})())
    assert refused(archive).code == "disk-full"


def test_space_is_checked_during(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    free = [10**9]

    def usage(path: Any) -> Any:
        free[0] -= 990_000_000
        return type("Usage", (), {"free": free[0] + 990_000_000})()

    monkeypatch.setattr("shutil.disk_usage", usage)
    monkeypatch.setattr(archives, "_LOOK_EVERY", 1 << 20)
    assert (
        refused(make_tar(tmp_path / "a.tar.gz", member("f", os.urandom(3 << 20)))).code
        == "disk-full"
    )


def test_a_disk_that_fills_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = make_tar(tmp_path / "a.tar.gz", member("f", b"x" * 1000))

    def full(self: Any, *values: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(archives._Unpacking, "_write", full)
    with pytest.raises(StorageError) as caught:
        unpack_archive(archive, tmp_path / "home" / "x", Cancel())
    assert caught.value.code == "disk-full" and not list((tmp_path / "home").iterdir())


def test_what_a_killed_run_left_is_cleared(tmp_path: Path) -> None:
    part = tmp_path / "home" / "x.part"
    part.mkdir(parents=True)
    (part / "half.tif").write_bytes(b"half")
    folder = unpack_archive(
        make_tar(tmp_path / "a.tar.gz", member("f", b"1")), tmp_path / "home" / "x", Cancel()
    )
    assert sorted(p.name for p in folder.iterdir()) == ["delivery.json", "f"]
    assert sorted(p.name for p in (tmp_path / "home").iterdir()) == ["x"]


def test_two_at_once(tmp_path: Path) -> None:
    from dinamis_qgis.core.file_lock import try_lock

    (tmp_path / "box" / "home").mkdir(parents=True)
    descriptor = os.open(tmp_path / "box" / "home" / "x.part.lock", os.O_RDWR | os.O_CREAT)
    try:
        assert try_lock(descriptor)
        with pytest.raises(InvalidInput) as caught:
            unpack_archive(
                make_tar(tmp_path / "a.tar.gz", member("f")),
                tmp_path / "box" / "home" / "x",
                Cancel(),
            )
        assert caught.value.code == "busy"
    finally:
        os.close(descriptor)


def test_names_that_windows_refuses_are_made_safe(tmp_path: Path) -> None:
    folder = unpack_archive(
        make_tar(tmp_path / "a.tar.gz", member("d/aux.txt"), member("d/a:b?.tif")),
        tmp_path / "x",
        Cancel(),
    )
    assert sorted(p.name for p in (folder / "d").iterdir()) == ["_aux.txt", "a_b_.tif"]


LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9))
    + "]>"
)


@pytest.mark.parametrize(
    "text",
    [
        '<?xml version="1.0"?>' + LAUGHS + "<Dimap_Document><a>&j;</a></Dimap_Document>",
        "<!DOCTYPE a [<!ENTITY x SYSTEM "
        '"file:///etc/passwd">]><Dimap_Document>&x;</Dimap_Document>',
        "<!doctype a><Dimap_Document/>",
        "<a>" * 100_000 + "</a>" * 100_000,
        "<Dimap_Document><a></Dimap_Document>",
        "",
        "not XML",
        "<Dimap_Document/><Dimap_Document/>",
        '<?xml version="1.0" encoding="klingon"?><Dimap_Document/>',
        '<?xml version="1.0" encoding="UTF-16"?><Dimap_Document/>',
        "<Dimap_Document>\x00</Dimap_Document>",
        "<!--" + "-" * 100_000,
        "<a" * 200_000,
        '<a b="/>">' * 2000 + "</a>" * 2000,
        "<1>" * 2000 + "</1>" * 2000,
        '<Dimap_Document><a b="<!--"/>'
        + "<x>" * 2000
        + "</x>" * 2000
        + '<y b="-->"/></Dimap_Document>',
        "<Dimap_Document><?a b='?>"
        + "</x>" * 2000
        + "'?>"
        + "<x>" * 2000
        + "</x>" * 2000
        + "</Dimap_Document>",
        '<Dimap_Document><a b="1></Dimap_Document>',
        "<a " + "''" * 500_000,
    ],
)
def test_hostile_xml(tmp_path: Path, text: str) -> None:
    pytest.importorskip("osgeo")
    from dinamis_qgis.core.delivery.dim import read_dim

    path = tmp_path / "DIM_X.XML"
    path.write_text(text)
    with pytest.raises(InvalidInput) as caught:
        read_dim(path)
    assert (
        caught.value.code in ("xml", "dim")
        and "passwd" not in caught.value.message + caught.value.details
    )


def test_huge_xml(tmp_path: Path) -> None:
    pytest.importorskip("osgeo")
    from dinamis_qgis.core.xml import MOST_BYTES, read_xml

    path = tmp_path / "DIM_X.XML"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(InvalidInput) as caught:
        read_xml(path)
    assert caught.value.code == "xml"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("<NROWS>200", "<NROWS>-5", "dim"), ("<NCOLS>300", "<NCOLS>99999999999", "dim"), ("<NCOLS>300", "<NCOLS>3000", "missing"),
        ("<NBANDS>4", "<NBANDS>3", "tile"), ("_R1C1.TIF", "_R9C9.TIF", "missing"), ("IMG_SPOT7", "../../IMG_SPOT7", "unsafe"),
        ('href="IMG', 'href="/etc/IMG', "unsafe"), ('href="IMG', 'href="http://x.invalid/IMG', "unsafe"),
        ('tile_R="1" tile_C="2"', 'tile_R="1" tile_C="1"', "dim"), ("<NBANDS>4</NBANDS>", "", "dim"),
        ('ncols="150"', 'ncols="290"', "tile"),
    ],
)  # fmt: skip
def test_descriptions_that_lie(tmp_path: Path, old: str, new: str, code: str) -> None:
    pytest.importorskip("osgeo")
    from dinamis_qgis.core.delivery.deliver import open_deliveries

    source = write_delivery(tmp_path / "in", Scene())
    path = next(source.rglob("DIM_*.XML"))
    text = description(Scene())
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    report = open_deliveries(source, tmp_path / "home", Cancel())
    assert [r.error.code for r in report.refused] == [code] and not report.opened


def test_a_description_with_nonsense_values_still_opens(tmp_path: Path) -> None:
    pytest.importorskip("osgeo")
    from dinamis_qgis.core.delivery.deliver import open_deliveries

    source = write_delivery(tmp_path / "in", Scene(cloud="many"))
    path = next(source.rglob("DIM_*.XML"))
    text = (
        description(Scene(cloud="many"))
        .replace("<IMAGING_DATE>2018-05-05", "<IMAGING_DATE>2018-13-45")
        .replace("<LON>", "<LON>9")
    )
    path.write_text(text.replace("12.5", "NaN"), encoding="utf-8")
    report = open_deliveries(source, tmp_path / "home", Cancel())
    product = report.opened[0].product
    assert (product.cloud_cover, product.incidence, product.datetime) == (None, None, None)
    assert product.footprint is not None and product.footprint.is_valid


@pytest.mark.parametrize("cut", [200, 20_000, 60_000])
def test_a_truncated_tile_is_told_by_name(tmp_path: Path, cut: int) -> None:
    pytest.importorskip("osgeo")
    from dinamis_qgis.core.delivery.deliver import open_deliveries

    source = write_delivery(tmp_path / "in", Scene())
    tile = next(source.rglob("*_R2C1.TIF"))
    tile.write_bytes(tile.read_bytes()[:cut])
    report = open_deliveries(source, tmp_path / "home", Cancel())
    assert [r.error.code for r in report.refused] == ["tile"] and tile.name in report.refused[
        0
    ].error.message


def test_nothing_to_open(tmp_path: Path) -> None:
    pytest.importorskip("osgeo")
    from dinamis_qgis.core.delivery.deliver import open_deliveries

    (tmp_path / "in").mkdir()
    report = open_deliveries(tmp_path / "in", tmp_path / "home", Cancel())
    assert [r.error.code for r in report.refused] == ["no-dim"]
    (tmp_path / "in" / "33-2022-0400-6420-LA93-0M50.jp2").write_bytes(b"x")
    report = open_deliveries(tmp_path / "in", tmp_path / "home", Cancel())
    assert "ORTHO-SAT" in report.refused[0].error.message
    archive = tar(tmp_path / "in", tmp_path / "ortho.tar.gz")
    report = open_deliveries(archive, tmp_path / "home", Cancel())
    assert [r.error.code for r in report.refused] == ["no-dim"]
