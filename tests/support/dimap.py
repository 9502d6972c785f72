"""Real DIMAP v2 deliveries, small: valid descriptions as GDAL's driver reads them, tiles in GeoTIFF
or JPEG 2000. They are as the operator writes them: a style sheet named in an instruction, comments,
CDATA, name spaces, previews and a library beside.
"""

from __future__ import annotations

import io
import shutil
import tarfile
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

LEFT, TOP = 420000.0, 6250000.0


@dataclass(frozen=True)
class Scene:
    """What a delivery holds. ``order`` is the order of the bands in the file."""

    satellite: str = "SPOT7"
    spectral: str = "PMS"
    level: str = "ORT"
    stamp: str = "201805051026429"
    columns: int = 300
    rows: int = 200
    tile: tuple[int, int] = (150, 100)
    pixel: float = 6.0
    order: tuple[str, ...] = ("B2", "B1", "B0", "B3")
    suffix: str = "TIF"
    epsg: int = 2154
    cloud: str = "4.5"
    encoding: str = "UTF-8"
    georeferenced: bool = True
    """False: only the description says where the image is."""
    clouds: bool = True
    copyright: str = ""
    number: str = "001"
    line_end: str = "\n"
    mark: bytes = b""
    """A byte order mark before the description."""
    nodata: str = "0"
    left_out: tuple[tuple[int, int], ...] = ()
    """Tiles (row, column) on which nothing is, and that were not delivered."""
    extent: tuple[tuple[float, float], ...] = ()
    """Another footprint than the image's own: lon, lat."""

    @property
    def neo(self) -> bool:
        """Pléiades Neo: bands by name, six of them in two files."""
        return self.satellite.startswith("PNEO")

    @property
    def groups(self) -> list[tuple[str, tuple[str, ...]]]:
        """(mark in the file's name, bands) of the files of one tile."""
        if self.neo and len(self.order) == 6:
            return [("RGB_", self.order[:3]), ("NED_", self.order[3:])]
        return [("", self.order)]

    @property
    def base(self) -> str:
        """Common part of the names."""
        return f"{self.satellite}_{self.spectral}_{self.stamp}_{self.level}_C1a2b3c4-001"

    @property
    def tiles(self) -> list[tuple[int, int]]:
        """(row, column) of each, from 1."""
        across, down = -(-self.columns // self.tile[0]), -(-self.rows // self.tile[1])
        every = [(r, c) for r in range(1, down + 1) for c in range(1, across + 1)]
        return [place for place in every if place not in self.left_out]


def value(band: str, column: int, row: int) -> int:
    """What the pixel of a band is: it says which band and where."""
    level = {
        "B0": 1000, "B1": 2000, "B2": 3000, "B3": 4000, "P": 1500, "PAN": 1500,
        "B": 1000, "G": 2000, "R": 3000, "NIR": 4000, "RE": 3500, "DB": 800,
    }[band]  # fmt: skip
    return level + column % 97 + row % 89


def _arrays(scene: Scene) -> dict[str, Any]:
    import numpy as np

    rows, columns = np.mgrid[0 : scene.rows, 0 : scene.columns]
    base = columns % 97 + rows % 89
    return {band: (base + value(band, 0, 0)).astype("uint16") for band in scene.order}


def write_images(folder: Path, scene: Scene) -> None:
    """The tiles."""
    from osgeo import gdal, osr

    arrays = _arrays(scene)
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(scene.epsg)
    for row, column in scene.tiles:
        left, top = (column - 1) * scene.tile[0], (row - 1) * scene.tile[1]
        width, height = (
            min(scene.tile[0], scene.columns - left),
            min(scene.tile[1], scene.rows - top),
        )
        for mark, bands in scene.groups:
            memory = gdal.GetDriverByName("MEM").Create(
                "", width, height, len(bands), gdal.GDT_UInt16
            )
            if scene.georeferenced and scene.level != "SEN":
                x, y = LEFT + left * scene.pixel, TOP - top * scene.pixel
                memory.SetGeoTransform((x, scene.pixel, 0, y, 0, -scene.pixel))
                memory.SetSpatialRef(crs)
            for number, band in enumerate(bands, start=1):
                memory.GetRasterBand(number).WriteArray(
                    arrays[band][top : top + height, left : left + width]
                )
            _write_image(folder / file_name(scene, row, column, mark), memory)
        for side in folder.glob("*.aux.xml"):
            side.unlink()


def file_name(scene: Scene, row: int, column: int, mark: str = "") -> str:
    """Of a tile."""
    return f"IMG_{mark}{scene.base}_R{row}C{column}.{scene.suffix}"


def _write_image(path: Path, memory: Any) -> None:
    from osgeo import gdal

    if path.suffix == ".TIF":
        made = gdal.GetDriverByName("GTiff").CreateCopy(str(path), memory)
    else:
        options = ["QUALITY=100", "REVERSIBLE=YES", "GeoJP2=YES", "RESOLUTIONS=4"]
        made = gdal.GetDriverByName("JP2OpenJPEG").CreateCopy(str(path), memory, options=options)
    made = None  # noqa: F841 (closes the file)


def _corners(scene: Scene) -> list[tuple[float, float]]:
    from osgeo import osr

    source, target = osr.SpatialReference(), osr.SpatialReference()
    source.ImportFromEPSG(scene.epsg)
    target.ImportFromEPSG(4326)
    for reference in (source, target):
        reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    change = osr.CoordinateTransformation(source, target)
    east, south = LEFT + scene.columns * scene.pixel, TOP - scene.rows * scene.pixel
    return [
        change.TransformPoint(x, y)[:2]
        for x, y in ((LEFT, TOP), (east, TOP), (east, south), (LEFT, south))
    ]


def description(scene: Scene) -> str:
    """The text of ``DIM_*.XML``."""
    files = "".join(_files(scene, mark, bands) for mark, bands in scene.groups)
    special = (
        f"<Special_Value><SPECIAL_VALUE_TEXT>NODATA</SPECIAL_VALUE_TEXT>"
        f"<SPECIAL_VALUE_COUNT>{scene.nodata}</SPECIAL_VALUE_COUNT></Special_Value>"
        if scene.nodata
        else ""
    )
    index = "" if scene.neo else f"<Raster_Index_List>{_index(scene.order)}</Raster_Index_List>"
    vertices = "".join(
        f"<Vertex><LON>{lon:.9f}</LON><LAT>{lat:.9f}</LAT></Vertex>"
        for lon, lat in (scene.extent or _corners(scene))
    )
    mission = next(name for name in ("PHR", "SPOT", "PNEO") if scene.satellite.startswith(name))
    number = scene.satellite[len(mission) :]
    s = scene.stamp
    day, hour = f"{s[:4]}-{s[4:6]}-{s[6:8]}", f"{s[8:10]}:{s[10:12]}:{s[12:14]}.{s[14:]}"
    level = {"SEN": "SENSOR", "PRJ": "PROJECTED", "ORT": "ORTHO"}[scene.level]
    across, down = -(-scene.columns // scene.tile[0]), -(-scene.rows // scene.tile[1])
    model = (
        "<Geoposition><Geoposition_Models><Rational_Function_Model><Component>"
        "<COMPONENT_TITLE>RPC Model</COMPONENT_TITLE><COMPONENT_TYPE>DIMAP</COMPONENT_TYPE>"
        f'<COMPONENT_PATH href="RPC_{scene.base}.XML"/></Component></Rational_Function_Model>'
        "</Geoposition_Models></Geoposition>"
    )
    place = model if scene.level == "SEN" else (
        f"<Coordinate_Reference_System><Projected_CRS><PROJECTED_CRS_NAME>RGF93 / "
        f"Lambert-93</PROJECTED_CRS_NAME>"
        f"<PROJECTED_CRS_CODE>urn:ogc:def:crs:EPSG::{scene.epsg}</PROJECTED_CRS_CODE></Projected_CRS></Coordinate_Reference_System>"
        f'<Geoposition><Geoposition_Insert><ULXMAP unit="m">{LEFT}</ULXMAP><ULYMAP '
        f'unit="m">{TOP}</ULYMAP>'
        f'<XDIM unit="m">{scene.pixel}</XDIM><YDIM '
        f'unit="m">{scene.pixel}</YDIM></Geoposition_Insert></Geoposition>'
    )  # fmt: skip
    rights = (
        f"<Legal_Constraints><COPYRIGHT><![CDATA[{scene.copyright}]]></COPYRIGHT></Legal_Constraints>"
        if scene.copyright
        else ""
    )
    text = f"""<?xml version="1.0" encoding="{scene.encoding}" standalone="no"?>
<?xml-stylesheet type="text/xsl" href="LIBRARY/STYLE.XSL"?>
<!-- Product of the operator: <not an element> -->
<Dimap_Document xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:noNamespaceSchemaLocation="http://schema.invalid/dimap.xsd">
 <Metadata_Identification><METADATA_FORMAT version="2.15">DIMAP</METADATA_FORMAT></Metadata_Identification>
 <Dataset_Identification><DATASET_TYPE>RASTER_{level}</DATASET_TYPE><DATASET_NAME version="1.0">DS_{scene.base}</DATASET_NAME>
  <DATASET_QL_PATH href="PREVIEW_{scene.base}.JPG"/>{rights}</Dataset_Identification>
 <Dataset_Content><CLOUD_COVERAGE unit="percent">{scene.cloud}</CLOUD_COVERAGE>
  <Dataset_Extent><EXTENT_TYPE>Bounding_Polygon</EXTENT_TYPE>{vertices}{_centre(scene)}</Dataset_Extent></Dataset_Content>
 <!-- Pyrénées -->
 {place}
 <Processing_Information><Product_Settings><PROCESSING_LEVEL>{level}</PROCESSING_LEVEL>
  <SPECTRAL_PROCESSING>{scene.spectral}</SPECTRAL_PROCESSING><Sampling_Settings>
   <RESAMPLING_SPACING unit="m">{scene.pixel}</RESAMPLING_SPACING></Sampling_Settings></Product_Settings></Processing_Information>
 <Raster_Data><Data_Access><DATA_FILE_ORGANISATION>BAND_COMPOSITE</DATA_FILE_ORGANISATION>
   <DATA_FILE_FORMAT>image/{"tiff" if scene.suffix == "TIF" else "jp2"}</DATA_FILE_FORMAT>
   <DATA_FILE_TILES>{"true" if len(scene.tiles) > 1 else "false"}</DATA_FILE_TILES>{files}</Data_Access>
  <Raster_Dimensions><NROWS>{scene.rows}</NROWS><NCOLS>{scene.columns}</NCOLS><NBANDS>{len(scene.order)}</NBANDS>
   <Tile_Set><NTILES>{len(scene.tiles)}</NTILES><Regular_Tiling><NTILES_SIZE ncols="{scene.tile[0]}" nrows="{scene.tile[1]}"/>
    <NTILES_COUNT ntiles_C="{across}" ntiles_R="{down}"/><OVERLAP_COL>0</OVERLAP_COL><OVERLAP_ROW>0</OVERLAP_ROW></Regular_Tiling></Tile_Set>
  </Raster_Dimensions>
  <Raster_Encoding><DATA_TYPE>INTEGER</DATA_TYPE><NBITS>16</NBITS><BYTEORDER>M</BYTEORDER><SIGN>UNSIGNED</SIGN></Raster_Encoding>
  <Raster_Display>{index}{special}
   <Special_Value><SPECIAL_VALUE_TEXT>SATURATED</SPECIAL_VALUE_TEXT><SPECIAL_VALUE_COUNT>4095</SPECIAL_VALUE_COUNT></Special_Value>
  </Raster_Display></Raster_Data>
 <Geometric_Data><Use_Area>
  <Located_Geometric_Values><LOCATION_TYPE>Top Center</LOCATION_TYPE><TIME>{day}T{hour}Z</TIME>
   <Acquisition_Angles><INCIDENCE_ANGLE unit="deg">20</INCIDENCE_ANGLE></Acquisition_Angles></Located_Geometric_Values>
  <Located_Geometric_Values><LOCATION_TYPE>Center</LOCATION_TYPE><TIME>{day}T{hour}Z</TIME>
   <Acquisition_Angles><INCIDENCE_ANGLE unit="deg">12.5</INCIDENCE_ANGLE></Acquisition_Angles>
   <Ground_Sample_Distance><GSD_ACROSS_TRACK unit="m">{scene.pixel}</GSD_ACROSS_TRACK>
    <GSD_ALONG_TRACK unit="m">{scene.pixel}</GSD_ALONG_TRACK></Ground_Sample_Distance>
   <Solar_Incidences><SUN_AZIMUTH unit="deg">151.2</SUN_AZIMUTH><SUN_ELEVATION unit="deg">58.4</SUN_ELEVATION></Solar_Incidences>
  </Located_Geometric_Values></Use_Area></Geometric_Data>
 <Dataset_Sources><Source_Identification><SOURCE_ID>DS_{scene.satellite}_{s}</SOURCE_ID>
  <Strip_Source><MISSION>{mission}</MISSION><MISSION_INDEX>{number}</MISSION_INDEX><INSTRUMENT>NAOMI</INSTRUMENT>
   <IMAGING_DATE>{day}</IMAGING_DATE><IMAGING_TIME>{hour}</IMAGING_TIME></Strip_Source></Source_Identification></Dataset_Sources>
</Dimap_Document>
"""
    return text.replace("\n", scene.line_end)


def _files(scene: Scene, mark: str, bands: tuple[str, ...]) -> str:
    """The list of the files of some bands; Pléiades Neo says there which they are."""
    files = "".join(
        f'<Data_File tile_R="{row}" tile_C="{column}"><DATA_FILE_PATH '
        f'href="{file_name(scene, row, column, mark)}"></DATA_FILE_PATH></Data_File>'
        for row, column in scene.tiles
    )
    said = (
        f"<Raster_Display><Raster_Index_List>{_index(bands)}</Raster_Index_List></Raster_Display>"
    )
    return f"<Data_Files>{files}{said if scene.neo else ''}</Data_Files>"


def _index(bands: tuple[str, ...]) -> str:
    return "".join(
        f"<Raster_Index><BAND_ID>{band}</BAND_ID><BAND_INDEX>{number}</BAND_INDEX></Raster_Index>"
        for number, band in enumerate(bands, start=1)
    )


def _centre(scene: Scene) -> str:
    """Of the footprint; listed by some as one vertex more."""
    if scene.extent:
        return ""
    lons, lats = zip(*_corners(scene))
    inside = f"<LON>{sum(lons) / 4:.9f}</LON><LAT>{sum(lats) / 4:.9f}</LAT>"
    return f"{f'<Vertex>{inside}</Vertex>' if scene.neo else ''}<Center>{inside}</Center>"


def mask(scene: Scene) -> str:
    """The text of ``CLD_*_MSK.GML``: one cloud over the south-eastern quarter, with a hole."""
    x, y, step = (
        LEFT + scene.columns * scene.pixel / 2,
        TOP - scene.rows * scene.pixel / 2,
        scene.pixel,
    )
    east, south = LEFT + scene.columns * step, TOP - scene.rows * step

    def ring(*points: tuple[float, float]) -> str:
        return (
            f"<gml:LinearRing><gml:posList>{' '.join(f'{a} {b}' for a, b in (*points, points[0]))}"
            f"</gml:posList></gml:LinearRing>"
        )

    outer = ring((x, y), (east, y), (east, south), (x, south))
    inner = ring(
        (x + 10 * step, y - 10 * step),
        (x + 20 * step, y - 10 * step),
        (x + 20 * step, y - 20 * step),
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<eop:Mask xmlns:eop="http://earth.esa.int/eop" xmlns:gml="http://www.opengis.net/gml" gml:id="CLD"><eop:maskMembers>
<eop:MaskFeature gml:id="c1"><eop:maskType>CLOUD</eop:maskType><eop:extentOf>
<gml:Polygon srsName="urn:ogc:def:crs:EPSG::{scene.epsg}"><gml:exterior>{outer}</gml:exterior><gml:interior>{inner}</gml:interior></gml:Polygon>
</eop:extentOf></eop:MaskFeature></eop:maskMembers></eop:Mask>
"""


def rpc(scene: Scene) -> str:
    """The text of ``RPC_*.XML``: a plain affine model over the scene's footprint."""
    corners = _corners(scene)
    lons, lats = [c[0] for c in corners], [c[1] for c in corners]
    lon, lat = (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
    half_lon, half_lat = (max(lons) - min(lons)) / 2, (max(lats) - min(lats)) / 2

    def terms(name: str, values: dict[int, float]) -> str:
        return "".join(f"<{name}_{i}>{values.get(i, 0.0)}</{name}_{i}>" for i in range(1, 21))

    models = terms("SAMP_NUM_COEFF", {2: 1.0}) + terms("SAMP_DEN_COEFF", {1: 1.0})
    models += terms("LINE_NUM_COEFF", {3: -1.0}) + terms("LINE_DEN_COEFF", {1: 1.0})
    ways = (
        f"<GroundtoImage_Values>{models}<ERR_BIAS_X>1</ERR_BIAS_X></GroundtoImage_Values>"
        if scene.neo
        else f"<Direct_Model>{models}<ERR_BIAS_X>1</ERR_BIAS_X><ERR_BIAS_Y>1</ERR_BIAS_Y></Direct_Model>"
        f"<Inverse_Model>{models}<ERR_BIAS_ROW>1</ERR_BIAS_ROW></Inverse_Model>"
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet type="text/xsl" href="LIBRARY/STYLE.XSL"?>
<Dimap_Document><Rational_Function_Model><Global_RFM>
{ways}
<RFM_Validity>
<Direct_Model_Validity_Domain><FIRST_ROW>1</FIRST_ROW><FIRST_COL>1</FIRST_COL><LAST_ROW>{scene.rows}</LAST_ROW><LAST_COL>{scene.columns}</LAST_COL></Direct_Model_Validity_Domain>
<Inverse_Model_Validity_Domain><FIRST_LON>{min(lons)}</FIRST_LON><FIRST_LAT>{min(lats)}</FIRST_LAT><LAST_LON>{max(lons)}</LAST_LON><LAST_LAT>{max(lats)}</LAST_LAT></Inverse_Model_Validity_Domain>
<LONG_SCALE>{half_lon}</LONG_SCALE><LONG_OFF>{lon}</LONG_OFF><LAT_SCALE>{half_lat}</LAT_SCALE><LAT_OFF>{lat}</LAT_OFF>
<HEIGHT_SCALE>500</HEIGHT_SCALE><HEIGHT_OFF>300</HEIGHT_OFF><SAMP_SCALE>{scene.columns / 2}</SAMP_SCALE><SAMP_OFF>{scene.columns / 2 + 1}</SAMP_OFF>
<LINE_SCALE>{scene.rows / 2}</LINE_SCALE><LINE_OFF>{scene.rows / 2 + 1}</LINE_OFF>
</RFM_Validity></Global_RFM></Rational_Function_Model></Dimap_Document>
"""


def write_component(volume: Path, scene: Scene) -> Path:
    """One image folder below a volume; its description's path."""
    folder = volume / f"IMG_{scene.satellite}_{scene.spectral}_{scene.number}"
    folder.mkdir(parents=True)
    write_images(folder, scene)
    path = folder / f"DIM_{scene.base}.XML"
    path.write_bytes(scene.mark + description(scene).encode(scene.encoding))
    write_library(folder)
    for name in (f"PREVIEW_{scene.base}.JPG", f"ICON_{scene.base}.JPG"):
        (folder / name).write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\xff\xd9")
    if scene.level == "SEN":
        (folder / f"RPC_{scene.base}.XML").write_text(rpc(scene), encoding="utf-8")
    if scene.clouds:
        (folder / "MASKS").mkdir()
        (folder / "MASKS" / f"CLD_{scene.base}_MSK.GML").write_text(mask(scene), encoding="utf-8")
    return path


def write_library(folder: Path) -> None:
    """What people open in a browser."""
    (folder / "LIBRARY").mkdir()
    sheet = '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"/>'
    (folder / "LIBRARY" / "STYLE.XSL").write_text(sheet)
    page = '<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/strict.dtd"><html>'
    (folder / "INDEX.HTM").write_text(page)


def write_volume(volume: Path, scenes: list[Scene]) -> None:
    """A volume folder with its ``VOL_*.XML``."""
    volume.mkdir(parents=True, exist_ok=True)
    paths = [write_component(volume, scene).relative_to(volume).as_posix() for scene in scenes]
    parts = "".join(
        f"<Component><COMPONENT_TITLE>Image</COMPONENT_TITLE><COMPONENT_TYPE>DIMAP"
        f"</COMPONENT_TYPE><COMPONENT_PATH "
        f'href="{path}"/></Component>'
        for path in paths
    )
    parts += (
        "<Component><COMPONENT_TITLE>Digital documentation</COMPONENT_TITLE>"
        "<COMPONENT_TYPE>ENCAPSULATED</COMPONENT_TYPE>"
        '<COMPONENT_PATH href="http://www.operator.invalid/DIMAP"/></Component>'
    )
    text = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<?xml-stylesheet type="text/xsl" href="./LIBRARY/VOL_STYL.XSL"?>
<Dimap_Document><Metadata_Identification><METADATA_FORMAT version="2.15">DIMAP</METADATA_FORMAT>
</Metadata_Identification><Dataset_Content><Dataset_Components>{parts}</Dataset_Components>
</Dataset_Content></Dimap_Document>
"""
    (volume / f"VOL_{scenes[0].satellite[:3]}.XML").write_text(text, encoding="utf-8")
    if not (volume / "LIBRARY").exists():
        write_library(volume)


def write_delivery(root: Path, *scenes: Scene, name: str = "SPOT6_2018_MS_82") -> Path:
    """A product folder with one volume; its path."""
    satellite = scenes[0].satellite
    write_volume(root / name / f"PROD_{satellite}_001" / f"VOL_{satellite}_001_A", list(scenes))
    return root / name


def bundle(scene: Scene) -> tuple[Scene, Scene]:
    """The MS and the P of a bundle: four times as fine."""
    pan = replace(
        scene,
        spectral="P",
        order=("P",),
        pixel=scene.pixel / 4,
        columns=scene.columns * 4,
        rows=scene.rows * 4,
        tile=(scene.tile[0] * 4, scene.tile[1] * 4),
        number="002",
        clouds=False,
    )
    return replace(scene, spectral="MS"), pan


def tar(folder: Path, target: Path) -> Path:
    """``folder`` as ``.tar.gz``."""
    with tarfile.open(target, "w:gz", compresslevel=1) as archive:
        archive.add(folder, folder.name)
    return target


def zipped(folder: Path, target: Path) -> Path:
    """``folder`` as ``.zip``."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            archive.write(path, path.relative_to(folder.parent))
    return target


def member(name: str, data: bytes = b"x", **values: Any) -> tuple[tarfile.TarInfo, io.BytesIO]:
    """A member for hostile tar files."""
    info = tarfile.TarInfo(name)
    info.size = len(data)
    for key, given in values.items():
        setattr(info, key, given)
    return info, io.BytesIO(data)


def copy(folder: Path, target: Path) -> Path:
    """A copy to damage."""
    shutil.copytree(folder, target)
    return target
