"""One product by its ids, from whichever kind of catalogue it is of."""

from __future__ import annotations

from typing import Callable, Optional

from dinamis_qgis.core.catalogue.adapters.openspot import fetch_openspot
from dinamis_qgis.core.catalogue.adapters.stac_item import fetch_stac
from dinamis_qgis.core.catalogue.adapters.wmts import fetch_wmts
from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.net.http import Cancel, Credentials, Http
from dinamis_qgis.core.profile.model import Catalogue, Profile
from dinamis_qgis.core.text import tr

Fetcher = Callable[
    [Profile, Catalogue, "tuple[str, str]", Http, Optional[Credentials], Optional[Cancel]], Product
]

FETCHERS: dict[str, Fetcher] = {"stac": fetch_stac, "openspot": fetch_openspot, "wmts": fetch_wmts}
"""How each kind of catalogue gives one product.

GEODES answers searches only: no way to one product by its id is published.
"""


def fetch_product(
    profile: Profile,
    catalogue_id: str,
    collection: str,
    item_id: str,
    http: Http,
    credentials: Credentials | None,
    cancel: Cancel | None = None,
) -> Product:
    """One product by its ids.

    Raises InvalidInput (unknown catalogue, or one that gives no single product), ServiceError
    (``missing``), NetworkError…
    """
    catalogue = profile.catalogue(catalogue_id)
    if catalogue is None:
        raise InvalidInput(
            tr("This product belongs to a catalogue that your profile does not have."),
            details=catalogue_id,
        )
    fetcher = FETCHERS.get(catalogue.kind)
    if fetcher is None:
        raise InvalidInput(
            tr("“{title}” does not give a product by its name alone.").format(
                title=catalogue.title
            ),
            tr("Search its area with this catalogue checked."),
            code="no-single",
            details=item_id,
        )
    return fetcher(
        profile,
        catalogue,
        (collection, item_id),
        http,
        credentials if catalogue.signed_in else None,
        cancel,
    )
