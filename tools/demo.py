"""Plays the main job through the real windows of QGIS, with the training service, and keeps what it
saw.

A QGIS of its own starts on a fresh profile with the plugin's zip installed; ``demo_steps.py``
drives it by clicks and keys. Writes ``build/demo/report.json`` and one screenshot a step. Exit code
0 only when every step held. With a display QGIS stays open afterwards; without one it all happens
in Xvfb.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import package
import qgis_run

FOLDER = package.BUILD / "demo"
DOWNLOADS = FOLDER / "downloads"
REPORT = FOLDER / "report.json"
STARTED = FOLDER / "started"
START_LIMIT = 180  # seconds for QGIS to come up
LIMIT = 900  # seconds for the whole play
SCREEN = "1600x1000x24"
PLAY = "demo_play"  # the module with the steps


@contextlib.contextmanager
def display() -> Iterator[str]:
    """The person's own display, or an Xvfb that ends with us."""
    if (
        os.environ.get("DISPLAY")
        or os.environ.get("WAYLAND_DISPLAY")
        or sys.platform in ("win32", "darwin")
    ):
        yield os.environ.get("DISPLAY", "")
        return
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", SCREEN, "-nolisten", "tcp"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        try:
            yield f":{server.stdout.readline().strip()}" if server.stdout else ""
        finally:
            server.terminate()


@contextlib.contextmanager
def training_service(data: Path, arguments: list[str]) -> Iterator[str]:
    """The training service in a process of its own; gives the path of its profile file."""
    command = [
        sys.executable,
        "-m",
        "dinamis_qgis.sandbox",
        "--port",
        "0",
        "--data",
        str(data),
        *arguments,
    ]
    with (
        (FOLDER / "service.log").open("a") as log,
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=log, text=True, cwd=package.ROOT
        ) as service,
    ):
        try:
            line = service.stdout.readline() if service.stdout else ""
            if not line.startswith("{"):
                raise SystemExit(
                    f"The training service did not start: see {FOLDER / 'service.log'}"
                )
            yield json.loads(line)["profile"]
        finally:
            service.send_signal(signal.SIGTERM)


def fresh_world() -> Path:
    """A training world as it is on the first day: the imagery is made once and copied for each
    play.
    """
    seed, data = package.BUILD / "training", FOLDER / "training"
    with training_service(seed, []):
        print("The training imagery is ready.", flush=True)
    shutil.copytree(seed, data)
    return data


def play(profile: str, screen: str) -> int:
    """Runs QGIS until the steps are done (with a display: until the person closes it); its exit
    code is ours.
    """
    tools = package.ROOT / "tools"
    own = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    env = qgis_run.environment(
        FOLDER / "home",
        DISPLAY=screen,
        DINAMIS_PROFILE=profile,
        DINAMIS_DOWNLOAD_FOLDER=str(DOWNLOADS),
        DINAMIS_DEMO=json.dumps(
            {"folder": str(FOLDER), "tools": str(tools), "play": PLAY, "stay": own}
        ),
    )
    with (FOLDER / "qgis.log").open("w") as log:
        process = qgis_run.start(FOLDER / "profiles", tools / "demo_steps.py", env, log)
        try:
            wait_for(STARTED, process, START_LIMIT)
            wait_for(REPORT, process, LIMIT if STARTED.exists() else 0)
            code = summary()
            if own and REPORT.exists() and process.poll() is None:
                print("QGIS stays open; close it to end the demo.")
                process.wait()
            elif REPORT.exists():
                code = code or ended_well(process)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
    return code


def wait_for(file: Path, process: subprocess.Popen[str], seconds: float) -> None:
    """Returns when ``file`` is there, the process has ended or the time is over."""
    end = time.monotonic() + seconds
    while (
        not file.exists()
        and process.poll() is None
        and time.monotonic() < end
        and not REPORT.exists()
    ):
        time.sleep(0.2)


def ended_well(process: subprocess.Popen[str]) -> int:
    """0 when QGIS quits by itself without a crash."""
    try:
        code = process.wait(timeout=60)
    except subprocess.TimeoutExpired:
        print("QGIS does not quit")
        return 1
    if code:
        print(f"QGIS ended with code {code}: see {FOLDER / 'qgis.log'}")
    return code


def summary() -> int:
    """Prints the report; 0 when every step held."""
    if not REPORT.exists():
        print(
            f"No report from QGIS: see {FOLDER / 'qgis.log'} (a plugin that fails to load shows "
            f"a window and waits)"
        )
        return 1
    report = json.loads(REPORT.read_text("utf-8"))
    for step in report["steps"]:
        print(f"{'ok  ' if step['ok'] else 'FAIL'} {step['seconds']:6.1f} s  {step['title']}")
        if not step["ok"]:
            print(f"     {step['error']}")
    print(
        f"{REPORT.relative_to(package.ROOT)}, {len(report['steps'])} steps, longest stall "
        f"{report['longest_stall_ms']} ms"
    )
    return 0 if report["ok"] else 1


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("service", nargs="*", help="more options of the training service, after --")
    options = parser.parse_args()
    signal.signal(
        signal.SIGTERM, lambda *_: sys.exit(143)
    )  # leaves through the context managers: nothing stays behind
    shutil.rmtree(FOLDER, ignore_errors=True)
    DOWNLOADS.mkdir(parents=True)
    qgis_run.make_profile(FOLDER / "profiles", package.write(package.archive()))
    arguments = ["--auto-approve", "--days-per-second", "4", *options.service]
    with training_service(fresh_world(), arguments) as profile, display() as screen:
        return play(profile, screen)


if __name__ == "__main__":
    sys.exit(main())
