"""The register of this QGIS profile, one for all who use it."""

from __future__ import annotations

from functools import partial

from dinamis_qgis.bridge import messages
from dinamis_qgis.bridge.context import Context
from dinamis_qgis.bridge.workers import on_gui
from dinamis_qgis.core.tasking.register.register import Register
from dinamis_qgis.core.text import tr


def shared_register(context: Context) -> Register:
    """The register, shared with Processing; a request in it that cannot be read is said."""

    def make() -> Register:
        register = Register(context.paths.register)
        register.told = partial(on_gui, _tell_unreadable)
        return register

    found: Register = context.service("register", make)
    return found


def _tell_unreadable(references: tuple[str, ...]) -> None:
    messages.warn(
        tr(
            "%n request(s) of your register cannot be read and are left as they are.",
            n=len(references),
        ),
        key="register-unreadable",
    )
    messages.log(f"register: cannot be read: {', '.join(references)}")
