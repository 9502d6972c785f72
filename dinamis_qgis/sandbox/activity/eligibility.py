"""``/eligibility/search``: the dialect of recherche-entreprises, over a few organisations of the
training places. SIREN and SIRET are made up.
"""

from __future__ import annotations

import re
import threading
import time
import unicodedata
from collections import deque
from typing import Any, Callable

from dinamis_qgis.sandbox.web.web import HttpRequest, Response, Route, json_response

PER_SECOND = 7
_MOST = 25
_ORGANISATIONS = (
    ("900000001", "COMMUNAUTE DE COMMUNES DU HAUT BEARN", "7346", "64422", "Oloron-Sainte-Marie",
     ("200067262", "epci"), False, "A"),
    ("900000002", "SERVICE DEPARTEMENTAL D'INCENDIE ET DE SECOURS DES PYRENEES ATLANTIQUES", "7372",
     "64445", "Pau", None, True, "A"),
    ("900000003", "GIP ATGERI", "7410", "33318", "Pessac", None, False, "A"),
    ("900000004", "COMMUNE DE LARUNS", "7210", "64320", "Laruns", ("64320", "commune"), True, "A"),
    ("900000005", "DEPARTEMENT DES PYRENEES ATLANTIQUES", "7220", "64445", "Pau",
     ("64", "departement"), True, "A"),
    ("900000006", "AGENCE D'URBANISME ATLANTIQUE ET PYRENEES", "9220", "64102", "Bayonne", None,
     False, "A"),
    ("900000007", "BOULANGERIE DES GAVES", "5499", "64422", "Oloron-Sainte-Marie", None, False,
     "A"),
    ("900000008", "SYNDICAT MIXTE DU GAVE D'OSSAU", "7354", "64320", "Laruns", None, True, "C"),
    ("900000009", "COMMUNAUTE DE COMMUNES DE LA VALLEE D'OSSAU", "7346", "64062", "Arudy",
     ("246400337", "epci"), False, "A"),
    ("900000010", "COMMUNE D'ARUDY", "7210", "64062", "Arudy", ("64062", "commune"), True, "A"),
)  # fmt: skip


def eligibility_routes(clock: Callable[[], float] = time.monotonic) -> list[Route]:
    """The search, at most seven a second as on the real service."""
    lately: deque[float] = deque(maxlen=PER_SECOND)
    lock = threading.Lock()

    def answer(request: HttpRequest) -> Response:
        moment = clock()
        with lock:
            if len(lately) == PER_SECOND and moment - lately[0] < 1:
                problem = json_response({"erreur": "Trop de requêtes."}, 429)
                problem.headers["Retry-After"] = "1"
                return problem
            lately.append(moment)
        query = request.first("q").strip()
        if len(query) < 3:
            return json_response({"erreur": "Veuillez indiquer au moins 3 caractères."}, 400)
        found = [_describe_organisation(o) for o in _ORGANISATIONS if _matches_query(o, query)][
            :_MOST
        ]
        return json_response(
            {
                "results": found,
                "total_results": len(found),
                "page": 1,
                "per_page": _MOST,
                "total_pages": 1 if found else 0,
            }
        )

    return [Route("GET", "/eligibility/search", answer)]


def _matches_query(organisation: Any, query: str) -> bool:
    digits = re.sub(r"\s", "", query)
    if digits.isdigit():
        return bool(digits[:9] == organisation[0])
    words = re.findall(r"[A-Z0-9]+", _plain_letters(query))
    return bool(words) and all(word in _plain_letters(organisation[1]) for word in words)


def _plain_letters(text: str) -> str:
    folded = unicodedata.normalize("NFD", text)
    return "".join(c for c in folded if not unicodedata.combining(c)).upper()


def _describe_organisation(organisation: Any) -> dict[str, Any]:
    siren, name, legal, code, commune, territory, administration, state = organisation
    return {
        "siren": siren,
        "nom_complet": name,
        "nature_juridique": legal,
        "etat_administratif": state,
        "siege": {
            "siret": f"{siren}00019",
            "adresse": f"PLACE DE LA MAIRIE {code[:2]}000 {commune.upper()}",
            "code_postal": f"{code[:2]}400",
            "commune": code,
            "libelle_commune": commune.upper(),
        },
        "complements": {
            "collectivite_territoriale": {"code": territory[0], "niveau": territory[1]}
            if territory
            else None,
            "est_administration": administration,
        },
    }
