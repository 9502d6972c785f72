"""``/storage/<bucket>/<key>``: the objects of the catalogue, behind a signed query as on an S3
storage.
"""

from __future__ import annotations

import mimetypes
import re
from html import escape
from pathlib import Path
from typing import Callable, Protocol

from dinamis_qgis.sandbox.auth.accounts import OPEN_LICENCES
from dinamis_qgis.sandbox.storage.sigv4 import SignatureError, check_query
from dinamis_qgis.sandbox.web.web import HttpRequest, Response, Route

_TYPES = {
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".json": "application/json",
}
_PATTERN = r"/storage/(?P<bucket>[^/]+)/(?P<key>.+)"


class Objects(Protocol):
    """What storage and signing need of the world."""

    def file_for(self, bucket: str, key: str) -> Path | None:
        """The file of an object, None when there is none."""

    def licence_for(self, bucket: str, key: str) -> str:
        """The licence id of an object; an open one needs no signature.

        Raises KeyError for no object.
        """


def split_path(path: str) -> tuple[str, str] | None:
    """Bucket and key of a decoded ``/storage/…`` path, None when it is not one."""
    match = re.fullmatch(_PATTERN, path)
    if (
        match is None
        or any(part in ("", ".", "..") for part in path.split("/")[1:])
        or "\\" in path
        or "\0" in path
    ):
        return None
    return match["bucket"], match["key"]


def storage_routes(objects: Objects, key: bytes, now: Callable[[], float]) -> list[Route]:
    """The storage's routes; ``key`` is the secret that signs queries."""

    def serve(request: HttpRequest) -> Response:
        place = split_path(request.path)
        if place is None:
            return s3_error(400, "InvalidURI", "The address is not valid.", request.path)
        path = objects.file_for(*place)
        public = path is not None and objects.licence_for(*place) in OPEN_LICENCES
        signed = any(name.lower().startswith("x-amz-") for name in request.query)
        if signed or not public:
            try:
                check_query(
                    request.method,
                    request.path,
                    request.headers.get("host", ""),
                    request.query,
                    now(),
                    key,
                )
            except SignatureError as problem:
                return s3_error(403, problem.code, str(problem), request.path)
        if path is None:
            return s3_error(404, "NoSuchKey", "The specified key does not exist.", request.path)
        return Response(content_type=_content_type(path), file=path)

    return [Route("GET", _PATTERN, serve)]


def s3_error(status: int, code: str, message: str, resource: str) -> Response:
    """An error as S3 writes it."""
    fields = (
        f"<Code>{escape(code)}</Code><Message>{escape(message)}</Message><Resource>"
        f"{escape(resource)}</Resource>"
    )
    xml = f'<?xml version="1.0" encoding="UTF-8"?>\n<Error>{fields}</Error>'
    return Response(status, xml.encode(), "application/xml")


def _content_type(path: Path) -> str:
    return (
        _TYPES.get(path.suffix.lower())
        or mimetypes.guess_type(path.name)[0]
        or "application/octet-stream"
    )
