"""``/signing``: signed addresses and API keys, the MTD contract; errors as FastAPI writes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone
from typing import Any, Callable
from urllib.parse import quote, unquote, urlsplit

from dinamis_qgis.sandbox.auth.accounts import CHARTER_PENDING, TrainingAccount
from dinamis_qgis.sandbox.auth.store import CredentialStore
from dinamis_qgis.sandbox.storage.sigv4 import signed_query
from dinamis_qgis.sandbox.storage.storage import Objects, split_path
from dinamis_qgis.sandbox.web.web import HttpProblem, HttpRequest, Response, Route, json_response

MAX_URLS = 64
DEFAULT_LIFE = 28800
MAX_LIFE = 518400
_MAX_DESCRIPTION = 500

AccountOf = Callable[[HttpRequest], TrainingAccount]


def signing_routes(
    objects: Objects,
    store: CredentialStore,
    account_of: AccountOf,
    key: bytes,
    url_life: int | None = None,
) -> list[Route]:
    """The signing routes.

    ``url_life`` caps the life of an address, in seconds; None follows the client.
    """

    def sign_urls(request: HttpRequest) -> Response:
        account = account_of(request)
        urls, asked = _read_order(request.json())
        if CHARTER_PENDING in account.roles:
            raise HttpProblem(
                403, "The charter has not been accepted for this account yet. Ask your relay."
            )
        life = min(asked or url_life or DEFAULT_LIFE, url_life or MAX_LIFE)
        at = float(int(store.now()))
        hrefs = {url: _sign_url(url, request.root, account, objects, at, life, key) for url in urls}
        expiry = datetime.fromtimestamp(at + life, timezone.utc)
        return json_response({"expiry": expiry.strftime("%Y-%m-%dT%H:%M:%SZ"), "hrefs": hrefs})

    return [
        Route("GET", r"/signing/openapi\.json", _openapi_document),
        Route("POST", r"/signing/sign_urls", sign_urls),
        *_key_routes(store, account_of),
    ]


def _key_routes(store: CredentialStore, account_of: AccountOf) -> list[Route]:
    """Making, listing and revoking of API keys."""

    def create_api_key(request: HttpRequest) -> Response:
        account = account_of(request)
        description = request.first("description")
        if len(description) > _MAX_DESCRIPTION:
            raise _invalid_value(("query", "description"), "The description is too long.")
        access_key, secret_key = store.create_key(account.id, description)
        answer = json_response({"access-key": access_key, "secret-key": secret_key})
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def list_api_keys(request: HttpRequest) -> Response:
        rows = store.keys(account_of(request).id)
        return json_response(
            [_describe_key(row.access_key, row.created, row.description) for row in rows]
        )

    def revoke_api_key(request: HttpRequest) -> Response:
        account = account_of(request)
        access_key = request.first("access_key")
        if not access_key:
            raise _invalid_value(("query", "access_key"), "Field required")
        if not store.revoke_key(account.id, access_key):
            raise HttpProblem(404, "This account has no such key.")
        return json_response({"access-key": access_key, "revoked": "yes"})

    return [
        Route("GET", r"/signing/create_api_key", create_api_key),
        Route("GET", r"/signing/list_api_keys_with_metadata", list_api_keys),
        Route("GET", r"/signing/revoke_api_key", revoke_api_key),
    ]


def _read_order(body: Any) -> tuple[list[str], int | None]:
    """The addresses and the duration asked for. Raises HttpProblem 422 as FastAPI does."""
    if not isinstance(body, dict):
        raise _invalid_value(("body",), "Input should be a valid dictionary")
    urls, duration = body.get("urls"), body.get("duration_seconds")
    if not isinstance(urls, list) or not all(isinstance(url, str) for url in urls):
        raise _invalid_value(("body", "urls"), "Input should be a list of strings")
    if not 1 <= len(urls) <= MAX_URLS:
        raise _invalid_value(
            ("body", "urls"), f"List should have 1 to {MAX_URLS} items, not {len(urls)}"
        )
    if duration is not None and (isinstance(duration, bool) or not isinstance(duration, int)):
        raise _invalid_value(("body", "duration_seconds"), "Input should be a valid integer")
    if duration is not None and not 1 <= duration <= MAX_LIFE:
        raise _invalid_value(
            ("body", "duration_seconds"), f"Input should be between 1 and {MAX_LIFE}"
        )
    return urls, duration


def _sign_url(
    url: str,
    root: str,
    account: TrainingAccount,
    objects: Objects,
    at: float,
    life: int,
    key: bytes,
) -> str:
    """``url`` signed; an older signature on it is replaced.

    Raises HttpProblem 400 (not ours), 403 (licence).
    """
    try:
        parts = urlsplit(url)
        path = unquote(parts.path, errors="strict")
        place = split_path(path)
    except ValueError:
        place = None
    if place is None or f"{parts.scheme}://{parts.netloc}" != root or parts.fragment:
        raise HttpProblem(
            400, "Only addresses of this storage can be signed: " + url.partition("?")[0][:300]
        )
    try:
        licence = objects.licence_for(*place)
    except KeyError:
        # as on a real storage, what does not exist can be signed: it is the storage that answers
        # 404
        licence = ""
    if not account.may_read(licence):
        raise HttpProblem(403, f"This account does not hold the licence “{licence}” of {place[1]}.")
    query = signed_query(path, parts.netloc, at, life, key)
    return f"{root}{quote(path, safe='/-_.~')}?{query}"


def _describe_key(access_key: str, created: float, description: str) -> dict[str, str]:
    moment = datetime.fromtimestamp(created, timezone.utc).strftime("%Y-%m-%d %H:%M:%S.%f")
    return {"created": moment, "access-key": access_key, "description": description}


def _invalid_value(place: Sequence[str], message: str) -> HttpProblem:
    return HttpProblem(422, [{"type": "value_error", "loc": list(place), "msg": message}])


def _openapi_document(request: HttpRequest) -> Response:
    realm = f"{request.root}/auth/realms/mtd/protocol/openid-connect"
    flow = {"scopes": {}, "tokenUrl": f"{realm}/token"}
    secured: list[dict[str, list[str]]] = [
        {"OAuth2PasswordBearer": []},
        {"AccessKey": [], "SecretKey": []},
    ]
    answers = {
        "200": {"description": "Successful Response"},
        "401": {"description": "Not authenticated"},
    }

    def operation(name: str, verb: str = "get") -> dict[str, Any]:
        return {
            verb: {"operationId": name, "summary": name, "security": secured, "responses": answers}
        }

    names = ("create_api_key", "list_api_keys_with_metadata", "revoke_api_key")
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Signature (formation)", "version": "1.0"},
        "servers": [{"url": f"{request.root}/signing"}],
        "paths": {
            "/sign_urls": operation("sign_urls", "post"),
            **{f"/{name}": operation(name) for name in names},
        },
        "components": {
            "securitySchemes": {
                "OAuth2PasswordBearer": {"type": "oauth2", "flows": {"password": flow}},
                "AccessKey": {"type": "apiKey", "in": "header", "name": "access-key"},
                "SecretKey": {"type": "apiKey", "in": "header", "name": "secret-key"},
            }
        },
    }
    return json_response(document)
