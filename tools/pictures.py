"""Makes the pictures of the help pages: plays ``pictures_play.py`` in a real QGIS without a
display.

Writes ``build/pictures/*.png``; with ``--install`` they become ``resources/help/images``, fewer
colours and smaller files (ImageMagick's ``convert`` must be there). Run it again when the windows
have changed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

import demo
import package
import qgis_run

FOLDER = package.BUILD / "pictures"
IMAGES = package.ROOT / "resources" / "help" / "images"
DOWNLOADS = Path("/var/tmp/DINAMIS")  # noqa: S108 (the point of it)
"""Seen in a picture: says nothing of who made it.

Not /tmp, of whose layers QGIS asks when it quits.
"""
SCREEN = "1320x800x24"


def install() -> None:
    """The pictures into the help, at 255 colours and without metadata."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    for picture in sorted((FOLDER / "kept").glob("*.png")):
        target = IMAGES / picture.name
        subprocess.run(
            [
                "convert",
                picture,
                "-strip",
                "+dither",
                "-colors",
                "255",
                "-define",
                "png:compression-level=9",
                f"png8:{target}",
            ],
            check=True,
        )
        print(f"{target.name}: {target.stat().st_size // 1000} kB")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--install", action="store_true", help="put them into resources/help/images"
    )
    parser.add_argument("--theme", default="default", help="QGIS's theme, such as “Night Mapping”")
    options = parser.parse_args()
    demo.FOLDER, demo.REPORT, demo.STARTED = FOLDER, FOLDER / "report.json", FOLDER / "started"
    demo.DOWNLOADS = DOWNLOADS
    demo.PLAY, demo.SCREEN = "pictures_play", SCREEN
    os.environ.pop("DISPLAY", None)
    os.environ.pop("WAYLAND_DISPLAY", None)
    shutil.rmtree(FOLDER, ignore_errors=True)
    shutil.rmtree(DOWNLOADS, ignore_errors=True)
    DOWNLOADS.mkdir()
    (FOLDER / "kept").mkdir(parents=True)
    settings = f"\n[UI]\nUITheme={options.theme}\n"
    qgis_run.make_profile(FOLDER / "profiles", package.write(package.archive()), settings)
    arguments = ["--auto-approve", "--days-per-second", "4"]
    with demo.training_service(demo.fresh_world(), arguments) as profile, demo.display() as screen:
        code = demo.play(profile, screen)
    if options.install and not code:
        install()
    return code


if __name__ == "__main__":
    sys.exit(main())
