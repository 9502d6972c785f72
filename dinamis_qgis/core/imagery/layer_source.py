"""What a raster layer reads, as one value: the files its data source names, and the source written
anew with other addresses for them.

An object of the storage has these forms: its unsigned ``https://`` href; ``/vsicurl/href``, which a
project keeps; ``/vsicurl?…&url=address`` or ``/vsicurl/address``, the gateway's loopback address as
GDAL reads it; a stand-in, which is a local file. Each may be the whole source, the target of
``vrt://…?bands=1``, or a whole ``SourceFilename`` of a virtual raster written out, which may stand
within another. What only looks like one within something else is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Callable, Union
from urllib.parse import quote, unquote

from dinamis_qgis.core.net.urls import Address, escape_path, find_address
from dinamis_qgis.core.profile.model import Profile

LARGEST = 8_000_000
"""Characters: a longer source is none of ours."""
DEEPEST = 6
"""Virtual rasters within virtual rasters."""
_WHOLE = re.compile(r"(/vsicurl[/?][^|]*)((?:\|(?:option|credential):[^|]*)*)", re.DOTALL)
_TARGET = re.compile(r"(vrt://)([^?]*)((?:\?.*)?)", re.DOTALL)
_MEMBER = re.compile(r"(<(SourceFilename|SourceDataset)\b[^<>]*>)([^<]*)(</\2\s*>)")
_OPENING = re.compile(r"<(?:SourceFilename|SourceDataset)\b")
_ENTITY = re.compile(r"&(amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_SIGNATURE = re.compile(r"(?:x-amz-[a-z-]+|awsaccesskeyid|signature|expires)", re.IGNORECASE)
_GATEWAY = re.compile(r"/[\w-]{32}/\d+/(https?)/([^/]+)(/.+)")
_TRAINING_PATH = "/storage/"
_VECTOR = (
    *(".shp", ".gpkg", ".geojson", ".json", ".kml", ".kmz", ".gml", ".fgb", ".csv", ".parquet"),
    *(".zip", ".sqlite", ".dxf", ".gpx", ".tab", ".xlsx", ".ods", ".gdb", ".mif", ".las", ".laz"),
)
"""Files of layers that are not images: other people's, whatever host they are on."""
_ELSEWHERE = re.compile(r"/vsi|<|//|\\\\|[A-Za-z][A-Za-z0-9_+.-]+:")
"""A name in a virtual raster that is no file of this machine (``C:`` is)."""


@dataclass(frozen=True)
class FileName:
    """A file that a data source names; ``text`` is how it stands there, not escaped.

    ``address`` is the remote one's without signature, empty for a local file. ``short``: GDAL's
    ``?`` options have no place there.
    """

    text: str
    address: str = ""
    short: bool = False


_Piece = Union[str, FileName, "LayerSource"]


@dataclass(frozen=True)
class LayerSource:
    """A data source in pieces: texts, names of files, and virtual rasters within it."""

    pieces: tuple[_Piece, ...]
    is_compound: bool = False
    """Whether it is a virtual raster written out."""
    as_found: str = ""
    """How it stood within another one, escaped."""
    is_doubtful: bool = False
    """Whether it may name files in a way that is not read here."""

    @property
    def text(self) -> str:
        """As GDAL and QGIS take it."""
        return "".join(_piece_text(piece, self.is_compound) for piece in self.pieces)

    def names(self) -> Iterator[FileName]:
        """Every file, in order; one that is read twice comes twice."""
        for piece in self.pieces:
            if isinstance(piece, FileName):
                yield piece
            elif isinstance(piece, LayerSource):
                yield from piece.names()

    @property
    def addresses(self) -> tuple[str, ...]:
        """The unsigned addresses of its remote files, each once."""
        return tuple(dict.fromkeys(name.address for name in self.names() if name.address))

    @property
    def files(self) -> tuple[str, ...]:
        """The names of its other files, each once."""
        return tuple(dict.fromkeys(name.text for name in self.names() if not name.address))

    def names_elsewhere(self, own: Mapping[str, object]) -> bool:
        """Whether anything but the addresses in ``own`` is on another machine, or may be."""
        inner = (piece for piece in self.pieces if isinstance(piece, LayerSource))
        return (
            self.is_doubtful
            or any(address not in own for address in self.addresses)
            or any(_ELSEWHERE.match(file) for file in self.files)
            or any(piece.is_doubtful for piece in inner)
        )

    def kept_as(self, hrefs: Mapping[str, str]) -> LayerSource:
        """As a project keeps it: the addresses in ``hrefs`` by their unsigned hrefs."""
        return self._changed(
            lambda name: plain_source(hrefs[name.address]) if name.address in hrefs else None
        )

    def read_at(self, addresses: Mapping[str, str]) -> LayerSource:
        """As it is read now: other, loopback, addresses for those given."""
        return self._changed(
            lambda name: curl_source(addresses[name.address], not name.short)
            if name.address in addresses
            else None
        )

    def read_from(self, files: Mapping[str, str]) -> LayerSource:
        """With other sources for its files: by remote address, or by local name."""
        return self._changed(lambda name: files.get(name.address or name.text))

    def _changed(self, change: Callable[[FileName], str | None]) -> LayerSource:
        """``change(name)`` gives another text for a file, None to leave it."""
        pieces: list[_Piece] = []
        for piece in self.pieces:
            if isinstance(piece, LayerSource):
                piece = piece._changed(change)
            elif isinstance(piece, FileName):
                text = change(piece)
                piece = piece if text is None else replace(piece, text=text)
            pieces.append(piece)
        changed = tuple(pieces)
        return self if changed == self.pieces else replace(self, pieces=changed, as_found="")


def is_compound(text: str) -> bool:
    """Whether a data source is a virtual raster written out."""
    return text.lstrip().startswith("<VRTDataset")


def parse_source(text: str) -> LayerSource:
    """A data source of QGIS or GDAL taken apart; ``parse_source(text).text`` is ``text``.

    Anything that is no image of the network or virtual raster is one name of a file, or nothing.
    """
    return _parse_source_text(text, 0)


def _parse_source_text(text: str, depth: int) -> LayerSource:
    alone = LayerSource((FileName(text),))
    if len(text) > LARGEST or depth > DEEPEST:
        return replace(alone, is_doubtful=True)
    if text.lstrip().startswith("<"):
        return _parse_compound(text, depth) if is_compound(text) else alone
    target = _TARGET.fullmatch(text)
    if target:
        return _parse_target(*target.groups())
    whole = _WHOLE.fullmatch(text)
    if whole:
        path, options = whole.groups()
        address = _address_in(path)
        named = FileName(path, address, short=bool(options))
        return LayerSource((named, options)) if address else alone
    return LayerSource((FileName(text, _without_signature(text)),))


def _parse_target(scheme: str, path: str, options: str) -> LayerSource:
    """``vrt://``, which has one target and options of its own."""
    address = _address_in(path)
    kept = options
    if address:  # a signature follows the target where somebody wrote one
        parts = [part for part in options[1:].split("&") if part and not _is_signature(part)]
        kept = "?" + "&".join(parts) if parts else ""
    return LayerSource((scheme, FileName(path, address, short=True), kept))


def _parse_compound(text: str, depth: int) -> LayerSource:
    pieces: list[_Piece] = []
    end = 0
    for match in _MEMBER.finditer(text):
        name = unescape_xml(match.group(3))
        inner = replace(_parse_source_text(name, depth + 1), as_found=match.group(3))
        pieces += [text[end : match.start(3)], inner]
        end = match.end(3)
    doubtful = len(_OPENING.findall(text)) != len(pieces) // 2
    return LayerSource((*pieces, text[end:]), is_compound=True, is_doubtful=doubtful)


def _piece_text(piece: _Piece, within_xml: bool) -> str:
    if isinstance(piece, str):
        return piece
    if isinstance(piece, LayerSource) and piece.as_found:
        return piece.as_found
    return escape_xml(piece.text) if within_xml else piece.text


def escape_xml(text: str) -> str:
    """For the content of an element; without double quotes, which QGIS's GDAL tools would lose."""
    for mark, name in (("&", "amp"), ("<", "lt"), (">", "gt"), ('"', "quot")):
        text = text.replace(mark, f"&{name};")
    return text


def unescape_xml(text: str) -> str:
    """The content of an element as it is meant: XML's five names, and characters by number."""
    return _ENTITY.sub(_unescape_character, text)


def _unescape_character(match: re.Match[str]) -> str:
    name = match.group(1)
    if not name.startswith("#"):
        return _NAMED[name]
    number = int(f"0{name[1:]}", 16) if name[1] == "x" else int(name[1:])
    usable = 0x20 <= number < 0xD800 or 0xE000 <= number < 0x110000 or number in (9, 10, 13)
    return chr(number) if usable else match.group()


def _address_in(path: str) -> str:
    """The unsigned address that a ``/vsicurl`` path reads; empty when it is none."""
    if path.startswith("/vsicurl/"):
        return _without_signature(path[len("/vsicurl/") :])
    if path.startswith("/vsicurl?"):
        options = path[len("/vsicurl?") :].split("&")
        found = [option[4:] for option in options if option.lower().startswith("url=")]
        return _without_signature(unquote(found[0])) if len(found) == 1 else ""
    return ""


def _without_signature(url: str) -> str:
    """``url`` without its signature; empty when it is no address, or one with other parameters."""
    if not url.lower().startswith(("https://", "http://")):
        return ""
    found = find_address(url)
    if found is None or found.path.lower().endswith(_VECTOR):
        return ""
    if found.query and not any(_is_signature(part) for part in found.query.split("&")):
        return ""
    return found.unsigned.text


def _is_signature(parameter: str) -> bool:
    return _SIGNATURE.fullmatch(parameter.partition("=")[0]) is not None


def plain_source(href: str) -> str:
    """The data source of an unsigned ``href`` as a project keeps it."""
    return f"/vsicurl/{href}"


def curl_source(url: str, alone: bool = True) -> str:
    """The GDAL path of a loopback ``url``.

    ``alone``: where GDAL's options have a place. Then it is told, for this path only, to use no
    proxy (a proxy in GDAL's settings or the environment would be asked for 127.0.0.1) and to look
    for no sidecar files.
    """
    if not alone:
        return f"/vsicurl/{url}"
    return f"/vsicurl?proxy=&empty_dir=yes&list_dir=no&url={quote(url, safe='/:')}"


def outside_source(url: str) -> str:
    """The GDAL path of an image on another host than the storage: read alone, without sidecar
    files.
    """
    return f"/vsicurl?empty_dir=yes&list_dir=no&url={quote(url, safe='/:')}"


def gateway_path(href: str, generation: int) -> str:
    """What of a gateway's address follows its secret: ends with the file's own name, which is what
    people and GDAL see. Its letters mean nothing to XML, GDAL or QGIS.
    """
    found = find_address(href)
    if found is None:
        return ""
    return f"{generation}/{found.scheme}/{found.netloc}{quote(found.path, safe='/')}"


def href_in(url: str, profile: Profile) -> str | None:
    """The unsigned href of ``profile``'s storage that ``url`` means, or None.

    Also recognises addresses of a gateway of an earlier session, and objects of the training
    service on yesterday's port.
    """
    found = find_address(url)
    if found is not None and found.is_loopback:
        found = _behind_gateway(found) or found
    if found is None or found.path.lower().endswith(_VECTOR):
        return None
    base = found.unsigned
    if profile.storage.holds(base.text):
        return base.text
    yesterday = (
        profile.training
        and base.scheme == "http"
        and base.is_loopback
        and base.path.startswith(_TRAINING_PATH)
    )
    if yesterday and profile.storage.hosts:
        return f"http://{profile.storage.hosts[0]}{base.path}"
    return None


def _behind_gateway(found: Address) -> Address | None:
    match = _GATEWAY.fullmatch(found.path)
    if match is None:
        return None
    scheme, netloc, path = match.groups()
    return find_address(f"{scheme}://{netloc}{escape_name(unquote(path))}")


def escape_name(path: str) -> str:
    """As ``escape_path`` for a name in which ``?`` and ``#`` are letters."""
    return escape_path(path.replace("?", "%3F").replace("#", "%23"))
