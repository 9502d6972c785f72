#!/usr/bin/env bash
# The unit tests on Python 3.9, the oldest Python QGIS ships, where one is at hand; says so when none is.
set -euo pipefail
cd "$(dirname "$0")/.."

find_python39() {
    local candidate
    for candidate in "${PYTHON39:-}" "$(command -v python3.9 || true)" \
        "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.9.*/bin/python "$(uv python find --no-python-downloads 3.9 2>/dev/null || true)"; do
        if [ -x "$candidate" ] && "$candidate" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 9))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    return 1
}

if ! python=$(find_python39); then
    echo "Unit tests on Python 3.9: skipped, no Python 3.9 here (say where with PYTHON39=/path/to/python)."
    exit 0
fi
venv=build/venv39
wanted=$(cat requirements/{vendor,test,core}.txt | sha256sum)
if [ "$(cat "$venv/.ready" 2>/dev/null)" != "$wanted" ]; then
    "$python" -m venv --clear "$venv"
    pip=("$venv/bin/python" -m pip install -qq --no-deps --only-binary=:all: --disable-pip-version-check)
    "${pip[@]}" --require-hashes -r requirements/vendor.txt
    "${pip[@]}" -r requirements/test.txt -r requirements/core.txt
    printf '%s\n' "$wanted" >"$venv/.ready"
fi
echo "Unit tests on Python 3.9"
LC_ALL=C.UTF-8 exec "$venv/bin/python" -m pytest -q -p no:cacheprovider tests/unit "$@"
