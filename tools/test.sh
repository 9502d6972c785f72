#!/usr/bin/env bash
# All tests but the version matrix: each folder in a process of its own, side by side where nothing measures what a
# window does meanwhile; the windows come last and alone. At the end: what was skipped, and why.
#   tools/test.sh [pytest arguments]        with arguments: only these, in one process
set -uo pipefail
cd "$(dirname "$0")/.."

run_pytest() {  # an own X server, and the C locale's UTF-8 so that no test hangs on the machine's language
    LC_ALL=C.UTF-8 xvfb-run -a -s "-screen 0 1600x1000x24" .venv/bin/python -m pytest "$@"
}

if [ $# -gt 0 ]; then
    run_pytest "$@"
    exit
fi

logs=build/test-logs
mkdir -p $logs
rm -f $logs/*
failed=()
jobs=()

start() {  # name, command: in the background, its output kept
    local name=$1
    shift
    "$@" >"$logs/$name.log" 2>&1 &
    jobs+=("$name:$!")
}

collect() {  # waits for what was started and shows it
    local job name
    for job in "${jobs[@]}"; do
        name=${job%%:*}
        wait "${job##*:}" || failed+=("$name")
        echo "== tests/$name"
        cat "$logs/$name.log"
    done
    jobs=()
}

trap 'kill $(jobs -p) 2>/dev/null' EXIT
qgis_after_unit() {
    run_pytest tests/unit
    local unit=$?
    run_pytest tests/qgis || unit=1
    return $unit
}
start unit+qgis qgis_after_unit
start unit39 tools/unit39.sh
start interop run_pytest tests/interop
collect
start gui run_pytest tests/gui
collect
echo "== skipped"
grep -hE '^SKIPPED|: skipped, ' $logs/*.log | sort | uniq -c | sort -rn || echo "nothing"
[ ${#failed[@]} -eq 0 ] || { echo "Failed: ${failed[*]}" >&2; exit 1; }
