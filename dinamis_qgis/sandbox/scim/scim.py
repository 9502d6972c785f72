"""``/scim/v2``: SCIM 2.0 over the directory, for accounts with the role ``relais``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Callable

from dinamis_qgis.sandbox.auth.accounts import TrainingAccount
from dinamis_qgis.sandbox.scim.directory import Directory, Row, format_stamp
from dinamis_qgis.sandbox.scim.filters import Path, ScimError, parse_filter, parse_path
from dinamis_qgis.sandbox.scim.resources import choose_attributes, clean_resource, patch_resource
from dinamis_qgis.sandbox.scim.schemas import (
    ACCOUNT,
    KINDS,
    MOST_RESULTS,
    SCHEMAS,
    ResourceKind,
    provider_document,
    schema_document,
)
from dinamis_qgis.sandbox.web.web import HttpProblem, HttpRequest, Response, Route

BASE = "/scim/v2"
_LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
_ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def scim_routes(
    directory: Directory, account_of: Callable[[HttpRequest], TrainingAccount]
) -> list[Route]:
    """Everything below ``/scim/v2``."""
    service = ScimService(directory, account_of)
    pattern = rf"{BASE}(?P<rest>/.*)?"
    return [Route(method, pattern, service.answer) for method in _METHODS]


class ScimService:
    """One request in, one answer out; every problem is a SCIM error."""

    def __init__(
        self, directory: Directory, account_of: Callable[[HttpRequest], TrainingAccount]
    ) -> None:
        self.directory, self._account_of = directory, account_of

    def answer(self, request: HttpRequest) -> Response:
        """The answer to any request below ``/scim/v2``."""
        try:
            account = self._account_of(request)
            if "relais" not in account.roles:
                raise ScimError(403, "This account moderates nobody.")
            parts = [p for p in request.match.get("rest", "").split("/") if p]
            return self._dispatch(request, account, parts)
        except ScimError as problem:
            return error_response(problem)
        except HttpProblem as problem:
            answer = error_response(ScimError(problem.status, str(problem.detail)))
            answer.headers.update(problem.headers)
            return answer

    def _dispatch(
        self, request: HttpRequest, account: TrainingAccount, parts: list[str]
    ) -> Response:
        root = f"{request.root}{BASE}"
        head = parts[0] if parts else ""
        if head in ("ServiceProviderConfig", "ResourceTypes", "Schemas"):
            _only_get(request)
            return _scim_json(discovery_document(root, head, parts[1:], request))
        if head in ("Bulk", "Me"):
            raise ScimError(501, "Not implemented.")
        if head in ("", ".search"):
            return self._search(request, account, list(KINDS), head == ".search")
        kind = next((k for k in KINDS if k.endpoint == f"/{head}"), None)
        if kind is None or len(parts) > 2:
            raise ScimError(404, "There is no such resource.")
        if len(parts) == 1 or parts[1] == ".search":
            if request.method == "POST" and len(parts) == 1:
                return self._create(request, account, kind)
            return self._search(request, account, [kind], len(parts) == 2)
        return self._one(request, account, kind, parts[1])

    def _create(
        self, request: HttpRequest, account: TrainingAccount, kind: ResourceKind
    ) -> Response:
        body = clean_resource(kind, read_body(request))
        if kind.name == "Entity":
            body["status"] = "waiting"
        body = self._settled(kind, account, body)
        row = self.directory.add(kind.name, account.relay["id"], body)
        answer = self._resource(request, kind, row, 201)
        answer.headers["Location"] = self._location(request, kind, row)
        return answer

    def _one(
        self, request: HttpRequest, account: TrainingAccount, kind: ResourceKind, identifier: str
    ) -> Response:
        row = self.directory.row(kind.name, account.relay["id"], identifier)
        if request.method == "GET":
            if request.headers.get("if-none-match", "") == row.etag:
                return Response(304, headers={"ETag": row.etag})
            return self._resource(request, kind, row)
        match = request.headers.get("if-match", "")
        if request.method in ("DELETE", "PUT", "PATCH") and kind.name == "User":
            if row.body.get("userName") == account.id:
                raise ScimError(403, "A relay does not moderate its own account.")
        if request.method == "DELETE":
            self.directory.remove(row, match)
            return Response(204)
        if request.method == "PUT":
            body = clean_resource(kind, read_body(request), row.body)
        elif request.method == "PATCH":
            body = patch_resource(kind, row.body, read_body(request))
        else:
            raise ScimError(405, "Method not allowed.")
        body = self._settled(kind, account, body)
        return self._resource(request, kind, self.directory.change(row, body, match))

    def _settled(
        self, kind: ResourceKind, account: TrainingAccount, body: dict[str, Any]
    ) -> dict[str, Any]:
        """The body, where its entity is there. Raises ScimError 400."""
        entity = body.get(ACCOUNT, {}).get("entity", {})
        if kind.name == "User" and entity.get("value"):
            try:
                self.directory.row("Entity", account.relay["id"], entity["value"])
            except ScimError:
                raise ScimError(400, "There is no such entity.", "invalidValue") from None
        return body

    def _search(
        self,
        request: HttpRequest,
        account: TrainingAccount,
        kinds: list[ResourceKind],
        by_post: bool,
    ) -> Response:
        if request.method != ("POST" if by_post else "GET"):
            raise ScimError(405, "Method not allowed.")
        asked = read_body(request) if by_post else _query_values(request)
        relay = account.relay["id"]
        start, count = (
            _read_number(asked, "startIndex", 1),
            _read_number(asked, "count", MOST_RESULTS),
        )
        found: list[tuple[ResourceKind, Row, dict[str, Any]]] = []
        for kind in kinds:
            rows = self.directory.rows(kind.name, relay)
            wholes = [(kind, row, self._whole(request, kind, row)) for row in rows]
            found += [w for w in wholes if _passes_filter(kind, asked, w[2], alone=len(kinds) == 1)]
        found = _sort_found(found, asked)
        start = max(1, start)
        page = found[start - 1 : start - 1 + max(0, min(count, MOST_RESULTS))]
        return _scim_json(
            {
                "schemas": [_LIST],
                "totalResults": len(found),
                "startIndex": start,
                "itemsPerPage": len(page),
                "Resources": [
                    choose_attributes(k, w, *_chosen_attributes(asked)) for k, _, w in page
                ],
            }
        )

    def _resource(
        self, request: HttpRequest, kind: ResourceKind, row: Row, status: int = 200
    ) -> Response:
        whole = self._whole(request, kind, row)
        answer = _scim_json(
            choose_attributes(kind, whole, *_chosen_attributes(_query_values(request))), status
        )
        answer.headers["ETag"] = row.etag
        return answer

    def _location(self, request: HttpRequest, kind: ResourceKind, row: Row) -> str:
        return f"{request.root}{BASE}{kind.endpoint}/{row.id}"

    def _whole(self, request: HttpRequest, kind: ResourceKind, row: Row) -> dict[str, Any]:
        """A resource with what the service adds."""
        root = f"{request.root}{BASE}"
        found = {"id": row.id, **json.loads(json.dumps(row.body))}
        entity = found.get(ACCOUNT, {}).get("entity")
        if entity and entity.get("value"):
            entity["$ref"] = f"{root}/Entities/{entity['value']}"
        found["meta"] = {
            "resourceType": kind.name,
            "created": format_stamp(row.created),
            "lastModified": format_stamp(row.modified),
            "location": self._location(request, kind, row),
            "version": row.etag,
        }
        return found


def discovery_document(
    root: str, head: str, rest: list[str], request: HttpRequest
) -> dict[str, Any]:
    """A discovery document, or the list of them (RFC 7644, 4)."""
    if request.first("filter"):
        raise ScimError(403, "These cannot be filtered.")
    documents: Iterable[dict[str, Any]]
    if head == "ServiceProviderConfig":
        if rest:
            raise ScimError(404, "There is no such resource.")
        return provider_document(root)
    if head == "ResourceTypes":
        documents = [kind.described(root) for kind in KINDS]
    else:
        documents = [schema_document(urn, root) for urn in SCHEMAS]
    documents = list(documents)
    if rest:
        found = next((d for d in documents if d["id"].lower() == "/".join(rest).lower()), None)
        if found is None:
            raise ScimError(404, "There is no such resource.")
        return found
    count = len(documents)
    return {
        "schemas": [_LIST],
        "totalResults": count,
        "startIndex": 1,
        "itemsPerPage": count,
        "Resources": documents,
    }


def read_body(request: HttpRequest) -> Any:
    """The JSON body. Raises ScimError 400, 415."""
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media not in ("application/scim+json", "application/json"):
        raise ScimError(415, "The body must be application/scim+json.")
    try:
        return json.loads(request.body or b"null")
    except (ValueError, RecursionError):
        raise ScimError(400, "The body is not valid JSON.", "invalidSyntax") from None


def error_response(problem: ScimError) -> Response:
    """A SCIM error."""
    body = {"schemas": [_ERROR], "status": str(problem.status), "detail": str(problem)}
    if problem.kind:
        body["scimType"] = problem.kind
    return _scim_json(body, problem.status)


def _scim_json(value: Any, status: int = 200) -> Response:
    body = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
    return Response(status, body, "application/scim+json")


def _only_get(request: HttpRequest) -> None:
    if request.method != "GET":
        raise ScimError(405, "Method not allowed.")


def _query_values(request: HttpRequest) -> dict[str, Any]:
    found: dict[str, Any] = {name: values[0] for name, values in request.query.items()}
    for name in ("attributes", "excludedAttributes"):
        if name in found:
            found[name] = [x.strip() for x in found[name].split(",")]
    return found


def _chosen_attributes(asked: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    def texts(name: str) -> list[str]:
        value = asked.get(name)
        return [x for x in value if isinstance(x, str)] if isinstance(value, list) else []

    return texts("attributes"), texts("excludedAttributes")


def _read_number(asked: Any, name: str, default: int) -> int:
    if not isinstance(asked, dict):
        raise ScimError(400, "The body must be a JSON object.", "invalidSyntax")
    try:
        return int(asked.get(name, default))
    except (ValueError, TypeError, OverflowError):
        raise ScimError(400, f"“{name}” is not a number.", "invalidValue") from None


def _passes_filter(
    kind: ResourceKind, asked: Mapping[str, Any], resource: Mapping[str, Any], *, alone: bool
) -> bool:
    text = asked.get("filter")
    if not isinstance(text, str) or not text.strip():
        return True
    try:
        return parse_filter(kind, text)(resource)
    except ScimError:
        if alone:
            raise
        return False  # of all kinds: this one does not have the attribute


def _sort_found(
    found: list[tuple[ResourceKind, Row, dict[str, Any]]], asked: Mapping[str, Any]
) -> list[tuple[ResourceKind, Row, dict[str, Any]]]:
    name = asked.get("sortBy")
    if not isinstance(name, str) or not name or not found:
        return found
    paths: dict[str, Path | None] = {}
    for kind in {k.name: k for k, _, _ in found}.values():
        try:
            paths[kind.name] = parse_path(kind, name)
        except ScimError:
            paths[kind.name] = None

    def key(entry: tuple[ResourceKind, Row, dict[str, Any]]) -> tuple[bool, str]:
        path = paths[entry[0].name]
        values = path.values(entry[2]) if path else []
        return not values, str(values[0]).casefold() if values else ""

    return sorted(found, key=key, reverse=asked.get("sortOrder") == "descending")
