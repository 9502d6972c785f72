"""What goes out of the repository: complete metadata, no built file, no secret, no trace of a
machine.
"""

from __future__ import annotations

import configparser
import re
from pathlib import Path

import pytest

from tests import code

REQUIRED = (
    "name",
    "description",
    "about",
    "version",
    "qgisMinimumVersion",
    "qgisMaximumVersion",
    "author",
    "email",
    "tracker",
    "repository",
    "homepage",
    "changelog",
    "icon",
    "tags",
    "hasProcessingProvider",
    "description[fr]",
    "about[fr]",
)
BUILT = re.compile(r"(_rc|resources_rc|ui_\w+)\.py$|\.(qm|pyc|so|pyd|dll|exe|zip|whl|rcc)$")
# Assembled from pieces, so that this file does not hold what it looks for.
MACHINE = re.compile(
    r"(?<![\w.~:}-])/(?:"
    + "|".join(["ro" + "ot", "wo" + "rk", "ho" + r"me/(?!me\b|user\b|you\b)\w+", "tm" + "p/w"])
    + r")/\w|[A-Z]:\\Us"
    + r"ers\\"
)
REGISTRY = re.compile(
    "|".join(
        ["py" + r"pi\.org", "python" + r"hosted\.org", "deb" + r"\.debian\.org", "npm" + r"js\.org"]
    )
)
SECRET = re.compile(
    "|".join(
        [
            "-----BEG" + r"IN [A-Z ]*PRIVATE KEY",
            r"\bAK" + r"IA[0-9A-Z]{16}\b",
            r"\bey" + r"J[\w-]{10,}\.ey" + r"J[\w-]{10,}",
            r"X-Amz-Signature" + r"=[0-9a-f]{32,}",
        ]
    )
)


def metadata() -> configparser.SectionProxy:
    parser = configparser.ConfigParser()  # interpolating, as QGIS reads it
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(code.ROOT / "metadata.txt", encoding="utf-8")
    return parser["general"]


def texts() -> list[tuple[Path, str]]:
    """Every tracked text file, the licence apart."""
    found = []
    for path in code.tracked():
        content = path.read_bytes()
        if b"\0" not in content and path.name != "LICENSE":
            found.append((path, content.decode("utf-8")))
    return found


def lines_with(pattern: re.Pattern[str], allowed: str = "") -> list[str]:
    return [
        f"{path.relative_to(code.ROOT)}:{number}: {line.strip()[:120]}"
        for path, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line) and not (allowed and allowed in line)
    ]


@pytest.mark.parametrize("key", REQUIRED)
def test_metadata_has(key: str) -> None:
    assert metadata().get(key, "").strip()


def test_metadata_is_what_the_site_takes() -> None:
    general = metadata()
    assert re.fullmatch(r"\d+\.\d+\.\d+", general["version"])
    assert (general["qgisMinimumVersion"], general["qgisMaximumVersion"]) == ("3.22", "4.99")
    # What a QGIS 3 built with Qt 6 asks for; QGIS 4 goes by the versions.
    assert general["supportsQt6"] == "True"
    assert general["description"].isascii() or "Pléiades" in general["description"]
    assert all(general[key].startswith("https://") for key in ("tracker", "repository", "homepage"))
    assert re.fullmatch(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", general["email"])
    assert not general["email"].endswith((".invalid", ".example", ".test"))
    assert (code.ROOT / general["icon"]).is_file()
    assert "account" in general["about"] and "eligible body" in general["about"]
    assert "compte" in general["about[fr]"] and "éligible" in general["about[fr]"]


def test_changelog_knows_the_version() -> None:
    version = metadata()["version"]
    assert re.search(
        rf"^## \[{re.escape(version)}\] - \d{{4}}-\d\d-\d\d$",
        (code.ROOT / "CHANGELOG.md").read_text("utf-8"),
        re.MULTILINE,
    )
    assert version in metadata()["changelog"]


def test_nothing_built_is_tracked() -> None:
    names = [path.relative_to(code.ROOT).as_posix() for path in code.tracked()]
    assert "metadata.txt" in names
    assert not [name for name in names if BUILT.search(name)]


def test_no_machine_and_no_registry_is_named() -> None:
    assert not lines_with(MACHINE)
    assert not lines_with(REGISTRY)


def test_nothing_looks_like_a_secret() -> None:
    assert not lines_with(SECRET)


def test_detect_secrets_finds_nothing() -> None:
    scan = pytest.importorskip(
        "detect_secrets.core.scan", reason="only where the checks are installed"
    )
    settings = pytest.importorskip("detect_secrets.settings")
    with settings.default_settings():
        shipped = [path for path in code.tracked() if code.ROOT / "tests" not in path.parents]
        found = [secret for path in shipped for secret in scan.scan_file(str(path))]
    assert not [f"{secret.filename}:{secret.line_number}: {secret.type}" for secret in found]


def test_the_patterns_see_what_they_look_for() -> None:
    assert MACHINE.search("path = /" + "work/main") and MACHINE.search("cd /ho" + "me/jo/x")
    assert not MACHINE.search("https://host/" + "work/x")
    assert REGISTRY.search("https://py" + "pi.org/simple")
    assert SECRET.search("AK" + "IA" + "A" * 16)
    assert (
        BUILT.search("i18n/x.qm")
        and BUILT.search("gui/resources_rc.py")
        and not BUILT.search("gui/arc.py")
    )
