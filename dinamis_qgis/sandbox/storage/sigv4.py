"""Signed queries of an S3 storage: AWS Signature Version 4, query parameters, host header only,
unsigned payload.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timezone
from urllib.parse import quote, urlencode

ALGORITHM = "AWS4-HMAC-SHA256"
DATE_FORMAT = "%Y%m%dT%H%M%SZ"
_SCOPE_TAIL = "formation/s3/aws4_request"
_ACCESS_ID = "FORMATION"
PARAMETERS = (
    "X-Amz-Algorithm",
    "X-Amz-Credential",
    "X-Amz-Date",
    "X-Amz-Expires",
    "X-Amz-SignedHeaders",
    "X-Amz-Signature",
)


class SignatureError(Exception):
    """Why a signed query is refused: S3's error code and message."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def signed_query(path: str, host: str, at: float, life: int, key: bytes) -> str:
    """The query to put after ``path`` (decoded) for a GET on ``host``, valid ``life`` seconds from
    ``at`` (epoch).
    """
    date = datetime.fromtimestamp(at, timezone.utc).strftime(DATE_FORMAT)
    values = {
        "X-Amz-Algorithm": ALGORITHM,
        "X-Amz-Credential": f"{_ACCESS_ID}/{date[:8]}/{_SCOPE_TAIL}",
        "X-Amz-Date": date,
        "X-Amz-Expires": str(life),
        "X-Amz-SignedHeaders": "host",
    }
    signature = _query_signature("GET", path, host, values, key)
    return urlencode({**values, "X-Amz-Signature": signature}, quote_via=quote, safe="-_.~")


def check_query(
    method: str, path: str, host: str, query: Mapping[str, list[str]], now: float, key: bytes
) -> None:
    """Raises SignatureError unless ``query`` signs exactly this request and is still valid at
    ``now``.
    """
    values = {name: query[name][0] for name in PARAMETERS if len(query.get(name, ())) == 1}
    if "X-Amz-Signature" not in values:
        raise SignatureError("AccessDenied", "Access Denied")
    if len(values) < len(PARAMETERS) or values["X-Amz-Algorithm"] != ALGORITHM:
        raise SignatureError(
            "AuthorizationQueryParametersError", "The signed query is not complete."
        )
    given = values.pop("X-Amz-Signature")
    try:
        start = (
            datetime.strptime(values["X-Amz-Date"], DATE_FORMAT)
            .replace(tzinfo=timezone.utc)
            .timestamp()
        )
        life = int(values["X-Amz-Expires"])
    except (ValueError, OverflowError) as error:
        raise SignatureError(
            "AuthorizationQueryParametersError", "The date or the duration is not valid."
        ) from error
    if not hmac.compare_digest(
        _query_signature(method, path, host, values, key).encode(), given.encode("utf-8", "replace")
    ):
        message = "The request signature we calculated does not match the signature you provided."
        raise SignatureError("SignatureDoesNotMatch", message)
    if now > start + life:
        raise SignatureError("AccessDenied", "Request has expired")
    if start > now + 900:
        raise SignatureError("AccessDenied", "Request is not valid yet")


def _query_signature(
    method: str, path: str, host: str, values: Mapping[str, str], key: bytes
) -> str:
    query = "&".join(
        f"{quote(name, safe='-_.~')}={quote(values[name], safe='-_.~')}" for name in sorted(values)
    )
    canonical = "\n".join(
        (method, quote(path, safe="/-_.~"), query, f"host:{host}", "", "host", "UNSIGNED-PAYLOAD")
    )
    date = values["X-Amz-Date"]
    scope = f"{date[:8]}/{_SCOPE_TAIL}"
    text = "\n".join((ALGORITHM, date, scope, hashlib.sha256(canonical.encode()).hexdigest()))
    derived = b"AWS4" + key.hex().encode()
    for step in (date[:8], *_SCOPE_TAIL.split("/")):
        derived = hmac.new(derived, step.encode(), hashlib.sha256).digest()
    return hmac.new(derived, text.encode(), hashlib.sha256).hexdigest()
