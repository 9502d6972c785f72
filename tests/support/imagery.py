"""Small imagery and a context over a scripted storage, for the tests of layers and projects."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Callable

from dinamis_qgis.core.account.model import Account
from dinamis_qgis.core.catalogue.model import Asset, Product
from dinamis_qgis.core.imagery.signing import Signer
from dinamis_qgis.core.profile.model import Catalogue, Collection, Licence, Profile
from tests.support.storage import Login, StorageService

XS, PAN = "/bucket/IMG_PHR1B_MS.tif", "/bucket/IMG_PHR1B_P.tif"


def cog(
    path: Path, size: int = 1024, bands: int = 4, nodata: float | None = 0, seed: int = 1
) -> bytes:
    """A COG in EPSG:2154 with a frame of nodata, fields of different colours and some noise; its
    bytes.
    """
    import numpy
    from osgeo import gdal, osr

    random = numpy.random.default_rng(seed)
    memory = gdal.GetDriverByName("MEM").Create("", size, size, bands, gdal.GDT_UInt16)
    system = osr.SpatialReference()
    system.ImportFromEPSG(2154)
    memory.SetProjection(system.ExportToWkt())
    memory.SetGeoTransform((420000, 2, 0, 6250000, 0, -2))
    fields = (
        random.integers(1, 9, (size // 64 + 1, size // 64 + 1))
        .repeat(64, 0)
        .repeat(64, 1)[:size, :size]
    )
    for band in range(bands):
        values = fields * (60 + 25 * band) + 200 * (band + 1) + random.integers(0, 60, (size, size))
        values[: size // 10] = 0
        memory.GetRasterBand(band + 1).WriteArray(values.astype("uint16"))
        if nodata is not None:
            memory.GetRasterBand(band + 1).SetNoDataValue(nodata)
    gdal.GetDriverByName("COG").CreateCopy(
        str(path), memory, options=["COMPRESS=DEFLATE", "BLOCKSIZE=256"]
    )
    return path.read_bytes()


class FakeSession:
    """What the imagery room uses of a session."""

    def __init__(self, account: Account | None) -> None:
        self.account, self.expired = account, False
        self.credentials = Login(account is not None)
        self.listeners: list[Callable[[], None]] = []

    @property
    def signed_in(self) -> bool:
        return self.credentials.signed_in


def profile_of(service: StorageService, **fields: Any) -> Profile:
    return replace(
        service.profile(),
        licences=(
            Licence("pleiades", "Licence Pléiades (DSP)", "https://example.org/licence"),
            Licence("crise", "Imagerie de crise"),
            Licence("etalab-2.0", "Licence Ouverte 2.0", open=True),
        ),
        catalogues=(
            Catalogue(
                "c",
                "C",
                "stac",
                "https://example.org",
                (
                    Collection(
                        "pleiades-drs",
                        "Pléiades",
                        "Pléiades",
                        "pleiades",
                        "© CNES {year}, Distribution Airbus DS",
                        ("src_xs", "src_pan"),
                        "src_pan",
                    ),
                ),
            ),
        ),
        **fields,
    )


def product_of(service: StorageService, licence: str = "pleiades", **fields: Any) -> Product:
    assets = (
        Asset(
            "src_xs",
            service.href(XS),
            "image/tiff",
            ("data",),
            gsd=2.0,
            bands=("red", "green", "blue", "nir"),
        ),
        Asset("src_pan", service.href(PAN), "image/tiff", ("data",), gsd=0.5, bands=("pan",)),
    )
    values: dict[str, Any] = {
        "datetime": datetime(2023, 8, 12, 11, 4, 7, tzinfo=timezone.utc),
        "constellation": "Pléiades",
        "platform": "pleiades-1b",
        "mode": "PMS",
        "gsd": 0.5,
        "cloud_cover": 4.0,
        "incidence": 12.0,
        "licence": licence,
        "assets": assets[:1],
    }
    return Product("essai", "c", "pleiades-drs", "PHR1B_20230812", None, **{**values, **fields})


@contextmanager
def context_over(
    iface: Any, service: StorageService, home: Path, signed_in: bool = True
) -> Iterator[Any]:
    """A real context whose profile is the scripted service's."""
    from dinamis_qgis.bridge.context import Context
    from dinamis_qgis.bridge.settings import Paths

    context = Context(iface)
    context.paths = Paths(home)
    open_profile(context, service, signed_in)
    try:
        yield context
    finally:
        context.close()


def open_profile(
    context: Any, service: StorageService, signed_in: bool = True, **fields: Any
) -> None:
    """Open the scripted service's profile in ``context``, as ``Context.open`` would after reading
    it.
    """
    http = context.http
    http.retries, http.backoff = 0, 0.01
    context.profile = profile_of(service, **fields)
    account = Account("technicien", licences=frozenset({"pleiades"})) if signed_in else None
    context.session = FakeSession(account)
    context.signer = Signer(context.profile, http, context.session.credentials)
    context.profile_changed.emit()
    context.account_changed.emit()


def sign_in(context: Any) -> None:
    """The person signs in."""
    context.session.account = Account("technicien", licences=frozenset({"pleiades"}))
    context.session.credentials.signed_in = True
    context.account_changed.emit()
