"""Whom the relay's tab is for."""

from __future__ import annotations

from dinamis_qgis.bridge.context import Context

RELAY_ROLE = "relais"


def is_relay(context: Context) -> bool:
    """Whether the service says that the account is a relay's, or the options ask for the tab."""
    account = context.account
    return context.settings.relay_tab or (account is not None and RELAY_ROLE in account.roles)
