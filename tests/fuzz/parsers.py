"""What is fuzzed: each parser with a payload that is right, and what is done with what it reads."""

from __future__ import annotations

import copy
import json
import sqlite3
import struct
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

import requests
from requests.structures import CaseInsensitiveDict
from shapely.geometry import box
from urllib3 import HTTPResponse

from dinamis_qgis.core.account import record as vault_record
from dinamis_qgis.core.account.device import begin
from dinamis_qgis.core.account.endpoints import Endpoints, discover
from dinamis_qgis.core.account.model import Holding, account_from_userinfo, licences_held
from dinamis_qgis.core.account.tokens import post_form, read_tokens
from dinamis_qgis.core.catalogue.adapters.geodes import search_geodes
from dinamis_qgis.core.catalogue.adapters.openspot import search_openspot
from dinamis_qgis.core.catalogue.adapters.stac import search_stac
from dinamis_qgis.core.catalogue.adapters.wmts_capabilities import (
    read_capabilities,
    write_capabilities,
)
from dinamis_qgis.core.catalogue.item import product_from_item
from dinamis_qgis.core.catalogue.model import Asset, Product, Query
from dinamis_qgis.core.catalogue.record import product_from_record, record
from dinamis_qgis.core.catalogue.saved import SavedSearches
from dinamis_qgis.core.errors import DinamisError, NetworkError
from dinamis_qgis.core.imagery import tiff
from dinamis_qgis.core.imagery.cache import BlockCache
from dinamis_qgis.core.json_values import (
    mapping,
    read_address,
    read_datetime,
    read_footprint,
    read_number,
    read_string,
)
from dinamis_qgis.core.local_catalogue.naming import target_path
from dinamis_qgis.core.local_catalogue.record import (
    pack_product,
    product_at_home,
    products_at_home,
    unpack_product,
    update_catalog,
)
from dinamis_qgis.core.net.body import read_json
from dinamis_qgis.core.net.content_range import read_content_range, read_length
from dinamis_qgis.core.net.failures import read_date, retry_after
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.net.statuses import error_from
from dinamis_qgis.core.profile.model import Tasking
from dinamis_qgis.core.profile.read import load_profile, parse_profile
from dinamis_qgis.core.tasking.channels.stapi import Stapi
from dinamis_qgis.core.tasking.model import Draft, new_request
from dinamis_qgis.core.tasking.register.register import Register
from dinamis_qgis.core.transfer.ask import asks_for, total_bytes
from dinamis_qgis.core.transfer.fetch.checksum import parse_multihash
from dinamis_qgis.core.transfer.fetch.partial_file import PartialFile, journal_path, part_path
from dinamis_qgis.core.transfer.fetch.whole_file import find_fault
from dinamis_qgis.core.transfer.queue import Ask, Queue

ROOT = Path(__file__).resolve().parents[2]
PROFILES = ROOT / "resources" / "profiles"
SCHEMA = json.loads((PROFILES / "schema.json").read_text(encoding="utf-8"))
DINAMIS_FILE = json.loads((PROFILES / "dinamis.json").read_text(encoding="utf-8"))
TRAINING = load_profile(PROFILES / "formation.json", PROFILES / "schema.json", "http://127.0.0.1:1")
DINAMIS = load_profile(PROFILES / "dinamis.json", PROFILES / "schema.json")
QUERY = Query(area=box(-1, 42, 2, 45), limit=5, max_cloud=50.0)
MOST_CALLS = 40


def answer_of(
    body: bytes, status: int = 200, headers: Mapping[str, str] | None = None
) -> requests.Response:
    """An answer as ``requests`` gives it, its body not read yet."""
    import io

    answer = requests.Response()
    answer.status_code = status
    answer.url = "https://service.test/x"
    answer.headers = CaseInsensitiveDict(headers or {})
    answer.request = requests.Request("GET", answer.url).prepare()
    answer.raw = HTTPResponse(
        io.BytesIO(body), headers=dict(headers or {}), status=status, preload_content=False
    )
    return answer


class Scripted:
    """A client whose answers are written down: by a part of the address, else ``value``."""

    def __init__(self, value: Any, **values: Any) -> None:
        self.notes: dict[str, Any] = {}
        self.timeout = (1, 1)
        self._value, self._values, self._calls = value, values, 0

    def json(self, method: str, url: str, **_: Any) -> Any:
        self._calls += 1
        if self._calls > MOST_CALLS:
            raise NetworkError("enough")
        found = next((v for part, v in self._values.items() if part in url), self._value)
        return copy.deepcopy(found)

    def request(self, method: str, url: str, **_: Any) -> requests.Response:
        body = json.dumps(self.json(method, url)).encode("utf-8", "surrogatepass")
        return answer_of(body, headers={"date": "Thu, 01 Jan 2026 00:00:00 GMT"})

    once = request

    def release(self) -> None:
        """Nothing is open."""


@dataclass(frozen=True)
class Parser:
    """``seeds`` are right payloads, JSON values or bytes; ``use(payload, folder)`` reads one."""

    name: str
    seeds: tuple[Any, ...]
    use: Callable[[Any, Path], None]


AREA = {"type": "Polygon", "coordinates": [[[0, 43], [1, 43], [1, 44], [0, 44], [0, 43]]]}
ITEM: dict[str, Any] = {
    "type": "Feature", "stac_version": "1.0.0", "id": "SPOT6_MS_1", "collection": "spot-6-7-drs",
    "geometry": AREA, "bbox": [0, 43, 1, 44],
    "properties": {
        "datetime": "2025-08-17T10:57:17.7Z", "start_datetime": "2025-08-17T10:57:17Z",
        "end_datetime": "2025-08-19T10:57:17Z", "platform": "spot-6", "constellation": "spot",
        "gsd": 1.5, "eo:cloud_cover": 3.2, "view:incidence_angle": -12.1, "proj:code": "EPSG:2154",
        "license": "spot67", "title": "Pau", "product:type": "PMS",
    },
    "links": [{"rel": "self", "href": "https://api.test/collections/c/items/i"},
              {"rel": "license", "href": "https://x/l"}, {"rel": "via", "href": "https://p/"}],
    "assets": {
        "src_xs": {
            "href": "https://s3-data.meso.umontpellier.fr/b/x.tif?X-Amz-Signature=1",
            "type": "image/tiff; application=geotiff", "roles": ["data"], "title": "XS", "gsd": 6,
            "file:size": 1234, "file:checksum": "1220" + "a" * 64,
            "eo:bands": [{"common_name": "red"}], "bands": [{"eo:common_name": "red"}],
        },
        "thumbnail": {"href": "./t.jpg", "type": "image/jpeg", "roles": ["thumbnail"]},
        "s3": {"href": "s3://b/k", "alternate": {"h": {"href": "https://h/x"}}},
    },
}  # fmt: skip
PAGE = {
    "type": "FeatureCollection", "numberMatched": 3, "features": [ITEM, {**ITEM, "id": "b"}],
    "links": [{"rel": "next", "href": "https://api.test/search?token=1", "method": "POST",
               "body": {"token": "x"}, "merge": True}],
}  # fmt: skip
LANDING = {
    "type": "Catalog",
    "conformsTo": ["https://api.stacspec.org/v1.0.0/item-search"],
    "links": [{"rel": "search", "href": "https://api.test/search", "method": "POST"}],
}


def use_product(product: Product, folder: Path) -> None:
    """What the panels, the downloads and the tables do with a product."""
    row = record(product, 0.5, Holding.UNKNOWN)
    product_from_record(row, product.footprint, TRAINING)
    for asset in product.assets:
        target = target_path(folder, product, asset, "", "{date}/{id}")
        if not target.is_relative_to(folder):
            raise AssertionError(f"{target} leaves {folder}")
    unpack_product(pack_product(product))
    total_bytes(asks_for(product, (), box(0, 43, 0.5, 43.5)))


def use_item(value: Any, folder: Path) -> None:
    """One item of a catalogue."""
    catalogue = TRAINING.catalogues[0]
    use_product(product_from_item(mapping(value), TRAINING, catalogue, "https://api.test/"), folder)


def use_page(value: Any, folder: Path) -> None:
    """A page of a search."""
    from dataclasses import replace

    catalogue = replace(TRAINING.catalogues[0], url="https://api.test")
    http: Any = Scripted(LANDING, search=value)
    for page in search_stac(TRAINING, catalogue, QUERY, http, None, Cancel()):
        for product in page.products:
            use_product(product, folder)


def use_other(search: Any, kind: str) -> Callable[[Any, Path], None]:
    """The answer of a catalogue that speaks a dialect."""

    def use(value: Any, folder: Path) -> None:
        catalogue = next(c for c in DINAMIS.catalogues if c.kind == kind)
        http: Any = Scripted(value)
        for page in search(DINAMIS, catalogue, QUERY, http, None, Cancel()):
            for product in page.products:
                use_product(product, folder)

    return use


def use_userinfo(value: Any, folder: Path) -> None:
    """Who is signed in."""
    account = account_from_userinfo(mapping(value))
    licences_held(TRAINING, account)
    kept = vault_record.Record("refresh", "https://a", None, account)
    vault_record.read_record(vault_record.write_record(kept, TRAINING), TRAINING)


def use_token(value: Any, folder: Path) -> None:
    """The answer of a token endpoint."""
    http: Any = Scripted(value)
    tokens = read_tokens(post_form(http, "https://a/token", {}, Cancel()), 0.0, "old")
    tokens.is_due(1e9)
    tokens.is_over(5)


def use_discovery(value: Any, folder: Path) -> None:
    """The document that names the sign-in server."""
    http: Any = Scripted(value)
    discover(TRAINING.auth, http, Cancel())


def use_device(value: Any, folder: Path) -> None:
    """The answer with the code to type."""
    http: Any = Scripted(value)
    begin(http, Endpoints("https://a"), DINAMIS.auth, Cancel()).left()


def use_profile(value: Any, folder: Path) -> None:
    """A relay's file."""
    profile = parse_profile(value, SCHEMA)
    profile.hosts()
    vault_record.binding(profile)


def use_capabilities(data: bytes, folder: Path) -> None:
    """What a WMTS says it has."""
    for offer in read_capabilities(data.decode("utf-8", "replace"), "https://data.test/wmts"):
        write_capabilities(offer)


def use_saved(value: Any, folder: Path) -> None:
    """The file of saved searches, as somebody left it."""
    path = folder / "searches.json"
    path.write_bytes(json.dumps(value).encode("utf-8", "surrogatepass"))
    saved = SavedSearches(path)
    saved.all()
    saved.change("a", name="b")
    for aside in folder.glob("*broken*"):
        aside.unlink()


def use_vault(value: Any, folder: Path) -> None:
    """What the vault gives back."""
    vault_record.read_record(json.dumps(value), TRAINING)


def use_packed(value: Any, folder: Path) -> None:
    """A product in the queue of downloads."""
    use_product(unpack_product(json.dumps(value)), folder)


def use_home(value: Any, folder: Path) -> None:
    """An item beside files, in a shared folder."""
    (folder / "x.tif").write_bytes(b"x")
    path = folder / "i.json"
    path.write_bytes(json.dumps(value).encode("utf-8", "surrogatepass"))
    product = product_at_home(path)
    for asset in product.assets if product else ():
        if not Path(asset.href).resolve().is_relative_to(folder.resolve()):
            raise AssertionError(f"{asset.href} lies elsewhere")


def use_catalog(value: Any, folder: Path) -> None:
    """The catalogue of a shared folder."""
    (folder / "catalog.json").write_bytes(json.dumps(value).encode("utf-8", "surrogatepass"))
    (folder / "i.json").write_text("{}", encoding="utf-8")
    products_at_home(folder)
    update_catalog(folder, folder / "i.json")


ORDER = {
    "type": "Feature", "id": "o1", "geometry": AREA,
    "properties": {
        "product_id": "q", "created": "2026-01-01T00:00:00Z",
        "status": {"timestamp": "2026-01-01T00:00:00Z", "status_code": "accepted",
                   "reason_code": "x", "reason_text": "y"},
        "search_parameters": {"datetime": "2027-01-01T00:00:00Z/2027-03-02T00:00:00Z",
                              "geometry": AREA, "filter": {}},
        "order_parameters": {"client_reference": "r", "title": "t"}, "entity": "E",
    },
    "links": [{"rel": "monitor", "href": "https://stapi.test/orders/o1/statuses"},
              {"rel": "cancel", "href": "https://stapi.test/orders/o1", "method": "DELETE"}],
}  # fmt: skip
PRODUCTS = {"products": [{"id": "q", "links": []}], "links": []}
TERMS = {
    "type": "object",
    "properties": {
        "eo:cloud_cover": {"type": "number", "minimum": 0, "maximum": 100},
        "mode": {"anyOf": [{"enum": ["mono"]}, {"type": "null"}]},
        "title": {"type": "string", "maxLength": 50, "pattern": "^(a+)+$"},
        "client_reference": {"$ref": "#/$defs/text"},
    },
    "required": ["title"],
    "$defs": {"text": {"type": "string"}},
}


def draft() -> Draft:
    """What a person asks for."""
    return Draft(
        area=box(0, 43, 1, 44), product="q", start=date(2027, 1, 1), end=date(2027, 3, 1),
        max_cloud=10.0, title="Pau", mode="mono",
    )  # fmt: skip


def use_order(value: Any, folder: Path) -> None:
    """An order, in a list and by itself."""
    orders = {"features": [value, ORDER], "links": []}
    statuses = {"statuses": [], "links": []}
    http: Any = Scripted(
        value,
        **{"/statuses": statuses, "orders?": orders, "products?": PRODUCTS, "rameters": TERMS},
    )
    channel = Stapi(Tasking("stapi", "https://stapi.test"), http)
    request = new_request("p", draft())
    channel.order("o1")
    channel.known(request)
    channel.find(request, frozenset())


def use_terms(value: Any, folder: Path) -> None:
    """The schemas of a product that can be ordered."""
    http: Any = Scripted(value, **{"products?": PRODUCTS})
    channel = Stapi(Tasking("stapi", "https://stapi.test"), http)
    channel.check(draft())
    channel.payload(new_request("p", draft()))


def use_register(value: Any, folder: Path) -> None:
    """A register with a row that somebody else has written: the other one is shown."""
    path, whole = folder / "register.gpkg", folder / "whole.gpkg"
    if not whole.exists():
        made = Register(whole)
        for title in ("one", "two"):
            made.save(new_request("p", Draft(title=title)))
    path.write_bytes(whole.read_bytes())
    register = Register(path)
    with closing(sqlite3.connect(path)) as db, db:
        for column, cell in value.items() if isinstance(value, dict) else ():
            known = {row[1] for row in db.execute("PRAGMA table_info(requests)")}
            if column in known - {"fid", "reference"} and isinstance(
                cell, (str, float, int, type(None))
            ):
                cell = cell if not isinstance(cell, int) or abs(cell) < 2**62 else 7
                cell = cell.encode("utf-8", "replace") if isinstance(cell, str) and any(
                    "\ud800" <= c <= "\udfff" for c in cell
                ) else cell  # fmt: skip
                db.execute(
                    f'UPDATE requests SET "{column}" = ? WHERE title = ?',
                    (cell, "one"),
                )
    if "two" not in {request.draft.title for request in register.all()}:
        raise AssertionError("the other request is hidden")


def use_queue(value: Any, folder: Path) -> None:
    """A list of downloads with a file that somebody else has written."""
    path, whole = folder / "queue.sqlite", folder / "whole.sqlite"
    if not whole.exists():
        made = Queue(whole)
        assets = tuple(Asset(k, f"https://s/{k}.tif", roles=("data",)) for k in ("a", "b"))
        product = Product("p", "c", "col", "id", None, assets=assets)
        made.add([Ask(product, asset) for asset in assets], folder / "home")
        made.close()
    for old in folder.glob("queue.sqlite*"):
        old.unlink()
    path.write_bytes(whole.read_bytes())
    with closing(sqlite3.connect(path)) as db, db:
        for column, cell in value.items() if isinstance(value, dict) else ():
            if column in ("size", "done", "error", "state", "position", "checksum", "promised"):
                is_simple = isinstance(cell, (str, float)) and cell == cell
                if is_simple and not any("\ud800" <= c <= "\udfff" for c in str(cell)):
                    sql = f"UPDATE file SET {column} = ? WHERE asset = 'a'"
                    db.execute(sql, (cell,))
    queue = Queue(path)
    found = [entry.asset for entry in queue.entries()]
    queue.take()
    queue.close()
    if "b" not in found:
        raise AssertionError("the other file is hidden")


def tiff_bytes() -> bytes:
    """A tiled TIFF of one tile."""
    entries = [(256, 4, 64), (257, 4, 64), (322, 4, 64), (323, 4, 64), (324, 4, 300), (325, 4, 64)]
    body = struct.pack("<H", len(entries))
    body += b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries)
    return b"II*\0\x08\0\0\0" + body + bytes(300)


def use_tiff(data: bytes, folder: Path) -> None:
    """The beginning of an image, and the whole of it."""
    index = tiff.read_index(data)
    if index is not None:
        index.view((0, 0, 1, 1), 500)
        habit = tiff.Habit(index)
        habit.after(0, 1000)
        index.find(5000)
    path = folder / "image.tif"
    path.write_bytes(data)
    find_fault(path, "tiff", "https://s/image.tif")


def use_whole(data: bytes, folder: Path) -> None:
    """A file of any kind that was downloaded."""
    path = folder / "file"
    path.write_bytes(data)
    for kind in ("tiff", "jp2", "zip", "png", "7z", ""):
        find_fault(path, kind, "https://s/file")


def use_journal(data: bytes, folder: Path) -> None:
    """What is written of a download that was cut."""
    target = folder / "scene.tif"
    part_path(target).write_bytes(bytes(1000))
    journal_path(target).write_bytes(data)
    with PartialFile(target) as part:
        part.spans.gaps(1000)


def use_meta(data: bytes, folder: Path) -> None:
    """What the cache of blocks remembers."""
    from dinamis_qgis.core.imagery.cache import folder_name

    cache, href = BlockCache(folder, 1 << 20), "https://s/a.tif"
    place = folder / folder_name(href)
    place.mkdir(exist_ok=True)
    (place / "meta.json").write_bytes(data)
    cache.meta(href)


def use_words(value: Any, folder: Path) -> None:
    """The small values of headers and fields."""
    for word in value if isinstance(value, list) else [value]:
        read_datetime(word)
        read_number(word)
        read_address(word, "https://base.test/x")
        read_string(word)
        read_footprint(word, word)
        if isinstance(word, str):
            read_content_range(word)
            read_length(word)
            read_date(word)
            parse_multihash(word)
            latin = word.encode("latin-1", "replace").decode("latin-1")
            retry_after(answer_of(b"", 503, {"retry-after": latin, "date": latin}), 1.0)


def use_body(data: bytes, folder: Path) -> None:
    """A body, with or without a coding, as an answer and as an error."""
    for headers in ({}, {"content-encoding": "gzip"}, {"content-encoding": "deflate"}):
        error_from(answer_of(data, 400, headers))
        try:
            read_json(answer_of(data, 200, headers))
        except DinamisError:
            continue


def _gzipped() -> bytes:
    import gzip

    return gzip.compress(json.dumps({"detail": "see https://h/a?X-Amz-Signature=1"}).encode())


WORDS = [
    "bytes 0-99/1000", "1234", "Thu, 01 Jan 2026 00:00:00 GMT", "2025-08-17T10:57:17.7Z", "12.5",
    "1220" + "a" * 64, "https://a.test/x.tif?y=1", "../x.tif", AREA, [0, 43, 1, 44],
]  # fmt: skip
CAPABILITIES = (
    b'<Capabilities xmlns:ows="o"><Contents><Layer><ows:Title>T</ows:Title>'
    b"<ows:Identifier>L</ows:Identifier><Style><ows:Identifier>normal</ows:Identifier></Style>"
    b"<Format>image/jpeg</Format><TileMatrixSetLink><TileMatrixSet>PM</TileMatrixSet>"
    b"</TileMatrixSetLink></Layer><TileMatrixSet><ows:Identifier>PM</ows:Identifier>"
    b"<ows:SupportedCRS>EPSG:3857</ows:SupportedCRS><TileMatrix>"
    b"<ows:Identifier>0</ows:Identifier><ScaleDenominator>559082264.02</ScaleDenominator>"
    b"<TopLeftCorner>-20037508 20037508</TopLeftCorner><TileWidth>256</TileWidth>"
    b"<TileHeight>256</TileHeight><MatrixWidth>1</MatrixWidth><MatrixHeight>1</MatrixHeight>"
    b"</TileMatrix></TileMatrixSet></Contents></Capabilities>"
)
HOME = {
    "type": "Feature", "id": "x", "geometry": AREA,
    "properties": {"datetime": "2025-01-01T00:00:00Z", "dinamis:profile": "p",
                   "proj:code": "EPSG:2154"},
    "assets": {"a": {"href": "./x.tif", "roles": ["data"], "file:size": 1,
                     "bands": [{"eo:common_name": "red"}], "dinamis:href": "https://s/x.tif"}},
}  # fmt: skip
CATALOG = {
    "type": "Catalog", "id": "dinamis-products",
    "links": [{"rel": "item", "href": "./i.json"}, {"rel": "root", "href": "./catalog.json"}],
}  # fmt: skip
SAVED = {
    "version": 1,
    "searches": [{
        "id": "a", "name": "n", "profile": "formation", "catalogues": ["c"], "alert": True,
        "created": "2026-01-01T00:00:00+00:00", "checked": ["c"], "known": ["x"], "fresh": [],
        "query": {"area": AREA, "start": "2020-01-01", "end": "2021-01-01", "months": [8],
                  "max_cloud": 10, "limit": 5, "order": {"by": "date", "descending": True}},
    }],
}  # fmt: skip
VAULT = {
    "for": "training", "issuer": "http://127.0.0.1:1", "refresh": "abc", "key": ["a", "b"],
    "account": {"username": "u", "name": "n", "relay": ["a", "b"], "licences": ["x"], "roles": []},
}  # fmt: skip
USERINFO = {
    "preferred_username": "technicien", "name": "T", "email": "t@x.test",
    "organization": {"id": "1", "name": "CC"}, "relay": {"id": "r", "name": "R", "email": "r@x"},
    "licences": ["spot67"], "roles": ["relais"],
}  # fmt: skip
TOKEN = {
    "access_token": "a", "refresh_token": "b", "expires_in": 300, "refresh_expires_in": 1800,
    "token_type": "Bearer", "error": "invalid_grant", "error_description": "x",
}  # fmt: skip
DEVICE = {
    "device_code": "d", "user_code": "ABCD-EFGH", "verification_uri": "https://a/device",
    "verification_uri_complete": "https://a/device?c=1", "expires_in": 600, "interval": 5,
}  # fmt: skip
FLOW = {"password": {"scopes": {}, "tokenUrl": "http://127.0.0.1:1/auth/token"}}
DISCOVERY = {
    "openapi": "3.1.0",
    "components": {"securitySchemes": {"OAuth2PasswordBearer": {"type": "oauth2", "flows": FLOW}}},
}
SPOT = {
    "type": "FeatureCollection",
    "features": [{"type": "Feature", "geometry": AREA, "properties": {
        "fid": 1, "ds_name": "SPOT6_20180505", "img_date": "2018/05/05", "f_quicklook": "q.jpg",
        "mode_": "MS", "resolution": 6, "page_": "https://p/"}}],
}  # fmt: skip
GEODES = {
    "features": [{**ITEM, "properties": {**ITEM["properties"], "dataset": "PEPS_S2_L1C"}}],
    "context": {"matched": 1, "limit": 80},
}
ROW = {
    "title": "one", "state": "ready", "start": "2027-01-01", "end": "2027-03-01", "links": "[]",
    "delivered": "[]", "max_cloud": 10.0, "max_age_days": 5, "created": "2026-01-01T00:00:00Z",
    "known_orders": "[]", "unread": 1, "product": "q", "remind": "2027-01-01", "account": "a",
}  # fmt: skip
FILE = {
    "size": "10", "done": "5", "error": '["m", "r", "c", "retry", null, ""]', "state": "waiting",
    "position": 1.0, "checksum": "", "promised": "10",
}  # fmt: skip
JOURNAL = b'H {"size": 1000, "etag": "\\"a\\"", "modified": ""}\nB 5\n0 100\nS\n200 300\n'
META = b'{"length": 1000, "etag": "\\"a\\"", "modified": "", "opening": [0, 1]}'
PACKED = json.loads(
    pack_product(
        Product(
            "p", "c", "col", "id", box(0, 43, 1, 44), datetime(2025, 1, 1, tzinfo=timezone.utc),
            assets=(Asset("a", "https://s/a.tif", "image/tiff", ("data",), size=5),),
            properties={"eo:cloud_cover": 3},
        )
    )
)  # fmt: skip
PNG = b"\x89PNG\r\n\x1a\n" + bytes(50) + b"IEND\xaeB`\x82"
JP2 = b"\0\0\0\x0cjP  \r\n\x87\n" + struct.pack(">I4s", 20, b"ftyp") + bytes(12) + b"\xff\xd9"
SEVEN = b"7z\xbc\xaf\x27\x1c\0\x04" + bytes(4) + struct.pack("<QQ", 10, 5) + bytes(40)

PARSERS: tuple[Parser, ...] = (
    Parser("item", (ITEM,), use_item),
    Parser("search page", (PAGE,), use_page),
    Parser("openspot", (SPOT,), use_other(search_openspot, "openspot")),
    Parser("geodes", (GEODES,), use_other(search_geodes, "geodes")),
    Parser("userinfo", (USERINFO,), use_userinfo),
    Parser("token", (TOKEN,), use_token),
    Parser("discovery", (DISCOVERY,), use_discovery),
    Parser("device", (DEVICE,), use_device),
    Parser("profile", (DINAMIS_FILE,), use_profile),
    Parser("capabilities", (CAPABILITIES,), use_capabilities),
    Parser("saved searches", (SAVED,), use_saved),
    Parser("vault", (VAULT,), use_vault),
    Parser("queued product", (PACKED,), use_packed),
    Parser("item at home", (HOME,), use_home),
    Parser("catalogue at home", (CATALOG,), use_catalog),
    Parser("order", (ORDER,), use_order),
    Parser("terms", (TERMS,), use_terms),
    Parser("register", (ROW,), use_register),
    Parser("queue", (FILE,), use_queue),
    Parser("tiff", (tiff_bytes(),), use_tiff),
    Parser("whole file", (PNG, JP2, SEVEN, tiff_bytes()), use_whole),
    Parser("journal", (JOURNAL,), use_journal),
    Parser("cache", (META,), use_meta),
    Parser("words", (WORDS,), use_words),
    Parser("body", (_gzipped(), b'{"detail": [{"msg": "x"}]}'), use_body),
)
