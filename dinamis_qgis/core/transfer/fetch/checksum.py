"""Is the file right?

Length, and the STAC file extension's ``file:checksum`` (a multihash in hexadecimal).
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Callable

from dinamis_qgis.core.errors import from_os_error
from dinamis_qgis.core.net.http import Cancel

# https://github.com/multiformats/multicodec/blob/master/table.csv
_CODES = {
    0x11: "sha1",
    0x12: "sha256",
    0x13: "sha512",
    0x14: "sha3_512",
    0x15: "sha3_384",
    0x16: "sha3_256",
    0x17: "sha3_224",
    0x20: "sha384",
    0xD5: "md5",
    0xB220: "blake2b",
    0xB240: "blake2b",
}


def parse_multihash(text: str) -> tuple[str, bytes] | None:
    """``(hashlib name, digest)`` of a multihash in hexadecimal; None when it is empty, malformed or
    of an unknown kind.
    """
    try:
        data = bytes.fromhex(text.strip())
        code, at = _read_varint(data, 0)
        length, at = _read_varint(data, at)
    except (ValueError, IndexError):
        return None
    name, digest = _CODES.get(code), data[at:]
    return (name, digest) if name and digest and len(digest) == length else None


def _read_varint(data: bytes, at: int) -> tuple[int, int]:
    """An unsigned LEB128 number and where it ends."""
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if not byte & 0x80:
            return value, at
        shift += 7


def matches_checksum(
    path: Path, checksum: str, cancel: Cancel, progress: Callable[[int], None] | None = None
) -> bool:
    """True when the file's digest is ``checksum``, or when there is no checksum that can be
    computed.

    ``progress`` gets the bytes read so far. Raises Cancelled, StorageError.
    """
    wanted = parse_multihash(checksum)
    if wanted is None:
        return True
    name, digest = wanted
    # The algorithm is the catalogue's choice, against damage and not against an enemy.
    blake = name == "blake2b"
    hasher = (
        hashlib.blake2b(digest_size=len(digest))
        if blake
        else hashlib.new(name, usedforsecurity=False)
    )
    done = 0
    try:
        with path.open("rb") as file:
            while piece := file.read(1 << 20):
                cancel.check()
                hasher.update(piece)
                done += len(piece)
                if progress:
                    progress(done)
    except OSError as error:
        raise from_os_error(error, path) from error
    return hasher.digest() == digest
