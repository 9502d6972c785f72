"""XML of strangers: read as their programs write it, and no more than a sentence when it is not."""

from __future__ import annotations

import codecs
import random
from pathlib import Path

import pytest

from dinamis_qgis.core.errors import DinamisError, InvalidInput
from dinamis_qgis.core.xml import DEEPEST, MOST_BYTES, parse_xml, read_xml

TEXT = """<?xml version="1.0" encoding="{encoding}" standalone="yes"?>
<?xml-stylesheet type="text/xsl" href="LIBRARY/STYLE.XSL"?>
<!-- before <a> & more -->
<gml:Root xmlns:gml="http://www.opengis.net/gml" xmlns="http://x.invalid" gml:id='r "1"'>
  <?instruction inside="?"?><!-- a comment with <tags> -->
  <Name>Pyrénées <![CDATA[<b> & Landes]]></Name>
  <gml:Part gml:unit="m &amp; km">12<!-- in between -->.5</gml:Part>
  <Part/>&#233;
</gml:Root>
<!-- after -->
"""


def refused(data: bytes | str) -> str:
    with pytest.raises(InvalidInput) as caught:
        parse_xml(data, "X.XML")
    assert caught.value.code == "xml" and caught.value.remedy
    return caught.value.message


@pytest.mark.parametrize(
    "encoding", ["UTF-8", "utf8", "ISO-8859-1", "latin1", "windows-1252", "UTF-16"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_programs_write(encoding: str, end: str) -> None:
    root = parse_xml(TEXT.format(encoding=encoding).replace("\n", end).encode(encoding), "X.XML")
    assert root.name == "Root" and root.attributes["id"] == 'r "1"' and root.text == "é"
    assert root.value("Name") == "Pyrénées <b> & Landes"
    assert [part.text for part in root.every("Part")] == ["12.5", ""]
    assert root.children[1].attributes == {"unit": "m & km"}


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (b"", "utf-16-be")],
)
def test_marks_at_the_beginning(mark: bytes, encoding: str) -> None:
    text = TEXT.format(encoding="UTF-8")  # whatever it says
    assert parse_xml(mark + text.encode(encoding), "X.XML").value("Name").startswith("Pyrénées")
    assert parse_xml("\ufeff" + text, "X.XML").name == "Root"


def test_a_file_that_lies_about_its_encoding_is_latin() -> None:
    data = TEXT.format(encoding="UTF-8").encode("latin-1")
    assert parse_xml(data, "X.XML").value("Name").startswith("Pyrénées")


@pytest.mark.parametrize(
    "reference",
    [
        "&#0;",
        "&#1;",
        "&#x1F;",
        "&#xD800;",
        "&#xDFFF;",
        "&#xFFFE;",
        "&#xFFFF;",
        "&#1114112;",
        "&#99999999999999999999;",
        "&#x;",
        "&#-1;",
        "&nbsp;",
        "&a",
        "\x01",
        "\x0b",
    ],
)
def test_forbidden_characters_are_a_sentence(reference: str) -> None:
    assert "damaged" in refused(f"<a>{reference}</a>")
    assert "damaged" in refused(f"<a b='{reference}'/>".encode())


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE a><a/>", '<!DOCTYPE a SYSTEM "http://x.invalid/a.dtd"><a/>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>',
        '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://x.invalid/">%x;]><a/>',
        '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><a>&b;</a>',
        '<?xml version="1.0"?><!-- x --><!DOCTYPE a [<!ATTLIST a b CDATA "c">]><a/>',
    ],
)  # fmt: skip
def test_document_types_are_refused_whatever_they_hold(text: str) -> None:
    assert "document type" in refused(text)
    assert "document type" in refused(text.encode("utf-16"))


@pytest.mark.parametrize(
    "name",
    [
        "unicode_escape",
        "raw_unicode_escape",
        "utf-7",
        "idna",
        "punycode",
        "undefined",
        "hex",
        "zlib",
        "rot13",
        "base64",
        "mbcs",
        "oem",
        "klingon",
    ],
)
def test_codecs_that_are_no_texts_are_not_tried(name: str) -> None:
    assert "encoding" in refused(f'<?xml version="1.0" encoding="{name}"?><a>\\ud800</a>'.encode())


def test_bounds() -> None:
    deep = DEEPEST * "<a>" + "x" + DEEPEST * "</a>"
    assert next(iter(parse_xml(deep, "X.XML").within("a"))).name == "a"
    assert "deep" in refused(f"<b>{deep}</b>")
    assert "deep" in refused("<a>" * 1_000_000)
    assert "large" in refused(b"<a>" + b" " * MOST_BYTES + b"</a>")
    assert "large" in refused("<a " + " ".join(f"b{n}='1'" for n in range(200)) + "/>")
    for endless in ("<a " * 1_000_000, "<" * 1_000_000, "<!--" * 500_000, "<a b='" * 500_000):
        refused(endless)


def test_elements_without_end_are_too_many() -> None:
    assert "large" in refused(b"<r>" + b"<a/>" * (MOST_BYTES // 4 - 4) + b"</r>")


def test_nothing_but_sentences_comes_out() -> None:
    """Bytes changed, cut and doubled at random places: a tree or a sentence."""
    chance = random.Random(7)
    whole = TEXT.format(encoding="UTF-8").encode()
    for _ in range(2000):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            at = chance.randrange(len(data))
            data[at : at + chance.randint(0, 4)] = bytes(
                chance.randrange(256) for _ in range(chance.randint(0, 4))
            )
        try:
            parse_xml(bytes(data), "X.XML")
        except DinamisError as error:
            assert error.code == "xml"


def test_files(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(b"<a/>")
    assert read_xml(tmp_path / "a.xml").name == "a"
    for path in (tmp_path, tmp_path / "none.xml"):
        with pytest.raises(DinamisError):
            read_xml(path)


def test_xml_is_read_in_one_place() -> None:
    """GDAL's parser crashes on forbidden characters, the standard library's expand entities: both
    are kept from what strangers send. (Styles of QGIS's own layers are QDomDocument's.)
    """
    import ast

    package = Path(__file__).parents[3] / "dinamis_qgis"
    found = []
    for path in package.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        names = {
            alias.name
            for node in ast.walk(ast.parse(text))
            if isinstance(node, (ast.Import, ast.ImportFrom))
            for alias in node.names
        } | {
            node.module or ""
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.ImportFrom)
        }
        outside = {name for name in names if name.split(".")[0] in ("xml", "lxml", "defusedxml")}
        if "ParseXML" in text or (outside and path != package / "core" / "xml.py"):
            found.append(path.name)
    assert not found
