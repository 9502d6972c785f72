"""The one family of errors a person can see: what happened, what to do next, and a machine code."""

from __future__ import annotations

from enum import Enum

from dinamis_qgis.core.text import tr


class Action(Enum):
    """The button that helps; the bridge knows how to do each."""

    NONE = ""
    RETRY = "retry"
    SIGN_IN = "sign_in"
    OPEN_OPTIONS = "open_options"
    CONTACT_RELAY = "contact_relay"
    CHOOSE_FOLDER = "choose_folder"
    OPEN_NETWORK_OPTIONS = "open_network_options"
    OPEN_AUTHENTICATION_OPTIONS = "open_authentication_options"
    CATALOGUE_KEYS = "catalogue_keys"


class DinamisError(Exception):
    """Root of all errors shown to a person.

    ``message`` says what happened, ``remedy`` what to do next; both are translated and hold no
    secret. ``details`` (English, technical, no secret) go to the log and the foldable part.
    ``status`` is the HTTP status.
    """

    code = "error"
    action = Action.NONE

    def __init__(
        self,
        message: str,
        remedy: str = "",
        *,
        code: str = "",
        action: Action | None = None,
        status: int | None = None,
        details: str = "",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.code = code or self.code
        self.action = self.action if action is None else action
        self.status = status
        self.details = details
        self.maybe_done = False
        """Whether what was asked for may have been done all the same."""

    def sentence(self) -> str:
        """Message and remedy in one line."""
        return f"{self.message} {self.remedy}".strip()


class Cancelled(DinamisError):
    """The person stopped the action: never shown as an error."""

    code = "cancelled"

    def __init__(self) -> None:
        super().__init__(tr("Cancelled."))


class NetworkError(DinamisError):
    """The service cannot be reached: DNS, connection, TLS, proxy, time-out, cut answer."""

    code = "network"
    action = Action.RETRY
    unsent = False
    """Whether surely nothing of the request has reached the service."""


class ServiceError(DinamisError):
    """The service answered, but with an error or something that makes no sense."""

    code = "service"
    action = Action.RETRY


class AuthError(DinamisError):
    """Not signed in, or the sign-in is no longer valid."""

    code = "auth"
    action = Action.SIGN_IN


class LicenceError(DinamisError):
    """The account may not use this product."""

    code = "licence"
    action = Action.CONTACT_RELAY


class StorageError(DinamisError):
    """The local disk: full, read-only, not writable."""

    code = "disk"
    action = Action.CHOOSE_FOLDER


class InvalidInput(DinamisError):
    """What was given cannot be used."""

    code = "input"


def from_os_error(error: OSError, path: object) -> StorageError:
    """An ``OSError`` on a local file as a sentence. ``path`` is shown as it is."""
    import errno

    if error.errno in (errno.ENOSPC, errno.EDQUOT if hasattr(errno, "EDQUOT") else -1):
        message = tr("The disk is full: “{path}” could not be written.").format(path=path)
        remedy = tr(
            "Free some space or choose another folder, then try again: what was fetched is kept."
        )
        return StorageError(message, remedy, code="disk-full", details=str(error))
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        message = tr("You are not allowed to write “{path}”.").format(path=path)
        return StorageError(
            message,
            tr("Choose another folder, or close the file where it is open."),
            code="disk-permission",
            details=str(error),
        )
    message = tr("“{path}” could not be read or written.").format(path=path)
    return StorageError(message, tr("Check the disk or choose another folder."), details=str(error))
