"""A real STAPI service on the reference server (stapi-fastapi): two products, orders in memory, a
clock moved by hand.

python app.py PORT
"""

from __future__ import annotations

import sys
import uuid
from datetime import datetime, timedelta, timezone
from typing import Any, Literal

import uvicorn
from fastapi import FastAPI, Request
from geojson_pydantic import Polygon
from pydantic import BaseModel, Field
from returns.maybe import Nothing, Some
from returns.result import Failure, Success
from stapi_fastapi.errors import QueryablesError
from stapi_fastapi.models.product import Product
from stapi_fastapi.routers import RootRouter
from stapi_pydantic import (
    Opportunity,
    OpportunityProperties,
    Order,
    OrderParameters,
    OrderProperties,
    OrderSearchParameters,
    OrderStatus,
    OrderStatusCode,
    Queryables,
)

ORDERS: dict[str, Any] = {}
STATUSES: dict[str, list[OrderStatus]] = {}


class Clouds(Queryables):
    cloud_cover: float = Field(default=100, alias="eo:cloud_cover", ge=0, le=100)


class Known(OrderParameters):
    client_reference: str | None = None
    mode: Literal["mono", "stereo"] = "mono"


class Bare(OrderParameters):
    """Takes nothing: our reference has no place."""


async def create(router: Any, payload: Any, request: Request) -> Any:
    for argument in (payload.filter or {}).get("args", []):
        named = argument.get("args", [argument])[0] if isinstance(argument, dict) else argument
        if isinstance(named, dict) and named.get("property", "eo:cloud_cover") != "eo:cloud_cover":
            return Failure(QueryablesError(f"unknown queryable {named}"))
    order_id = str(uuid.uuid4())
    status = OrderStatus.new(OrderStatusCode.received)
    order = Order(
        id=order_id,
        geometry=payload.geometry,
        properties=OrderProperties(
            product_id=router.product.id,
            created=datetime.now(timezone.utc),
            status=status,
            search_parameters=OrderSearchParameters(
                geometry=payload.geometry, datetime=payload.datetime, filter=payload.filter
            ),
            order_parameters=payload.order_parameters.model_dump(),
            opportunity_properties={},
        ),
        links=[],
    )
    ORDERS[order_id], STATUSES[order_id] = order, [status]
    return Success(order.model_copy(deep=True))


async def opportunities(
    router: Any, search: Any, token: str | None, limit: int, request: Request
) -> Any:
    start, _ = search.datetime
    found = [
        Opportunity(
            geometry=search.geometry,
            properties=OpportunityProperties(
                product_id=router.product.id,
                datetime=(start + timedelta(days=n), start + timedelta(days=n, hours=1)),
            ),
        )
        for n in (5, 2)
    ]
    return Success((found, Nothing))


async def get_orders(token: str | None, limit: int, request: Request) -> Any:
    ids = list(ORDERS)
    start = ids.index(token) if token else 0
    limit = min(limit, 3)  # small pages, so that a client must follow the links
    rest = ids[start + limit : start + limit + 1]
    page = [ORDERS[i].model_copy(deep=True) for i in ids[start : start + limit]]
    return Success((page, Some(rest[0]) if rest else Nothing, Some(len(ids))))


async def get_order(order_id: str, request: Request) -> Any:
    found = ORDERS.get(order_id)
    return Success(Some(found.model_copy(deep=True)) if found else Nothing)


async def get_statuses(order_id: str, token: str | None, limit: int, request: Request) -> Any:
    if order_id not in STATUSES:
        return Success(Nothing)
    start, limit = int(token or 0), 2
    page, more = STATUSES[order_id][start : start + limit], start + limit < len(STATUSES[order_id])
    return Success(Some((page, Some(str(start + limit)) if more else Nothing)))


def product(product_id: str, parameters: type[OrderParameters], searchable: bool) -> Product:
    return Product(
        id=product_id,
        title=product_id,
        description="",
        license="proprietary",
        links=[],
        conformsTo=["https://geojson.org/schema/Polygon.json"],
        create_order=create,
        search_opportunities=opportunities if searchable else None,
        queryables=Clouds,
        opportunity_properties=OpportunityProperties,
        order_parameters=parameters,
    )


router = RootRouter(get_orders=get_orders, get_order=get_order, get_order_statuses=get_statuses)
router.add_product(product("known", Known, True))
router.add_product(product("bare", Bare, False))
app = FastAPI()
app.include_router(router, prefix="")


class Step(BaseModel):
    code: OrderStatusCode
    reason: str | None = None


@app.post("/_test/{order_id}")
async def step(order_id: str, body: Step) -> dict[str, str]:
    """Moves an order on, for the test."""
    status = OrderStatus.new(body.code, reason_text=body.reason)
    STATUSES[order_id].append(status)
    ORDERS[order_id].properties.status = status
    return {"status": body.code}


__all__ = ["Polygon", "app"]

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
