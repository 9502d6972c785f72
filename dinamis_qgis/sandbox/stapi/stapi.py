"""Requests at the training service: STAPI 0.1.0, answering as the reference server (stapi-fastapi)
does.
"""

from __future__ import annotations

from typing import Any, Callable
from urllib.parse import urlencode

from dinamis_qgis.sandbox.auth.accounts import CHARTER_PENDING, TrainingAccount
from dinamis_qgis.sandbox.stapi.orders import (
    OrderBook,
    TooLate,
    TrainingOrder,
    order_document,
    shared_document,
    status_document,
)
from dinamis_qgis.sandbox.stapi.passes import find_passes
from dinamis_qgis.sandbox.stapi.products import PRODUCTS, STAPI_VERSION, OrderableProduct
from dinamis_qgis.sandbox.stapi.read import read_opportunity, read_order
from dinamis_qgis.sandbox.web.web import (
    HttpProblem,
    HttpRequest,
    Response,
    Route,
    json_response,
    path_parameters,
)
from dinamis_qgis.sandbox.world import World

CONFORMANCE = (
    f"https://stapi.example.com/v{STAPI_VERSION}/core",
    f"https://stapi.example.com/v{STAPI_VERSION}/order-statuses",
)
_GEOJSON = "application/geo+json"
MAX_LIMIT = 100


def stapi_routes(world: World, account_of: Callable[[HttpRequest], TrainingAccount]) -> list[Route]:
    """The routes under ``/stapi``.

    ``account_of`` raises HttpProblem 401 for a request without a valid login.
    """
    api = _TaskingApi(world, account_of)
    product = r"/stapi/products/(?P<product>[^/]+)"
    return [
        Route("GET", r"/stapi/?", api.landing),
        Route(
            "GET",
            r"/stapi/conformance",
            lambda request: json_response({"conformsTo": list(CONFORMANCE)}),
        ),
        Route("GET", r"/stapi/openapi\.json", api.description),
        Route("GET", r"/stapi/products", api.products),
        Route(
            "GET",
            product,
            lambda request: json_response(
                _requested_product(request).document(f"{request.root}/stapi")
            ),
        ),
        Route(
            "GET",
            product + r"/conformance",
            lambda request: json_response(
                {"conformsTo": _requested_product(request).document("")["conformsTo"]}
            ),
        ),
        Route(
            "GET",
            product + r"/queryables",
            lambda request: json_response(_requested_product(request).queryables()),
        ),
        Route(
            "GET",
            product + r"/order-parameters",
            lambda request: json_response(_requested_product(request).order_parameters()),
        ),
        Route("POST", product + r"/orders", api.create),
        Route("POST", product + r"/opportunities", api.opportunities),
        Route("GET", r"/stapi/orders", api.orders),
        Route("GET", r"/stapi/orders/(?P<order>[^/]+)", api.order),
        Route("GET", r"/stapi/orders/(?P<order>[^/]+)/statuses", api.statuses),
        Route("POST", r"/stapi/orders/(?P<order>[^/]+)/cancel", api.cancel),
    ]


def _requested_product(request: HttpRequest) -> OrderableProduct:
    found = PRODUCTS.get(request.match["product"])
    if found is None:
        raise HttpProblem(404, "Not Found")
    return found


def _page_limit(request: HttpRequest) -> int:
    text = request.first("limit", "10")
    if not text.isascii() or not text.isdigit() or len(text) > 9 or int(text) < 1:
        raise HttpProblem(
            422,
            [
                {
                    "type": "int_parsing",
                    "loc": ["query", "limit"],
                    "msg": "Input should be a positive integer",
                    "input": text,
                }
            ],
        )
    return min(int(text), MAX_LIMIT)


def _make_link(rel: str, href: str, kind: str = "application/json", **more: Any) -> dict[str, Any]:
    return {"rel": rel, "type": kind, "href": href, **more}


class _TaskingApi:
    def __init__(self, world: World, account_of: Callable[[HttpRequest], TrainingAccount]) -> None:
        self.account_of = account_of
        self.book = OrderBook(world)

    def landing(self, request: HttpRequest) -> Response:
        base = f"{request.root}/stapi"
        return json_response(
            {
                "id": "STAPI API",
                "conformsTo": list(CONFORMANCE),
                "title": "Programmation – service de formation",
                "description": "Demandes d’acquisition imaginaires, pour la formation.",
                "links": [
                    _make_link("self", f"{base}/"),
                    _make_link("service-description", f"{base}/openapi.json"),
                    _make_link("conformance", f"{base}/conformance"),
                    _make_link("products", f"{base}/products"),
                    _make_link("orders", f"{base}/orders", _GEOJSON),
                ],
            }
        )

    def description(self, request: HttpRequest) -> Response:
        gets = (
            "/",
            "/conformance",
            "/products",
            "/products/{productId}",
            "/products/{productId}/conformance",
            "/products/{productId}/queryables",
            "/products/{productId}/order-parameters",
            "/orders",
            "/orders/{orderId}",
            "/orders/{orderId}/statuses",
        )
        posts = (
            "/products/{productId}/orders",
            "/products/{productId}/opportunities",
            "/orders/{orderId}/cancel",
        )
        paths: dict[str, Any] = {
            path: {"get": {"responses": {"200": {"description": "OK"}}}} for path in gets
        }
        for path in posts:
            status = "201" if path.endswith("orders") else "200"
            post = {"responses": {status: {"description": "OK"}}}
            paths.setdefault(path, {})["post"] = post
        for path, about in paths.items():
            about["parameters"] = path_parameters(path)
        return json_response(
            {
                "openapi": "3.1.0",
                "info": {"title": "STAPI", "version": STAPI_VERSION},
                "servers": [{"url": f"{request.root}/stapi"}],
                "paths": paths,
            }
        )

    def products(self, request: HttpRequest) -> Response:
        base, limit, names = f"{request.root}/stapi", _page_limit(request), list(PRODUCTS)
        token = request.first("next")
        if token and token not in names:
            raise HttpProblem(404, "Error finding pagination token for products")
        start = names.index(token) if token else 0
        links = [_make_link("self", f"{base}/products")]
        if start + limit < len(names):
            links.append(
                _make_link(
                    "next",
                    f"{base}/products?{urlencode({'next': names[start + limit], 'limit': limit})}",
                )
            )
        return json_response(
            {
                "type": "ProductCollection",
                "links": links,
                "products": [
                    PRODUCTS[name].document(base) for name in names[start : start + limit]
                ],
            }
        )

    def _account(
        self, request: HttpRequest, product: OrderableProduct | None = None
    ) -> TrainingAccount:
        account = self.account_of(request)
        if product is not None and CHARTER_PENDING in account.roles:
            raise HttpProblem(
                403, "The DINAMIS charter has not been accepted for this account: ask your relay."
            )
        if product is not None and not account.may_read(product.licence):
            raise HttpProblem(
                403, f"This account does not hold the licence {product.licence}: ask your relay."
            )
        return account

    def create(self, request: HttpRequest) -> Response:
        product = _requested_product(request)
        account = self._account(request, product)
        order = self.book.place(account.id, product, read_order(request, product))
        answer = json_response(order_document(order, request.root), 201, _GEOJSON)
        answer.headers["Location"] = f"{request.root}/stapi/orders/{order.id}"
        return answer

    def orders(self, request: HttpRequest) -> Response:
        account, limit, token = self._account(request), _page_limit(request), request.first("next")
        scope = request.first("scope")
        if scope not in ("", "relay"):
            raise HttpProblem(
                422,
                [
                    {
                        "type": "enum",
                        "loc": ["query", "scope"],
                        "msg": "Input should be 'relay'",
                        "input": scope,
                    }
                ],
            )
        others = scope == "relay"
        mine = self.book.shared_with(account) if others else self.book.of(account.id)
        names = [order.id for order in mine]
        if token and token not in names:
            raise HttpProblem(404, "Error finding pagination token")
        start = names.index(token) if token else 0
        links = []
        if start + limit < len(mine):
            more = {
                "next": names[start + limit],
                "limit": limit,
                **({"scope": scope} if others else {}),
            }
            links.append(_make_link("next", f"{request.root}/stapi/orders?{urlencode(more)}"))
        document = shared_document if others else order_document
        page = [document(order, request.root) for order in mine[start : start + limit]]
        return json_response(
            {
                "type": "FeatureCollection",
                "features": page,
                "links": links,
                "numberMatched": len(mine),
            },
            content_type=_GEOJSON,
        )

    def _find(self, request: HttpRequest) -> tuple[TrainingOrder, bool]:
        """The order, and whether it is the account's own; else one that its relay lets it see."""
        account = self._account(request)
        own = self.book.get(account.id, request.match["order"])
        found = own or self.book.seen_by(account, request.match["order"])
        if found is None:
            raise HttpProblem(404, "Order not found")
        return found, own is not None

    def order(self, request: HttpRequest) -> Response:
        found, own = self._find(request)
        document = order_document if own else shared_document
        return json_response(document(found, request.root), content_type=_GEOJSON)

    def cancel(self, request: HttpRequest) -> Response:
        """Beyond the standard: offered by the order's ``cancel`` link while it may still be
        cancelled; 409 from then on.
        """
        account = self._account(request)
        try:
            found = self.book.cancel(account.id, request.match["order"])
        except TooLate as late:
            raise HttpProblem(409, f"The order is {late}: it can no longer be cancelled.") from None
        if found is None:
            others = self.book.seen_by(account, request.match["order"]) is not None
            raise (
                HttpProblem(403, "This order belongs to another account.")
                if others
                else HttpProblem(404, "Order not found")
            )
        return json_response(order_document(found, request.root), content_type=_GEOJSON)

    def statuses(self, request: HttpRequest) -> Response:
        found, _ = self._find(request)
        limit, token = _page_limit(request), request.first("next", "0")
        if (
            not token.isascii()
            or not token.isdigit()
            or len(token) > 6
            or int(token) >= len(found.statuses)
        ):
            raise HttpProblem(404, "Error finding pagination token")
        start, home = int(token), f"{request.root}/stapi/orders/{found.id}/statuses"
        latest_first = found.statuses[::-1]
        links = [_make_link("self", home)]
        if start + limit < len(latest_first):
            links.append(
                _make_link("next", f"{home}?{urlencode({'next': start + limit, 'limit': limit})}")
            )
        return json_response(
            {
                "statuses": [
                    status_document(found, s, request.root)
                    for s in latest_first[start : start + limit]
                ],
                "links": links,
            }
        )

    def opportunities(self, request: HttpRequest) -> Response:
        product = _requested_product(request)
        self._account(request, product)
        prefer = request.headers.get("prefer")
        if prefer is not None and prefer not in ("wait", "respond-async"):
            raise HttpProblem(400, f"Invalid Prefer header value: {prefer}")
        asked = read_opportunity(request, product)
        if asked.next is not None and not (
            asked.next.isascii() and asked.next.isdigit() and len(asked.next) < 6
        ):
            raise HttpProblem(404, "Error finding pagination token")
        start = int(asked.next or 0)
        found = find_passes(product, asked)
        body = asked.search_parameters()
        home = f"{request.root}/stapi/products/{product.id}"
        links = [_make_link("create-order", f"{home}/orders", method="POST", body=body)]
        if start + asked.limit < len(found):
            links.append(
                _make_link(
                    "next",
                    f"{home}/opportunities",
                    method="POST",
                    body={**body, "limit": asked.limit, "next": str(start + asked.limit)},
                )
            )
        return json_response(
            {
                "type": "FeatureCollection",
                "features": found[start : start + asked.limit],
                "links": links,
            },
            content_type=_GEOJSON,
        )
