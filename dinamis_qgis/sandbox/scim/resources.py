"""Resources as clients send them, checked against their schemas, changed by PATCH (RFC 7644, 3.5.2)
and shown in part (3.9).
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Mapping
from typing import Any

from dinamis_qgis.sandbox.scim.filters import Path, ScimError, find_attribute, parse_path, split_urn
from dinamis_qgis.sandbox.scim.schemas import ResourceKind

PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?")
_LONG = 4000


def clean_resource(
    kind: ResourceKind, body: Any, before: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """What of ``body`` a client may write, under the schema's own names; of ``before`` stays what
    is read-only. Raises ScimError 400.
    """
    if not isinstance(body, dict):
        raise ScimError(400, "The body must be a JSON object.", "invalidSyntax")
    found: dict[str, Any] = {}
    for name, value in body.items():
        urn, rest = split_urn(kind, name)
        if urn and not rest and urn != kind.schema:
            part = clean_values(kind.attributes(urn), value)
            if part:
                found[urn] = part
    found.update(clean_values(kind.attributes(), body))
    _keep_read_only(kind, found, before or {})
    for attribute in kind.attributes():
        if attribute["required"] and found.get(attribute["name"]) in (None, "", []):
            raise ScimError(400, f"“{attribute['name']}” is missing.", "invalidValue")
    used = [urn for urn in kind.extensions if urn in found]
    return {"schemas": [kind.schema, *used], **found}


def _keep_read_only(kind: ResourceKind, found: dict[str, Any], before: Mapping[str, Any]) -> None:
    for urn in ("", *kind.extensions):
        source = before.get(urn, {}) if urn else before
        kept = {
            a["name"]: source[a["name"]]
            for a in kind.attributes(urn)
            if a["mutability"] == "readOnly" and a["name"] in source
        }
        if kept:
            (found.setdefault(urn, {}) if urn else found).update(kept)


def clean_values(attributes: list[dict[str, Any]], body: Any) -> dict[str, Any]:
    """The writable attributes of ``body``; null and empty lists are as if absent."""
    if not isinstance(body, dict):
        raise ScimError(400, "An object was expected.", "invalidValue")
    found = {}
    for name, value in body.items():
        attribute = find_attribute(attributes, name)
        if attribute is None or attribute["mutability"] == "readOnly":
            continue
        cleaned = clean_value(attribute, value)
        if cleaned not in (None, [], {}):
            found[attribute["name"]] = cleaned
    return found


def clean_value(attribute: Mapping[str, Any], value: Any) -> Any:
    """A value of the attribute's type. Raises ScimError 400."""
    if value is None:
        return None
    if attribute["multiValued"]:
        many = value if isinstance(value, list) else [value]
        if len(many) > 1000:
            raise ScimError(400, "Too many values.", "invalidValue")
        return _one_primary([_single_value(attribute, v) for v in many])
    return _single_value(attribute, value)


def _single_value(attribute: Mapping[str, Any], value: Any) -> Any:
    kind = attribute["type"]
    if kind == "complex":
        if not isinstance(value, dict):
            value = {"value": value}
        return clean_values(attribute["subAttributes"], value)
    fits = {
        "boolean": isinstance(value, bool),
        "integer": isinstance(value, int) and not isinstance(value, bool),
        "decimal": isinstance(value, (int, float)) and not isinstance(value, bool),
        "dateTime": isinstance(value, str) and bool(_DATE.fullmatch(value)),
    }.get(kind, isinstance(value, str) and len(value) <= _LONG)
    if not fits:
        raise ScimError(400, f"“{attribute['name']}” has a value of a wrong type.", "invalidValue")
    return value


def _one_primary(values: list[Any]) -> list[Any]:
    if sum(1 for v in values if isinstance(v, dict) and v.get("primary")) > 1:
        raise ScimError(400, "More than one value is primary.", "invalidValue")
    return values


def patch_resource(kind: ResourceKind, resource: Mapping[str, Any], body: Any) -> dict[str, Any]:
    """``resource`` after the operations of a PatchOp, all or none. Raises ScimError 400."""
    operations = body.get("Operations") if isinstance(body, dict) else None
    if not isinstance(operations, list) or PATCH_OP not in (body.get("schemas") or ()):
        raise ScimError(400, "A PatchOp with Operations was expected.", "invalidSyntax")
    found = copy.deepcopy(dict(resource))
    for operation in operations:
        if not isinstance(operation, dict):
            raise ScimError(400, "An operation must be an object.", "invalidSyntax")
        action = str(operation.get("op", "")).lower()
        if action not in ("add", "replace", "remove"):
            raise ScimError(400, "There is no such operation.", "invalidSyntax")
        text = operation.get("path")
        if isinstance(text, str) and text:
            _apply_operation(kind, found, action, parse_path(kind, text, of_patch=True), operation)
        elif action == "remove":
            raise ScimError(400, "What to remove is not said.", "noTarget")
        else:
            _apply_whole(kind, found, action, operation.get("value"))
    return clean_resource(kind, found, resource)


def _apply_whole(kind: ResourceKind, found: dict[str, Any], action: str, value: Any) -> None:
    if not isinstance(value, dict):
        raise ScimError(400, "Without a path the value must be an object.", "invalidValue")
    for name, part in value.items():
        if name.lower() != "schemas":
            _apply_operation(kind, found, action, parse_path(kind, name), {"value": part})


def _apply_operation(
    kind: ResourceKind, found: dict[str, Any], action: str, path: Path, operation: Mapping[str, Any]
) -> None:
    value = operation.get("value")
    if path.attribute is None:
        if action == "remove":
            found.pop(path.urn, None)
            return
        part = clean_values(kind.attributes(path.urn), value)
        found.setdefault(path.urn, {}).update(part)
        return
    if "readOnly" in (path.attribute["mutability"], (path.sub or {}).get("mutability")):
        raise ScimError(400, f"“{path.attribute['name']}” cannot be changed.", "mutability")
    holder = found.setdefault(path.urn, {}) if path.urn else found
    if path.test is not None:
        _apply_to_some(holder, action, path, value)
    elif path.sub is not None:
        _apply_to_part(holder, action, path, value)
    elif action == "remove":
        holder.pop(path.attribute["name"], None)
    else:
        _put_value(holder, action, path.attribute, clean_value(path.attribute, value))


def _put_value(
    holder: dict[str, Any], action: str, attribute: Mapping[str, Any], value: Any
) -> None:
    name = attribute["name"]
    if action == "add" and attribute["multiValued"]:
        there = holder.get(name, [])
        fresh = [v for v in value or [] if v not in there]
        if any(isinstance(v, dict) and v.get("primary") for v in fresh):
            there = [{**v, "primary": False} if v.get("primary") else v for v in there]
        holder[name] = [*there, *fresh]
    elif attribute["type"] == "complex" and not attribute["multiValued"]:
        holder[name] = {**holder.get(name, {}), **(value or {})}
    else:
        holder[name] = value


def _apply_to_part(holder: dict[str, Any], action: str, path: Path, value: Any) -> None:
    attribute, sub = path.attribute or {}, path.sub or {}
    there = holder.get(attribute["name"])
    if attribute["multiValued"]:
        targets = there if isinstance(there, list) else []
    else:
        targets = [holder.setdefault(attribute["name"], {})]
    for target in targets:
        if action == "remove":
            target.pop(sub["name"], None)
        else:
            target[sub["name"]] = clean_value(sub, value)


def _apply_to_some(holder: dict[str, Any], action: str, path: Path, value: Any) -> None:
    """The values that a filter in brackets chooses."""
    attribute = path.attribute or {}
    there = [v for v in holder.get(attribute["name"], []) if isinstance(v, dict)]
    chosen = [v for v in there if path.test is not None and path.test(v)]
    if not chosen and action == "replace":
        raise ScimError(400, "Nothing fits this path.", "noTarget")
    if action == "remove" and path.sub is None:
        holder[attribute["name"]] = [v for v in there if v not in chosen]
        return
    for target in chosen:
        if path.sub is None:
            target.update(clean_values(attribute["subAttributes"], value))
        elif action == "remove":
            target.pop(path.sub["name"], None)
        else:
            target[path.sub["name"]] = clean_value(path.sub, value)


def choose_attributes(
    kind: ResourceKind, resource: Mapping[str, Any], wanted: Iterable[str], unwanted: Iterable[str]
) -> dict[str, Any]:
    """``resource`` with the asked attributes, or without the excluded ones."""
    wanted, unwanted = [w for w in wanted if w], [w for w in unwanted if w]
    if wanted:
        return _only_wanted(kind, resource, wanted)
    found = copy.deepcopy(dict(resource))
    for text in unwanted:
        try:
            path = parse_path(kind, text)
        except ScimError:
            continue
        holder = found.get(path.urn, {}) if path.urn else found
        if path.attribute is None:
            found.pop(path.urn, None)
        elif path.attribute["returned"] == "always":
            continue
        elif path.sub is None:
            holder.pop(path.attribute["name"], None)
        else:
            _drop_part(holder, path.attribute["name"], path.sub["name"])
    return found


def _drop_part(holder: Mapping[str, Any], name: str, sub: str) -> None:
    there = holder.get(name)
    for value in there if isinstance(there, list) else [there]:
        if isinstance(value, dict):
            value.pop(sub, None)


def _only_wanted(
    kind: ResourceKind, resource: Mapping[str, Any], wanted: Iterable[str]
) -> dict[str, Any]:
    found: dict[str, Any] = {"schemas": resource["schemas"], "id": resource["id"]}
    for text in wanted:
        try:
            path = parse_path(kind, text)
        except ScimError:
            continue
        source = resource.get(path.urn, {}) if path.urn else resource
        if path.attribute is None:
            if path.urn in resource:
                found[path.urn] = resource[path.urn]
            continue
        name = path.attribute["name"]
        if name not in source:
            continue
        target = found.setdefault(path.urn, {}) if path.urn else found
        if path.sub is None:
            target[name] = source[name]
        else:
            target[name] = _add_part(source[name], target.get(name), path.sub["name"])
    return found


def _add_part(value: Any, there: Any, sub: str) -> Any:
    """``there`` with one more sub-attribute of ``value``."""
    if isinstance(value, list):
        before = there if isinstance(there, list) else [{} for _ in value]
        return [_add_part(v, b, sub) for v, b in zip(value, before)]
    part = dict(there) if isinstance(there, dict) else {}
    if isinstance(value, dict) and sub in value:
        part[sub] = value[sub]
    return part
