"""The schemas of ``/scim/v2`` (RFC 7643), as data: users, groups, and the entity as a resource type
of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
ACCOUNT = "urn:dinamis:scim:schemas:1.0:Account"
"""What a relay decides on an account."""
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
ENTITY = "urn:dinamis:scim:schemas:1.0:Entity"
_CORE = "urn:ietf:params:scim:schemas:core:2.0:"
PROVIDER, RESOURCE_TYPE, SCHEMA = (
    f"{_CORE}ServiceProviderConfig",
    f"{_CORE}ResourceType",
    f"{_CORE}Schema",
)
MOST_RESULTS = 200


def define_attribute(name: str, kind: str = "string", **more: Any) -> dict[str, Any]:
    """An attribute definition with the defaults of RFC 7643, 2.2; ``sub`` are sub-attributes."""
    found: dict[str, Any] = {
        "name": name,
        "type": kind,
        "multiValued": False,
        "description": more.pop("about", name),
        "required": False,
        "mutability": "readWrite",
        "returned": "default",
    }
    if kind not in ("complex", "boolean"):
        found["uniqueness"] = "none"
    if kind in ("string", "reference"):
        found["caseExact"] = kind == "reference"
    if "sub" in more:
        found["subAttributes"] = more.pop("sub")
    if "values" in more:
        found["canonicalValues"] = more.pop("values")
    found.update({"multiValued": True} if more.pop("many", False) else {})
    found.update(more)
    return found


_READ_ONLY = {"mutability": "readOnly"}


def _reference_attribute(*kinds: str, **more: Any) -> dict[str, Any]:
    return define_attribute("$ref", "reference", referenceTypes=list(kinds), **more)


def _user_attributes() -> list[dict[str, Any]]:
    names = ("formatted", "familyName", "givenName")
    return [
        define_attribute(
            "userName", required=True, uniqueness="server", about="Name to sign in with"
        ),
        define_attribute("name", "complex", sub=[define_attribute(name) for name in names]),
        define_attribute("displayName", about="Function shown with the account"),
        define_attribute("title", about="Function"),
        define_attribute("active", "boolean", about="Whether the account may sign in"),
        define_attribute(
            "emails",
            "complex",
            many=True,
            sub=[
                define_attribute("value", about="Professional address"),
                define_attribute("display"),
                define_attribute("type", values=["work", "other"]),
                define_attribute("primary", "boolean"),
            ],
        ),
        define_attribute(
            "entitlements",
            "complex",
            many=True,
            about="Licences, by their identifier",
            sub=[
                define_attribute("value"),
                define_attribute("display"),
                define_attribute("type"),
                define_attribute("primary", "boolean"),
            ],
        ),
        define_attribute(
            "groups",
            "complex",
            many=True,
            **_READ_ONLY,
            sub=[
                define_attribute("value", **_READ_ONLY),
                _reference_attribute("Group", **_READ_ONLY),
                define_attribute("display", **_READ_ONLY),
                define_attribute("type", values=["direct"], **_READ_ONLY),
            ],
        ),
    ]


def _account_attributes() -> list[dict[str, Any]]:
    return [
        define_attribute("state", values=["pending", "active", "suspended", "declined"]),
        define_attribute("reason", about="Told to the person"),
        define_attribute("expires", about="Day (YYYY-MM-DD) by which the account must be renewed"),
        define_attribute(
            "entity",
            "complex",
            about="The entity the person belongs to",
            sub=[
                define_attribute("value"),
                _reference_attribute("Entity"),
            ],
        ),
        define_attribute("lastSignIn", "dateTime", **_READ_ONLY),
    ]


def _entity_attributes() -> list[dict[str, Any]]:
    return [
        define_attribute("displayName", required=True, about="Name of the organisation"),
        define_attribute("siret", about="14 digits, of the seat"),
        define_attribute("legalCode", about="INSEE's legal category"),
        define_attribute("agreement", about="Number of the avenant"),
        define_attribute("quota", "integer", about="km² it may ask for in a year"),
        define_attribute(
            "status",
            values=["waiting", "accepted", "refused", "suspended"],
            about="The word of the BE",
            **_READ_ONLY,
        ),
        define_attribute("statusReason", **_READ_ONLY),
    ]


def _group_attributes() -> list[dict[str, Any]]:
    members = [
        define_attribute("value", mutability="immutable"),
        _reference_attribute("User", mutability="immutable"),
        define_attribute("type", values=["User"], mutability="immutable"),
        define_attribute("display", **_READ_ONLY),
    ]
    return [
        define_attribute("displayName", required=True),
        define_attribute("members", "complex", many=True, sub=members),
    ]


def _enterprise_attributes() -> list[dict[str, Any]]:
    return [define_attribute(name) for name in ("organization", "department", "division")]


def _uri_attribute(name: str) -> dict[str, Any]:
    return define_attribute(name, "reference", referenceTypes=["uri"], required=True, **_READ_ONLY)


def _group_of(name: str, sub: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return define_attribute(name, "complex", sub=sub, **more, **_READ_ONLY)


def _provider_attributes() -> list[dict[str, Any]]:
    supported = define_attribute("supported", "boolean", required=True, **_READ_ONLY)
    counted = {"bulk": ("maxOperations", "maxPayloadSize"), "filter": ("maxResults",)}
    found = [
        _group_of(name, [supported], required=True)
        for name in ("patch", "changePassword", "sort", "etag")
    ]
    for name, numbers in counted.items():
        whole = [define_attribute(number, "integer", **_READ_ONLY) for number in numbers]
        found.append(_group_of(name, [supported, *whole], required=True))
    scheme = [define_attribute(name, **_READ_ONLY) for name in ("name", "description", "type")]
    return [*found, _group_of("authenticationSchemes", scheme, many=True, required=True)]


def _discovery_schemas() -> dict[str, tuple[str, list[dict[str, Any]]]]:
    """The schemas of the discovery documents themselves; all read-only."""
    heading = [
        define_attribute("id", **_READ_ONLY),
        define_attribute("name", required=True, **_READ_ONLY),
        define_attribute("description", **_READ_ONLY),
    ]
    extension = [
        _uri_attribute("schema"),
        define_attribute("required", "boolean", required=True, **_READ_ONLY),
    ]
    extensions = _group_of("schemaExtensions", extension, many=True)
    attributes = _group_of("attributes", [define_attribute("name", **_READ_ONLY)], many=True)
    kind = [*heading, _uri_attribute("endpoint"), _uri_attribute("schema"), extensions]
    return {
        PROVIDER: ("ServiceProviderConfig", _provider_attributes()),
        RESOURCE_TYPE: ("ResourceType", kind),
        SCHEMA: ("Schema", [*heading, attributes]),
    }


SCHEMAS: Mapping[str, tuple[str, list[dict[str, Any]]]] = {
    USER: ("User", _user_attributes()),
    ENTERPRISE: ("EnterpriseUser", _enterprise_attributes()),
    ACCOUNT: ("Account", _account_attributes()),
    GROUP: ("Group", _group_attributes()),
    ENTITY: ("Entity", _entity_attributes()),
    **_discovery_schemas(),
}
"""URN → (name, attributes)."""

COMMON = (
    define_attribute("id", caseExact=True, returned="always", **_READ_ONLY),
    define_attribute("externalId", caseExact=True),
    define_attribute(
        "meta",
        "complex",
        **_READ_ONLY,
        sub=[
            define_attribute("resourceType", **_READ_ONLY),
            define_attribute("created", "dateTime", **_READ_ONLY),
            define_attribute("lastModified", "dateTime", **_READ_ONLY),
            define_attribute("location", "reference", referenceTypes=["uri"], **_READ_ONLY),
            define_attribute("version", caseExact=True, **_READ_ONLY),
        ],
    ),
)


@dataclass(frozen=True)
class ResourceKind:
    """A resource type."""

    name: str
    endpoint: str
    schema: str
    extensions: tuple[str, ...] = ()

    def attributes(self, urn: str = "") -> list[dict[str, Any]]:
        """The attributes of its own schema with the common ones, or of an extension."""
        if urn and urn != self.schema:
            return SCHEMAS[urn][1]
        return [*COMMON, *SCHEMAS[self.schema][1]]

    def described(self, root: str) -> dict[str, Any]:
        """Its discovery document."""
        found: dict[str, Any] = {
            "schemas": [RESOURCE_TYPE],
            "id": self.name,
            "name": self.name,
            "endpoint": self.endpoint,
            "schema": self.schema,
            "meta": {
                "resourceType": "ResourceType",
                "location": f"{root}/ResourceTypes/{self.name}",
            },
        }
        if self.extensions:
            found["schemaExtensions"] = [
                {"schema": urn, "required": False} for urn in self.extensions
            ]
        return found


KINDS = (
    ResourceKind("User", "/Users", USER, (ENTERPRISE, ACCOUNT)),
    ResourceKind("Group", "/Groups", GROUP),
    ResourceKind("Entity", "/Entities", ENTITY),
)


def schema_document(urn: str, root: str) -> dict[str, Any]:
    """The discovery document of a schema."""
    name, attributes = SCHEMAS[urn]
    return {
        "schemas": [SCHEMA],
        "id": urn,
        "name": name,
        "description": name,
        "attributes": attributes,
        "meta": {"resourceType": "Schema", "location": f"{root}/Schemas/{urn}"},
    }


def provider_document(root: str) -> dict[str, Any]:
    """What the service can do."""
    yes, no = {"supported": True}, {"supported": False}
    return {
        "schemas": [PROVIDER],
        "patch": yes,
        "bulk": {**no, "maxOperations": 0, "maxPayloadSize": 0},
        "filter": {**yes, "maxResults": MOST_RESULTS},
        "changePassword": no,
        "sort": yes,
        "etag": yes,
        "authenticationSchemes": [
            {
                "type": "oauthbearertoken",
                "name": "OAuth 2.0",
                "description": "Device grant of the training service",
            }
        ],
        "meta": {
            "resourceType": "ServiceProviderConfig",
            "location": f"{root}/ServiceProviderConfig",
        },
    }
