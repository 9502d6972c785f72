"""Following requests in the background: whose time has come, asked after one by one; a failure is
for the log only.
"""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import QObject, pyqtSignal

from dinamis_qgis.bridge import messages, tasks
from dinamis_qgis.bridge.context import Context
from dinamis_qgis.bridge.latest import Latest
from dinamis_qgis.bridge.requests.shared_register import shared_register
from dinamis_qgis.core.errors import AuthError, Cancelled, DinamisError, NetworkError
from dinamis_qgis.core.tasking import follow
from dinamis_qgis.core.tasking.model import Request, now_utc
from dinamis_qgis.core.tasking.register.owner import may_see


class Following(QObject):
    """Serves one ``RequestTracker``."""

    looked = pyqtSignal(object)
    """Rows of (request, its new steps, its new products)."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._worker = Latest(self._work, self._done, self, failed=self._failed)

    def look(self, requests: list[Request]) -> None:
        """Ask after those whose time has come, under whose name they were sent; nothing while the
        last look is under way.
        """
        profile, account = self._context.profile, self._context.account
        if profile is None or account is None or self._worker.busy:
            return
        moment = now_utc()
        useful = [r for r in requests if follow.is_useful(r, moment) and may_see(r, account)]
        due = [r for r in useful if follow.next_look(r, training=profile.training) <= moment]
        if due:
            register = shared_register(self._context)
            self._worker.ask((due, register, self._context.connection()))

    def _work(self, job: tasks.Job, given: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        due, register, connection = given
        channel, found = connection.open_channel(), []
        for index, request in enumerate(due):
            job.cancel.check()
            try:
                found.append(
                    (
                        *follow.look_for_image(request, register, channel, connection, job.cancel),
                        None,
                    )
                )
            except Cancelled:
                raise
            except DinamisError as error:
                # one order that cannot be read keeps nobody from the news of the others
                found.append((request, (), (), error))
                hopeless = isinstance(error, (AuthError, NetworkError))
                for missed in due[index:] if hopeless else [request]:
                    register.mark(
                        missed.reference, checked=True
                    )  # tried again, later each time by the back-off
                if hopeless:
                    break
        return found

    def _done(self, found: list[tuple[Any, ...]]) -> None:
        for request, _, _, error in found:
            if error is not None:
                messages.log(
                    f"following request {request.reference[:8]}: {error.code} {error.details}"
                )
        self.looked.emit([row[:3] for row in found])

    def _failed(self, error: DinamisError) -> None:
        if not isinstance(error, Cancelled):
            messages.log(f"following requests: {error.code} {error.details}")
