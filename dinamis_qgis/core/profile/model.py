"""A service as its profile file describes it: plain, immutable data.

The file format is ``resources/profiles/schema.json``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dinamis_qgis.core.net.urls import find_address


@dataclass(frozen=True)
class Relay:
    """The regional relay: whom to ask."""

    name: str
    email: str = ""
    url: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Licence:
    """A licence of the service; ``open`` ones need no signature.

    ``url`` is the text, never paraphrased.
    """

    id: str
    title: str
    url: str = ""
    open: bool = False


@dataclass(frozen=True)
class Collection:
    """What a profile knows of a collection beyond what the service says.

    ``licence`` is the id of its default licence; ``credit`` the legal mention with ``{year}`` of
    acquisition. ``data_assets`` are the keys that hold imagery, best first; ``rgb`` and ``nir`` are
    1-based band numbers of the multispectral one.
    """

    id: str
    title: str
    constellation: str = ""
    licence: str = ""
    credit: str = ""
    data_assets: tuple[str, ...] = ()
    pan_asset: str = ""
    rgb: tuple[int, int, int] = (1, 2, 3)
    nir: int = 4
    nodata: float | None = 0


@dataclass(frozen=True)
class Catalogue:
    """A source of products.

    ``kind`` names the adapter; ``signed_in`` says whether it wants the account's credentials.

    ``provider`` is whose data it is and ``page`` where they present it; ``licence`` and ``credit``
    hold for products whose collection says nothing else. ``default`` False means that it is
    searched only when a person chooses it.
    """

    id: str
    title: str
    kind: str
    url: str
    collections: tuple[Collection, ...] = ()
    signed_in: bool = False
    page_size: int = 100
    options: Mapping[str, Any] = field(default_factory=dict)
    provider: str = ""
    page: str = ""
    licence: str = ""
    credit: str = ""
    default: bool = True


@dataclass(frozen=True)
class Auth:
    """Device grant (RFC 8628) with Keycloak's ways.

    ``discovery`` is the document the token address is read from.
    """

    discovery: str = ""
    """``…/openapi.json`` of the signing service: the OAuth2 token address is in it and is never
    written elsewhere.
    """
    client_id: str = "gdal"
    scope: str = "openid offline_access"
    device_grant: bool = True
    api_key: bool = True
    hosts: tuple[str, ...] = ()
    """Hosts (with port where it is not the default) the sign-in server may be on; empty leaves it
    to ``discovery``.
    """


@dataclass(frozen=True)
class Signing:
    """The MTD signing contract."""

    url: str = ""
    batch: int = 64
    duration_s: int = 28800
    renew_below_s: int = 1800


@dataclass(frozen=True)
class Storage:
    """Hosts whose objects need a signature: exact names or ``.suffix``; with ``port`` 0 any port of
    loopback.
    """

    hosts: tuple[str, ...] = ()

    def holds(self, url: str) -> bool:
        """True when ``url`` is an object of this storage: https, or http on loopback."""
        found = find_address(url)
        if found is None or (found.scheme != "https" and not found.is_loopback):
            return False
        if found.is_loopback:
            return found.netloc in self.hosts
        usual = found.netloc == found.host
        return found.netloc in self.hosts or (
            usual and any(h.startswith(".") and found.host.endswith(h) for h in self.hosts)
        )


@dataclass(frozen=True)
class TaskingRules:
    """What a request must respect.

    None means the profile does not know: no check. Areas in km², angles in degrees, percents.
    """

    min_area_km2: float | None = None
    max_area_km2: float | None = None
    min_width_km: float | None = None
    max_vertices: int | None = None
    holes: bool = False
    multipart: bool = False
    min_window_days: int | None = None
    max_window_days: int | None = None
    min_cloud: float | None = None
    max_incidence: float | None = None
    forbidden: tuple[Mapping[str, Any], ...] = ()
    """Combinations refused: field → list of values, with ``reason``."""


@dataclass(frozen=True)
class TaskingProduct:
    """What can be asked for: ``id`` is the service's product id.

    Modes: ``mono``, ``stereo``, ``tristereo``.
    """

    id: str
    title: str
    constellation: str
    gsd: float | None = None
    modes: tuple[str, ...] = ("mono",)
    rules: TaskingRules = TaskingRules()
    licence: str = ""
    archive_collections: tuple[str, ...] = ()


@dataclass(frozen=True)
class Quota:
    """Free km² per entity and period (``quarter``, ``year``), and the indicative cost beyond (€ per
    km²).
    """

    product: str
    km2: float
    period: str
    cost_eur_km2: float | None = None


@dataclass(frozen=True)
class Tasking:
    """How acquisition requests leave: ``channel`` names the adapter (``stapi``, ``dossier``)."""

    channel: str = ""
    url: str = ""
    email: str = ""
    products: tuple[TaskingProduct, ...] = ()
    quotas: tuple[Quota, ...] = ()
    emergency: tuple[Mapping[str, str], ...] = ()
    """Links for an emergency: ``title`` and ``url``."""
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Administration:
    """How a relay moderates accounts: ``channel`` names the adapter (``scim``, ``dossier``).

    ``activity`` and ``eligibility`` are addresses to ask, ``email`` where dossiers go.
    """

    channel: str = ""
    url: str = ""
    activity: str = ""
    eligibility: str = ""
    email: str = ""


@dataclass(frozen=True)
class ElevationSource:
    """A web map service that gives heights as GeoTIFF (float32 metres).

    ``kind`` is ``ground``, ``surface`` or ``height`` (what stands on the ground); ``crs`` an EPSG
    code in metres, ``pixel`` its finest pixel in metres, ``most`` the longest side of an answer in
    pixels; ``nodata`` are the values that mean nothing, whatever the file says. ``vertical`` names
    the height system (``IGN69``), ``about`` when and how it was measured. Of several of one kind
    the first is asked first; the next where it knows nothing.
    """

    id: str
    title: str
    kind: str
    url: str
    layer: str
    crs: int
    pixel: float
    most: int = 2048
    nodata: tuple[float, ...] = (-9999.0, -99999.0)
    vertical: str = ""
    about: str = ""
    credit: str = ""


@dataclass(frozen=True)
class Profile:
    """One service.

    ``training`` is True for the training service, which the plugin starts by itself.
    """

    id: str
    title: str
    catalogues: tuple[Catalogue, ...] = ()
    relay: Relay = Relay("")
    auth: Auth = Auth()
    signing: Signing = Signing()
    storage: Storage = Storage()
    licences: tuple[Licence, ...] = ()
    tasking: Tasking = Tasking()
    administration: Administration = Administration()
    elevation: tuple[ElevationSource, ...] = ()
    news: str = ""
    """The relay's Atom feed."""
    links: Mapping[str, str] = field(default_factory=dict)
    """Pages for people: ``register``, ``portal``, ``keys``, ``help``."""
    training: bool = False
    source: str = ""
    """Path of the file it was read from, or empty."""

    def may_ask(self, url: str) -> bool:
        """Whether an address that a service gave may be called without anybody asking: a public
        one, or one of a host that the profile names.
        """
        found = find_address(url)
        return found is not None and (not found.is_private or found.netloc in self.hosts())

    def licence(self, licence_id: str) -> Licence | None:
        """The licence of that id, if the profile knows it."""
        return next((x for x in self.licences if x.id == licence_id), None)

    def catalogue(self, catalogue_id: str) -> Catalogue | None:
        """The catalogue of that id, if the profile has it."""
        return next((x for x in self.catalogues if x.id == catalogue_id), None)

    def collection(self, catalogue_id: str, collection_id: str) -> Collection | None:
        """What the profile knows of a collection."""
        catalogue = self.catalogue(catalogue_id)
        return (
            next((x for x in catalogue.collections if x.id == collection_id), None)
            if catalogue
            else None
        )

    def hosts(self) -> tuple[str, ...]:
        """Every host the profile talks to, sorted: shown before a relay's file is trusted."""
        urls = [c.url for c in self.catalogues] + [
            self.auth.discovery,
            self.signing.url,
            self.tasking.url,
            self.news,
            self.administration.url,
            self.administration.activity,
            self.administration.eligibility,
            *(source.url for source in self.elevation),
        ]
        addresses = [find_address(url) for url in urls if url]
        found = {address.netloc for address in addresses if address}
        found |= {h.lower() for h in self.auth.hosts}
        found |= {f"*{h}" if h.startswith(".") else h for h in self.storage.hosts}
        return tuple(sorted(h for h in found if h))
