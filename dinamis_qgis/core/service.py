"""One open service: its profile, the way to it and who is signed in, as one value.

What asks a service for something takes a ``ServiceConnection`` where it needs no account of its
own, an ``OpenService`` where licences are checked or files are opened. Both are safe from any
thread; what the GUI hands to a worker is taken before the worker starts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dinamis_qgis.core.imagery import access

if TYPE_CHECKING:
    from dinamis_qgis.core.account.model import Account
    from dinamis_qgis.core.account.session import Session
    from dinamis_qgis.core.account.vault import Vault
    from dinamis_qgis.core.catalogue.model import After, Page, Product, Query
    from dinamis_qgis.core.imagery.signing import Signer
    from dinamis_qgis.core.net.http import Cancel, Credentials, Http
    from dinamis_qgis.core.profile.model import Profile
    from dinamis_qgis.core.tasking.channel import Channel


@dataclass(frozen=True)
class ServiceConnection:
    """How the service of ``profile`` is asked; ``credentials`` go to their own origins only."""

    profile: Profile
    http: Http
    credentials: Credentials | None

    def search(
        self,
        query: Query,
        cancel: Cancel,
        catalogues: Sequence[str] = (),
        after: Mapping[str, After] | None = None,
    ) -> Iterator[Page]:
        """Pages of products as they come; as ``catalogue.search.search``."""
        from dinamis_qgis.core.catalogue.search import search

        return search(self.profile, query, self.http, self.credentials, cancel, catalogues, after)

    def fetch_product(self, key: tuple[str, str, str], cancel: Cancel | None = None) -> Product:
        """The product of (catalogue, collection, item); as ``catalogue.fetch.fetch_product``."""
        from dinamis_qgis.core.catalogue.fetch import fetch_product

        return fetch_product(self.profile, *key, self.http, self.credentials, cancel)

    def open_channel(self) -> Channel:
        """The channel of acquisition requests. Raises InvalidInput where there is none."""
        from dinamis_qgis.core.tasking.channel import open_channel

        return open_channel(self.profile, self.http, self.credentials)


@dataclass(frozen=True)
class OpenService(ServiceConnection):
    """A connection with the person's session and the signer of the storage's addresses."""

    session: Session
    signer: Signer

    @property
    def account(self) -> Account | None:
        """Who is signed in."""
        return self.session.account

    def check_licence(self, product: Product) -> None:
        """Who is signed in may use ``product``. Raises as ``access.check_access``."""
        access.check_access(self.profile, self.account, product, self.session.expired)


def open_service(profile: Profile, http: Http, vault: Vault) -> OpenService:
    """The service of ``profile``; the sign-in kept in ``vault`` is not asked for yet."""
    from dinamis_qgis.core.account.session import Session
    from dinamis_qgis.core.imagery.signing import Signer

    session = Session(profile, http, vault)
    signer = Signer(profile, http, session.credentials)
    return OpenService(profile, http, session.credentials, session, signer)
