"""Pixels on the map: masks hide, classes keep their colours, nodata counts before it is scaled."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsMapRendererSequentialJob, QgsMapSettings, QgsRasterLayer
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

from dinamis_qgis.bridge.layers import style
from dinamis_qgis.bridge.layers.open import examine_source, open_dataset
from dinamis_qgis.bridge.layers.scene import scene_of
from dinamis_qgis.core.catalogue.model import Asset, Product
from dinamis_qgis.core.errors import DinamisError
from dinamis_qgis.core.imagery import compound, placeholder
from dinamis_qgis.core.profile.model import Profile
from tests.support.pixels import write_raster

SIZE = 64
PRODUCT = Product("p", "c", "x", "i", None)


def half() -> np.ndarray:
    mask = np.full((SIZE, SIZE), 255, "uint8")
    mask[:, :32] = 0
    return mask


def shown(source: str, nodata: float | None = 0) -> QgsRasterLayer:
    """The layer as the plugin makes it, without what its service would say."""
    look = examine_source(source, Profile("p", ""), PRODUCT, Asset("a", source))
    layer = QgsRasterLayer(source, "x")
    style.hide_nodata(layer, nodata, look.alpha)
    style.apply_look(layer, look)
    return layer


def colours(layer: QgsRasterLayer) -> list[QColor]:
    """Left and right half as drawn."""
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(layer.crs())
    settings.setExtent(layer.extent())
    settings.setOutputSize(QSize(SIZE, SIZE))
    settings.setBackgroundColor(QColor(0, 0, 0, 0))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    return [job.renderedImage().pixelColor(x, 32) for x in (16, 48)]


@pytest.mark.parametrize("bands", [1, 3])
def test_a_mask_hides_and_black_ground_is_seen(tmp_path: Path, bands: int) -> None:
    values = np.full((bands, SIZE, SIZE), 0, "uint8")
    values[:, :, :32] = 250
    path = write_raster(tmp_path / "a.tif", values, mask=half())
    layer = shown(str(path))
    left, right = colours(layer)
    assert (left.alpha(), right.alpha()) == (0, 255)
    style.apply_look(layer, style.Look(tuple(range(1, bands + 1)), ((0, 255),) * bands))
    assert [c.alpha() for c in colours(layer)] == [0, 255]  # also where nobody looked at the file


def test_a_mosaic_with_a_mask_is_shown_with_it(tmp_path: Path) -> None:
    path = write_raster(tmp_path / "a.tif", np.full((3, SIZE, SIZE), 90, "uint8"), mask=half())
    part = compound.CompoundPart(str(path), placeholder.shape_of(gdal.Open(str(path))))
    assert [c.alpha() for c in colours(shown(compound.mosaic_vrt([part, part])))] == [0, 255]


def test_classes_keep_their_colours(tmp_path: Path) -> None:
    values = np.full((1, SIZE, SIZE), 11, "uint8")
    values[:, :, 32:] = 41
    wanted = {11: (255, 0, 0, 255), 41: (0, 120, 0, 255)}
    path = write_raster(tmp_path / "a.tif", values, colours=wanted)
    layer = shown(str(path))
    assert layer.renderer().type() == "paletted"
    assert [c.getRgb() for c in colours(layer)] == list(wanted.values())


def test_near_infrared_that_gdal_calls_transparency_is_none(tmp_path: Path) -> None:
    from dinamis_qgis.core.profile.model import Catalogue, Collection

    def alpha(image: gdal.Dataset) -> None:
        image.GetRasterBand(4).SetColorInterpretation(gdal.GCI_AlphaBand)

    values = np.full((4, SIZE, SIZE), 0, "uint8")
    values[:3, :, 32:], values[3, :, 32:] = 90, 10
    path = write_raster(tmp_path / "a.tif", values, edit=alpha)
    collection = Collection("x", "", nir=4, rgb=(1, 2, 3))
    profile = Profile(
        "p", "", catalogues=(Catalogue("c", "", "stac", "", collections=(collection,)),)
    )
    look = examine_source(str(path), profile, PRODUCT, Asset("a", ""))
    assert look.alpha == 0
    assert examine_source(str(path), Profile("p", ""), PRODUCT, Asset("a", "")).alpha == 4


def test_a_mask_where_the_profile_has_near_infrared_is_a_mask(tmp_path: Path) -> None:
    """Colours with a mask beside them, in a collection whose other files have near infrared."""
    from dinamis_qgis.bridge.layers.style import Preset
    from dinamis_qgis.core.profile.model import Catalogue, Collection

    def alpha(image: gdal.Dataset) -> None:
        image.GetRasterBand(4).SetColorInterpretation(gdal.GCI_AlphaBand)

    values = np.full((4, SIZE, SIZE), 90, "uint8")
    values[3] = half()
    path = write_raster(tmp_path / "a.tif", values, edit=alpha)
    profile = Profile(
        "p",
        "",
        catalogues=(
            Catalogue(
                "c",
                "",
                "stac",
                "",
                collections=(Collection("x", "", nir=4, rgb=(1, 2, 3)),),
            ),
        ),
    )
    for preset in (Preset.NATURAL, Preset.INFRARED):
        look = examine_source(str(path), profile, PRODUCT, Asset("a", ""), preset)
        assert (look.alpha, look.bands) == (4, (1, 2, 3))
    layer = QgsRasterLayer(str(path), "x")
    style.apply_look(layer, look)
    assert [c.alpha() for c in colours(layer)] == [0, 255]


def test_nodata_is_counted_and_contrast_measured(tmp_path: Path) -> None:
    values = np.full((1, SIZE, SIZE), 0, "uint16")
    values[0, :, 32:] = np.arange(SIZE * 32).reshape(SIZE, 32) + 1000
    path = write_raster(tmp_path / "a.tif", values, scale=(0.0001, -0.1))
    layer = shown(str(path))
    left, right = colours(layer)
    assert (left.alpha(), right.alpha()) == (0, 255)
    assert layer.renderer().contrastEnhancement().maximumValue() < 1
    scene = scene_of(layer)
    assert scene is not None and scene.nodata == 0


def test_the_mask_is_a_band_that_qgis_counts(tmp_path: Path) -> None:
    path = write_raster(tmp_path / "a.tif", np.full((3, SIZE, SIZE), 90, "uint8"), mask=half())
    layer = shown(str(path))
    scene = scene_of(layer)
    assert layer.bandCount() == 4 and scene is not None
    assert (scene.bands, scene.alpha, scene.nodata) == ((1, 2, 3), 4, None)


@pytest.mark.parametrize("name", ["a.tif", "a.vrt"])
def test_an_image_that_leads_elsewhere_is_not_opened(tmp_path: Path, name: str) -> None:
    address = "/vsicurl/http://127.0.0.1:9/x.tif"
    text = (
        '<VRTDataset rasterXSize="9" rasterYSize="9"><VRTRasterBand dataType="Byte" band="1">'
        f"<SimpleSource><SourceFilename>{address}</SourceFilename></SimpleSource>"
        "</VRTRasterBand></VRTDataset>"
    )
    (tmp_path / name).write_text(text)
    with pytest.raises(DinamisError) as caught:
        open_dataset(str(tmp_path / name))
    assert caught.value.code in ("unreadable", "unsafe") and address not in caught.value.message
