"""Accounts through SCIM 2.0 (RFC 7643, RFC 7644).

What a service can do is read from it: PATCH or only PUT, and whether it knows our extension for
states, reasons and entities. A service without it is told only whether the account is active.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from dinamis_qgis.core.errors import Action, DinamisError, InvalidInput, NetworkError, ServiceError
from dinamis_qgis.core.json_values import mapping, read_datetime, read_sequence, read_string
from dinamis_qgis.core.net.http import Cancel, Credentials, Http, origin, read_json
from dinamis_qgis.core.net.statuses import error_from
from dinamis_qgis.core.net.urls import find_address
from dinamis_qgis.core.profile.model import Profile
from dinamis_qgis.core.relay.channel import AccountChannel, Held
from dinamis_qgis.core.relay.model import ACTIVE, PENDING, STOPPED, Entity, Person
from dinamis_qgis.core.text import tr

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
ACCOUNT = "urn:dinamis:scim:schemas:1.0:Account"
ENTITY = "urn:dinamis:scim:schemas:1.0:Entity"
PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
_MEDIA = "application/scim+json"
_ANSWERED = (400, 403, 404, 409, 412, 413, 501)
PAGE = 100
MOST_PAGES = 1000


@dataclass(frozen=True)
class ScimAbilities:
    """What the service can do."""

    users: str
    entities: str
    patch: bool
    extension: bool
    enterprise: bool


class ScimChannel(AccountChannel):
    """One SCIM service. Safe to use from several threads."""

    def __init__(self, url: str, http: Http, credentials: Credentials | None = None) -> None:
        self.url = url.rstrip("/")
        self._http, self._credentials = http, credentials
        self._abilities: ScimAbilities | None = None

    def abilities(self, cancel: Cancel | None = None) -> ScimAbilities:
        """What the service can do, asked once."""
        if self._abilities is None:
            config = mapping(self._ask("GET", "/ServiceProviderConfig", cancel)[0])
            kinds = mapping(self._ask("GET", "/ResourceTypes", cancel)[0])
            types = [mapping(k) for k in read_sequence(kinds.get("Resources"))]
            users = next((k for k in types if k.get("schema") == USER), {})
            entities = next((k for k in types if k.get("schema") == ENTITY), {})
            known = {
                read_string(mapping(x).get("schema"))
                for x in read_sequence(users.get("schemaExtensions"))
            }
            self._abilities = ScimAbilities(
                users=self._endpoint(users, "/Users"),
                entities=self._endpoint(entities, ""),
                patch=mapping(config.get("patch")).get("supported") is True,
                extension=ACCOUNT in known,
                enterprise=ENTERPRISE in known,
            )
        return self._abilities

    def _endpoint(self, kind: Mapping[str, Any], usual: str) -> str:
        """A path below the service, never an address elsewhere."""
        found, base = read_string(kind.get("endpoint")), f"{self.url}/"
        below = found[1:] if found.startswith("/") and not found.startswith("//") else found
        where = find_address(below, base) if below else None
        if where is None or not where.text.startswith(base):
            return usual
        return where.text[len(self.url) :].rstrip("/") or usual

    def people(self, cancel: Cancel | None = None) -> Iterator[Held]:
        users, start = self.abilities(cancel).users, 1
        for _ in range(MOST_PAGES):
            page = mapping(
                self._ask("GET", f"{users}?startIndex={start}&count={PAGE}&sortBy=id", cancel)[0]
            )
            found = read_sequence(page.get("Resources"))
            for resource in found:
                held = _read_user(resource, "", self.abilities(cancel).extension)
                if held is not None:
                    yield held
            start += len(found)
            total = page.get("totalResults")
            if not found or not isinstance(total, int) or start > total:
                return
        raise ServiceError(tr("The service sends its accounts without end."), code="garbage")

    def find(self, person: Person, cancel: Cancel | None = None) -> Held | None:
        users = self.abilities(cancel).users
        if person.service_id:
            try:
                body, etag = self._ask("GET", f"{users}/{_path_segment(person.service_id)}", cancel)
            except ServiceError as error:
                if error.status == 404:
                    return None
                raise
            return _read_user(body, etag, self.abilities(cancel).extension)
        wanted = quote(f"externalId eq {json.dumps(person.id)}")
        page = mapping(self._ask("GET", f"{users}?filter={wanted}", cancel)[0])
        extended = self.abilities(cancel).extension
        held = [
            _read_user(resource, "", extended) for resource in read_sequence(page.get("Resources"))
        ]
        return next((h for h in held if h is not None and h.external_id == person.id), None)

    def create(
        self,
        person: Person,
        entity_id: str,
        values: Mapping[str, Any],
        cancel: Cancel | None = None,
    ) -> Held:
        abilities = self.abilities(cancel)
        given = {
            "username": person.username,
            "name": person.name,
            "function": person.function,
            "email": person.email,
            "licences": person.licences,
            "expires": person.expires,
            "entity": entity_id,
            **values,
        }
        body: dict[str, Any] = {"schemas": [USER], "externalId": person.id}
        for path, value in _attribute_values(given, abilities).items():
            if value not in (None, "", [], {}):
                _put_value(body, path, value)
        created, etag = self._ask("POST", abilities.users, cancel, body)
        return self._usable(created, etag)

    def update(self, held: Held, values: Mapping[str, Any], cancel: Cancel | None = None) -> Held:
        abilities = self.abilities(cancel)
        written = _attribute_values(values, abilities)
        path = f"{abilities.users}/{_path_segment(held.service_id)}"
        if abilities.patch:
            operations = [_patch_operation(name, value) for name, value in written.items()]
            change = {"schemas": [PATCH_OP], "Operations": operations}
            found, etag = self._ask("PATCH", path, cancel, change, held.etag)
        else:
            whole, current = self._ask("GET", path, cancel)
            if held.etag and current and current != held.etag:
                raise changed_meanwhile()
            body: dict[str, Any] = json.loads(json.dumps(whole))
            for name, value in written.items():
                _put_value(body, name, value)
            found, etag = self._ask("PUT", path, cancel, body, held.etag)
        if found is None:  # 204: done, nothing shown
            found, etag = self._ask("GET", path, cancel)
        return self._usable(found, etag)

    def remove(self, held: Held, cancel: Cancel | None = None) -> None:
        users = self.abilities(cancel).users
        self._ask("DELETE", f"{users}/{_path_segment(held.service_id)}", cancel, etag=held.etag)

    def enter_entity(self, entity: Entity, cancel: Cancel | None = None) -> str:
        entities = self.abilities(cancel).entities
        if not entities or entity.service_id:
            return entity.service_id
        wanted = quote(f"externalId eq {json.dumps(entity.id)}")
        page = mapping(self._ask("GET", f"{entities}?filter={wanted}", cancel)[0])
        for resource in read_sequence(page.get("Resources")):
            if read_string(mapping(resource).get("externalId")) == entity.id:
                return read_string(mapping(resource).get("id"))
        body = {
            "schemas": [ENTITY],
            "externalId": entity.id,
            "displayName": entity.name,
            "siret": entity.siret or None,
            "legalCode": entity.legal_code or None,
            "agreement": entity.agreement or None,
            "quota": None if entity.quota_km2 is None else round(entity.quota_km2),
        }
        given = {name: value for name, value in body.items() if value is not None}
        made = mapping(self._ask("POST", entities, cancel, given)[0])
        identifier = read_string(made.get("id"))
        if not identifier:
            raise _unreadable_answer()
        return identifier

    def entity_word(self, entity: Entity, cancel: Cancel | None = None) -> tuple[str, str]:
        entities = self.abilities(cancel).entities
        if not entities or not entity.service_id:
            return "", ""
        body, _ = self._ask("GET", f"{entities}/{_path_segment(entity.service_id)}", cancel)
        found = mapping(body)
        return read_string(found.get("status")), read_string(found.get("statusReason"))[:300]

    def _ask(
        self,
        method: str,
        path: str,
        cancel: Cancel | None,
        body: Mapping[str, Any] | None = None,
        etag: str = "",
    ) -> tuple[Any, str]:
        """(body, ETag) of an answer. Raises ServiceError with the service's own word."""
        headers = {"accept": _MEDIA}
        options: dict[str, Any] = {}
        if body is not None:
            headers["content-type"] = _MEDIA
            options["data"] = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        if etag:
            headers["if-match"] = etag
        answer = self._http.request(
            method, f"{self.url}{path}", headers=headers, credentials=self._credentials,
            cancel=cancel, expected=_ANSWERED, stream=True, **options,
        )  # fmt: skip
        if answer.status_code >= 400:
            raise _scim_error(answer, cancel)
        if answer.status_code == 204:
            answer.close()
            return None, answer.headers.get("etag", "")
        return read_json(answer, cancel), answer.headers.get("etag", "")

    def _usable(self, body: Any, etag: str) -> Held:
        held = _read_user(body, etag, self._abilities is not None and self._abilities.extension)
        if held is None:
            raise _unreadable_answer()
        return held


def make(profile: Profile, http: Http, credentials: Credentials | None) -> ScimChannel:
    """The channel of a profile. Raises InvalidInput when it has no address."""
    url = profile.administration.url
    if not url:
        raise InvalidInput(tr("This profile does not say where accounts are moderated."))
    origin(url)
    return ScimChannel(url, http, credentials)


def _scim_error(answer: Any, cancel: Cancel | None) -> DinamisError:
    """What a SCIM error means; its detail is the service's word, bounded."""
    status = answer.status_code
    if status == 403:
        return error_from(answer)
    try:
        body = mapping(read_json(answer, cancel))
    except (NetworkError, ServiceError):
        body = {}
    detail, kind = read_string(body.get("detail"))[:300], read_string(body.get("scimType"))[:60]
    if status == 412:
        return changed_meanwhile(detail)
    message = tr("The service does not accept this: “{detail}”").format(
        detail=" ".join(detail.split()) or status
    )
    if status == 409 or kind == "uniqueness":
        message = tr("The service already has an account of this name.")
    return ServiceError(
        message,
        code={404: "missing", 409: "taken"}.get(status, "rejected"),
        action=Action.NONE,
        status=status,
        details=f"{status} {kind} {detail}".strip(),
    )


def changed_meanwhile(detail: str = "") -> ServiceError:
    """The account has another version than the one that was read."""
    return ServiceError(
        tr("The account was changed elsewhere meanwhile."),
        tr("Look at it again."),
        code="changed-elsewhere",
        action=Action.NONE,
        status=412,
        details=detail,
    )


def _unreadable_answer() -> ServiceError:
    return ServiceError(
        tr("The service gave an answer that cannot be read."),
        tr("Try again; if it lasts, tell your relay."),
        code="garbage",
    )


def _read_user(value: Any, etag: str, extended: bool) -> Held | None:
    """A User resource; None without an identifier and a user name.

    ``extended``: the service keeps what our extension holds, be it empty.
    """
    body = mapping(value)
    identifier, username = read_string(body.get("id")), read_string(body.get("userName"))
    if not identifier or not username:
        return None
    extension, meta = mapping(body.get(ACCOUNT)), mapping(body.get("meta"))
    active = body.get("active") is not False
    state = read_string(extension.get("state")) or (ACTIVE if active else STOPPED)
    if state == ACTIVE and not active:
        state = STOPPED
    name = mapping(body.get("name"))
    parts = (read_string(name.get("givenName")), read_string(name.get("familyName")))
    mails = [mapping(m) for m in read_sequence(body.get("emails"))]
    values: dict[str, Any] = {
        "username": username,
        "state": state,
        "name": read_string(name.get("formatted")) or " ".join(p for p in parts if p),
        "function": read_string(body.get("title")) or read_string(body.get("displayName")),
        "email": next(
            (read_string(m.get("value")) for m in mails if read_string(m.get("value"))), ""
        ),
        "licences": tuple(
            t
            for e in read_sequence(body.get("entitlements"))
            if (t := read_string(mapping(e).get("value")))
        ),
    }
    if extended:
        values["reason"] = read_string(extension.get("reason"))
        values["entity"] = read_string(mapping(extension.get("entity")).get("value"))
        values["expires"] = _read_day(extension.get("expires"))
    return Held(
        identifier,
        etag or read_string(meta.get("version")),
        read_string(body.get("externalId")),
        values,
        read_datetime(extension.get("lastSignIn")),
    )


def _attribute_values(values: Mapping[str, Any], abilities: ScimAbilities) -> dict[str, Any]:
    """Paths of SCIM and what to put there; what the service cannot keep is left out."""
    paths = {"username": "userName", "function": "title", "name": "name.formatted"}
    found: dict[str, Any] = {paths[n]: v for n, v in values.items() if n in paths}
    if "email" in values:
        mail = values["email"]
        found["emails"] = [{"value": mail, "type": "work", "primary": True}] if mail else []
    if "licences" in values:
        found["entitlements"] = [{"value": licence} for licence in values["licences"]]
    if "state" in values:
        able = (ACTIVE, PENDING) if abilities.extension else (ACTIVE,)
        found["active"] = values["state"] in able
    if abilities.extension:
        for name in ("state", "reason", "expires"):
            if name in values:
                value = values[name]
                found[f"{ACCOUNT}:{name}"] = value.isoformat() if isinstance(value, date) else value
        if values.get("entity"):
            found[f"{ACCOUNT}:entity"] = {"value": values["entity"]}
    return found


def _patch_operation(path: str, value: Any) -> dict[str, Any]:
    if value in (None, "", [], {}):
        return {"op": "remove", "path": path}
    return {"op": "replace", "path": path, "value": value}


def _put_value(body: dict[str, Any], path: str, value: Any) -> None:
    """Write a path of ``_attribute_values`` into a whole resource."""
    urn, _, name = path.rpartition(":")
    holder = body.setdefault(urn, {}) if urn else body
    if urn and urn not in body["schemas"]:
        body["schemas"].append(urn)
    first, _, second = name.partition(".")
    if second:
        holder = holder.setdefault(first, {})
    holder[second or first] = value


def _read_day(value: Any) -> date | None:
    found = read_datetime(value)
    return found.date() if found else None


def _path_segment(identifier: str) -> str:
    return quote(identifier, safe="")
