"""XML of unknown origin, as a plain tree: bounded in size and depth, without document types or
entities.

Read by GDAL's own parser, the one its DIMAP driver uses: it knows neither external entities nor
entity definitions, and QGIS always has it. What it would only skip (a DOCTYPE) is refused, so that
nobody can hope for another reading of the same file.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dinamis_qgis.core.errors import InvalidInput, from_os_error
from dinamis_qgis.core.text import tr

MOST_BYTES = 16 * 1024 * 1024
"""DIM files weigh tens of kilobytes, cloud masks rarely a megabyte."""
DEEPEST = 60
_WITHIN = r"""[^<>"']*(?:(?:"[^"]*"|'[^']*')[^<>"']*)*"""
_TOKEN = re.compile(
    rf"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?{_WITHIN}>|<(?![!?])(/?){_WITHIN}>|<!?[a-zA-Z]*", re.DOTALL
)
"""Whatever begins with ``<``, quotes heeded as the parser does; the last alternative is what nobody
could read.
"""
_DECLARED = re.compile(r"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_ELEMENT, _TEXT, _ATTRIBUTE = 0, 1, 2


@dataclass
class Node:
    """An element: its name without prefix, attributes, text, children in order."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""
    children: list[Node] = field(default_factory=list)

    def find(self, path: str) -> Node | None:
        """The first element at ``A/B/C`` below this one."""
        return next(self.every(path), None)

    def every(self, path: str) -> Iterator[Node]:
        """All elements at ``A/B/C`` below this one."""
        name, _, rest = path.partition("/")
        for child in self.children:
            if child.name == name:
                if rest:
                    yield from child.every(rest)
                else:
                    yield child

    def within(self, name: str) -> Iterator[Node]:
        """All elements of that name at any depth, in order."""
        for child in self.children:
            if child.name == name:
                yield child
            yield from child.within(name)

    def value(self, path: str, default: str = "") -> str:
        """Text of the first element at ``path``."""
        found = self.find(path)
        return found.text if found is not None and found.text else default


def parse(path: Path) -> Node:
    """The root element of a file. Raises InvalidInput (code ``xml``), StorageError."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _refused(path, tr("it is too large for a description"))
        data = path.read_bytes()
    except OSError as error:
        raise from_os_error(error, path) from error
    text = _text(data, path)
    _check(text, path)
    from osgeo import gdal

    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        tree = gdal.ParseXMLString(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except (RuntimeError, UnicodeError):
        tree = None
    finally:
        gdal.PopErrorHandler()
    root = _root(tree)
    if root is None:
        raise _refused(path, tr("its XML is damaged"))
    return _node(root)


def _text(data: bytes, path: Path) -> str:
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return _decoded(data[len(mark) :], name, path)
    declared = _DECLARED.match(data[:200].decode("ascii", "replace"))
    return _decoded(data, declared.group(1) if declared else "utf-8", path)


def _decoded(data: bytes, encoding: str, path: Path) -> str:
    """A file that lies about UTF-8 is nearly always Latin 1, where every byte means something."""
    try:
        text = data.decode(encoding)
    except LookupError:
        raise _refused(path, tr("its encoding is unknown")) from None
    except UnicodeDecodeError:
        if encoding.lower().replace("_", "-") not in ("utf-8", "utf8", "ascii", "us-ascii"):
            raise _refused(path, tr("its encoding is wrong")) from None
        text = data.decode("windows-1252", "replace")
    if "\x00" in text:
        raise _refused(path, tr("its encoding is wrong"))
    return text


def _check(text: str, path: Path) -> None:
    """As deep as the parser would find it: a ``>`` or a comment inside an attribute does not hide
    what is nested.
    """
    depth = 0
    for found in _TOKEN.finditer(text):
        token = found.group()
        if token.upper() in ("<!DOCTYPE", "<!ENTITY"):
            raise _refused(path, tr("it defines a document type, which such a file never does"))
        if not token.endswith(">"):
            raise _refused(path, tr("its XML is damaged"))
        if found.group(1) is not None:
            depth += -1 if found.group(1) else 0 if token.endswith("/>") else 1
        if depth > DEEPEST:
            raise _refused(path, tr("its XML is nested too deeply"))
        if depth < 0:
            raise _refused(path, tr("its XML is damaged"))


def _root(tree: Any) -> Any:
    """GDAL gives the element itself, or a list of what stands at the top."""
    if not isinstance(tree, list) or len(tree) < 2:
        return None
    if tree[0] == _ELEMENT and tree[1]:
        return tree
    tops = [
        item
        for item in tree[2:]
        if isinstance(item, list) and item[0] == _ELEMENT and item[1] != "?xml"
    ]
    return tops[0] if len(tops) == 1 else None


def _node(raw: Any) -> Node:
    node = Node(_bare(raw[1]))
    for item in raw[2:]:
        if item[0] == _ELEMENT:
            node.children.append(_node(item))
        elif item[0] == _TEXT:
            node.text += str(item[1]).strip()
        elif item[0] == _ATTRIBUTE and len(item) > 2:
            node.attributes[_bare(item[1])] = str(item[2][1])
    return node


def _bare(name: Any) -> str:
    return str(name).rpartition(":")[2]


def _refused(path: Path, why: str) -> InvalidInput:
    return InvalidInput(
        tr("“{name}” cannot be read: {why}.").format(name=path.name, why=why),
        tr("Download or ask for the delivery again."),
        code="xml",
    )
