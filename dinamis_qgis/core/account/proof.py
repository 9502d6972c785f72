"""The proof of who is signed in, and its renewal: once for all threads, stored before use, bound to
its origins.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Callable, Union

from dinamis_qgis.core.account import endpoints as places
from dinamis_qgis.core.account import tokens
from dinamis_qgis.core.account.endpoints import Endpoints
from dinamis_qgis.core.account.keys import KeyPair
from dinamis_qgis.core.account.model import Account, account_from_userinfo
from dinamis_qgis.core.account.record import Record
from dinamis_qgis.core.account.shared_record import BRIEFLY_S, TURN_S, SharedRecord
from dinamis_qgis.core.account.tokens import OAuthError, Tokens
from dinamis_qgis.core.account.vault import Vault, VaultError
from dinamis_qgis.core.errors import AuthError, DinamisError, NetworkError, ServiceError
from dinamis_qgis.core.net.http import Cancel, Http, origin
from dinamis_qgis.core.net.urls import find_address
from dinamis_qgis.core.profile.model import Profile
from dinamis_qgis.core.text import tr

log = logging.getLogger(__name__)
Proof = Union[Tokens, KeyPair]
PATIENCE_S = 90.0
"""How long a thread waits for another one's renewal."""
MOST_TRIES = 3
"""Newer tokens that are tried after one was refused."""
REST_S = 10.0
"""After a renewal ahead of time has failed, the next one is tried this much later."""


@dataclass(frozen=True)
class ProofState:
    """One moment of the session.

    ``epoch`` grows with every sign-in and sign-out; ``issuer`` is the origin that gave the tokens.

    ``stale`` says that ``account`` comes from the vault or is unknown, ``unread`` why the service
    could not be asked who it is, ``kept`` that the vault holds ``proof``.
    """

    account: Account | None = None
    proof: Proof | None = None
    issuer: str = ""
    epoch: int = 0
    expired: bool = False
    stale: bool = False
    unread: DinamisError | None = None
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
        self._profile, self._http = profile, http
        self.shared = SharedRecord(profile, vault)
        self._changed, self._clock = changed, clock
        self._state = ProofState()
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
    def state(self) -> ProofState:
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
                raise _slow_service()
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
        """Where to sign in, asked once per session.

        Raises ServiceError, NetworkError, Cancelled.
        """
        found = None if fresh else self._endpoints
        if found is None:
            found = self._endpoints = places.discover(self._profile.auth, self._http, cancel)
        return found

    def openid(self, cancel: Cancel) -> Endpoints:
        """As ``endpoints``, with what the server itself says: for one that is not where it is
        thought to be.
        """
        known = self.endpoints(cancel)
        found = places.ask_openid(known, self._profile.auth, self._http, cancel)
        self._endpoints = found
        return found

    def adopt(
        self,
        account: Account,
        proof: Proof,
        issuer: str = "",
        *,
        stale: bool = False,
        unread: DinamisError | None = None,
        kept: bool = True,
    ) -> None:
        """From now on this is who is signed in; the vault is left as it is."""
        with self._lock:
            epoch = self._state.epoch + 1
            self._state = ProofState(
                account, proof, issuer, epoch, stale=stale, unread=unread, kept=kept
            )
        self._changed()

    def sign_in(
        self, account: Account, proof: Proof, *, unread: DinamisError | None = None
    ) -> None:
        """As ``adopt``, kept in the vault (the system may ask to unlock it); a sign-in before it is
        revoked. With ``unread`` (why) nobody knows yet who it is.
        """
        before = self._state.proof
        issuer = self._endpoints.base if isinstance(proof, Tokens) and self._endpoints else ""
        server = origin(issuer) if issuer else ""
        stale = unread is not None
        with self.shared.turn(self._patience(BRIEFLY_S)):
            self.adopt(account, proof, server, stale=stale, unread=unread, kept=False)
            state = self._state
            with self._vault_lock:
                if self._state.epoch == state.epoch:
                    self._mark_kept(state.epoch, self.shared.put(_record_of(state), ask=True))
        self._changed()
        if (
            isinstance(before, Tokens)
            and isinstance(proof, Tokens)
            and before.refresh != proof.refresh
        ):
            self.revoke(before, Cancel())

    def sign_out(self) -> tuple[Proof | None, VaultError | None]:
        """Forget, here and in the vault, unless somebody else is signed in there.

        Gives the proof that is to be revoked (the vault's, where another QGIS has renewed it), and
        why the vault keeps it, if it does.
        """
        before = self._forget(expired=False)
        proof = before.proof
        if proof is None:
            return None, None
        with self.shared.turn(self._patience(BRIEFLY_S)), self._vault_lock:
            if self._state.proof is not None:  # somebody has signed in meanwhile
                return proof, None
            try:
                kept = self.shared.forget_person(before.account)
            except VaultError as error:
                return proof, error
        if kept and isinstance(proof, Tokens) and kept.refresh and kept.issuer == before.issuer:
            proof = replace(proof, refresh=kept.refresh)
        return proof, None

    def revoke(self, old: Tokens, cancel: Cancel) -> bool:
        """Tell the service that ``old`` is no longer used; False when it could not be told."""
        if not old.refresh:
            return True
        try:
            tokens.revoke_token(
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
        body = self._userinfo(self.endpoints(cancel), proof, cancel)
        if not isinstance(body, Mapping):
            raise tokens.unusable_answer("userinfo is not an object")
        found = account_from_userinfo(body)
        if not found.username:
            raise tokens.unusable_answer("userinfo names nobody")
        return found

    def _userinfo(self, where: Endpoints, proof: Tokens, cancel: Cancel) -> Any:
        try:
            return self._http.json("GET", where.userinfo, headers=proof.headers, cancel=cancel)
        except ServiceError as error:
            other = self.openid(cancel) if error.status == 404 and not where.said else where
            if other.userinfo == where.userinfo:
                raise
        return self._http.json("GET", other.userinfo, headers=proof.headers, cancel=cancel)

    def set_account(self, account: Account, epoch: int) -> None:
        """The service has told who it is: kept, and told when new or not certain before; ignored
        when somebody else is signed in.
        """
        with self._lock:
            if self._state.epoch != epoch:
                return
            differs, confirmed = self._state.account != account, self._state.stale
            self._state = replace(self._state, account=account, stale=False, unread=None)
        if differs:
            self._store_account(epoch)
        if differs or confirmed:
            self._changed()

    def _belongs(self, url: str) -> bool:
        found = find_address(url)
        return found is not None and found.origin in self._origins

    def _renew(self, old: Tokens, state: ProofState) -> None:
        cancel = Cancel()
        endpoints = self.endpoints(cancel)
        if not old.refresh or self._moved(endpoints, state):
            raise self._ended(state, [old.refresh])
        with self.shared.turn(TURN_S) as mine:
            if not mine:
                raise _slow_service()
            new = self._renewed(old, state, endpoints, cancel)
            current = self._adopt_renewed(new, state, origin(endpoints.base))
        if not current:
            self.revoke(new, cancel)  # signed out, or in as somebody else, while this was under way
        elif state.stale:
            self._learn_quietly(new, state.epoch)

    def _renewed(
        self, old: Tokens, state: ProofState, endpoints: Endpoints, cancel: Cancel
    ) -> Tokens:
        """New tokens for the newest refresh token there is. Raises AuthError when none is good."""
        refresh = self._latest(old, state)
        tried: list[str] = []
        while True:
            tried.append(refresh)
            try:
                return tokens.renew_tokens(
                    self._http,
                    endpoints,
                    self._profile.auth.client_id,
                    refresh,
                    self._clock(),
                    cancel,
                )
            except OAuthError as error:
                if not error.ends_sign_in:
                    raise
                newest = self.shared.newest(state.issuer, state.account)
                if newest is None or newest.refresh in tried or len(tried) > MOST_TRIES:
                    refused = tried if error.error == "invalid_grant" else []
                    raise self._ended(state, refused) from None
                refresh = newest.refresh  # another QGIS was quicker

    def _adopt_renewed(self, new: Tokens, state: ProofState, issuer: str) -> bool:
        """Keep and use ``new``; False when somebody has signed out or in meanwhile."""
        with self._vault_lock:
            after = replace(state, proof=new, issuer=issuer)
            if self._state.epoch != state.epoch:
                return False
            # Before the new token is used: the old refresh token may be worth nothing any more.
            kept = self.shared.put(_record_of(after), ask=False)
            with self._lock:
                if self._state.epoch != state.epoch:
                    return False
                self._state = replace(self._state, proof=new, issuer=issuer, kept=kept)
        return True

    def _moved(self, endpoints: Endpoints, state: ProofState) -> bool:
        """True when the service names another server than the one that gave the refresh token: it
        must not get it.
        """
        return (
            bool(state.issuer)
            and not self._profile.training
            and origin(endpoints.base) != state.issuer
        )

    def _latest(self, old: Tokens, state: ProofState) -> str:
        """The refresh token to use: another QGIS of the same person may have put a newer one in the
        vault.
        """
        if not state.kept:
            return old.refresh  # what the vault has, if anything, is older
        found = self.shared.newest(state.issuer, state.account)
        return found.refresh if found else old.refresh

    def _ended(self, state: ProofState, refused: list[str]) -> AuthError:
        """The sign-in is over; the vault forgets it when its token is one of ``refused``."""
        if self._state.epoch != state.epoch:  # the person signed out while this was under way
            return AuthError(tr("You are no longer signed in."), tr("Sign in again."))
        self._forget(expired=True)
        with self._vault_lock:
            if self._state.proof is None:  # nobody has signed in meanwhile
                try:
                    self.shared.forget_refused(refused)
                except VaultError as error:
                    log.info("vault: %s %s", error.code, error.details)
        return AuthError(tr("Your sign-in has expired."), tr("Sign in again."), code="auth-expired")

    def _learn_quietly(self, new: Tokens, epoch: int) -> None:
        try:
            self.set_account(self.learn(new, Cancel()), epoch)
        except DinamisError as error:
            log.info("userinfo: %s %s", error.code, error.details)
            with self._lock:
                if self._state.epoch == epoch:
                    self._state = replace(self._state, unread=error)
            self._changed()

    def _forget(self, *, expired: bool) -> ProofState:
        """Nobody is signed in from now on; gives what held before."""
        with self._lock:
            before = self._state
            self._state = ProofState(epoch=before.epoch + 1, expired=expired)
        self._changed()
        return before

    def _store_account(self, epoch: int) -> None:
        """Keep what the service tells of the person beside the newest token there is."""
        with self.shared.turn(self._patience(BRIEFLY_S)) as mine, self._vault_lock:
            state = self._state
            if not mine or state.epoch != epoch:
                return  # kept with the next renewal
            what = _record_of(state)
            newest = self.shared.newest(state.issuer, state.account) if state.kept else None
            if what.refresh and newest:
                what = replace(what, refresh=newest.refresh)
            self.shared.put(what, ask=False)

    def _patience(self, wait_s: float) -> float:
        """How long to wait for one's turn at the record: not for a renewal of this very session,
        which will find that its time is over.
        """
        return 0.0 if self._flight else wait_s

    def _mark_kept(self, epoch: int, kept: bool) -> None:
        with self._lock:
            if self._state.epoch == epoch:
                self._state = replace(self._state, kept=kept)


def _record_of(state: ProofState) -> Record:
    if isinstance(state.proof, KeyPair):
        return Record(key=state.proof, account=state.account)
    return Record(state.proof.refresh if state.proof else "", state.issuer, account=state.account)


def _slow_service() -> NetworkError:
    return NetworkError(
        tr("The sign-in service takes too long to answer."),
        tr("Try again later."),
        code="timeout",
    )
