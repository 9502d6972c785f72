#!/usr/bin/env bash
# What every other command needs: QGIS and a few system packages, and .venv made from the Python that imports qgis.
# Debian family: missing packages are installed (with sudo when not root). Elsewhere: says what to install.
set -euo pipefail
cd "$(dirname "$0")/.."

stamp=.venv/.ready
wanted=$(cat requirements/*.txt tools/setup.sh | sha256sum)
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && .venv/bin/python -c 'import qgis' 2>/dev/null; then
    exit 0
fi

packages=(
    qgis python3-qgis              # the program, its Python
    python3-venv python3-pip git
    python3-requests python3-shapely python3-pyproj python3-secretstorage
    xvfb xauth                     # windows without a display
    dbus gnome-keyring             # a real vault for the tests
    libqt5svg5
)
# A real STAC service for the interop tests: any PostgreSQL with the PostGIS made for it.
postgis=$(apt-cache search --names-only '^postgresql-[0-9]+-postgis-3$' 2>/dev/null | cut -d' ' -f1 | sort -V | tail -1)
[ -z "$postgis" ] || packages+=(postgresql "$postgis")
if apt-cache show qttools5-dev-tools >/dev/null 2>&1; then packages+=(qttools5-dev-tools); else packages+=(qt6-l10n-tools); fi

install_debian() {
    local missing=() sudo=()
    for name in "${packages[@]}"; do
        dpkg-query -W -f '${Status}' "$name" 2>/dev/null | grep -q 'ok installed' || missing+=("$name")
    done
    [ ${#missing[@]} -eq 0 ] && return
    [ "$(id -u)" -eq 0 ] || sudo=(sudo)
    echo "Installing: ${missing[*]}"
    "${sudo[@]}" apt-get update -q
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"
}

find_python() {
    local candidate
    for candidate in ${PYTHON:-} /usr/bin/python3 python3 python; do
        if command -v "$candidate" >/dev/null && "$candidate" -c 'import qgis.core' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

if command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; then
    install_debian
fi
if ! python=$(find_python); then
    cat >&2 <<'EOF'
No Python here imports qgis. Install QGIS 3.22 or later with its Python, the Linguist tools of Qt (lrelease),
Xvfb and gnome-keyring with your system's packages, then run this again. When QGIS has its own Python, say which:
    make setup PYTHON=/path/to/python3
EOF
    exit 1
fi

echo "Preparing .venv from $python"
.venv/bin/python -c 'import qgis' 2>/dev/null || "$python" -m venv --clear --system-site-packages .venv
# pyproj looks for PROJ's data below the environment's prefix: the system's, with the system's pyproj.
[ ! -d /usr/share/proj ] || { mkdir -p .venv/share && ln -sfn /usr/share/proj .venv/share/proj; }
pip=(.venv/bin/python -m pip install -qq --no-deps --disable-pip-version-check)
"${pip[@]}" --require-hashes --only-binary=:all: -r requirements/vendor.txt
"${pip[@]}" --only-binary=:all: -r requirements/test.txt -r requirements/dev.txt
printf '%s\n' "$wanted" >"$stamp"
echo "Ready."
