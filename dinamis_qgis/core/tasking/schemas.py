"""Where the fields of a draft go in a service's queryables and order parameters (JSON schemas it
publishes).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dinamis_qgis.core.profile.schema import find_problems
from dinamis_qgis.core.tasking.model import Draft
from dinamis_qgis.core.text import tr

_NAMES: Mapping[str, tuple[str, ...]] = {
    "max_cloud": (
        "eo:cloud_cover",
        "cloud_cover",
        "max_cloud_cover",
        "max_cloud",
        "cloud_cover_max",
    ),
    "max_incidence": (
        "view:incidence_angle",
        "view:off_nadir",
        "incidence_angle",
        "off_nadir",
        "max_incidence",
        "max_incidence_angle",
    ),
    "mode": ("mode", "acquisition_mode", "acquisition:mode", "product:acquisition_type"),
    "title": ("title", "name", "order_name"),
    "purpose": ("purpose", "comment", "comments", "description"),
    "reference": (
        "client_reference",
        "client_ref",
        "reference",
        "customer_reference",
        "external_id",
    ),
}
"""Names seen in use, best first. STAPI fixes none of them."""

_LIMITS = frozenset({"max_cloud", "max_incidence"})
"""Fields that are upper limits: a ``<=`` in the filter, a plain value as an order parameter."""


@dataclass(frozen=True)
class Fitted:
    """A draft in the service's terms; ``problems`` would be refused, ``ignored`` are wishes it has
    no place for (translated).
    """

    parameters: dict[str, Any] = field(default_factory=dict)
    filter: dict[str, Any] | None = None
    problems: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()


def field_names(chosen: Any) -> dict[str, tuple[str, ...]]:
    """The names to look for, the profile's own (field → name) first."""
    own = chosen if isinstance(chosen, Mapping) else {}
    return {k: ((str(own[k]), *v) if k in own else v) for k, v in _NAMES.items()}


def find_property(candidates: tuple[str, ...], schema: Mapping[str, Any]) -> str | None:
    """The first of the names that the schema has as a property."""
    known = schema.get("properties")
    return next((n for n in candidates if isinstance(known, Mapping) and n in known), None)


def fit_draft(
    draft: Draft,
    reference: str,
    wanted: Mapping[str, tuple[str, ...]],
    queryables: Mapping[str, Any],
    parameters: Mapping[str, Any],
) -> Fitted:
    """Every field where the service has a place for it: an order parameter first, else a condition
    of the filter (CQL2 JSON).
    """
    values: dict[str, Any] = {
        "max_cloud": draft.max_cloud,
        "max_incidence": draft.max_incidence,
        "mode": draft.mode or None,
        "title": draft.title.strip() or None,
        "purpose": draft.purpose.strip() or None,
        "reference": reference or None,
    }
    given: dict[str, Any] = {}
    conditions: list[dict[str, Any]] = []
    wrong: list[str] = []
    ignored: list[str] = []
    for name, value in values.items():
        if value is None:
            continue
        parameter, queryable = (
            find_property(wanted[name], parameters),
            find_property(wanted[name], queryables),
        )
        if parameter is not None:
            given[parameter] = value
            wrong += _value_problems(name, value, parameter, parameters)
        elif queryable is not None:
            conditions.append(
                {"op": "<=" if name in _LIMITS else "=", "args": [{"property": queryable}, value]}
            )
            wrong += _value_problems(name, value, queryable, queryables)
        elif name in _LIMITS or (name == "mode" and value != "mono"):
            ignored.append(
                tr("The service does not look at: {field}.").format(field=field_text(name))
            )
    wrong += _missing_duties(given, conditions, queryables, parameters)
    return Fitted(given, _join_conditions(conditions), tuple(wrong), tuple(ignored))


def field_text(name: str) -> str:
    """What a field is called in the form."""
    texts = {
        "max_cloud": tr("cloud cover"),
        "max_incidence": tr("incidence angle"),
        "mode": tr("acquisition mode"),
        "title": tr("title"),
        "purpose": tr("use"),
        "reference": tr("reference"),
    }
    return texts.get(name, name)


def _join_conditions(conditions: list[dict[str, Any]]) -> dict[str, Any] | None:
    if len(conditions) > 1:
        return {"op": "and", "args": conditions}
    return conditions[0] if conditions else None


def _missing_duties(
    given: Mapping[str, Any],
    conditions: list[dict[str, Any]],
    queryables: Mapping[str, Any],
    parameters: Mapping[str, Any],
) -> list[str]:
    """Duties the form knows nothing of: refusing here is better than a refusal later."""
    asked = {c["args"][0]["property"] for c in conditions}
    found = [n for n in _required_names(parameters) if n not in given] + [
        n for n in _required_names(queryables) if n not in asked
    ]
    skip = {"geometry", "datetime"}
    return [
        tr("The service asks for “{name}”, which is not filled in.").format(name=n)
        for n in found
        if n not in skip
    ]


def _required_names(schema: Mapping[str, Any]) -> list[str]:
    names = schema.get("required")
    return [n for n in names if isinstance(n, str)] if isinstance(names, list) else []


def _value_problems(name: str, value: Any, key: str, schema: Mapping[str, Any]) -> list[str]:
    rule = schema["properties"][key]
    if not isinstance(rule, Mapping) or not find_problems(value, rule, schema, patterns=False):
        return []
    return [
        tr("The service does not take this value of {field}: {value}.").format(
            field=field_text(name), value=value
        )
    ]
