"""Failures that several adapters have in common."""

from __future__ import annotations

from dinamis_qgis.core.errors import Action, ServiceError
from dinamis_qgis.core.profile.model import Catalogue
from dinamis_qgis.core.text import tr


def missing_product(catalogue: Catalogue, item_id: str) -> ServiceError:
    """The catalogue answers, and does not have the product."""
    return ServiceError(
        tr("“{title}” does not have this product, or no longer.").format(title=catalogue.title),
        tr("Search the area again."),
        code="missing",
        action=Action.NONE,
        status=404,
        details=item_id,
    )


def misunderstood_answer(catalogue: Catalogue, details: str, code: str = "garbage") -> ServiceError:
    """The catalogue answers something else than what it should."""
    return ServiceError(
        tr("The answer of “{title}” could not be understood.").format(title=catalogue.title),
        tr("Tell your relay if it lasts."),
        code=code,
        details=details,
    )
