"""Who is signed in to a profile: signing in and out, restoring, API keys, listeners.

Thread-safe.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Callable

from dinamis_qgis.core.account import device, keys
from dinamis_qgis.core.account.device import DeviceCode
from dinamis_qgis.core.account.keys import ApiKey, KeyPair
from dinamis_qgis.core.account.model import Account
from dinamis_qgis.core.account.proof import ProofKeeper
from dinamis_qgis.core.account.record import Record
from dinamis_qgis.core.account.shared_record import TURN_S
from dinamis_qgis.core.account.tokens import Tokens
from dinamis_qgis.core.account.vault import Vault, VaultError
from dinamis_qgis.core.errors import AuthError, Cancelled, DinamisError, NetworkError, ServiceError
from dinamis_qgis.core.net.http import Cancel, Credentials, Http
from dinamis_qgis.core.profile.model import Profile
from dinamis_qgis.core.text import tr

KEY_VARIABLES = (("DINAMIS_ACCESS_KEY", "DINAMIS_SECRET_KEY"), ("TLD_ACCESS_KEY", "TLD_SECRET_KEY"))
"""API keys for headless use: the first pair wins over the vault, the second (the public SDK's)
comes after it.
"""


class Session:
    """One profile's sign-in.

    ``listeners`` are called, from any thread, after who is signed in has changed.

    ``clock`` gives seconds of the epoch. Every method that may reach the network or the vault is
    for worker threads.
    """

    def __init__(
        self, profile: Profile, http: Http, vault: Vault, clock: Callable[[], float] = time.time
    ) -> None:
        self.profile = profile
        self.vault = vault
        self.listeners: list[Callable[[], None]] = []
        self._http, self._clock = http, clock
        self._keeper = ProofKeeper(profile, http, vault, self._changed, clock)

    @property
    def account(self) -> Account | None:
        """Who is signed in; None when nobody is.

        After an API key, or while the service does not tell, most is unknown.
        """
        return self._keeper.state.account

    @property
    def signed_in(self) -> bool:
        """True with a proof, be the service reachable or not."""
        return self._keeper.state.proof is not None

    @property
    def expired(self) -> bool:
        """True after the service ended a sign-in that the person had not ended."""
        return self._keeper.state.expired

    @property
    def unconfirmed(self) -> bool:
        """True while the service has not been reached since the sign-in came out of the vault."""
        return self._keeper.state.stale

    @property
    def unread(self) -> DinamisError | None:
        """Why the service could not be asked who is signed in; None when it was."""
        return self._keeper.state.unread

    @property
    def kept(self) -> bool:
        """False when the sign-in ends with QGIS: no vault, or one that refused."""
        return self._keeper.state.kept and self.vault.kind != "memory"

    @property
    def with_key(self) -> bool:
        """True when signed in with an API key."""
        return isinstance(self._keeper.state.proof, KeyPair)

    @property
    def credentials(self) -> Credentials:
        """Headers for the profile's origins that want them; the same object for the session's
        life.
        """
        return self._keeper

    def restore(self, cancel: Cancel, environ: Mapping[str, str] | None = None) -> Account | None:
        """Sign in silently, from the environment or the vault.

        None when there is nothing, or it is no longer valid.

        Without network the person of the vault is signed in all the same, to be confirmed later.
        Raises Cancelled, InvalidInput when the environment holds what cannot be a key.
        """
        environ = os.environ if environ is None else environ
        pair, found = _environment_key(environ, 0), None
        if pair is None:
            found = self._from_vault()
            pair = found.key if found else _environment_key(environ, 1)
        if pair is not None:
            self._keeper.adopt(key_account(pair, found.account if found else None), pair)
            return self.account
        if found is None:
            return None
        cancel.check()
        before = Tokens("", found.refresh, 0.0)
        self._keeper.adopt(found.account or Account(""), before, found.issuer, stale=True)
        try:
            self._keeper.renew_from(before)
        except (AuthError, NetworkError, ServiceError):
            return self.account
        return self.account

    def sign_in_device(
        self,
        show: Callable[[DeviceCode], None],
        cancel: Cancel,
        trouble: Callable[[DinamisError | None], None] | None = None,
    ) -> Account:
        """Sign in with a code, which ``show`` presents to the person.

        ``trouble`` hears of network failures that may pass.

        Raises AuthError (refused, expired), ServiceError, NetworkError, Cancelled.
        """
        endpoints = self._keeper.endpoints(cancel, fresh=True)
        auth = self.profile.auth
        try:
            code = device.begin(self._http, endpoints, auth, cancel)
        except ServiceError as error:
            if error.status not in (404, 405):
                raise
            endpoints = self._keeper.openid(cancel)
            code = device.begin(self._http, endpoints, auth, cancel)
        show(code)
        found = device.wait_for_person(
            self._http, endpoints, auth, code, cancel, trouble, self._clock
        )
        account, unread = Account(""), None
        try:
            account = self._keeper.learn(found, cancel)
            cancel.check()
        except (AuthError, NetworkError, ServiceError) as error:
            unread = error  # signed in all the same; asked again at the next renewal
        except Cancelled:
            self._keeper.revoke(found, Cancel())
            raise
        self._keeper.sign_in(account, found, unread=unread)
        return account

    def sign_in_key(self, access: str, secret: str, cancel: Cancel) -> Account:
        """Sign in with an API key.

        Raises InvalidInput, AuthError (not accepted), ServiceError, NetworkError, Cancelled.
        """
        pair = keys.key_pair(access, secret)
        keys.check_key(self._http, self.profile.signing, pair, cancel)
        account = key_account(pair)
        self._keeper.sign_in(account, pair)
        return account

    def reload_account(self, cancel: Cancel) -> Account | None:
        """Ask again who is signed in: the charter may be accepted, a licence given.

        Raises AuthError, ServiceError, NetworkError.
        """
        state = self._keeper.state
        if isinstance(state.proof, Tokens):
            self._keeper.renew_from(state.proof)
            proof = self._keeper.state.proof
            if isinstance(proof, Tokens):
                self._keeper.set_account(self._keeper.learn(proof, cancel), state.epoch)
        return self.account

    def sign_out(self, cancel: Cancel) -> bool:
        """Forget here at once, then tell the service; False when it could not be told.

        Raises VaultError when the vault keeps what it should forget while the service could not be
        told either.
        """
        proof, problem = self._keeper.sign_out()
        told = self._keeper.revoke(proof, cancel) if isinstance(proof, Tokens) else problem is None
        if problem is not None and not told:
            raise problem
        return told

    def api_keys(self, cancel: Cancel) -> list[ApiKey]:
        """The account's API keys. Raises AuthError, ServiceError, NetworkError, Cancelled."""
        return keys.list_keys(self._http, self.profile.signing, self.credentials, cancel)

    def create_api_key(self, description: str, cancel: Cancel) -> KeyPair:
        """A new API key; its secret is given this once. Raises as ``api_keys``."""
        return keys.create_key(
            self._http, self.profile.signing, self.credentials, description, cancel
        )

    def revoke_api_key(self, access_key: str, cancel: Cancel) -> None:
        """Make an API key worthless; signs out when it was the proof. Raises as ``api_keys``."""
        keys.revoke_key(self._http, self.profile.signing, self.credentials, access_key, cancel)
        proof = self._keeper.state.proof
        if isinstance(proof, KeyPair) and proof.access == access_key:
            _, problem = self._keeper.sign_out()
            if problem is not None:
                raise problem

    def _from_vault(self) -> Record | None:
        shared = self._keeper.shared
        with shared.turn(TURN_S):  # not while another QGIS puts in a new one
            try:
                return shared.read()
            except VaultError:
                return None  # locked or gone: the person signs in, which unlocks it

    def _changed(self) -> None:
        for listener in list(self.listeners):
            with contextlib.suppress(RuntimeError):  # a window that is gone
                listener()


def key_account(pair: KeyPair, known: Account | None = None) -> Account:
    """An API key does not tell whose it is, only that it is this one."""
    mark = hashlib.blake2b(pair.access.encode(), digest_size=4, person=b"dinamis-key").hexdigest()
    return replace(known or Account(username="", name=tr("API key")), key_mark=mark)


def _environment_key(environ: Mapping[str, str], index: int) -> KeyPair | None:
    access, secret = (environ.get(name, "").strip() for name in KEY_VARIABLES[index])
    return keys.key_pair(access, secret) if access and secret else None
