"""XML from outside, as a plain tree: bounded in size, depth and number of elements, without
document types or entities.

Read by expat through ``defusedxml``. The text is decoded here first, so that a file that lies about
its encoding is read as well as it can be, and so that no codec but those of texts is ever tried.
What the parser refuses, a reference to a forbidden character among it, is a sentence.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dinamis_qgis.core.errors import InvalidInput, from_os_error
from dinamis_qgis.core.text import tr

MOST_BYTES = 16 * 1024 * 1024
"""DIM files weigh tens of kilobytes, cloud masks rarely a megabyte, capabilities some."""
DEEPEST = 60
MOST_ELEMENTS = 200_000
MOST_ATTRIBUTES = 100
"""Of one element."""
_DECLARATION = re.compile(r"^\s*<\?xml\s[^>]*\?>")
_ENCODING = re.compile(r"""^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\x00?\x00", "utf-16-le"),
    (b"\x00<\x00?", "utf-16-be"),
)
_ENCODINGS = re.compile(r"ascii|utf-8(-sig)?|utf-16(-[bl]e)?|iso8859-\d+|cp125\d|cp850|mac-roman")
"""Python's names of the encodings that such files are written in; other codecs are no texts."""


class Node:
    """An element: its name without prefix, attributes, own text, children in order."""

    __slots__ = ("attributes", "children", "name", "text")

    def __init__(self, name: str, attributes: dict[str, str] | None = None) -> None:
        self.name = name
        self.attributes = attributes or {}
        self.text = ""
        self.children: list[Node] = []

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


def read_xml(path: Path) -> Node:
    """The root element of a file. Raises InvalidInput (code ``xml``), StorageError."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise from_os_error(error, path) from error
    return parse_xml(data, path.name)


def parse_xml(data: bytes | str, name: str, most: int = MOST_ELEMENTS) -> Node:
    """The root element of a document that people know as ``name``, of at most ``most`` elements.

    Raises InvalidInput (code ``xml``).
    """
    from defusedxml import DefusedXmlException
    from defusedxml.expatreader import create_parser

    if len(data) > MOST_BYTES:
        raise _refused_xml(name, tr("it is too large for a description"))
    text = data if isinstance(data, str) else _decode_xml(data, name)
    if "\x00" in text:
        raise _refused_xml(name, tr("its encoding is wrong"))
    tree = _Tree(name, most)
    parser = create_parser(forbid_dtd=True, forbid_entities=True, forbid_external=True)
    parser.setContentHandler(tree)
    parser.setErrorHandler(tree)
    try:
        parser.feed(_DECLARATION.sub("", text.lstrip("\ufeff"), count=1).encode("utf-8"))
        parser.close()
    except DefusedXmlException:
        raise _refused_xml(
            name, tr("it defines a document type, which such a file never does")
        ) from None
    except (ValueError, LookupError, AttributeError):  # a lone surrogate; a parser that gave up
        raise _damaged_xml(name) from None
    if tree.root is None:
        raise _damaged_xml(name)
    return tree.root


class _Tree:
    """Builds the nodes as the parser tells of them, and stops it at what is too much."""

    def __init__(self, name: str, most: int) -> None:
        self.name = name
        self.root: Node | None = None
        self._open: list[tuple[Node, list[str]]] = []
        self._left = most

    def startElement(self, name: str, attributes: Any) -> None:  # noqa: N802
        """The parser's word for it."""
        self._left -= 1
        if self._left < 0 or len(attributes) > MOST_ATTRIBUTES:
            raise _refused_xml(self.name, tr("it is too large for a description"))
        if len(self._open) >= DEEPEST:
            raise _refused_xml(self.name, tr("its XML is nested too deeply"))
        node = Node(
            _local_name(name), {_local_name(key): value for key, value in attributes.items()}
        )
        if self._open:
            self._open[-1][0].children.append(node)
        else:
            self.root = node
        self._open.append((node, []))

    def characters(self, text: str) -> None:
        """The parser's word for it."""
        if self._open:
            self._open[-1][1].append(text)

    def endElement(self, name: str) -> None:  # noqa: N802
        """The parser's word for it."""
        node, texts = self._open.pop()
        node.text = "".join(texts).strip()

    def _skip(self, *_: Any) -> None:
        return

    startDocument = endDocument = processingInstruction = setDocumentLocator = _skip  # noqa: N815
    ignorableWhitespace = skippedEntity = warning = _skip  # noqa: N815
    startPrefixMapping = endPrefixMapping = _skip  # noqa: N815

    def error(self, error: Exception) -> None:
        """The parser found a fault. Raises InvalidInput."""
        raise _damaged_xml(self.name, str(error)) from None

    fatalError = error  # noqa: N815


def _decode_xml(data: bytes, name: str) -> str:
    """A file that lies about UTF-8 is nearly always Latin 1, where every byte means something."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _as_text(data, encoding, name)
    declared = _ENCODING.match(data[:200].decode("ascii", "replace"))
    return _as_text(data, declared.group(1) if declared else "utf-8", name)


def _as_text(data: bytes, encoding: str, name: str) -> str:
    try:
        codec = codecs.lookup(encoding).name
    except LookupError:
        codec = ""
    if not _ENCODINGS.fullmatch(codec):
        raise _refused_xml(name, tr("its encoding is unknown"))
    try:
        return data.decode(codec)
    except UnicodeError:
        if codec not in ("utf-8", "utf-8-sig", "ascii"):
            raise _refused_xml(name, tr("its encoding is wrong")) from None
    return data.decode("windows-1252", "replace")


def _local_name(name: Any) -> str:
    return str(name).rpartition(":")[2]


def _damaged_xml(name: str, details: str = "") -> InvalidInput:
    return _refused_xml(name, tr("its XML is damaged"), details)


def _refused_xml(name: str, why: str, details: str = "") -> InvalidInput:
    return InvalidInput(
        tr("“{name}” cannot be read: {why}.").format(name=name, why=why),
        tr("Download or ask for the delivery again."),
        code="xml",
        details=details[:200],
    )
