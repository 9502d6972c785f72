"""The proof of who is signed in, and its renewal: once for all threads, stored before use, bound to
its origins.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Callable, Union

from dinamis_qgis.core.account import endpoints as places
from dinamis_qgis.core.account import record, tokens
from dinamis_qgis.core.account.endpoints import Endpoints
from dinamis_qgis.core.account.keys import KeyPair
from dinamis_qgis.core.account.model import Account, account_from_userinfo
from dinamis_qgis.core.account.record import Record
from dinamis_qgis.core.account.tokens import OAuthError, Tokens
from dinamis_qgis.core.account.vault import Vault, VaultError
from dinamis_qgis.core.errors import AuthError, DinamisError, NetworkError, ServiceError
from dinamis_qgis.core.net.http import Cancel, Http, origin
from dinamis_qgis.core.profile.model import Profile
from dinamis_qgis.core.text import tr

log = logging.getLogger(__name__)
Proof = Union[Tokens, KeyPair]
PATIENCE_S = 90.0
"""How long a thread waits for another one's renewal."""
REST_S = 10.0
"""After a renewal ahead of time has failed, the next one is tried this much later."""


@dataclass(frozen=True)
class State:
    """One moment of the session.

    ``epoch`` grows with every sign-in and sign-out; ``issuer`` is the origin that gave the tokens.

    ``stale`` says that ``account`` comes from the vault or is unknown, ``kept`` that the vault
    holds ``proof``.
    """

    account: Account | None = None
    proof: Proof | None = None
    issuer: str = ""
    epoch: int = 0
    expired: bool = False
    stale: bool = False
    kept: bool = True


@dataclass
class _Flight:
    """A renewal under way, which every thread that needs one waits for."""

    done: threading.Event = field(default_factory=threading.Event)
    error: DinamisError | None = None


class ProofKeeper:
    """The session's credentials (see ``core.net.http.Credentials``).

    ``changed`` is called when the account changes, not the token.
    """

    def __init__(
        self,
        profile: Profile,
        http: Http,
        vault: Vault,
        changed: Callable[[], None],
        clock: Callable[[], float],
    ) -> None:
        self._profile, self._http, self._vault = profile, http, vault
        self._changed, self._clock = changed, clock
        self._state = State()
        self._endpoints: Endpoints | None = None
        self._flight: _Flight | None = None
        self._rest_until = 0.0
        self._lock = threading.Lock()
        self._vault_lock = threading.Lock()  # taken before _lock, never after
        urls = [profile.signing.url, profile.tasking.url]
        urls += [profile.administration.url, profile.administration.activity]
        urls += [catalogue.url for catalogue in profile.catalogues if catalogue.signed_in]
        self._origins = frozenset(origin(url) for url in urls if url)

    @property
    def state(self) -> State:
        """What holds now."""
        return self._state

    @property
    def expired(self) -> bool:
        """Whether somebody was signed in here until the service wanted to hear no more of it."""
        return self._state.expired

    def headers_for(self, url: str) -> Mapping[str, str]:
        """Headers for the profile's own origins, nothing for any other.

        Renews first when it is time.

        Raises AuthError when the sign-in is over; NetworkError, ServiceError when it cannot be
        renewed and is of no more use.
        """
        proof = self._state.proof
        if proof is None or not self._belongs(url):
            return {}
        if isinstance(proof, KeyPair):
            return proof.headers
        now = self._clock()
        if proof.is_over(now) or (proof.is_due(now) and now >= self._rest_until):
            try:
                self.renew_from(proof)
            except (NetworkError, ServiceError):
                self._rest_until = now + REST_S
                if proof.is_over(self._clock()):
                    raise
        proof = self._state.proof
        return proof.headers if proof else {}

    def renew(self, used: Mapping[str, str]) -> bool:
        """After a 401: True when there are other headers to try, renewed here or by another thread.

        Raises as ``headers_for``.
        """
        proof = self._state.proof
        if not isinstance(proof, Tokens):
            return False
        if used.get("authorization") == proof.headers["authorization"]:
            self.renew_from(proof)
        return self._state.proof is not None

    def renew_from(self, old: Tokens) -> None:
        """Renew unless ``old`` has been replaced meanwhile; threads that ask together share one
        renewal and its outcome.
        """
        with self._lock:
            if self._state.proof is not old:
                return
            flight, mine = self._flight, self._flight is None
            if flight is None:
                flight = self._flight = _Flight()
            state = self._state
        if not mine:
            if not flight.done.wait(PATIENCE_S):
                raise NetworkError(
                    tr("The sign-in service takes too long to answer."),
                    tr("Try again later."),
                    code="timeout",
                )
            if flight.error:
                raise flight.error
            return
        try:
            self._renew(old, state)
        except DinamisError as error:
            flight.error = error
            raise
        finally:
            with self._lock:
                self._flight = None
            flight.done.set()

    def endpoints(self, cancel: Cancel, *, fresh: bool = False) -> Endpoints:
        """Where to sign in, asked once per session. Raises ServiceError, NetworkError, Cancelled."""
        found = None if fresh else self._endpoints
        if found is None:
            found = self._endpoints = places.discover(self._profile.auth, self._http, cancel)
        return found

    def adopt(
        self,
        account: Account,
        proof: Proof,
        issuer: str = "",
        *,
        stale: bool = False,
        kept: bool = True,
    ) -> None:
        """From now on this is who is signed in; the vault is left as it is."""
        with self._lock:
            self._state = State(
                account, proof, issuer, self._state.epoch + 1, stale=stale, kept=kept
            )
        self._changed()

    def sign_in(self, account: Account, proof: Proof, *, stale: bool = False) -> None:
        """As ``adopt``, kept in the vault (the system may ask to unlock it); a sign-in before it is
        revoked.
        """
        before = self._state.proof
        issuer = self._endpoints.base if isinstance(proof, Tokens) and self._endpoints else ""
        self.adopt(account, proof, origin(issuer) if issuer else "", stale=stale, kept=False)
        state = self._state
        with self._vault_lock:
            if self._state.epoch == state.epoch:
                self._mark_kept(state.epoch, self._store(self._record(state), ask=True))
        self._changed()
        if (
            isinstance(before, Tokens)
            and isinstance(proof, Tokens)
            and before.refresh != proof.refresh
        ):
            self.revoke(before, Cancel())

    def sign_out(self, *, expired: bool = False) -> Proof | None:
        """Forget, here and in the vault; gives what was forgotten.

        Raises VaultError when the vault keeps it.
        """
        with self._lock:
            proof = self._state.proof
            self._state = State(epoch=self._state.epoch + 1, expired=expired)
        self._changed()
        with self._vault_lock:
            if self._state.proof is None:  # nobody has signed in meanwhile
                if expired:
                    self._vault.get(
                        self._profile.id
                    )  # locked: raises rather than ask; the service ended it, nothing is at risk
                self._vault.delete(self._profile.id)
        return proof

    def revoke(self, old: Tokens, cancel: Cancel) -> bool:
        """Tell the service that ``old`` is no longer used; False when it could not be told."""
        if not old.refresh:
            return True
        try:
            tokens.revoke(
                self._http,
                self.endpoints(cancel),
                self._profile.auth.client_id,
                old.refresh,
                cancel,
            )
        except DinamisError as error:
            log.info("not revoked: %s", error.code)
            return False
        return True

    def learn(self, proof: Tokens, cancel: Cancel) -> Account:
        """Ask the service whose ``proof`` is.

        Raises AuthError, ServiceError, NetworkError, Cancelled.
        """
        body = self._http.json(
            "GET", self.endpoints(cancel).userinfo, headers=proof.headers, cancel=cancel
        )
        if not isinstance(body, Mapping):
            raise tokens.garbage("userinfo is not an object")
        return account_from_userinfo(body)

    def set_account(self, account: Account, epoch: int) -> None:
        """The service has told who it is: kept, and told when new or not certain before; ignored
        when somebody else is signed in.
        """
        with self._lock:
            if self._state.epoch != epoch:
                return
            differs, confirmed = self._state.account != account, self._state.stale
            self._state = replace(self._state, account=account, stale=False)
        if differs:
            with self._vault_lock:
                if self._state.epoch == epoch:
                    self._store(self._record(self._state), ask=False)
        if differs or confirmed:
            self._changed()

    # ----------------------------------------------------------------------------------------------------------------

    def _belongs(self, url: str) -> bool:
        try:
            return origin(url) in self._origins
        except ValueError:
            return False

    def _renew(self, old: Tokens, state: State) -> None:
        cancel = Cancel()
        endpoints = self.endpoints(cancel)
        if not old.refresh or self._moved(endpoints, state):
            raise self._ended(state)
        refresh = self._latest(old, state)
        try:
            new = tokens.renew(
                self._http, endpoints, self._profile.auth.client_id, refresh, self._clock(), cancel
            )
        except OAuthError as error:
            if error.error != "invalid_grant":
                raise
            raise self._ended(state) from None
        with self._vault_lock:
            after = replace(state, proof=new, issuer=origin(endpoints.base))
            current = self._state.epoch == state.epoch
            if current:
                # Before the new token is used: the old refresh token may be worth nothing any more.
                kept = self._store(self._record(after), ask=False)
                with self._lock:
                    current = self._state.epoch == state.epoch
                    if current:
                        self._state = replace(
                            self._state, proof=new, issuer=after.issuer, kept=kept
                        )
        if not current:
            self.revoke(new, cancel)  # signed out, or in as somebody else, while this was under way
        elif state.stale:
            self._learn_quietly(new, state.epoch)

    def _moved(self, endpoints: Endpoints, state: State) -> bool:
        """True when the service names another server than the one that gave the refresh token: it
        must not get it.
        """
        return (
            bool(state.issuer)
            and not self._profile.training
            and origin(endpoints.base) != state.issuer
        )

    def _latest(self, old: Tokens, state: State) -> str:
        """The refresh token to use: another QGIS of the same person may have put a newer one in the
        vault.
        """
        if not state.kept:
            return old.refresh  # what the vault has, if anything, is older
        try:
            found = record.read(self._vault.get(self._profile.id), self._profile)
        except VaultError:
            return old.refresh
        if found is None or not found.refresh or found.issuer != state.issuer:
            return old.refresh
        names = {x.username for x in (found.account, state.account) if x and x.username}
        return found.refresh if len(names) <= 1 else old.refresh

    def _ended(self, state: State) -> AuthError:
        if self._state.epoch != state.epoch:  # the person signed out while this was under way
            return AuthError(tr("You are no longer signed in."), tr("Sign in again."))
        try:
            self.sign_out(expired=True)
        except VaultError as error:
            log.info("vault: %s %s", error.code, error.details)
        return AuthError(tr("Your sign-in has expired."), tr("Sign in again."), code="auth-expired")

    def _learn_quietly(self, new: Tokens, epoch: int) -> None:
        try:
            self.set_account(self.learn(new, Cancel()), epoch)
        except DinamisError as error:
            log.info("userinfo: %s %s", error.code, error.details)

    def _record(self, state: State) -> Record:
        if isinstance(state.proof, KeyPair):
            return Record(key=state.proof, account=state.account)
        return Record(
            state.proof.refresh if state.proof else "", state.issuer, account=state.account
        )

    def _mark_kept(self, epoch: int, kept: bool) -> None:
        with self._lock:
            if self._state.epoch == epoch:
                self._state = replace(self._state, kept=kept)

    def _store(self, what: Record, *, ask: bool) -> bool:
        """Put ``what`` in the vault; without ``ask`` nothing that would make the system ask the
        person.
        """
        try:
            if not ask:
                self._vault.get(self._profile.id)
            self._vault.set(self._profile.id, record.write(what, self._profile))
        except VaultError as error:
            log.warning("vault: %s %s", error.code, error.details)
            return False
        return True
