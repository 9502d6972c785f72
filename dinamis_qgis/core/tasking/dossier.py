"""The channel where no service exists: a dossier and an e-mail to the relay, carried by the person; the state is kept by hand."""

from __future__ import annotations

import html
import json
import tempfile
import zipfile
from pathlib import Path
from urllib.parse import quote

from shapely.geometry import mapping

from dinamis_qgis.core.account.model import Account
from dinamis_qgis.core.errors import InvalidInput, StorageError, from_os_error
from dinamis_qgis.core.geo import area_km2
from dinamis_qgis.core.http import Cancel
from dinamis_qgis.core.profile.model import Profile
from dinamis_qgis.core.tasking.area import polygons, rings, size_km2, wrap
from dinamis_qgis.core.tasking.channel import Opportunity
from dinamis_qgis.core.tasking.model import SENT, Draft, Order, Request, Status, now
from dinamis_qgis.core.tasking.needs import need
from dinamis_qgis.core.tasking.rules import Finding, km2
from dinamis_qgis.core.text import tr

MAX_MAILTO = 1900
"""Longer mailto addresses are cut by some mail programs (Windows passes about 2000 characters)."""


class Dossier:
    """Nothing leaves by itself: ``submit`` notes that the person has sent the dossier."""

    automatic = False

    def __init__(self, profile: Profile) -> None:
        self.profile = profile

    def check(self, draft: Draft, cancel: Cancel | None = None) -> tuple[Finding, ...]:
        """Nothing more than the profile's rules."""
        return ()

    def submit(self, request: Request, cancel: Cancel | None = None) -> Order:
        """The person's word that it was sent."""
        return Order(id=request.reference, product=request.draft.product, statuses=(Status(SENT, now()),))

    def order(self, order_id: str, cancel: Cancel | None = None) -> Order:
        """Nobody to ask: no news."""
        return Order(id=order_id)

    def find(self, request: Request, taken: frozenset[str], cancel: Cancel | None = None) -> Order | None:
        """Nobody to ask; noting it twice does no harm."""
        return None

    def can_cancel(self, request: Request) -> bool:
        """Never: ask the relay."""
        return False

    def cancel(self, order_id: str, cancel: Cancel | None = None) -> Order:
        """Raises InvalidInput."""
        raise InvalidInput(tr("This service cannot cancel a request by itself."), tr("Ask your relay."), code="no-cancel")

    def opportunities(self, draft: Draft, cancel: Cancel | None = None) -> tuple[Opportunity, ...]:
        """Unknown."""
        return ()


def summary(request: Request, profile: Profile, account: Account | None) -> list[tuple[str, str]]:
    """What a request says, as (label, value), in the order people read it. Shown, mailed and printed alike."""
    draft = request.draft
    product = next((p for p in profile.tasking.products if p.id == draft.product), None)
    wanted = need(draft.need)
    size = size_km2(draft.area)
    rows = [
        (tr("Title"), draft.title.strip() or "–"),
        (tr("Use"), " – ".join(x for x in (wanted.title if wanted else "", draft.purpose.strip()) if x) or "–"),
        (tr("Area"), km2(size) if size is not None else "–"),
        (tr("Satellite"), product.title if product else draft.product or "–"),
        (tr("Mode"), mode_text(draft.mode)),
        (tr("Period"), tr("{start} to {end}").format(start=day(draft.start), end=day(draft.end))),
        (tr("Cloud cover"), _at_most(tr("{value} % at most"), draft.max_cloud)),
        (tr("Incidence angle"), _at_most(tr("{value}° at most"), draft.max_incidence)),
    ]
    if account is not None:
        rows.append((tr("Applicant"), account.label))
    return rows


def _at_most(text: str, value: float | None) -> str:
    return "–" if value is None else text.format(value=f"{value:g}")


def mode_text(mode: str) -> str:
    """What an acquisition mode is called."""
    texts = {"mono": tr("Single image"), "stereo": tr("Stereo (two views)"), "tristereo": tr("Tri-stereo (three views)")}
    return texts.get(mode, mode or "–")


def day(value: object) -> str:
    """A day as people write it here; “–” when unknown."""
    from datetime import date

    return value.strftime(tr("%Y-%m-%d")) if isinstance(value, date) else "–"


def mail(request: Request, profile: Profile, account: Account | None) -> str:
    """A ``mailto:`` address that opens a ready message to whom the requests go; the files are attached by the person."""
    address = profile.tasking.email or profile.relay.email
    subject = tr("Acquisition request: {title}").format(title=request.label)
    lines = [f"{label}: {value}" for label, value in summary(request, profile, account)]
    body = "\r\n".join([tr("Good morning,"), "", tr("Please find here an acquisition request."), "", *lines, "", request.reference])
    start = f"mailto:{quote(address, safe='@')}?subject={quote(subject)}&body="
    while len(start + quote(body)) > MAX_MAILTO and body:
        body = body[: -max(1, len(body) // 20)]
    return start + quote(body)


def write(request: Request, folder: Path) -> tuple[Path, ...]:
    """The area in ``folder`` as GeoJSON, KML and zipped Shapefile, all in EPSG:4326. Raises StorageError, InvalidInput."""
    area = request.draft.area
    if area is None or not polygons(area):
        raise InvalidInput(tr("No area yet."), tr("Draw it on the map, or take the selected feature."))
    area = wrap(area)
    stem = f"demande-{request.reference[:8]}"
    facts = {"reference": request.reference, "title": request.label, "area_km2": round(area_km2(area), 3)}
    feature = {"type": "Feature", "properties": facts, "geometry": mapping(area)}
    collection = {"type": "FeatureCollection", "features": [feature]}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        geojson, kml, shapefile = (folder / f"{stem}{end}" for end in (".geojson", ".kml", ".shp.zip"))
        geojson.write_text(json.dumps(collection, ensure_ascii=False, indent=1), encoding="utf-8")
        kml.write_text(_kml(request), encoding="utf-8")
        _shapefile(request, stem, shapefile)
    except OSError as error:
        raise from_os_error(error, folder) from error
    return geojson, kml, shapefile


def _kml(request: Request) -> str:
    """KML 2.2 (OGC 07-147r2): a placemark of polygons."""
    shapes = []
    for polygon in polygons(wrap(request.draft.area)) if request.draft.area is not None else []:
        outer, *inner = rings(polygon)
        parts = [("outerBoundaryIs", outer), *(("innerBoundaryIs", ring) for ring in inner)]
        borders = "".join(
            f"<{tag}><LinearRing><coordinates>{' '.join(f'{x!r},{y!r}' for x, y in ring)}</coordinates></LinearRing></{tag}>"
            for tag, ring in parts
        )
        shapes.append(f"<Polygon>{borders}</Polygon>")
    name, text = html.escape(request.label), html.escape(request.draft.purpose)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark>'
        f"<name>{name}</name><description>{text}</description><MultiGeometry>{''.join(shapes)}</MultiGeometry>"
        "</Placemark></Document></kml>\n"
    )


def _shapefile(request: Request, stem: str, target: Path) -> None:
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
        feature.SetGeometry(ogr.CreateGeometryFromWkb(wrap(area).wkb if area is not None else b""))
        if layer.CreateFeature(feature) != 0:
            raise StorageError(tr("“{path}” could not be read or written.").format(path=target))
        feature = layer = source = None  # closes the files
        files = sorted(Path(temporary).iterdir())
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in files:
                archive.write(file, file.name)
