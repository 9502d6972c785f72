"""What the panels share: the open profile, who is signed in, and the services of the rooms, each
made at first use.
"""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Callable

from qgis.PyQt.QtCore import QObject, pyqtSignal

from dinamis_qgis.bridge import messages, profiles, tasks, workers
from dinamis_qgis.bridge.settings import Paths, Settings
from dinamis_qgis.core.errors import DinamisError, InvalidInput
from dinamis_qgis.core.imagery import access
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    from dinamis_qgis.core.account.model import Account
    from dinamis_qgis.core.account.session import Session
    from dinamis_qgis.core.catalogue.model import Product
    from dinamis_qgis.core.imagery.signing import Signer
    from dinamis_qgis.core.net.http import Credentials, Http
    from dinamis_qgis.core.profile.model import Profile
    from dinamis_qgis.core.service import OpenService, ServiceConnection


_current: weakref.WeakSet[Context] = weakref.WeakSet()


def current_context() -> Context | None:
    """The open window's context, for what has no other way to it (Processing); None without a
    window.
    """
    return next(iter(_current), None)


class Context(QObject):
    """One per QGIS window.

    All attributes are set on the GUI thread; workers take what they need before they start.

    ``profile`` is None until ``open`` has read it; ``session`` and ``signer`` come with it.
    """

    profile_changed = pyqtSignal()
    account_changed = pyqtSignal()
    opening = pyqtSignal(float, str)
    """Progress of opening a profile (the training service prepares its imagery the first time)."""
    open_failed = pyqtSignal(object)
    request_wanted = pyqtSignal(object)
    """A request that the window is asked to show."""
    options_changed = pyqtSignal()
    """The person has accepted the options page."""
    closing = pyqtSignal()
    """The plugin is being unloaded: stop, save, let go."""

    def __init__(self, iface: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.iface = iface
        _current.add(self)
        self.settings = Settings.load()
        self.paths = Paths.default()
        self.profile: Profile | None = None
        self.session: Session | None = None
        self.signer: Signer | None = None
        self._http: Http | None = None
        self._opening: tasks.Job | None = None
        self._waiting: list[Callable[[], None]] = []
        self.results: Callable[[], Sequence[Product]] = tuple
        """The products the search panel holds now."""
        self._services: dict[str, Any] = {}

    @property
    def http(self) -> Http:
        """The client over QGIS's network settings. First use on the GUI thread."""
        if self._http is None:
            from dinamis_qgis.bridge.network import make_http

            self._http = make_http()
            tasks.thread_ends.append(self._http.release)
        return self._http

    @property
    def account(self) -> Account | None:
        """Who is signed in."""
        return self.session.account if self.session else None

    @property
    def expired(self) -> bool:
        """Whether nobody is signed in because the sign-in came to its end."""
        return self.session is not None and self.session.expired

    def opened(self) -> Profile:
        """The open profile. Any thread. Raises InvalidInput when there is none yet."""
        if self.profile is None:
            raise InvalidInput(
                tr("No service is open yet."), tr("Open the DINAMIS panel."), code="no-profile"
            )
        return self.profile

    def check_licence(self, profile: Profile, product: Product) -> None:
        """Who is signed in now may use ``product`` of ``profile``.

        Any thread. Raises as ``access.check_access``.
        """
        access.check_access(profile, self.account, product, self.expired)

    @property
    def open_service(self) -> OpenService | None:
        """The open profile with its session and signer; None until there is one."""
        if self.profile is None or self.session is None or self.signer is None:
            return None
        from dinamis_qgis.core.service import OpenService

        credentials = self.session.credentials
        return OpenService(self.profile, self.http, credentials, self.session, self.signer)

    def connection(self) -> ServiceConnection:
        """How to ask the open profile's service, for a worker. GUI thread. Raises InvalidInput."""
        from dinamis_qgis.core.service import ServiceConnection

        return ServiceConnection(self.opened(), self.http, self.credentials)

    @property
    def credentials(self) -> Credentials | None:
        """The origin-bound credentials of who is signed in."""
        return self.session.credentials if self.session else None

    def service(self, name: str, make: Callable[[], Any]) -> Any:
        """A room's long-lived object (download engine, register, gateway…), made once per opened
        QGIS.
        """
        if name not in self._services:
            self._services[name] = make()
        return self._services[name]

    def services(self) -> list[tuple[str, Any]]:
        """The rooms' long-lived objects made so far, by name."""
        return sorted(self._services.items())

    def when_open(self, callback: Callable[[], None]) -> None:
        """Call back once a profile is open (at once when it is), opening it when needed."""
        if self.profile is not None and self._opening is None:
            callback()
            return
        self._waiting.append(callback)
        if self._opening is None:
            self.open()

    def open(self, name: str = "") -> None:
        """Open a profile (default: the remembered one) in the background; the person's sign-in is
        taken from the vault.
        """
        name = name or self.settings.profile
        if self._opening is not None:
            self._opening.stop()
        http, paths = self.http, self.paths

        def work(job: tasks.Job) -> tuple[Profile, Session]:
            from dinamis_qgis.bridge.vault import choose_vault
            from dinamis_qgis.core.account.session import Session

            profile = profiles.open_profile(name, paths, job.progress)
            session = Session(profile, http, choose_vault(profile))
            try:
                session.restore(job.cancel)
            except DinamisError as error:
                # an unreachable service does not keep anyone from opening the panel
                messages.log(f"restore: {error.code} {error.details}")
            return profile, session

        self._opening = tasks.run(
            work,
            done=lambda found: self._opened(name, *found),
            failed=self._failed,
            progressed=self.opening.emit,
            parent=self,
            title="profile",
        )

    def _opened(self, name: str, profile: Profile, session: Session) -> None:
        from dinamis_qgis.core.imagery.signing import Signer

        self._opening = None
        self.profile, self.session = profile, session
        self.signer = Signer(profile, self.http, session.credentials)
        session.listeners.append(partial(workers.on_gui, self.account_changed.emit, owner=self))
        if name != self.settings.profile:
            self.settings.profile = name
            self.settings.save()
        self.profile_changed.emit()
        self.account_changed.emit()
        waiting, self._waiting = self._waiting, []
        for callback in waiting:
            callback()

    def _failed(self, error: DinamisError) -> None:
        self._opening = None
        self._waiting.clear()
        messages.show(error, retry=self.open)
        self.open_failed.emit(error)

    def contact_relay(self, subject: str = "") -> None:
        """Open the person's mail program with a message to their relay."""
        from qgis.PyQt.QtCore import QUrl, QUrlQuery
        from qgis.PyQt.QtGui import QDesktopServices

        relay = (self.account.relay if self.account else None) or (
            self.profile.relay if self.profile else None
        )
        if relay is None or not relay.email:
            messages.info(tr("No relay address is known. See the profile in the account menu."))
            return
        url, query = QUrl(f"mailto:{relay.email}"), QUrlQuery()
        query.addQueryItem("subject", subject or tr("DINAMIS in QGIS"))
        url.setQuery(query)
        QDesktopServices.openUrl(url)

    def close(self) -> None:
        """Let go of everything; called once at unload."""
        self.closing.emit()
        _current.discard(self)
        tasks.stop_all()
        for service in self._services.values():
            stop = getattr(service, "stop", None)
            if callable(stop):
                stop()
        self._services.clear()
        if self._http is not None:
            from dinamis_qgis.bridge.network import discard_client

            tasks.thread_ends.remove(self._http.release)
            discard_client(self._http)
            self._http = None
        profiles.stop_training()
