"""Whether an organisation may join DINAMIS, as far as the public register of organisations tells
(the dialect of recherche-entreprises): eligible, or to be checked. A refusal is never ours to say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from dinamis_qgis.core.errors import Action, InvalidInput, ServiceError
from dinamis_qgis.core.json_values import mapping, read_string
from dinamis_qgis.core.net.http import Cancel, Http
from dinamis_qgis.core.relay.model import ELIGIBLE, TO_CHECK, Entity, new_id
from dinamis_qgis.core.text import tr

_LONG = 300
_PUBLIC = frozenset(
    {
        "7171",
        "7172",
        "7210",
        "7220",
        "7225",
        "7229",
        "7230",
        "7343",
        "7344",
        "7346",
        "7347",
        "7348",
        "7353",
        "7354",
        "7355",
        "7357",
        "7361",
        "7372",
        "7381",
        "7382",
        "7383",
        "7384",
        "7385",
        "7389",
        "7410",
    }
)  # fmt: skip
"""INSEE's legal categories of the State, collectivités, their groupings, SDIS, public
establishments and GIP."""


@dataclass(frozen=True)
class Organisation:
    """An organisation of the public register; empty is what it does not tell.

    ``administration`` None: not told. ``active`` is False once it was closed.
    """

    siren: str
    name: str
    siret: str = ""
    legal_code: str = ""
    address: str = ""
    postcode: str = ""
    commune: str = ""
    commune_code: str = ""
    territory_code: str = ""
    territory_level: str = ""
    administration: bool | None = None
    active: bool = True


@dataclass(frozen=True)
class Verdict:
    """``eligible`` or ``to-check``, and why."""

    eligibility: str
    reason: str


def look_up(http: Http, url: str, query: str, cancel: Cancel | None = None) -> list[Organisation]:
    """The organisations of a SIREN, a SIRET or a name.

    Raises InvalidInput for a query too short or a profile without a register; NetworkError,
    ServiceError (code ``busy`` when too much is asked): the fields can then be filled in by hand.
    """
    if not url:
        raise InvalidInput(
            tr("This service names no public register of organisations."),
            tr("Fill in the fields by hand."),
            code="no-register",
        )
    digits = re.sub(r"[\s.]", "", query)
    wanted = digits if digits.isdigit() else query.strip()
    if len(wanted) < 3 or (wanted.isdigit() and len(wanted) not in (9, 14)):
        raise InvalidInput(
            tr("Give a SIREN (9 digits), a SIRET (14 digits) or a name."), code="query"
        )
    asked = {"q": wanted[:200], "minimal": "true", "include": "siege,complements"}
    body = http.json("GET", url, params=asked, cancel=cancel)
    found = mapping(body).get("results")
    if not isinstance(found, list):
        raise ServiceError(
            tr("The public register of organisations gave an answer that cannot be read."),
            tr("Fill in the fields by hand."),
            code="garbage",
            action=Action.NONE,
        )
    return [o for o in (_read_organisation(x) for x in found[:100]) if o is not None]


def _read_organisation(value: Any) -> Organisation | None:
    body = mapping(value)
    siren, name = _read_digits(body.get("siren"), 9), _read_line(body.get("nom_complet"))
    if not siren or not name:
        return None
    seat, more = mapping(body.get("siege")), mapping(body.get("complements"))
    territory = mapping(more.get("collectivite_territoriale"))
    told = more.get("est_administration")
    return Organisation(
        siren=siren,
        name=name,
        siret=_read_digits(seat.get("siret"), 14),
        legal_code=_read_digits(body.get("nature_juridique"), 4),
        address=_read_line(seat.get("adresse")),
        postcode=_read_digits(seat.get("code_postal"), 5),
        commune=_read_line(seat.get("libelle_commune")),
        commune_code=_read_code(seat.get("commune")),
        territory_code=_read_code(territory.get("code")),
        territory_level=_read_line(territory.get("niveau")),
        administration=told if isinstance(told, bool) else None,
        active=read_string(body.get("etat_administratif")) != "C",
    )


def assess_eligibility(organisation: Organisation) -> Verdict:
    """What can be said of an organisation; why in one sentence."""
    legal = legal_text(organisation.legal_code)
    if not organisation.active:
        return Verdict(TO_CHECK, tr("The public register says that it was closed."))
    if organisation.territory_code or organisation.legal_code in _PUBLIC:
        return Verdict(ELIGIBLE, tr("Public body: {form}.").format(form=legal))
    if organisation.administration:
        return Verdict(ELIGIBLE, tr("The public register says that it is an administration."))
    return Verdict(
        TO_CHECK,
        tr(
            "{form}: the register does not tell; contractors of a public body, research and "
            "associations with a public mission may be eligible. Ask DINAMIS."
        ).format(form=legal),
    )


def entity_from(organisation: Organisation, before: Entity | None = None) -> Entity:
    """A new member out of the register, or ``before`` with what the register tells."""
    verdict = assess_eligibility(organisation)
    entity = before or Entity(new_id(), organisation.name)
    return replace(
        entity,
        name=entity.name or organisation.name,
        siren=organisation.siren,
        siret=organisation.siret,
        legal_code=organisation.legal_code,
        legal_form=legal_text(organisation.legal_code),
        address=organisation.address,
        postcode=organisation.postcode,
        commune=organisation.commune,
        commune_code=organisation.commune_code,
        territory_code=organisation.territory_code,
        eligibility=verdict.eligibility,
        eligibility_reason=verdict.reason,
    )


def legal_text(code: str) -> str:
    """The legal form of INSEE's category, in the words of the field."""
    return _legal_names().get(code) or (
        tr("Legal category {code}").format(code=code) if code else tr("Legal form not known")
    )


def _legal_names() -> Mapping[str, str]:
    return {
        "7171": tr("State service"),
        "7172": tr("State service"),
        "7210": tr("Commune"),
        "7220": tr("Département"),
        "7230": tr("Région"),
        "7344": tr("Métropole"),
        "7346": tr("Communauté de communes"),
        "7348": tr("Communauté d’agglomération"),
        "7354": tr("Syndicat mixte"),
        "7355": tr("Syndicat mixte"),
        "7357": tr("PETR"),
        "7372": tr("SDIS"),
        "7383": tr("National public establishment"),
        "7389": tr("National public establishment"),
        "7410": tr("GIP"),
        "9220": tr("Association"),
    }


def _read_digits(value: Any, count: int) -> str:
    found = re.sub(r"\s", "", read_string(value))
    return found if found.isascii() and found.isdigit() and len(found) == count else ""


def _read_code(value: Any) -> str:
    found = read_string(value)
    return found if re.fullmatch(r"[0-9A-Za-z]{1,12}", found) else ""


def _read_line(value: Any) -> str:
    """One line of plain text."""
    return " ".join(read_string(value).split())[:_LONG]
