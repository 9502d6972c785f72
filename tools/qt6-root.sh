#!/usr/bin/env bash
# QGIS with Qt 6, built from Debian's own source package, as no Debian suite has it ready-made.
# Runs inside the Debian 13 root of `tools/matrix.sh qt6`, once: some two hours of two idle cores
# and 10 GB. What is compiled is kept until the end, so it may be stopped and called again; then
# only the installed QGIS stays. Left out: 3D, server, point clouds, meshes, the C++ plugins,
# OAuth2, every translation but the French one.
# In tools/qt6: what makes it shorter (several sources in one unit of the compiler, quick ways
# through moc and sip-build).
set -euo pipefail
cd "$(dirname "$0")"
tools=$PWD
build=/build
qgis=3.40.6
qwt=6.3.0
[ -e $build ] || [ ! -e /usr/bin/qgis ] || exit 0
mkdir -p $build

packages=(
    build-essential ninja-build cmake ccache mold bison flex pkgconf dpkg-dev
    qt6-base-dev qt6-base-private-dev qt6-svg-dev qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools
    qt6-positioning-dev qt6-serialport-dev qt6-multimedia-dev qt6-5compat-dev
    qt6-image-formats-plugins qt6-svg-plugins libqt6sql6-sqlite
    libqca-qt6-dev libqca-qt6-plugins qtkeychain-qt6-dev libqscintilla2-qt6-dev
    pyqt6-dev pyqt6.qsci-dev pyqt6-dev-tools
    python3-pyqtbuild python3-sipbuild sip-tools python3-dev
    python3-pyqt6 python3-pyqt6.{qsci,sip,qtsvg,qtpositioning}
    python3-pyqt6.{qtserialport,qtmultimedia}
    libgdal-dev python3-gdal gdal-bin libgeos-dev libproj-dev libspatialindex-dev
    libspatialite-dev libsqlite3-mod-spatialite libsqlite3-dev libpq-dev
    libzip-dev libzstd-dev libexpat1-dev libexiv2-dev libgsl-dev
    libprotobuf-dev protobuf-compiler nlohmann-json3-dev
    python3-{dateutil,jinja2,lxml,owslib,psycopg2,pygments,yaml}
)
if [ ! -e $build/.packages ]; then
    debian=$(awk '$1 == "deb" {print $2; exit}' /etc/apt/sources.list)
    # Qwt for Qt 6 comes with the next suite: its source alone is taken from there.
    printf 'deb-src %s %s main\n' "$debian" trixie "$debian" forky \
        >/etc/apt/sources.list.d/sources.list
    apt-get update -q -o Acquire::Check-Valid-Until=false
    DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${packages[@]}"
    touch $build/.packages
fi

fetch() {  # package, its upstream version: the source, unpacked with Debian's own folder
    local folder=$build/$1-$2 version
    [ ! -e "$folder" ] || return 0
    version=$(apt-cache showsrc "$1" |
        awk -v start="$2" '$1 == "Version:" && index($2, start) == 1 {print $2; exit}')
    cd $build
    # A mirror on the move may have the upstream part only; that is enough for Qwt.
    apt-get source -q --download-only "$1=$version" || true
    mkdir "$folder.new"
    tar -xf "$1_$2"*.orig.tar.* -C "$folder.new" --strip-components=1
    [ "$1" != qgis ] || tar -xf "$1_$2"*.debian.tar.* -C "$folder.new"
    mv "$folder.new" "$folder"
}

if [ ! -e /usr/local/include/qwt.h ]; then
    fetch qwt $qwt
    cd $build/qwt-$qwt
    left_out='Designer|Examples|Playground|Tests|OpenGL|Svg'
    sed -i -E "s/^( *QWT_CONFIG +\+= +Qwt($left_out))/#\1/"'
               s|^( *QWT_INSTALL_PREFIX += ).*|\1/usr/local|' qwtconfig.pri
    qmake6 "QMAKE_CXXFLAGS_RELEASE=-O0 -g0" qwt.pro
    make -j"$(nproc)" >$build/qwt.log 2>&1
    make install >>$build/qwt.log 2>&1
    ldconfig
fi

fetch qgis $qgis
for name in moc moc.h sip_build.py unity.cmake; do  # one that is the same keeps its date
    cmp -s "$tools/qt6/$name" "$build/$name" || cp "$tools/qt6/$name" $build/
done
cd $build/qgis-$qgis
if [ ! -e $build/.patched ]; then
    while read -r name; do patch -s -p1 <"debian/patches/$name"; done <debian/patches/series
    sed -i 's/^ *add_subdirectory(\(plugins\|crssync\))$//' src/CMakeLists.txt
    sed -i 's/^ *add_subdirectory(\(mssql\|mdal\))$//' src/providers/CMakeLists.txt
    sed -i 's/^set(TS_FILES .*/set(TS_FILES qgis_fr.ts)/
            s/^if (UNIX AND NOT APPLE AND PYQT_FOUND)/if (FALSE)/' i18n/CMakeLists.txt
    echo "include($build/unity.cmake)" >>CMakeLists.txt
    touch $build/.patched
fi
options=(
    -DBUILD_WITH_QT6=ON -DCMAKE_INSTALL_PREFIX=/usr -DCMAKE_BUILD_TYPE=Release
    -DCMAKE_{C,CXX}_FLAGS_RELEASE="-O0 -g0"
    -DCMAKE_{EXE,SHARED,MODULE}_LINKER_FLAGS=-fuse-ld=mold
    -DWITH_{3D,SERVER,PDAL,EPT,COPC,DRACO,QTWEBKIT,GRASS8}=OFF
    -DWITH_{CUSTOM_WIDGETS,CRASH_HANDLER,OAUTH2_PLUGIN}=OFF
    -DWITH_{STAGED_PLUGINS,QSCIAPI,APIDOC}=OFF -DENABLE_TESTS=OFF -DUSE_OPENCL=OFF -DPEDANTIC=OFF
    -DWITH_BINDINGS=ON -DBINDINGS_GLOBAL_INSTALL=ON
    -DQWT_LIBRARY=/usr/local/lib/libqwt.so -DQWT_INCLUDE_DIR=/usr/local/include
    -DCMAKE_AUTOMOC_EXECUTABLE=$build/moc -DSIP_BUILD_EXECUTABLE=$build/sip_build.py
    -DQT6_ALONE=$build/alone.txt
)
export CCACHE_DEPEND=1
touch $build/alone.txt
cmake -S . -B $build/o -G Ninja "${options[@]}" >$build/cmake.log
# Sources that clash with others of their unit get one of their own, then again.
until nice -n 19 ninja -C $build/o -k 0 >$build/ninja.log 2>&1; do
    # An error in a header is put down to the source that includes it; GCC leaves out the column
    # where a unit is long.
    clash=$(awk -v src="$PWD/src/" '
        match($0, src "[^: ]+\\.cpp:") { source = substr($0, RSTART, RLENGTH - 1) }
        /: (fatal )?error: / && source { print source }' $build/ninja.log |
        sed "s|^$PWD/||" | sort -u | grep -vxFf $build/alone.txt || true)
    [ -n "$clash" ] || { grep -aA 9 '^FAILED' $build/ninja.log; exit 1; }
    echo "$clash" >>$build/alone.txt
done
ninja -C $build/o install >$build/install.log
ldconfig
rm -rf $build ~/.cache/ccache
