"""What an algorithm needs of the service: the open session of the window when there is one, else
its own.

Without a window the profile is ``DINAMIS_PROFILE`` (built-in id or path) and the account an API key
of the environment (``DINAMIS_ACCESS_KEY`` / ``DINAMIS_SECRET_KEY``, else ``TLD_…``), or the
vault's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsField,
    QgsFields,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsVectorLayer,
)

from dinamis_qgis.bridge.settings import Paths, Settings
from dinamis_qgis.core.errors import Cancelled, DinamisError
from dinamis_qgis.core.net.http import Cancel
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    from dinamis_qgis.core.net.http import Http
    from dinamis_qgis.core.service import OpenService


class ServiceOpener:
    """Made in ``prepareAlgorithm`` (main thread); ``opened`` is used in ``processAlgorithm``, on
    any thread. ``settings`` and ``paths`` are the window's, or this QGIS profile's.
    """

    def __init__(self) -> None:
        from dinamis_qgis import libraries
        from dinamis_qgis.bridge import context

        libraries.check_libraries()
        window: Any = context.current_context()
        self._window = (
            window if window is not None and window.profile is not None and window.session else None
        )
        self._http: Http
        if self._window is None:
            from dinamis_qgis.bridge.network import make_http

            self._http = make_http()
            self.settings, self.paths = Settings.load(), Paths.default()
        else:
            self._http, self.settings, self.paths = window.http, window.settings, window.paths
            self._shared: OpenService = window.open_service

    @contextmanager
    def opened(self, feedback: QgsProcessingFeedback) -> Iterator[tuple[OpenService, Cancel]]:
        """The service, and the person's wish to stop.

        A DinamisError inside becomes Processing's own, as one sentence.
        """
        cancel = Cancel()
        stop = cancel.set
        feedback.canceled.connect(stop)
        try:
            yield self._open(feedback, cancel), cancel
        except Cancelled as error:
            raise QgsProcessingException(error.sentence()) from None
        except DinamisError as error:
            if error.details:
                feedback.pushDebugInfo(error.details)
            raise QgsProcessingException(error.sentence()) from None
        finally:
            feedback.canceled.disconnect(stop)
            self._close()

    def _open(self, feedback: QgsProcessingFeedback, cancel: Cancel) -> OpenService:
        if self._window is not None:
            return self._shared
        from dinamis_qgis.bridge import profiles
        from dinamis_qgis.bridge.vault import choose_vault
        from dinamis_qgis.core.service import open_service

        profile = profiles.open_profile(
            self.settings.profile, self.paths, lambda _, text: feedback.pushInfo(text)
        )
        service = open_service(profile, self._http, choose_vault(profile))
        service.session.restore(cancel)
        account = service.account
        who = account.label if account else tr("nobody (anonymous)")
        feedback.pushInfo(
            tr("Profile: {profile}. Signed in: {account}.").format(
                profile=profile.title, account=who
            )
        )
        return service

    def _close(self) -> None:
        """Only what was opened here; a training service started for the run ends with it."""
        if self._window is None:
            from dinamis_qgis.bridge import profiles
            from dinamis_qgis.bridge.network import discard_client

            discard_client(self._http)
            profiles.stop_training()


def fields_of(kinds: Mapping[str, type]) -> QgsFields:
    """The attribute fields of an output: names with Python types, as of ``make_field``."""
    fields = QgsFields()
    for name, kind in kinds.items():
        fields.append(make_field(name, kind))
    return fields


def make_field(name: str, kind: type) -> QgsField:
    """An attribute field of a Python type (str, float, int, bool, datetime), the same way on every
    QGIS.
    """
    types = {
        "str": "string(0,0)",
        "float": "double(0,0)",
        "int": "integer",
        "bool": "bool",
        "datetime": "datetime",
    }
    model = QgsVectorLayer(f"None?field={name}:{types[kind.__name__]}", "", "memory")
    return QgsField(model.fields().at(0))
