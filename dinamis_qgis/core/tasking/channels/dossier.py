"""The channel where no service exists: a dossier and an e-mail to the relay, carried by the person;
the state is kept by hand.
"""

from __future__ import annotations

import html
import json
import tempfile
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import quote

from shapely.geometry import mapping

from dinamis_qgis.core.account.model import Account
from dinamis_qgis.core.errors import InvalidInput, StorageError, from_os_error
from dinamis_qgis.core.geo import area_km2, closed_rings, polygons, wrap_longitudes
from dinamis_qgis.core.net.http import Cancel, Credentials, Http
from dinamis_qgis.core.profile.model import Profile
from dinamis_qgis.core.tasking.channel import Channel
from dinamis_qgis.core.tasking.model import SENT, Order, Request, Status, now_utc
from dinamis_qgis.core.tasking.rules.findings import format_km2
from dinamis_qgis.core.tasking.summary import summarise_request
from dinamis_qgis.core.text import tr

MAX_MAILTO = 1900
"""Longer mailto addresses are cut by some mail programs (Windows passes about 2000 characters)."""


class Dossier(Channel):
    """Nothing leaves by itself: ``submit`` notes that the person has sent the dossier."""

    automatic = False

    def __init__(self, profile: Profile) -> None:
        self.profile = profile

    def submit(self, request: Request, cancel: Cancel | None = None) -> Order:
        """The person's word that it was sent."""
        return Order(
            id=request.reference, product=request.draft.product, statuses=(Status(SENT, now_utc()),)
        )

    def order(self, order_id: str, cancel: Cancel | None = None) -> Order:
        """Nobody to ask: no news."""
        return Order(id=order_id)

    def find(
        self, request: Request, taken: frozenset[str], cancel: Cancel | None = None
    ) -> Order | None:
        """Nobody to ask; noting it twice does no harm."""
        return None


def make(profile: Profile, http: Http, credentials: Credentials | None) -> Dossier:
    """The channel of a profile; nothing goes over the network."""
    return Dossier(profile)


def request_mail(request: Request, profile: Profile, account: Account | None) -> str:
    """A ``mailto:`` address that opens a ready message to whom the requests go; the files are
    attached by the person.
    """
    subject = tr("Acquisition request: {title}").format(title=request.label)
    lines = [f"{label}: {value}" for label, value in summarise_request(request, profile, account)]
    body = [
        tr("Good morning,"),
        "",
        tr("Please find here an acquisition request."),
        "",
        *lines,
        "",
        request.reference,
    ]
    return _mailto_address(profile.tasking.email or profile.relay.email, subject, body)


def join_mail(request: Request, order: Order, profile: Profile, account: Account | None) -> str:
    """A ``mailto:`` address to the relay: this entity too needs the image of an order that is open
    already.

    STAPI has no way to say so and an order of one's own would be the very duplicate to avoid; a
    relay reads its mail.
    """
    relay = (account.relay if account else None) or profile.relay
    shared = (
        order.area.intersection(wrap_longitudes(request.draft.area))
        if order.area is not None and request.draft.area is not None
        else None
    )
    subject = tr("Interest in the acquisition request {id}").format(id=order.id)
    whose = " · ".join(x for x in (order.title, order.entity, order.id) if x)
    lines = [f"{label}: {value}" for label, value in summarise_request(request, profile, account)]
    common = tr("Area in common: {area}").format(
        area=format_km2(area_km2(shared)) if shared is not None and polygons(shared) else "–"
    )
    said = tr(
        "We need the image of this request too; please count us in rather than have it acquired "
        "twice:"
    )
    body = [tr("Good morning,"), "", said, whose, common, "", tr("Our need:"), *lines]
    return _mailto_address(relay.email or profile.tasking.email, subject, body)


def _mailto_address(address: str, subject: str, lines: list[str]) -> str:
    body = "\r\n".join(lines)
    start = f"mailto:{quote(address, safe='@')}?subject={quote(subject)}&body="
    while len(start + quote(body)) > MAX_MAILTO and body:
        body = body[: -max(1, len(body) // 20)]
    return start + quote(body)


def request_facts(request: Request) -> dict[str, Any]:
    """What a relay needs to pool a request with others: no person is named."""
    draft = request.draft
    return {
        "reference": request.reference,
        "title": request.label,
        "entity": request.entity,
        "product": draft.product,
        "mode": draft.mode,
        "start": draft.start.isoformat() if draft.start else None,
        "end": draft.end.isoformat() if draft.end else None,
        "max_cloud": draft.max_cloud,
        "max_incidence": draft.max_incidence,
        "need": draft.need,
        "purpose": draft.purpose,
    }


def write_area_files(request: Request, folder: Path) -> tuple[Path, ...]:
    """The area in ``folder`` as GeoJSON, KML and zipped Shapefile, all in EPSG:4326.

    Raises StorageError, InvalidInput.
    """
    area = request.draft.area
    if area is None or not polygons(area):
        raise InvalidInput(
            tr("No area yet."), tr("Draw it on the map, or take the selected feature.")
        )
    area = wrap_longitudes(area)
    stem = f"demande-{request.reference[:8]}"
    facts = {**request_facts(request), "area_km2": round(area_km2(area), 3)}
    feature = {"type": "Feature", "properties": facts, "geometry": mapping(area)}
    collection = {"type": "FeatureCollection", "features": [feature]}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        geojson, kml, shapefile = (
            folder / f"{stem}{end}" for end in (".geojson", ".kml", ".shp.zip")
        )
        geojson.write_text(json.dumps(collection, ensure_ascii=False, indent=1), encoding="utf-8")
        kml.write_text(_kml_text(request), encoding="utf-8")
        _write_shapefile(request, stem, shapefile)
    except OSError as error:
        raise from_os_error(error, folder) from error
    return geojson, kml, shapefile


def _kml_text(request: Request) -> str:
    """KML 2.2 (OGC 07-147r2): a placemark of polygons."""
    shapes = []
    for polygon in (
        polygons(wrap_longitudes(request.draft.area)) if request.draft.area is not None else []
    ):
        outer, *inner = closed_rings(polygon)
        parts = [("outerBoundaryIs", outer), *(("innerBoundaryIs", ring) for ring in inner)]
        borders = "".join(
            f"<{tag}><LinearRing><coordinates>{' '.join(f'{x!r},{y!r}' for x, y in ring)}"
            f"</coordinates></LinearRing></{tag}>"
            for tag, ring in parts
        )
        shapes.append(f"<Polygon>{borders}</Polygon>")
    name, text = html.escape(request.label), html.escape(request.draft.purpose)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<kml '
        'xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark>'
        f"<name>{name}</name><description>{text}</description><MultiGeometry>{''.join(shapes)}"
        f"</MultiGeometry>"
        "</Placemark></Document></kml>\n"
    )


def _write_shapefile(request: Request, stem: str, target: Path) -> None:
    from osgeo import ogr, osr

    area = request.draft.area
    with tempfile.TemporaryDirectory() as temporary:
        source = ogr.GetDriverByName("ESRI Shapefile").CreateDataSource(temporary)
        system = osr.SpatialReference()
        system.ImportFromEPSG(4326)
        system.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        layer = source.CreateLayer(stem, system, ogr.wkbPolygon, ["ENCODING=UTF-8"])
        for name, size in (("reference", 40), ("title", 120)):
            definition = ogr.FieldDefn(name, ogr.OFTString)
            definition.SetWidth(size)
            layer.CreateField(definition)
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetField("reference", request.reference)
        feature.SetField("title", request.label[:120])
        feature.SetGeometry(
            ogr.CreateGeometryFromWkb(wrap_longitudes(area).wkb if area is not None else b"")
        )
        if layer.CreateFeature(feature) != 0:
            raise StorageError(tr("“{path}” could not be read or written.").format(path=target))
        feature = layer = source = None  # closes the files
        files = sorted(Path(temporary).iterdir())
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in files:
                archive.write(file, file.name)
