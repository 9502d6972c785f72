"""Layouts in a saved project: a map whose layers or styles are locked writes what its layers read
as it is, past QGIS's path writers, after every signal of saving. The file is put right once it is
there.
"""

from __future__ import annotations

import os
import re
import shutil
import zipfile
from pathlib import Path
from typing import Callable

from qgis.core import QgsLayoutItemMap, QgsProject

from dinamis_qgis.core.imagery.layer_source import escape_xml, unescape_xml

_REFERENCE = re.compile(r'(<(?:Layer|LayerStyle) [^<>]*?\bsource=")([^"<>]*/vsicurl[^"<>]*)(")')


def hold_addresses(project: QgsProject) -> bool:
    """Whether a map of a layout of ``project`` writes what its layers read."""
    for layout in project.layoutManager().layouts():
        items = layout.items() if hasattr(layout, "items") else ()  # a report has none
        for item in items:
            if isinstance(item, QgsLayoutItemMap) and (
                item.keepLayerSet() or item.keepLayerStyles()
            ):
                return True
    return False


def put_right(file: Path, saved: Callable[[str], str]) -> None:
    """The references of layouts in a project file as ``saved(source)`` has them; the file is
    replaced as a whole, or left. Raises OSError, ValueError (no project file).
    """
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        if file.suffix.lower() == ".qgz":
            changed = _rewrite_archive(file, part, saved)
        else:
            before = file.read_bytes()
            after = _without_addresses(before, saved)
            changed = after != before
            if changed:
                part.write_bytes(after)
        if changed:
            # With its date: QGIS asks about a file that changed since it was saved.
            shutil.copystat(file, part)
            os.replace(part, file)
    except zipfile.BadZipFile as error:
        raise ValueError(str(error)) from error
    finally:
        part.unlink(missing_ok=True)


def _rewrite_archive(file: Path, part: Path, saved: Callable[[str], str]) -> bool:
    with zipfile.ZipFile(file) as old:
        documents = {name: old.read(name) for name in old.namelist() if name.endswith(".qgs")}
        after = {name: _without_addresses(data, saved) for name, data in documents.items()}
        if after == documents:
            return False
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as new:
            for entry in old.infolist():
                new.writestr(entry, after.get(entry.filename) or old.read(entry))
    return True


def _without_addresses(document: bytes, saved: Callable[[str], str]) -> bytes:
    def replaced(match: re.Match[str]) -> str:
        source = unescape_xml(match.group(2))
        kept = saved(source)
        return match.group() if kept == source else match.expand(r"\1") + escape_xml(kept) + '"'

    return _REFERENCE.sub(replaced, document.decode("utf-8")).encode("utf-8")
