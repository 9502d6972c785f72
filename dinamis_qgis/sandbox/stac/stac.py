"""The catalogue of the training service: STAC API 1.0, declaring only what it does."""

from __future__ import annotations

import copy
from typing import Any
from urllib.parse import quote, urlencode

from dinamis_qgis.sandbox.stac.query import (
    MAX_LIMIT,
    SearchRequest,
    from_body,
    from_query,
    run_search,
)
from dinamis_qgis.sandbox.web.web import (
    HttpProblem,
    HttpRequest,
    Response,
    Route,
    json_response,
    path_parameters,
)
from dinamis_qgis.sandbox.world import PLEIADES, SPOT, World

CONFORMANCE = (
    "https://api.stacspec.org/v1.0.0/core",
    "https://api.stacspec.org/v1.0.0/collections",
    "https://api.stacspec.org/v1.0.0/ogcapi-features",
    "https://api.stacspec.org/v1.0.0/item-search",
    "https://api.stacspec.org/v1.0.0/item-search#sort",
    "https://api.stacspec.org/v1.0.0/item-search#query",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
)
_GEOJSON, _JSON = "application/geo+json", "application/json"
_COLLECTIONS: dict[str, dict[str, Any]] = {
    SPOT: {
        "title": "SPOT 6/7 – service de formation",
        "description": "Ortho-images SPOT 6/7 de formation : multispectral 6 m, panchromatique "
        "1,5 m. Paysages imaginaires.",
        "keywords": ["SPOT", "DINAMIS", "formation"],
        "license": "other",
        "summaries": {
            "platform": ["spot-6", "spot-7"],
            "constellation": ["SPOT 6/7"],
            "instruments": ["naomi"],
            "gsd": [1.5, 6.0],
        },
    },
    PLEIADES: {
        "title": "Pléiades – service de formation",
        "description": "Ortho-images Pléiades de formation : multispectral 2 m, panchromatique "
        "0,5 m. Paysages imaginaires.",
        "keywords": ["Pléiades", "DINAMIS", "formation"],
        "license": "other",
        "summaries": {
            "platform": ["pleiades-1a", "pleiades-1b"],
            "constellation": ["Pléiades"],
            "instruments": ["hiri"],
            "gsd": [0.5, 2.0],
        },
    },
}


def stac_routes(world: World) -> list[Route]:
    """The routes under ``/stac``."""
    api = _StacApi(world)
    return [
        Route("GET", r"/stac/?", api.landing),
        Route(
            "GET",
            r"/stac/conformance",
            lambda request: json_response({"conformsTo": list(CONFORMANCE)}),
        ),
        Route("GET", r"/stac/collections", api.collections),
        Route("GET", r"/stac/collections/(?P<collection>[^/]+)", api.collection),
        Route("GET", r"/stac/collections/(?P<collection>[^/]+)/items", api.collection_items),
        Route("GET", r"/stac/collections/(?P<collection>[^/]+)/items/(?P<item>[^/]+)", api.item),
        Route("GET", r"/stac/search", api.search_get),
        Route("POST", r"/stac/search", api.search_post),
        Route("GET", r"/stac/api", api.description),
    ]


def _make_link(rel: str, href: str, kind: str = _JSON, **more: Any) -> dict[str, Any]:
    return {"rel": rel, "type": kind, "href": href, **more}


def render_item(item: dict[str, Any], root: str) -> dict[str, Any]:
    """A stored item as served: absolute hrefs and the links of the API."""
    base = f"{root}/stac"
    home = f"{base}/collections/{quote(item['collection'])}"
    out = copy.copy(item)
    out["assets"] = {
        name: {**asset, "href": f"{root}/{quote(asset['href'])}"}
        for name, asset in item["assets"].items()
    }
    own = [
        {**link, "href": link["href"] if "://" in link["href"] else f"{root}/{link['href']}"}
        for link in item["links"]
    ]
    out["links"] = [
        _make_link("collection", home),
        _make_link("parent", home),
        _make_link("root", f"{base}/"),
        _make_link("self", f"{home}/items/{quote(item['id'])}", _GEOJSON),
        *own,
    ]
    return out


class _StacApi:
    def __init__(self, world: World) -> None:
        self.world = world

    def landing(self, request: HttpRequest) -> Response:
        base = f"{request.root}/stac"
        links = [
            _make_link("self", f"{base}/"),
            _make_link("root", f"{base}/"),
            _make_link("data", f"{base}/collections"),
            _make_link("conformance", f"{base}/conformance"),
            _make_link("search", f"{base}/search", _GEOJSON, method="GET"),
            _make_link("search", f"{base}/search", _GEOJSON, method="POST"),
            _make_link(
                "service-desc", f"{base}/api", "application/vnd.oai.openapi+json;version=3.0"
            ),
            *(
                _make_link("child", f"{base}/collections/{name}", title=about["title"])
                for name, about in _COLLECTIONS.items()
            ),
        ]
        return json_response(
            {
                "type": "Catalog",
                "stac_version": "1.1.0",
                "id": "dinamis-formation",
                "title": "Catalogue du service de formation",
                "description": "Produits SPOT 6/7 et Pléiades fabriqués pour la formation.",
                "conformsTo": list(CONFORMANCE),
                "links": links,
            }
        )

    def description(self, request: HttpRequest) -> Response:
        paths: dict[str, Any] = {}
        for method, path in (
            ("get", "/"),
            ("get", "/conformance"),
            ("get", "/collections"),
            ("get", "/collections/{collection}"),
            ("get", "/collections/{collection}/items"),
            ("get", "/collections/{collection}/items/{item}"),
            ("get", "/search"),
            ("post", "/search"),
        ):
            paths.setdefault(path, {})[method] = {
                "summary": f"{method.upper()} {path}",
                "parameters": path_parameters(path),
                "responses": {"200": {"description": "OK"}},
            }
        return json_response(
            {
                "openapi": "3.0.3",
                "info": {"title": "STAC", "version": "1.0.0"},
                "servers": [{"url": f"{request.root}/stac"}],
                "paths": paths,
            },
            content_type="application/vnd.oai.openapi+json;version=3.0",
        )

    def collections(self, request: HttpRequest) -> Response:
        base = f"{request.root}/stac"
        found = [self._describe(name, request.root) for name in _COLLECTIONS]
        return json_response(
            {
                "collections": found,
                "links": [
                    _make_link("root", f"{base}/"),
                    _make_link("parent", f"{base}/"),
                    _make_link("self", f"{base}/collections"),
                ],
            }
        )

    def collection(self, request: HttpRequest) -> Response:
        return json_response(self._describe(self._known(request), request.root))

    def _known(self, request: HttpRequest) -> str:
        name = request.match["collection"]
        if name not in _COLLECTIONS:
            raise HttpProblem(
                404, {"code": "NotFoundError", "description": f"Collection {name} does not exist."}
            )
        return name

    def _describe(self, name: str, root: str) -> dict[str, Any]:
        base = f"{root}/stac"
        home = f"{base}/collections/{name}"
        mine = [item for item in self.world.items() if item["collection"] == name]
        boxes = [item["bbox"] for item in mine] or [[-1.8, 42.7, 2.7, 47.2]]
        dates = sorted(item["properties"]["datetime"] for item in mine)
        box = [
            min(b[0] for b in boxes),
            min(b[1] for b in boxes),
            max(b[2] for b in boxes),
            max(b[3] for b in boxes),
        ]
        return {
            "type": "Collection",
            "stac_version": "1.1.0",
            "id": name,
            **_COLLECTIONS[name],
            "providers": [{"name": "Service de formation DINAMIS", "roles": ["host", "producer"]}],
            "extent": {
                "spatial": {"bbox": [box]},
                "temporal": {"interval": [[dates[0] if dates else None, None]]},
            },
            "links": [
                _make_link("items", f"{home}/items", _GEOJSON),
                _make_link("parent", f"{base}/"),
                _make_link("root", f"{base}/"),
                _make_link("self", home),
            ],
        }

    def item(self, request: HttpRequest) -> Response:
        found = self.world.item(self._known(request), request.match["item"])
        if found is None:
            raise HttpProblem(
                404,
                {
                    "code": "NotFoundError",
                    "description": f"Item {request.match['item']} does not exist.",
                },
            )
        return json_response(render_item(found, request.root), content_type=_GEOJSON)

    def collection_items(self, request: HttpRequest) -> Response:
        name = self._known(request)
        search = from_query(request.query)
        search.collections = [name]
        return self._page(
            request, search, f"{request.root}/stac/collections/{quote(name)}/items", None
        )

    def search_get(self, request: HttpRequest) -> Response:
        return self._page(request, from_query(request.query), f"{request.root}/stac/search", None)

    def search_post(self, request: HttpRequest) -> Response:
        try:
            body = request.json()
        except RecursionError as error:
            raise HttpProblem(400, "The body is nested too deeply.") from error
        search = from_body(body)
        return self._page(request, search, f"{request.root}/stac/search", body or {})

    def _page(
        self, request: HttpRequest, search: SearchRequest, url: str, body: dict[str, Any] | None
    ) -> Response:
        limit = min(search.limit, MAX_LIMIT)
        found, more = run_search(self.world.items(), search, limit)
        links = [
            _make_link("root", f"{request.root}/stac/"),
            _make_link("self", url if body is not None else _with_token(url, request, None)),
        ]
        if more:
            token = f"next:{found[-1]['collection']}:{found[-1]['id']}"
            if body is None:
                links.append(
                    _make_link("next", _with_token(url, request, token), _GEOJSON, method="GET")
                )
            else:
                links.append(
                    _make_link(
                        "next",
                        url,
                        _GEOJSON,
                        method="POST",
                        body={**body, "token": token},
                        merge=False,
                    )
                )
        return json_response(
            {
                "type": "FeatureCollection",
                "features": [render_item(item, request.root) for item in found],
                "links": links,
                "context": {"limit": limit, "returned": len(found)},
                "numberReturned": len(found),
            },
            content_type=_GEOJSON,
        )


def _with_token(url: str, request: HttpRequest, token: str | None) -> str:
    """``url`` with the request's query, its token replaced."""
    pairs = [
        (name, value)
        for name, values in request.query.items()
        if name != "token" or token is None
        for value in values
    ]
    if token is not None:
        pairs.append(("token", token))
    return f"{url}?{urlencode(pairs)}" if pairs else url
