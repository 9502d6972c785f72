"""The vault on real keyrings: gnome-keyring over a bus of its own, and everything that must be
refused.

Each case runs in a Python of its own, under ``dbus-run-session`` where it needs a bus: the real
backends, nothing replaced.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.support.rotating import running_rotating_service

ROOT = Path(__file__).resolve().parents[2]
BUS = shutil.which("dbus-run-session")
DAEMON = shutil.which("gnome-keyring-daemon")
SYSTEM_PYTHON = "/usr/bin/python3"
needs_gnome = pytest.mark.skipif(
    not (BUS and DAEMON), reason="needs dbus-run-session and gnome-keyring-daemon"
)

PRELUDE = """
import sys
from dinamis_qgis.core.account.vault import KeyringVault, VaultError, usable_backend
def fails(work):
    try:
        work()
    except VaultError as error:
        return error.code
    raise SystemExit("no error")
"""


def pythons() -> list[str]:
    """The tests' Python, with the pinned keyring, and the system's own with the distribution's,
    where it differs.
    """
    found = [sys.executable]
    probe = [SYSTEM_PYTHON, "-c", "import keyring, secretstorage, requests"]
    if (
        Path(SYSTEM_PYTHON).exists()
        and subprocess.run(probe, capture_output=True, check=False).returncode == 0
    ):
        found.append(SYSTEM_PYTHON)
    return found


@pytest.fixture(params=pythons(), ids=lambda path: "system" if path == SYSTEM_PYTHON else "pinned")
def python(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "run").mkdir(mode=0o700)
    return tmp_path


def environment(home: Path, **more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k in ("PATH", "LANG", "LC_ALL", "TMPDIR")}
    places = {
        "HOME": home,
        "XDG_DATA_HOME": home / "data",
        "XDG_CONFIG_HOME": home / "config",
        "XDG_RUNTIME_DIR": home / "run",
    }
    return {**kept, **{k: str(v) for k, v in places.items()}, "PYTHONPATH": str(ROOT), **more}


def run(
    python: str, home: Path, code: str, bus: bool = False, before: str = "", **more: str
) -> subprocess.CompletedProcess[str]:
    script = home / "case.py"
    script.write_text(PRELUDE + textwrap.dedent(code), "utf-8")
    command = [python, str(script)]
    if bus:
        shell = f'{before}\n"$@"\nstatus=$?\n[ -z "$daemon" ] || kill $daemon\nexit $status'
        command = [str(BUS), "--", "bash", "-c", shell, "bash", *command]
    done = subprocess.run(
        command,
        env=environment(home, **more),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


UNLOCKED = (
    'printf "tests" | gnome-keyring-daemon --foreground --components=secrets --unlock '
    ">/dev/null 2>&1 & daemon=$!\nsleep 1"
)


@needs_gnome
def test_gnome_keyring_keeps_and_forgets(python: str, home: Path) -> None:
    code = """
        vault = KeyringVault()
        long = "".join(chr(33 + i % 90) for i in range(5000)) + "é€"
        assert vault.kind == "keyring" and vault.get("essai") is None
        vault.set("essai", "short")
        assert vault.get("essai") == "short"
        vault.set("essai", long)
        assert KeyringVault().get("essai") == long
        vault.set("essai", long[::-1])
        assert vault.get("essai") == long[::-1]
        vault.set("autre", "other")
        vault.delete("essai")
        assert vault.get("essai") is None and vault.get("autre") == "other"
        vault.delete("essai")
        import secretstorage
        bus = secretstorage.dbus_init()
        left = [item.get_label() for item in secretstorage.Collection(bus).get_all_items()]
        assert len(left) == 1, left
        vault.delete("autre")
        """
    run(python, home, code, bus=True, before=UNLOCKED)


@needs_gnome
def test_it_survives_the_daemon(python: str, home: Path) -> None:
    """What one session kept, the next one finds, encrypted on disk meanwhile."""
    run(
        python,
        home,
        'KeyringVault().set("essai", "a-secret-to-look-for")',
        bus=True,
        before=UNLOCKED,
    )
    files = [path for path in (home / "data").rglob("*") if path.is_file()]
    assert files and not any(b"a-secret-to-look-for" in path.read_bytes() for path in files)
    run(
        python,
        home,
        'assert KeyringVault().get("essai") == "a-secret-to-look-for"',
        bus=True,
        before=UNLOCKED,
    )


@needs_gnome
def test_locked_says_so_and_asks_nobody(python: str, home: Path) -> None:
    code = """
        vault = KeyringVault(write_s=20)
        vault.set("essai", "x")
        import secretstorage
        bus = secretstorage.dbus_init()
        collection = secretstorage.Collection(bus)
        collection.lock()
        assert fails(lambda: vault.get("essai")) == "vault-locked"
        assert collection.is_locked()
        # Without a window to ask in, unlocking fails: told, not hung.
        print(fails(lambda: vault.set("essai", "y")))
        """
    done = run(python, home, code, bus=True, before=UNLOCKED)
    assert done.stdout.strip() in ("vault-locked", "vault"), done.stdout


@needs_gnome
def test_without_a_collection_nobody_is_asked_to_make_one(python: str, home: Path) -> None:
    before = (
        "gnome-keyring-daemon --foreground --components=secrets >/dev/null 2>&1 & "
        "daemon=$!\nsleep 1"
    )
    run(
        python,
        home,
        'assert fails(lambda: KeyringVault().get("essai")) == "vault-locked"',
        bus=True,
        before=before,
    )


@needs_gnome
def test_a_session_lives_in_it(python: str, home: Path) -> None:
    """Signed in, refreshed, restored and signed out, with the real keyring below."""
    code = """
        from dinamis_qgis.core.account.session import Session
        from dinamis_qgis.core.net.http import Cancel
        from tests.support.realm import Clock, NoWait, client, running_realm
        clock = Clock()
        with running_realm() as realm:
            session = Session(realm.profile(), client(), KeyringVault(), clock)
            session.sign_in_device(lambda code: None, NoWait())
            assert session.kept
            clock.now += 1000
            assert session.credentials.headers_for(session.profile.signing.url)
            again = Session(realm.profile(), client(), KeyringVault(), clock)
            assert again.restore(Cancel(), {}).username == "technicien"
            again.sign_out(Cancel())
            assert Session(realm.profile(), client(), KeyringVault(), clock).restore(Cancel(), {}) is None
        """
    run(python, home, code, bus=True, before=UNLOCKED)


@needs_gnome
def test_secrets_are_in_no_log(python: str, home: Path) -> None:
    code = """
        import logging
        logging.basicConfig(level=1, stream=sys.stdout)
        vault = KeyringVault()
        for name in list(logging.root.manager.loggerDict):
            logging.getLogger(name).setLevel(1)
        vault.set("essai", "s3cret-to-find")
        assert vault.get("essai") == "s3cret-to-find"
        vault.delete("essai")
        print("done")
        """
    done = run(python, home, code, bus=True, before=UNLOCKED)
    assert "done" in done.stdout and "s3cret-to-find" not in done.stdout + done.stderr


def test_no_bus_no_keyring(python: str, home: Path) -> None:
    run(
        python,
        home,
        'assert fails(KeyringVault) == "vault-missing"',
        DBUS_SESSION_BUS_ADDRESS="disabled:",
    )


@needs_gnome
def test_a_bus_without_a_keyring(python: str, home: Path) -> None:
    """The bus may start a keyring by itself; then the case is that of a missing collection."""
    services = home / "empty"
    services.mkdir()
    code = """
        try:
            vault = KeyringVault()
        except VaultError as error:
            assert error.code == "vault-missing"
        else:
            assert fails(lambda: vault.get("essai")) == "vault-locked"
        """
    run(python, home, code, bus=True, XDG_DATA_DIRS=str(services))


ALT = """
    # As the package keyrings.alt: a file nobody encrypts.
    import sys, types
    from keyring.backend import KeyringBackend
    package, module = types.ModuleType("keyrings"), types.ModuleType("keyrings.alt.file")
    class PlaintextKeyring(KeyringBackend):
        priority = 9
        def get_password(self, service, username): raise SystemExit("asked")
        def set_password(self, service, username, password): raise SystemExit("asked")
    PlaintextKeyring.__module__ = "keyrings.alt.file"
    module.PlaintextKeyring = PlaintextKeyring
    package.__path__ = []
    sys.modules.update({"keyrings": package, "keyrings.alt": types.ModuleType("keyrings.alt"), "keyrings.alt.file": module})
    import keyring
    """


def test_plain_text_is_refused(python: str, home: Path) -> None:
    code = """
        keyring.set_keyring(PlaintextKeyring())
        assert fails(KeyringVault) == "vault-missing"
        """
    run(
        python,
        home,
        textwrap.dedent(ALT) + textwrap.dedent(code),
        DBUS_SESSION_BUS_ADDRESS="disabled:",
    )


def test_plain_text_alone_in_the_chain_is_refused(python: str, home: Path) -> None:
    code = """
        assert fails(KeyringVault) == "vault-missing"
        from keyring.backends import chainer
        keyring.set_keyring(chainer.ChainerBackend())
        assert fails(KeyringVault) == "vault-missing"
        """
    run(
        python,
        home,
        textwrap.dedent(ALT) + textwrap.dedent(code),
        DBUS_SESSION_BUS_ADDRESS="disabled:",
    )


@needs_gnome
def test_beside_plain_text_the_real_one_is_taken(python: str, home: Path) -> None:
    code = """
        assert type(keyring.get_keyring()).__name__ in ("ChainerBackend", "PlaintextKeyring")
        from keyring.backends import chainer
        keyring.set_keyring(chainer.ChainerBackend())
        vault = KeyringVault()
        vault.set("essai", "x")
        assert vault.get("essai") == "x"
        assert type(usable_backend()).__module__ == "keyring.backends.SecretService"
        """
    run(python, home, textwrap.dedent(ALT) + textwrap.dedent(code), bus=True, before=UNLOCKED)


@pytest.mark.parametrize(
    "name",
    [
        "keyring.backends.null.Keyring",
        "keyring.backends.fail.Keyring",
        "keyring.backends.nosuch.Keyring",
    ],
)
def test_the_persons_own_choice_of_none_is_respected(python: str, home: Path, name: str) -> None:
    run(
        python,
        home,
        'assert fails(KeyringVault) in ("vault-missing", "vault")',
        PYTHON_KEYRING_BACKEND=name,
    )


TWO_WINDOWS = """
    import multiprocessing, os, sys
    from dinamis_qgis.core.account import record
    from dinamis_qgis.core.account.model import Account
    from dinamis_qgis.core.account.record import Record
    from dinamis_qgis.core.account.session import Session
    from dinamis_qgis.core.account.vault import KeyringVault
    from dinamis_qgis.core.net.http import Cancel, Http, origin
    from tests.support.realm import Clock
    from tests.support.rotating import profile

    ROUNDS, EVERY = 100, 25

    def window(number, gate, said):
        ours, clock, session = profile(os.environ["SERVICE"]), Clock(), None
        http = Http("tests", timeout=(5.0, 20.0))
        url = ours.signing.url + "sign_urls"
        for turn in range(ROUNDS):
            gate.wait(60)
            if turn % EVERY == 0:  # both start up
                session = Session(ours, http, KeyringVault(), clock)
                who = session.restore(Cancel(), {})
                assert who is not None and who.username == "technicien", f"{number}: nobody, {turn}"
            clock.now += 1000
            header = session.credentials.headers_for(url)
            assert header["authorization"].startswith("Bearer access-"), f"{number}: {turn}"
            assert session.kept and not session.expired
        said.put(number)

    if __name__ == "__main__":
        ours = profile(os.environ["SERVICE"])
        first = Record(os.environ["REFRESH"], origin(ours.auth.discovery), account=Account("technicien"))
        KeyringVault().set("essai", record.write_record(first, ours))
        spawn = multiprocessing.get_context("spawn")
        gate, said = spawn.Barrier(2), spawn.Queue()
        windows = [spawn.Process(target=window, args=(n, gate, said)) for n in (1, 2)]
        for one in windows:
            one.start()
        for one in windows:
            one.join()
        assert [one.exitcode for one in windows] == [0, 0]
        assert {said.get(timeout=10), said.get(timeout=10)} == {1, 2}
    """


@needs_gnome
def test_two_qgis_renew_a_hundred_times(home: Path) -> None:
    """Two windows of one person, started together four times, renewing together a hundred times,
    with refresh tokens that are worth something once.
    """
    with running_rotating_service() as service:
        refresh = service.sign_in()["refresh_token"]
        run(
            sys.executable,
            home,
            TWO_WINDOWS,
            bus=True,
            before=UNLOCKED,
            SERVICE=service.root,
            REFRESH=refresh,
        )
        assert service.reused == 0 and len(service.families) == 1
        assert service.renewals == 2 * (100 + 4)
