"""What plugins.qgis.org runs on a zip: bandit and detect-secrets on the unpacked files.

The zip's own ``.bandit`` leaves the vendored packages out; what is found there is judged in
``requirements/VENDORED.md``. Exit status 1 when something is found.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import package


def find_bandit_issues(folder: Path) -> str:
    """bandit's findings in our own code, as text; empty when there are none."""
    command = [sys.executable, "-m", "bandit", "-q", "-r", str(folder)]
    command += ["--ini", str(folder / package.FOLDER / ".bandit")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode else ""


def find_secrets(folder: Path) -> list[str]:
    """Lines that look like secrets, vendored packages left out."""
    from detect_secrets.core.scan import scan_file
    from detect_secrets.settings import default_settings

    own = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    with default_settings():
        return [
            f"{path.relative_to(folder)}:{secret.line_number} {secret.type}"
            for path in own
            if "vendor" not in path.relative_to(folder).parts
            for secret in scan_file(str(path))
        ]


def main() -> int:
    target = package.write(package.archive())
    with tempfile.TemporaryDirectory() as scratch:
        with zipfile.ZipFile(target) as bundle:
            bundle.extractall(scratch)
        issues, secrets = find_bandit_issues(Path(scratch)), find_secrets(Path(scratch))
    print(issues, *secrets, sep="\n")
    return 1 if issues.strip() or secrets else 0


if __name__ == "__main__":
    sys.exit(main())
