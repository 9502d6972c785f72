"""Builds ``build/dinamis_qgis-<version>.zip``, the plugin as plugins.qgis.org takes it.

One folder ``dinamis_qgis/``: the package, metadata.txt, LICENSE, resources/, i18n/*.qm and vendor/
(pure-Python packages at the hashes of requirements/vendor.txt). Same input, same bytes: sorted
names, fixed dates and modes.
"""

from __future__ import annotations

import configparser
import hashlib
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
FOLDER = "dinamis_qgis"
PINS = ROOT / "requirements" / "vendor.txt"
LIMIT = 25 * 1024 * 1024  # of plugins.qgis.org
BANDIT = b"[bandit]\nexclude = */vendor/*\n"  # vendored packages are judged in VENDORED.md
DATE = (2000, 1, 1, 0, 0, 0)

# What wheels bring that a plugin does not need, or that plugins.qgis.org does not take.
PRUNED_FOLDERS = {"__pycache__", "bin", "share", "tests", "testing"}
PRUNED_SUFFIXES = {
    ".pyc",
    ".pyi",
    ".so",
    ".pyd",
    ".dll",
    ".exe",
    ".sh",
    ".bash",
    ".zsh",
    ".bat",
    ".gz",
}
PRUNED_NAMES = {"RECORD", "INSTALLER", "REQUESTED", "WHEEL", "direct_url.json"}


def version() -> str:
    """The version of metadata.txt."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(ROOT / "metadata.txt", encoding="utf-8")
    return parser["general"]["version"]


def archive() -> Path:
    """Where the zip of this version goes."""
    return BUILD / f"{FOLDER}-{version()}.zip"


def vendor() -> Path:
    """The folder of the vendored packages, fetched once for each state of the pins."""
    target, ready = BUILD / "vendor", BUILD / "vendor.sha256"
    wanted = hashlib.sha256(PINS.read_bytes()).hexdigest()
    if target.is_dir() and ready.is_file() and ready.read_text() == wanted:
        return target
    shutil.rmtree(target, ignore_errors=True)
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "-qq",
            "--disable-pip-version-check",
            "--target",
            target,
            "--no-deps",
            "--no-compile",
            "--require-hashes",
            "--only-binary=:all:",
            "-r",
            PINS,
        ],
        check=True,
    )
    prune(target)
    ready.write_text(wanted)
    return target


def prune(folder: Path) -> None:
    """Removes caches, tests, scripts and compiled parts; licences and entry points stay."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            if path.name in PRUNED_FOLDERS:
                shutil.rmtree(path)
        elif (
            path.suffix in PRUNED_SUFFIXES or path.name in PRUNED_NAMES or path.name.startswith(".")
        ):
            path.unlink()


def contents() -> dict[str, Path]:
    """What goes into the plugin's folder: name inside it → file here."""
    files: dict[str, Path] = {"metadata.txt": ROOT / "metadata.txt", "LICENSE": ROOT / "LICENSE"}
    trees = [(ROOT / FOLDER, ""), (ROOT / "resources", "resources/"), (vendor(), "vendor/")]
    for base, prefix in trees:
        for path in base.rglob("*"):
            parts = path.relative_to(base).parts
            hidden = any(part.startswith(".") or part == "__pycache__" for part in parts)
            if path.is_file() and not hidden and path.suffix != ".pyc":
                files[prefix + "/".join(parts)] = path
    translations = sorted((ROOT / "i18n").glob("*.qm"))
    if not translations:
        raise SystemExit("i18n/*.qm is missing: make i18n builds it")
    files.update({f"i18n/{path.name}": path for path in translations})
    return files


def write(target: Path) -> Path:
    """Writes the zip. Exits with a message when it is larger than the site takes."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as bundle:
        _add(bundle, ".bandit", BANDIT)
        for name, path in sorted(contents().items()):
            _add(bundle, name, path.read_bytes())
    if target.stat().st_size > LIMIT:
        raise SystemExit(f"{target.name} is larger than {LIMIT // 1024 // 1024} MB")
    return target


def _add(bundle: zipfile.ZipFile, name: str, content: bytes) -> None:
    info = zipfile.ZipInfo(f"{FOLDER}/{name}", DATE)
    info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 3
    info.external_attr = 0o100644 << 16
    bundle.writestr(info, content)


def main() -> None:
    BUILD.mkdir(exist_ok=True)
    target = write(archive())
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
