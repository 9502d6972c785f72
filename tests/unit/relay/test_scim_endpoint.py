"""Where a SCIM service says its accounts are: below the service, or where they usually are."""

from __future__ import annotations

from typing import Any

import pytest

from dinamis_qgis.core.relay.channels.scim import ScimChannel


@pytest.mark.parametrize(
    ("said", "used"),
    [
        ("/Users", "/Users"),
        ("Users", "/Users"),
        ("/people/", "/people"),
        ("https://s.example.org/scim/v2/People", "/People"),
        ("", "/Users"),
        ("/", "/Users"),
        ("//other.example.org/Users", "/Users"),
        ("https://other.example.org/scim/v2/Users", "/Users"),
        ("https://s.example.org@other.example.org/scim/v2/Users", "/Users"),
        ("/../admin", "/Users"),
        ("/a/../../../admin", "/Users"),
        ("\\\\other\\Users", "/Users"),
        ("javascript:alert(1)", "/Users"),
        (None, "/Users"),
        (12, "/Users"),
    ],
)
def test_an_endpoint_is_below_the_service(said: Any, used: str) -> None:
    channel = ScimChannel("https://s.example.org/scim/v2/", http=None)  # type: ignore[arg-type]
    assert channel._endpoint({"endpoint": said}, "/Users") == used
