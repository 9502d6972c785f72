#!/usr/bin/env bash
# The QGIS and GUI tests on the QGIS of newer Debian suites, each in a root of its own (chroot: needs root or sudo).
# Roots live in DINAMIS_ROOTS (default build/roots) and are kept; nothing is installed on the machine but debootstrap.
#   tools/matrix.sh [suite…]        default: trixie (3.40) and forky (3.44)
#   tools/matrix.sh qt6             3.40 with Qt 6, built from source on trixie: hours at first, see tools/qt6-root.sh
set -euo pipefail
cd "$(dirname "$0")/.."

roots=${DINAMIS_ROOTS:-$PWD/build/roots}
suites=("$@")
[ ${#suites[@]} -gt 0 ] || suites=(trixie forky)
sudo=()
[ "$(id -u)" -eq 0 ] || sudo=(sudo)
command -v debootstrap >/dev/null || "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y debootstrap
mirror=$(awk '$1 == "URIs:" && $2 ~ /\/debian\/?$/ {print $2; exit}
              $1 == "deb" {for (i = 2; i < NF; i++) if ($i ~ /\/debian\/?$/) {print $i; exit}}' \
         /etc/apt/sources.list.d/*.sources /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null | head -1)
[ -n "$mirror" ] || { echo "No Debian mirror in apt's sources: the matrix needs a Debian machine." >&2; exit 1; }
packages="python3-venv python3-requests python3-shapely python3-pyproj xvfb xauth openbox curl"
debian_qgis="qgis python3-qgis qgis-providers qttools5-dev-tools"

prepare() {  # root, suite
    local suite=$2 wanted="$packages $debian_qgis" also=true
    [ ! -f "$1/.ready" ] || return 0
    [ "$suite" != qt6 ] || { suite=trixie; wanted=$packages; also="cd work && tools/qt6-root.sh"; }
    mkdir -p "$1"
    [ -f "$1/etc/debian_version" ] || "${sudo[@]}" debootstrap --variant=minbase --include=ca-certificates "$suite" "$1" "$mirror" \
        "$(script_of "$suite")"
    "${sudo[@]}" mkdir -p "$1/work"
    "${sudo[@]}" cp /etc/resolv.conf "$1/etc/resolv.conf"
    # A mirror may lag behind a rolling suite's date; signatures are checked all the same.
    within "$1" "apt-get update -q -o Acquire::Check-Valid-Until=false && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $wanted && $also"
    "${sudo[@]}" touch "$1/.ready"
}

script_of() {  # suite: debootstrap's script for it; one newer than debootstrap itself is made as sid is
    local scripts=/usr/share/debootstrap/scripts
    if [ -e "$scripts/$1" ]; then echo "$scripts/$1"; else echo "$scripts/sid"; fi
}

within() {  # root, command: with /proc, /dev and the tree mounted for as long as it runs
    "${sudo[@]}" unshare --mount bash -c "
        set -e
        mount --bind '$PWD' '$1/work'
        mount -t proc proc '$1/proc'
        mount --rbind /dev '$1/dev'
        mount -t tmpfs tmpfs '$1/tmp'
        exec chroot '$1' /usr/bin/env -i HOME=/root LC_ALL=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin bash -c \"\$0\"
    " "$2"
}

wheels=build/wheels
mkdir -p $wheels
.venv/bin/python -m pip download -qq --no-deps --disable-pip-version-check --only-binary=:all: -d $wheels -r requirements/test.txt
.venv/bin/python -m pip download -qq --no-deps --disable-pip-version-check --only-binary=:all: -d $wheels -r requirements/vendor.txt

failed=()
for suite in "${suites[@]}"; do
    root=$roots/$suite
    prepare "$root" "$suite"
    echo "== $suite: $(within "$root" "python3 -c 'import sys; from qgis.core import Qgis; from qgis.PyQt.QtCore import QT_VERSION_STR as qt
print(\"QGIS\", Qgis.version(), \"Qt\", qt, \"Python\", sys.version.split()[0])'")"
    within "$root" "
        cd /work
        [ -x /opt/venv/bin/pytest ] || python3 -m venv --system-site-packages /opt/venv
        mkdir -p /opt/venv/share && ln -sfn /usr/share/proj /opt/venv/share/proj
        pip='/opt/venv/bin/pip install -qq --no-deps --no-index --find-links $wheels'
        \$pip -r requirements/test.txt
        \$pip -r requirements/vendor.txt
        xvfb-run -a -s '-screen 0 1600x1000x24' /opt/venv/bin/python -m pytest -p no:cacheprovider ${PYTEST_ARGS:-tests/qgis tests/gui}
    " || failed+=("$suite")
done
[ ${#failed[@]} -eq 0 ] || { echo "Failed on: ${failed[*]}" >&2; exit 1; }
