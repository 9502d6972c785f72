"""``/news``: what the relay tells its partners, an Atom feed (RFC 4287)."""

from __future__ import annotations

from html import escape

from dinamis_qgis.sandbox.web.web import HttpRequest, Response, Route

_ENTRIES = (
    ("2026-11-16T08:30:00Z", "ortho-2025", "Nouvelle couverture SPOT 6/7 de l’été 2025",
     "Les images SPOT 6/7 de juin à septembre 2025 sont dans le catalogue de formation."),
    ("2026-10-05T09:00:00Z", "atelier", "Atelier de prise en main le 3 décembre",
     "Une demi-journée à distance : chercher une image, la comparer, en demander une nouvelle."),
    ("2026-09-01T07:45:00Z", "quotas", "Quotas Pléiades du trimestre",
     "Les quotas sont remis à zéro : regroupez vos besoins avec vos voisins avant de demander."),
)  # fmt: skip


def news_routes() -> list[Route]:
    """The feed, open to everybody, with an ETag."""

    def answer(request: HttpRequest) -> Response:
        tag = f'"{len(_ENTRIES)}-{_ENTRIES[0][0]}"'
        if request.headers.get("if-none-match") == tag:
            return Response(304, headers={"ETag": tag})
        body = _atom_feed(request.root).encode()
        return Response(200, body, "application/atom+xml; charset=utf-8", {"ETag": tag})

    return [Route("GET", "/news", answer)]


def _atom_feed(root: str) -> str:
    entries = "".join(
        f"<entry><id>{root}/news/{name}</id><title>{escape(title)}</title>"
        f"<updated>{moment}</updated><summary>{escape(text)}</summary></entry>"
        for moment, name, title, text in _ENTRIES
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<id>{root}/news</id><title>Actualités du relais (formation)</title>"
        f"<updated>{_ENTRIES[0][0]}</updated><author><name>PIGMA (GIP ATGeRi)</name></author>"
        f'<link rel="self" href="{root}/news"/>{entries}</feed>\n'
    )
