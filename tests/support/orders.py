"""Requests at the training service for tests: its STAPI part over the small world, the bearer being
the user name.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from dinamis_qgis.sandbox.auth.accounts import training_accounts
from dinamis_qgis.sandbox.stac import stac
from dinamis_qgis.sandbox.stapi import stapi
from dinamis_qgis.sandbox.web.server import TrainingServer
from dinamis_qgis.sandbox.web.web import HttpProblem, HttpRequest
from dinamis_qgis.sandbox.world import World, prepare_world
from tests.support.service import Answer, ask

PLEIADES_PRODUCT, SPOT_PRODUCT = "pleiades-programmation", "spot-programmation"


def account_of(request: HttpRequest) -> Any:
    """The bearer is the user name: what tokens are worth is tested elsewhere."""
    account = training_accounts().get(request.bearer())
    if account is None:
        raise HttpProblem(401, "Not authenticated")
    return account


class Running:
    """A world served, that can be stopped and started again."""

    def __init__(self, folder: Path, pace: float) -> None:
        self.world: World = prepare_world(folder, small=True, days_per_second=pace)
        self.server = TrainingServer(
            [*stac.stac_routes(self.world), *stapi.stapi_routes(self.world, account_of)], 0
        )
        self.server.start()
        self.base = f"{self.server.root}/stapi"

    def stop(self) -> None:
        self.server.stop()
        self.world.close()

    def ask(self, path: str, data: Any = None, user: str = "technicien", **more: Any) -> Answer:
        return ask(
            f"{self.base}{path}",
            "GET" if data is None else "POST",
            data=data,
            headers={"Authorization": f"Bearer {user}", **more},
        )

    def order(self, body: Any, product: str = PLEIADES_PRODUCT, user: str = "technicien") -> Answer:
        return self.ask(f"/products/{product}/orders", body, user)

    def ended(self, order_id: str, user: str = "technicien", patience: float = 60) -> Any:
        until = time.monotonic() + patience
        while time.monotonic() < until:
            found = self.ask(f"/orders/{order_id}", user=user).json()
            if found["properties"]["status"]["status_code"] in ("completed", "rejected", "failed"):
                return found
            time.sleep(0.05)
        raise AssertionError(f"never ended: {found['properties']['status']}")


def text(when: datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def payload(
    days: float = 60,
    start: float = 0,
    box: tuple[float, float, float, float] = (-0.5, 43.2, -0.35, 43.31),
    cloud: float | None = None,
    **parameters: Any,
) -> dict[str, Any]:
    now = datetime.now(timezone.utc) + timedelta(days=start)
    west, south, east, north = box
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    body: dict[str, Any] = {
        "datetime": f"{text(now)}/{text(now + timedelta(days=days))}",
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "order_parameters": parameters,
    }
    if cloud is not None:
        body["filter"] = {"op": "<=", "args": [{"property": "eo:cloud_cover"}, cloud]}
    return body
