"""Runs in the Python that has ``stac-api-validator``: its command, with the official schemas that
``pystac`` carries and those of a file in place of the web's; only loopback is asked.

Arguments: a JSON object of more schemas (address → file), then those of the validator.
"""

from __future__ import annotations

import io
import json
import sys
import urllib.request
import warnings
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

warnings.simplefilter("ignore")

import pystac.validation  # noqa: E402
import requests  # noqa: E402
from stac_api_validator.__main__ import main  # noqa: E402

FOLDER = Path(pystac.validation.__file__).parent / "jsonschemas"
KNOWN: dict[str, str] = json.loads(Path(sys.argv[1]).read_text("utf-8"))


def schema_at(url: str) -> bytes:
    """The schema of an address, by its file name within the official ones."""
    parts = urlsplit(url.partition("#")[0])
    if parts.geturl() in KNOWN:
        return Path(KNOWN[parts.geturl()]).read_bytes()
    name = parts.path.rpartition("/")[2]
    for folder in (FOLDER / "stac-spec" / "v1.1.0", FOLDER / "geojson"):
        if (folder / name).is_file():
            return (folder / name).read_bytes()
    raise requests.ConnectionError(f"no schema of {url} here")


def send(self: Any, request: Any, **options: Any) -> Any:
    if urlsplit(request.url).hostname == "127.0.0.1":
        return real_send(self, request, **options)
    answer = requests.Response()
    answer.status_code, answer.url, answer.request = 200, request.url, request
    answer.raw = io.BytesIO(schema_at(request.url))
    answer.headers["Content-Type"] = "application/json"
    return answer


def urlopen(request: Any, *_: Any, **__: Any) -> Any:
    return io.BytesIO(schema_at(getattr(request, "full_url", request)))


real_send = requests.Session.send
requests.Session.send = send  # type: ignore[method-assign]
urllib.request.urlopen = urlopen
sys.argv = ["stac-api-validator", *sys.argv[2:]]
main()
