"""Makes a release: version and news of CHANGELOG.md into metadata.txt, the zip, the site's checks.

Nothing is uploaded or tagged. Exit status 1 where something is missing: the top section must have a
version and a date, and the e-mail address must not be the placeholder.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLACEHOLDER = "users.noreply.github.com"
_SECTION = re.compile(
    r"^## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d\d-\d\d)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL
)


def read_top_section(changelog: str) -> tuple[str, list[str]]:
    """(version, the first line of each entry) of the newest dated section. Raises ValueError."""
    found = _SECTION.search(changelog)
    before = changelog[: found.start()] if found else ""
    pending = re.search(r"^## \[Unreleased\]\n(.*)", before, re.MULTILINE | re.DOTALL)
    if found is None or (pending and pending.group(1).strip()):
        raise ValueError("CHANGELOG.md: give [Unreleased] a version and a date first.")
    entries = [line[2:].strip() for line in found.group(3).splitlines() if line.startswith("- ")]
    return found.group(1), entries


def write_version(metadata: str, version: str, entries: list[str]) -> str:
    """``metadata.txt`` with this version on top of its changelog."""
    text = re.sub(r"^version=.*$", f"version={version}", metadata, count=1, flags=re.MULTILINE)
    if f"\n    {version}\n" in text:
        return text
    news = "".join(f"    - {entry}\n" for entry in entries)
    return text.replace("changelog=\n", f"changelog=\n    {version}\n{news}", 1)


def main() -> int:
    metadata = ROOT / "metadata.txt"
    text = metadata.read_text("utf-8")
    if PLACEHOLDER in text:
        print("metadata.txt: the e-mail address is the placeholder; give one that receives mail.")
        return 1
    try:
        version, entries = read_top_section((ROOT / "CHANGELOG.md").read_text("utf-8"))
    except ValueError as error:
        print(error)
        return 1
    metadata.write_text(write_version(text, version, entries), "utf-8")
    for command in (["package.py"], ["site_checks.py"], ["check_advisories.py"]):
        done = subprocess.run([sys.executable, ROOT / "tools" / command[0]], check=False)
        if done.returncode:
            return done.returncode
    print(f"Version {version} is ready: commit, tag v{version}, upload the zip.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
