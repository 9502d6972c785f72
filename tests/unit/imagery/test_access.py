"""May this account open this product: decided before any byte moves."""

from __future__ import annotations

import pytest

from dinamis_qgis.core.account.model import Account
from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.core.errors import Action, AuthError, LicenceError
from dinamis_qgis.core.imagery.access import check_access
from dinamis_qgis.core.profile.model import Licence, Profile, Relay

PROFILE = Profile(
    "essai",
    "Essai",
    relay=Relay("PIGMA", "pigma@formation.invalid"),
    licences=(
        Licence("spot67", "Licence SPOT 6/7"),
        Licence("etalab-2.0", "Licence Ouverte", open=True),
    ),
)


def product(licence: str) -> Product:
    return Product("essai", "c", "spot-6-7-drs", "x", None, licence=licence)


def account(*licences: str, **fields: object) -> Account:
    return Account("technicien", licences=frozenset(licences), **fields)  # type: ignore[arg-type]


def test_a_held_licence_passes() -> None:
    check_access(PROFILE, account("spot67"), product("spot67"))


def test_a_missing_licence_names_it_and_whom_to_ask() -> None:
    with pytest.raises(LicenceError) as caught:
        check_access(PROFILE, account("pleiades"), product("spot67"))
    assert "Licence SPOT 6/7" in caught.value.message
    assert "pigma@formation.invalid" in caught.value.remedy
    assert caught.value.action is Action.CONTACT_RELAY


def test_an_unknown_licence_is_shown_by_its_id() -> None:
    with pytest.raises(LicenceError, match="crise"):
        check_access(PROFILE, account("spot67"), product("crise"))


def test_the_relay_of_the_account_goes_before_the_one_of_the_profile() -> None:
    with pytest.raises(LicenceError) as caught:
        check_access(PROFILE, account(relay=Relay("Autre relais")), product("spot67"))
    assert "Autre relais" in caught.value.remedy


def test_signed_out_asks_to_sign_in() -> None:
    with pytest.raises(AuthError) as caught:
        check_access(PROFILE, None, product("spot67"))
    assert caught.value.action is Action.SIGN_IN


@pytest.mark.parametrize("who", [None, account(), account(roles=frozenset({"charte-en-attente"}))])
def test_an_open_licence_passes_for_everybody(who: Account | None) -> None:
    check_access(PROFILE, who, product("etalab-2.0"))


def test_a_pending_charter_is_said_as_such() -> None:
    with pytest.raises(LicenceError) as caught:
        check_access(PROFILE, account("spot67", roles=frozenset({"charte-en-attente"})), product("spot67"))
    assert caught.value.code == "charter"


def test_where_the_service_does_not_tell_the_signing_service_decides() -> None:
    check_access(PROFILE, Account("technicien", licences=None), product("spot67"))
    check_access(PROFILE, account("spot67"), product(""))
