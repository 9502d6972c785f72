"""How a file ended that did not arrive."""

from __future__ import annotations

from dinamis_qgis.core.errors import AuthError, DinamisError, NetworkError, ServiceError
from dinamis_qgis.core.text import tr
from dinamis_qgis.core.transfer.fetch.responses import PASSING


def is_passing(error: DinamisError) -> bool:
    """True for what goes away by itself, or once somebody signed in."""
    if isinstance(error, (NetworkError, AuthError)) or error.code == "in-use":
        return True
    return isinstance(error, ServiceError) and error.status in PASSING


def fault_as_error(error: BaseException) -> DinamisError:
    """A fault of the plugin, as a sentence. Whoever has a log writes the traceback there."""
    return DinamisError(
        tr("Something unexpected went wrong in the DINAMIS plugin."),
        tr("Try again; if it lasts, send the support report to your relay."),
        code="bug",
        details=type(error).__name__,
    )
