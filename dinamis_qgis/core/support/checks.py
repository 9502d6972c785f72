"""What can be wrong with an installation, looked at one by one; each answer has its remedy."""

from __future__ import annotations

import importlib.metadata
import secrets
import shutil
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from dinamis_qgis.core.account.model import Account
from dinamis_qgis.core.account.vault import Vault
from dinamis_qgis.core.errors import Cancelled, DinamisError
from dinamis_qgis.core.net.cancel import Cancel
from dinamis_qgis.core.net.http import Http
from dinamis_qgis.core.profile.model import Profile
from dinamis_qgis.core.rasters import quiet_gdal
from dinamis_qgis.core.text import tr

LIBRARIES = ("requests", "shapely", "pystac", "pystac-client", "keyring", "numpy", "pyproj")
CLOCK_WARN_S, CLOCK_FAIL_S = 60, 240
"""Signatures of the storage are refused when the clocks differ by five minutes."""
LITTLE_ROOM = 2_000_000_000
"""Bytes free: less is not enough for a scene."""
SLOW_S = 3.0


class CheckVerdict(Enum):
    """How a check ended; ``UNKNOWN``: it could not be made, and says why."""

    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class CheckResult:
    """One line: ``said`` is what was found, ``remedy`` what to do (both for people, without a name,
    a key or an address of a proxy); ``code`` for machines.
    """

    id: str
    title: str
    verdict: CheckVerdict
    said: str = ""
    remedy: str = ""
    code: str = ""

    def as_json(self) -> dict[str, str]:
        """For a report."""
        return {**asdict(self), "verdict": self.verdict.value}


@dataclass(frozen=True)
class Installation:
    """What the checks look at, gathered on the GUI thread.

    ``versions`` by name, ``folders`` by what they are for, ``proxy`` its kind (empty: none).
    """

    versions: Mapping[str, str]
    http: Http
    folders: Mapping[str, Path] = field(default_factory=dict)
    profile: Profile | None = None
    account: Account | None = None
    expired: bool = False
    vault: Vault | None = None
    proxy: str = ""
    cache_mb: int = 0


def check_installation(found: Installation, cancel: Cancel) -> Iterator[CheckResult]:
    """Every check, as it ends; what goes wrong in one is its line. Raises Cancelled."""
    makers = (
        _check_versions,
        _check_libraries,
        _check_vault,
        _check_folders,
        _check_loopback,
        _check_proxy,
        _check_hosts,
        _check_account,
    )
    for make in makers:
        cancel.check()
        try:
            yield from make(found, cancel)
        except Cancelled:
            raise
        except Exception as error:  # noqa: BLE001 - one check must not end the others
            name = make.__name__.replace("_check_", "")
            said = tr("This could not be checked.")
            yield CheckResult(name, name, CheckVerdict.UNKNOWN, said, code=type(error).__name__)


def _check_versions(found: Installation, cancel: Cancel) -> Iterator[CheckResult]:
    text = ", ".join(f"{name} {version}" for name, version in found.versions.items())
    yield CheckResult("versions", tr("Versions"), CheckVerdict.GOOD, text)


def _check_libraries(found: Installation, cancel: Cancel) -> Iterator[CheckResult]:
    missing = []
    for name in LIBRARIES:
        try:
            importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            missing.append(name)
    title = tr("Libraries")
    if missing:
        said = tr("Missing: {names}").format(names=", ".join(missing))
        remedy = tr("Install the plugin again from its zip; if it lasts, write to your relay.")
        yield CheckResult("libraries", title, CheckVerdict.BAD, said, remedy, "missing")
    else:
        yield CheckResult("libraries", title, CheckVerdict.GOOD, tr("All there"))


def _check_vault(found: Installation, cancel: Cancel) -> Iterator[CheckResult]:
    """Written, read back, deleted: a keyring that only says it is there does not count."""
    title = tr("Keyring")
    if found.vault is None or found.vault.kind == "memory":
        said = tr("None: the sign-in lasts until QGIS closes.")
        remedy = tr("Set a master password in QGIS's authentication options, or install a keyring.")
        yield CheckResult("vault", title, CheckVerdict.WARNING, said, remedy, "memory")
        return
    name, value = f"check-{secrets.token_hex(4)}", secrets.token_hex(8)
    try:
        found.vault.set(name, value)
        read = found.vault.get(name)
        found.vault.delete(name)
        left = found.vault.get(name)
    except DinamisError as error:
        yield CheckResult("vault", title, CheckVerdict.BAD, error.message, error.remedy, error.code)
        return
    if read == value and left is None:
        yield CheckResult("vault", title, CheckVerdict.GOOD, tr("Writes, reads back and deletes"))
    else:
        said = tr("What was written does not come back.")
        remedy = tr("Unlock the keyring of your session, then check again.")
        yield CheckResult("vault", title, CheckVerdict.BAD, said, remedy, "vault")


def _check_folders(found: Installation, cancel: Cancel) -> Iterator[CheckResult]:
    for purpose, folder in found.folders.items():
        title = tr("Disk: {purpose}").format(purpose=purpose)
        probe = folder / f".dinamis-{secrets.token_hex(4)}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            probe.write_bytes(b"x")
            probe.unlink()
            free = shutil.disk_usage(folder).free
        except OSError as error:
            said = tr("This folder cannot be written to.")
            remedy = tr("Choose another folder in the options.")
            code = f"errno-{error.errno}"
            yield CheckResult("disk", title, CheckVerdict.BAD, said, remedy, code)
            continue
        said = tr("{free} GB free").format(free=round(free / 1e9, 1))
        if free < LITTLE_ROOM:
            remedy = tr("Free some space: a scene takes one to four gigabytes.")
            yield CheckResult("disk", title, CheckVerdict.WARNING, said, remedy, "room")
        else:
            yield CheckResult("disk", title, CheckVerdict.GOOD, said)


def _check_loopback(found: Installation, cancel: Cancel) -> Iterator[CheckResult]:
    """GDAL reads streamed images from this computer: a proxy or a guard in between breaks that."""
    title = tr("Streaming on this computer")
    with _served_image() as address, quiet_gdal() as gdal:
        image = None
        try:
            image = gdal.Open(f"/vsicurl/{address}")
            good = image is not None and image.RasterXSize == 1
        except RuntimeError:  # GDAL with exceptions on
            good = False
        finally:
            image = None
            gdal.VSICurlPartialClearCache(f"/vsicurl/{address}")
    if good:
        yield CheckResult("loopback", title, CheckVerdict.GOOD, tr("GDAL reads by ranges"))
    else:
        said = tr("GDAL cannot read from 127.0.0.1.")
        remedy = tr("Exclude 127.0.0.1 from the proxy, and from what your antivirus filters.")
        yield CheckResult("loopback", title, CheckVerdict.BAD, said, remedy, "loopback")


@contextmanager
def _served_image() -> Iterator[str]:
    """A GeoTIFF of one pixel on a loopback port, by ranges."""
    from osgeo import gdal

    name = f"/vsimem/check-{secrets.token_hex(4)}.tif"
    made = gdal.GetDriverByName("GTiff").Create(name, 1, 1)
    made = None  # noqa: F841 (closes the file)
    size = gdal.VSIStatL(name).size
    file = gdal.VSIFOpenL(name, "rb")
    data = bytes(gdal.VSIFReadL(1, size, file))
    gdal.VSIFCloseL(file)
    gdal.Unlink(name)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer(body=True)

        def do_HEAD(self) -> None:
            self._answer(body=False)

        def _answer(self, body: bool) -> None:
            first, _, last = self.headers.get("Range", "").replace("bytes=", "").partition("-")
            start = int(first) if first.isdigit() else 0
            end = min(int(last), len(data) - 1) if last.isdigit() else len(data) - 1
            ranged = bool(first)
            self.send_response(206 if ranged else 200)
            self.send_header("Content-Length", str(end - start + 1))
            self.send_header("Accept-Ranges", "bytes")
            if ranged:
                self.send_header("Content-Range", f"bytes {start}-{end}/{len(data)}")
            self.end_headers()
            if body:
                self.wfile.write(data[start : end + 1])

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/check.tif"
    finally:
        server.shutdown()
        server.server_close()


def _check_proxy(found: Installation, cancel: Cancel) -> Iterator[CheckResult]:
    said = tr("None") if not found.proxy else found.proxy
    yield CheckResult("proxy", tr("Proxy in QGIS's options"), CheckVerdict.GOOD, said)


def _check_hosts(found: Installation, cancel: Cancel) -> Iterator[CheckResult]:
    """Each service of the profile once; the clock is that of the first that answers."""
    if found.profile is None:
        said = tr("No service is open.")
        remedy = tr("Open the DINAMIS panel, then check again.")
        yield CheckResult("hosts", tr("Services"), CheckVerdict.UNKNOWN, said, remedy, "no-profile")
        return
    away: float | None = None
    for title, url in service_addresses(found.profile):
        cancel.check()
        result, seconds = _check_host(title, url, found.http, cancel)
        yield result
        away = seconds if away is None else away
    yield _check_clock(away)


def service_addresses(profile: Profile) -> list[tuple[str, str]]:
    """(name, address) of what a profile talks to, each host once."""
    wanted = [(c.title, c.url) for c in profile.catalogues]
    wanted += [(tr("Sign-in"), profile.auth.discovery), (tr("Signing"), profile.signing.url)]
    wanted += [(tr("Requests"), profile.tasking.url)]
    wanted += [(source.title, source.url) for source in profile.elevation[:1]]
    found: dict[str, tuple[str, str]] = {}
    for title, url in wanted:
        if url:
            found.setdefault("/".join(url.split("/", 3)[:3]), (title, url))
    return list(found.values())


def _check_host(
    title: str, url: str, http: Http, cancel: Cancel
) -> tuple[CheckResult, float | None]:
    """Any answer is one; and how far the clocks are apart (seconds; None without a date)."""
    name = tr("Service: {title}").format(title=title)
    begun = time.monotonic()
    anything = tuple(range(400, 600))
    try:
        with http.request("GET", url, cancel=cancel, stream=True, expected=anything,
                          idempotent=False) as answer:  # fmt: skip
            took, date = time.monotonic() - begun, answer.headers.get("date", "")
            status = answer.status_code
    except Cancelled:
        raise
    except DinamisError as error:
        failed = CheckResult(
            "host", name, CheckVerdict.BAD, error.message, error.remedy, error.code
        )
        return failed, None
    said = tr("answers in {seconds} s").format(seconds=f"{took:.1f}")
    away = _seconds_away(date)
    if status == 407 or status >= 500:
        remedy = tr("Try again later; if it lasts, tell your relay.")
        text = tr("answers with error {status}").format(status=status)
        return CheckResult("host", name, CheckVerdict.WARNING, text, remedy, str(status)), away
    if took > SLOW_S:
        remedy = tr("The line or the proxy is slow: download rather than stream.")
        return CheckResult("host", name, CheckVerdict.WARNING, said, remedy, "slow"), away
    return CheckResult("host", name, CheckVerdict.GOOD, said), away


def _seconds_away(date: str) -> float | None:
    try:
        there = parsedate_to_datetime(date)
        return (datetime.now(timezone.utc) - there).total_seconds()
    except (TypeError, ValueError):
        return None


def _check_clock(away: float | None) -> CheckResult:
    title = tr("Clock of this computer")
    if away is None:
        said = tr("No service told its time.")
        return CheckResult("clock", title, CheckVerdict.UNKNOWN, said, code="no-date")
    said = tr("{seconds} s away from the services'").format(seconds=round(abs(away)))
    remedy = tr("Set the clock: signatures are refused when it is wrong.")
    if abs(away) > CLOCK_FAIL_S:
        return CheckResult("clock", title, CheckVerdict.BAD, said, remedy, "clock")
    if abs(away) > CLOCK_WARN_S:
        return CheckResult("clock", title, CheckVerdict.WARNING, said, remedy, "clock")
    return CheckResult("clock", title, CheckVerdict.GOOD, said)


def _check_account(found: Installation, cancel: Cancel) -> Iterator[CheckResult]:
    title, account = tr("Sign-in"), found.account
    if account is None:
        remedy = tr("Sign in from the DINAMIS panel.")
        said = tr("It has ended.") if found.expired else tr("Nobody is signed in.")
        yield CheckResult("account", title, CheckVerdict.WARNING, said, remedy, "signed-out")
        return
    if found.expired:
        remedy = tr("Sign in again.")
        yield CheckResult(
            "account", title, CheckVerdict.BAD, tr("It has ended."), remedy, "expired"
        )
    else:
        yield CheckResult("account", title, CheckVerdict.GOOD, tr("Signed in"))
    held = account.licences
    if account.charter_pending:
        remedy = tr("Ask your relay: until then images cannot be opened.")
        said = tr("The charter is not accepted yet.")
        yield CheckResult("charter", tr("Charter"), CheckVerdict.BAD, said, remedy, "charter")
    if held is None:
        said = tr("The service does not say which.")
        yield CheckResult("licences", tr("Licences"), CheckVerdict.UNKNOWN, said, code="unknown")
    elif held:
        said = ", ".join(sorted(held))
        yield CheckResult("licences", tr("Licences"), CheckVerdict.GOOD, said)
    else:
        remedy = tr("Ask your relay for the licences your work needs.")
        yield CheckResult(
            "licences", tr("Licences"), CheckVerdict.WARNING, tr("None"), remedy, "none"
        )


def likely_cause(results: Sequence[CheckResult]) -> CheckResult | None:
    """What to look at first: what other failures come from; None when nothing is wrong."""
    wrong = [r for r in results if r.verdict is CheckVerdict.BAD]
    wrong = wrong or [r for r in results if r.verdict is CheckVerdict.WARNING]
    order = ("libraries", "disk", "loopback", "proxy", "host", "clock", "account", "charter")
    ranks: dict[str, int] = {name: rank for rank, name in enumerate(order)}
    return min(wrong, key=lambda r: ranks.get(r.id, len(order)), default=None)


def results_text(results: Sequence[CheckResult]) -> list[str]:
    """One line each, for a message."""
    verdicts = (CheckVerdict.GOOD, CheckVerdict.WARNING, CheckVerdict.BAD, CheckVerdict.UNKNOWN)
    marks = dict(zip(verdicts, "✓!✗?"))
    return [
        f"{marks[r.verdict]} {r.title}: {r.said}" + (f" → {r.remedy}" if r.remedy else "")
        for r in results
    ]
