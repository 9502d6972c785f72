"""Names on disk: one folder a product, files that every system takes, Windows included."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from dinamis_qgis.core.catalogue.model import Asset, Product
from dinamis_qgis.core.catalogue.platforms import platform_label
from dinamis_qgis.core.imagery.sharp import SHARP
from dinamis_qgis.core.text import tr

DEFAULT_TEMPLATE = "{id}"
FIELDS = ("id", "date", "platform", "constellation", "collection", "mode", "year")
"""What a folder template may hold, each in braces; ``/`` makes subfolders."""
MOST = 100
"""Characters of one name: Windows stops at 260 for a whole path."""
_MOST_BYTES = 230
"""Linux stops at 255 for a name, whose part, journal or lock is longer."""
_RESERVED = re.compile(
    r"(?i)^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\..*)?$"
)
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_SECRET = re.compile(
    r"(?i)^(x-amz-|x-goog-|x-oss-)|^(sig|signature|awsaccesskeyid|expires|se|st|sp|sv|sr|skoid|token|access_token)$"
)
_SUFFIXES = {
    ".tif",
    ".tiff",
    ".jp2",
    ".png",
    ".jpg",
    ".jpeg",
    ".xml",
    ".json",
    ".zip",
    ".gz",
    ".tgz",
    ".gml",
    ".pdf",
    ".txt",
}
_TYPES = {
    "tiff": ".tif",
    "jp2": ".jp2",
    "png": ".png",
    "jpeg": ".jpg",
    "xml": ".xml",
    "json": ".json",
    "zip": ".zip",
}


_UNSEEN = frozenset({"Cf", "Zl", "Zp"})
"""Marks of direction and what has no shape: a name that shows another one."""
_PROGRAM = re.compile(
    r"\.(exe|bat|cmd|com|scr|msi|ps1|vbs|vbe|js|jse|wsf|hta|lnk|url|desktop|app|command|sh|jar|dll"
    r"|cpl|pif|reg)$",
    re.IGNORECASE,
)
"""Endings that a system runs on a double click: an image has none of them."""


def safe_name(text: str, most: int = MOST) -> str:
    """``text`` as one file or folder name.

    Never empty; a name made shorter keeps a mark of the whole.
    """
    plain = text.encode("utf-8", "replace").decode(
        "utf-8"
    )  # halves of characters are nothing a disk takes
    seen = "".join(
        c for c in unicodedata.normalize("NFC", plain) if unicodedata.category(c) not in _UNSEEN
    )
    name = _FORBIDDEN.sub("_", seen).strip(" .") or "_"
    if _RESERVED.match(name):
        name = f"_{name}"
    room = min(_MOST_BYTES, 2 * most)
    if len(name) > most or len(name.encode("utf-8")) > room:
        stem, dot, suffix = (
            name.rpartition(".")
            if len(PurePosixPath(name).suffix) in range(2, 8)
            else (name, "", "")
        )
        mark = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=4).hexdigest()
        left = stem[: most - len(suffix) - 10].encode("utf-8")[
            : room - len(suffix.encode("utf-8")) - 10
        ]
        name = f"{left.decode('utf-8', 'ignore').rstrip(' .')}_{mark}{dot}{suffix}"
    return name


def product_folder(product: Product, template: str = DEFAULT_TEMPLATE) -> PurePosixPath:
    """Relative folder of a product.

    An unknown field of the template stays as it is written; an unknown value is ``_``.
    """
    day = product.datetime
    values: dict[str, Any] = {
        "id": product.id,
        "date": day.strftime("%Y-%m-%d") if day else "",
        "year": day.strftime("%Y") if day else "",
        "platform": product.platform,
        "constellation": product.constellation,
        "collection": product.collection,
        "mode": product.mode,
    }

    def fill(part: str) -> str:
        return re.sub(
            r"\{(\w+)\}", lambda m: safe_name(str(values[m[1]])) if m[1] in values else m[0], part
        )

    parts = [
        safe_name(fill(part)) for part in template.replace("\\", "/").split("/") if part.strip(" .")
    ]
    return PurePosixPath(*parts) if parts else PurePosixPath(safe_name(product.id))


def problem_of(template: str) -> str:
    """Why a folder template cannot be used, translated; empty when it can."""
    unknown = [name for name in re.findall(r"\{([^{}]*)\}", template) if name not in FIELDS]
    if unknown:
        return tr("There is no “{name}”; what can be used: {names}.").format(
            name=f"{{{unknown[0]}}}", names=", ".join(f"{{{name}}}" for name in FIELDS)
        )
    if "{id}" not in template:
        return tr("The name must hold {field}: two products must not share a folder.").format(
            field="{id}"
        )
    if re.search(r'[<>:"|?*\x00-\x1f]', template) or template.count("{") != template.count("}"):
        return tr("This name holds characters that folders cannot have.")
    return ""


def file_name(product: Product, asset: Asset, area: str = "", place: str = "") -> str:
    """``<product>_<asset>.<suffix>``; a clip (``area``: its WKT) is a ``.tif`` named by day,
    satellite and ``place``, with ``zone`` and a mark of the area.
    """
    if area:
        mark = hashlib.blake2b(area.encode(), digest_size=3).hexdigest()
        day = product.day.isoformat() if product.day else ""
        satellite = _name_part(platform_label(product.platform)) if product.platform else ""
        known = [part for part in (day, satellite, _name_part(place)) if part]
        head = "_".join(known) if day else "_".join([product.id, *known])
        key = {SHARP: "PMS"}.get(asset.key, asset.key)
        return safe_name(f"{head}_{key}_zone-{mark}.tif")
    name = safe_name(f"{product.id}_{asset.key}{_file_suffix(asset)}")
    return f"{name}_" if _PROGRAM.search(name) else name


def place_in(product: Product, asset: Asset) -> str:
    """What a file at home was named after, as ``file_name`` wrote it: its place; else empty.

    ``asset`` is one of a product at home: its key is that of the clip.
    """
    key, zone, mark = asset.key.rpartition("-zone-")
    if not zone:
        return ""
    stem = PurePosixPath(asset.href.replace("\\", "/")).stem
    end = f"_{'PMS' if key == SHARP else key}_zone-{mark}"
    day = product.day.isoformat() if product.day else ""
    satellite = _name_part(platform_label(product.platform)) if product.platform else ""
    start = "_".join(part for part in (day or product.id, satellite) if part) + "_"
    inside = stem[len(start) : -len(end)] if stem.startswith(start) and stem.endswith(end) else ""
    return inside.replace("-", " ")


def _name_part(text: str) -> str:
    """A few words as one part of a file's name."""
    return re.sub(r"[^\w]+", "-", text).replace("_", "-").strip("-")[:40].rstrip("-")


def _file_suffix(asset: Asset) -> str:
    name = unquote(urlsplit(asset.href).path).lower()
    if name.endswith(".tar.gz"):
        return ".tar.gz"
    suffix = PurePosixPath(name).suffix
    if suffix in _SUFFIXES:
        return suffix
    return next((s for kind, s in _TYPES.items() if kind in asset.media_type.lower()), "")


def target_path(
    root: Path, product: Product, asset: Asset, area: str = "", template: str = DEFAULT_TEMPLATE
) -> Path:
    """Where a file goes below the folder a person chose."""
    return root.joinpath(*product_folder(product, template).parts, file_name(product, asset, area))


def unsigned_href(href: str) -> str:
    """``href`` without what signs it: the only form that is ever written down."""
    parts = urlsplit(href)
    kept = [
        (k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _SECRET.search(k)
    ]
    query = (
        parts.query
        if len(kept) == len(parse_qsl(parts.query, keep_blank_values=True))
        else urlencode(kept)
    )
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, parts.path, query, ""))
