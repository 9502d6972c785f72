"""From two scenes to a raster of change: common grid, alignment, normalisation, then window by
window.
"""

from __future__ import annotations

import math
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from dinamis_qgis.core.change.align import Shift, measure_shift
from dinamis_qgis.core.change.difference import (
    SCALES,
    Kind,
    bands_needed,
    propose_threshold,
    score_change,
)
from dinamis_qgis.core.change.grid import Array, Grid, GridWindow, common_grid
from dinamis_qgis.core.change.normalise import Model, fit_model
from dinamis_qgis.core.change.scene import Scene, cut_to_common_bands, without_mask_band
from dinamis_qgis.core.change.windows import map_windows, sample_pair
from dinamis_qgis.core.errors import InvalidInput, from_os_error
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.rasters import check_tiles, check_writing
from dinamis_qgis.core.text import tr

Progress = Callable[[float, str], None]
BINS = 2000
STATISTICS = 300_000
"""Pixels that the statistics of two scenes are taken from."""
MOSTLY = 0.8
"""Where less than this share of the ground was compared, a person is told."""


@dataclass(frozen=True)
class DetectedChange:
    """Scores of change over ``grid`` in the float32 GeoTIFF ``path`` (NaN: not seen or clouded).

    The folder of ``path`` is this run's own; ``discard()`` removes it. ``counts`` is the histogram
    of their sizes from 0 to twice the scale's highest; ``threshold`` is the proposal.
    """

    kind: Kind
    grid: Grid
    path: Path
    shift: Shift | None
    model: Model
    threshold: float
    counts: tuple[int, ...]
    share: float = 0.0
    """Of all the common ground, what seems to have changed at the proposal, 0 to 1."""
    ground_ha: float = 0.0
    """The ground that is spoken of, hectares on the grid: all of an area that was asked for; of
    whole images what both show, under clouds or not, for the corners of their grid are nobody's.
    """

    @property
    def unsure(self) -> bool:
        """More than half has changed: what did not change, and with it the relative normalisation,
        cannot be told.
        """
        return self.share > 0.5

    @property
    def seen_ha(self) -> float:
        """Ground that both scenes show without clouds, hectares on the grid: what was compared."""
        return sum(self.counts) * self.grid.step**2 / 1e4

    @property
    def seen_share(self) -> float:
        """Of the ground that is spoken of, what both images show without clouds and was compared, 0
        to 1.
        """
        return min(1.0, self.seen_ha / self.ground_ha) if self.ground_ha else 1.0

    @property
    def hidden(self) -> bool:
        """So much is hidden that finding nothing says little."""
        return self.seen_share < MOSTLY

    def discard(self) -> None:
        """Remove the scores: nobody will look at them again."""
        shutil.rmtree(self.path.parent, ignore_errors=True)

    def changed_ha(self, threshold: float) -> float:
        """Ground whose change is at least ``threshold``, hectares on the grid, before any smallest
        area.
        """
        first = math.ceil(threshold / (2 * SCALES[self.kind].highest) * BINS)
        return sum(self.counts[first:]) * self.grid.step**2 / 1e4

    def preview(self, most: int = 4_000_000) -> tuple[Grid, Array]:
        """The scores at a resolution of at most about ``most`` pixels, with the grid they are
        on.
        """
        from osgeo import gdal

        coarse = self.grid.coarser(most)
        image = gdal.Open(str(self.path))
        width, height = (
            coarse.width * coarse.step / self.grid.step,
            coarse.height * coarse.step / self.grid.step,
        )
        return coarse, image.GetRasterBand(1).ReadAsArray(
            0, 0, round(width), round(height), buf_xsize=coarse.width, buf_ysize=coarse.height
        )


def _common_bands(first: Scene, second: Scene, kind: Kind) -> tuple[Scene, Scene]:
    """Both in the bands that they have in common. Raises InvalidInput where these are too few."""
    first, second = cut_to_common_bands(without_mask_band(first), without_mask_band(second))
    if first.depth < bands_needed(kind):
        raise InvalidInput(
            tr("This comparison needs a near-infrared band in both images."),
            tr("Choose the multispectral images, or the difference of brightness."),
            code="bands",
        )
    return first, second


def detect_change(
    first: Scene,
    second: Scene,
    kind: Kind,
    folder: Path,
    step: float | None = None,
    area: tuple[str, tuple[float, float, float, float]] | None = None,
    align: bool = True,
    cancel: Cancel | None = None,
    progress: Progress | None = None,
    workers: int = 0,
) -> DetectedChange:
    """The change from ``first`` to ``second``, in the bands that both have.

    ``step`` in metres (None: full resolution, the coarser of the two), ``area`` (WKT, bounds)
    limits it to a view. With ``align`` the shift is measured and, when it can be trusted,
    corrected. Radiometry and threshold come from all the common ground, half of which at least
    should not have changed. The result lies in a new folder in ``folder``, which goes when the run
    is given up; memory does not grow with the scenes. Raises InvalidInput, ServiceError,
    StorageError, Cancelled.
    """
    import numpy as np

    cancel, say = cancel or Cancel(), progress or (lambda share, text: None)
    first, second = _common_bands(first, second, kind)
    say(0.0, tr("Common ground…"))
    grid = common_grid(first, second, step, area)
    shift = None
    if align:
        say(0.02, tr("Measuring the shift…"))
        shift = measure_shift(
            first, second, grid, cancel, lambda share: say(0.02 + 0.23 * share, "")
        )
        second = second.moved(-shift.east, -shift.north) if shift.trusted else second
    cancel.check()
    say(0.25, tr("Making the radiometry alike…"))
    # From all the common ground: a view may hold nothing but change.
    ground = grid if area is None else common_grid(first, second)
    light = _measure_light(first, second, kind, ground, cancel)
    say(0.35, tr("Looking for changes…"))

    def work(window: GridWindow, a: Array, b: Array) -> tuple[Array, int]:
        seen = np.isfinite(a).all(axis=0) & np.isfinite(b).all(axis=0)
        return score_change(kind, a, b, light.model, grid.step), int(seen.sum())

    def moved_on(share: float) -> None:
        say(0.35 + 0.65 * share, "")

    results = map_windows(first, second, grid, work, cancel, moved_on, workers)
    path = own_folder(folder) / f"{kind.value}.tif"
    try:
        counts, shown = _write_scores(results, kind, grid, path)
        cancel.check()
    except BaseException:
        shutil.rmtree(path.parent, ignore_errors=True)
        raise
    hectares = (shown if area is None else grid.pixels) * grid.step**2 / 1e4
    found = (light.model, light.threshold, counts, light.share, hectares)
    return DetectedChange(kind, grid, path, shift, *found)


class _Light(NamedTuple):
    """What makes two scenes comparable: their radiometry, the threshold that parts change from
    noise, the share above it.
    """

    model: Model
    threshold: float
    share: float


def _measure_light(first: Scene, second: Scene, kind: Kind, ground: Grid, cancel: Cancel) -> _Light:
    """From a sample of ``ground``."""
    coarse = ground.coarser(STATISTICS)
    one, two = sample_pair(first, second, ground, STATISTICS, cancel)
    model = fit_model(one, two, coarse.step, cancel)
    scores = score_change(kind, one, two, model, coarse.step)
    threshold = propose_threshold(kind, scores)
    return _Light(model, threshold, _share_above(scores, threshold))


def unsure_text() -> str:
    """Why a measure should not be relied on."""
    return tr(
        "More than half of the common ground seems to have changed: the result is unsure. "
        "Compare larger images, or closer seasons."
    )


def seen_text(change: DetectedChange, hectares: Callable[[float], str]) -> str:
    """How much of the ground the measure speaks of; ``hectares`` writes an area as the person's
    language does.
    """
    if round(100 * change.seen_share) >= 100:
        return tr("All of it is seen on both images ({whole})").format(
            whole=hectares(change.ground_ha)
        )
    return tr("Seen on both images: {seen} of {whole} ({percent} %)").format(
        seen=hectares(change.seen_ha),
        whole=hectares(change.ground_ha),
        percent=round(100 * change.seen_share),
    )


def _share_above(scores: Array, threshold: float) -> float:
    import numpy as np

    seen = np.abs(scores[np.isfinite(scores)])
    return float((seen >= threshold).mean()) if seen.size else 0.0


def own_folder(folder: Path) -> Path:
    """A new folder in ``folder`` for one run: an earlier one, given up, may still be writing.

    Raises StorageError.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix="run-", dir=folder))
    except OSError as error:
        raise from_os_error(error, folder) from error


def _write_scores(results: Any, kind: Kind, grid: Grid, path: Path) -> tuple[tuple[int, ...], int]:
    """Window after window into one GeoTIFF; the histogram of what went there, and the pixels that
    both show. Raises StorageError.
    """
    import numpy as np

    target = create_raster(path, grid, "float32")
    counts, shown = np.zeros(BINS, np.int64), 0
    highest = 2 * SCALES[kind].highest
    try:
        for window, (values, both) in results:
            shown += both
            with check_writing(path):
                target.GetRasterBand(1).WriteArray(values, window.column, window.row)
            sizes = np.abs(values[np.isfinite(values)])
            counts += np.bincount(
                np.minimum(sizes * (BINS / highest), BINS - 1).astype(np.int64), minlength=BINS
            )
        with check_writing(path):
            target.FlushCache()
            target = None
    finally:
        target = None  # closes the file: open, it could not be removed on Windows
    check_tiles(path)
    return tuple(int(count) for count in counts), shown


def create_raster(path: Path, grid: Grid, kind: str) -> Any:
    """A new tiled GeoTIFF of one band (``float32`` with NaN, or ``byte``) on ``grid``.

    Raises StorageError.
    """
    from osgeo import gdal

    floats = kind == "float32"
    options = [
        "TILED=YES",
        "BLOCKXSIZE=512",
        "BLOCKYSIZE=512",
        "BIGTIFF=IF_SAFER",
        "COMPRESS=LZW" if not floats else "COMPRESS=NONE",
    ]
    with check_writing(path):
        made = gdal.GetDriverByName("GTiff").Create(
            str(path),
            grid.width,
            grid.height,
            1,
            gdal.GDT_Float32 if floats else gdal.GDT_Byte,
            options,
        )
    made.SetGeoTransform(grid.geotransform)
    made.SetProjection(grid.wkt)
    if floats:
        made.GetRasterBand(1).SetNoDataValue(float("nan"))
    return made
