"""Text files as people's editors write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from dinamis_qgis.core.files import decode_text, read_text
from dinamis_qgis.core.profile.read import import_profile, load_profile

TEXT = "Forêt d’été ;\n« Haut-Béarn »\nfin\n"
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_encoding_and_line_end(encoding: str, newline: str) -> None:
    assert decode_text(TEXT.replace("\n", newline).encode(encoding)) == TEXT


@pytest.mark.parametrize("mark", [b"\xfe\xff", b"\xff\xfe"])
def test_utf_16_with_its_mark(mark: bytes) -> None:
    order = "be" if mark[0] == 0xFE else "le"
    assert decode_text(mark + TEXT.encode(f"utf-16-{order}")) == TEXT


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"\xff\xfea", b"\x81\x8d", b"\0", b"\0" * 99])
def test_what_is_no_text_is_no_error(data: bytes) -> None:
    assert isinstance(decode_text(data), str)


def test_no_more_than_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x" * 11)
    assert read_text(tmp_path / "a.txt", 11) == "x" * 11
    with pytest.raises(ValueError, match="long"):
        read_text(tmp_path / "a.txt", 10)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_profile_of_any_editor(root: Path, tmp_path: Path, encoding: str) -> None:
    folder = root / "resources" / "profiles"
    text = (folder / "dinamis.json").read_text(encoding="utf-8")
    text = text.replace('"dinamis"', '"relais"', 1).replace("\n", "\r\n")
    file = tmp_path / "relais.json"
    file.write_bytes(text.encode(encoding, "replace"))
    there = load_profile(file, folder / "schema.json")
    kept = import_profile(file, folder / "schema.json", tmp_path / "profiles")
    again = load_profile(Path(kept.source), folder / "schema.json")
    assert there.title == again.title and there.catalogues == again.catalogues
