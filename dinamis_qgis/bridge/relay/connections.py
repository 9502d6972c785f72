"""QGIS's own PostgreSQL connections, for the relay's register. Passwords stay in memory."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import QgsDataSourceUri, QgsProviderRegistry

from dinamis_qgis.bridge.settings import Paths, Settings
from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    from dinamis_qgis.core.relay.register.store import Store

_SSL = {
    "SslPrefer": "prefer", "SslDisable": "disable", "SslAllow": "allow", "SslRequire": "require",
    "SslVerifyCa": "verify-ca", "SslVerifyFull": "verify-full",
}  # fmt: skip


def connection_names() -> list[str]:
    """The PostgreSQL connections QGIS knows."""
    metadata = QgsProviderRegistry.instance().providerMetadata("postgres")
    return sorted(metadata.connections()) if metadata is not None else []


def connection_settings(name: str) -> dict[str, Any]:
    """libpq's settings of a connection, its authentication applied.

    Raises InvalidInput when QGIS no longer has it.
    """
    metadata = QgsProviderRegistry.instance().providerMetadata("postgres")
    found = metadata.connections().get(name) if metadata is not None else None
    if found is None:
        raise InvalidInput(
            tr("QGIS no longer has the PostgreSQL connection “{name}”.").format(name=name),
            tr("Choose another one in the options."),
            code="no-connection",
        )
    uri = QgsDataSourceUri(found.uri())
    plain = QgsDataSourceUri(uri.connectionInfo(True))  # with the authentication of QGIS applied
    given = {
        "host": plain.host(),
        "port": plain.port(),
        "dbname": plain.database(),
        "user": plain.username(),
        "password": plain.password(),
        "service": plain.service(),
        "sslmode": _SSL.get(getattr(plain.sslMode(), "name", ""), ""),
    }
    return {key: value for key, value in given.items() if value}


def open_store(settings: Settings, paths: Paths) -> Store:
    """The store the options name. On the GUI thread; nothing is opened yet."""
    if settings.relay_connection:
        from dinamis_qgis.core.relay.register.postgis import PostgisStore

        return PostgisStore(connection_settings(settings.relay_connection), settings.relay_schema)
    from dinamis_qgis.core.relay.register.store import GeoPackageStore

    chosen = settings.relay_register
    return GeoPackageStore(Path(chosen) if chosen else paths.relay_register)
