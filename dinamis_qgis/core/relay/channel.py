"""How a relay's decisions on accounts reach the service.

A channel is one adapter; the profile names it; a new kind is one new file in ``channels``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

from dinamis_qgis.core.errors import InvalidInput
from dinamis_qgis.core.profile.model import Profile
from dinamis_qgis.core.relay import channels
from dinamis_qgis.core.relay.model import Entity, Person
from dinamis_qgis.core.text import tr

if TYPE_CHECKING:
    from dinamis_qgis.core.net.http import Cancel, Credentials, Http


@dataclass(frozen=True)
class Held:
    """An account as the service has it.

    ``values`` has the keys of ``Person`` that the service keeps (``state``, ``reason``,
    ``licences``, ``entity`` as the service's own identifier, ``expires``, ``name``, ``function``,
    ``email``, ``username``); what it does not keep is not there.
    """

    service_id: str
    etag: str
    external_id: str
    values: Mapping[str, Any]
    last_sign_in: datetime | None = None


class AccountChannel:
    """An adapter. Every method is synchronous and raises DinamisError."""

    automatic = True
    """False when a person must carry the decisions (a file, a mail): states are kept by hand."""

    def people(self, cancel: Cancel | None = None) -> Iterator[Held]:
        """Every account the relay moderates."""
        raise NotImplementedError

    def find(self, person: Person, cancel: Cancel | None = None) -> Held | None:
        """The account as the service has it now; None when it has none of ours."""
        raise NotImplementedError

    def create(
        self,
        person: Person,
        entity_id: str,
        values: Mapping[str, Any],
        cancel: Cancel | None = None,
    ) -> Held:
        """A new account; ``entity_id`` is the service's own name of the entity."""
        raise NotImplementedError

    def update(self, held: Held, values: Mapping[str, Any], cancel: Cancel | None = None) -> Held:
        """Change these values, if nobody has changed the account since ``held``.

        Raises ServiceError with status 412 when somebody has.
        """
        raise NotImplementedError

    def remove(self, held: Held, cancel: Cancel | None = None) -> None:
        """Take the account away; ServiceError 412 as ``update``."""
        raise NotImplementedError

    def enter_entity(self, entity: Entity, cancel: Cancel | None = None) -> str:
        """Make the entity known to the service, once; its identifier there, or empty."""
        return ""

    def entity_word(self, entity: Entity, cancel: Cancel | None = None) -> tuple[str, str]:
        """What the board has said of an entity (``waiting``, ``accepted``, ``refused``…) and why;
        empty where the service does not tell.
        """
        return "", ""


def open_channel(profile: Profile, http: Http, credentials: Credentials | None) -> AccountChannel:
    """The channel the profile names. Raises InvalidInput when there is none."""
    name = profile.administration.channel or "dossier"
    if name not in {module.name for module in iter_modules(channels.__path__)}:
        raise InvalidInput(
            tr("This version of the plugin cannot moderate the accounts of this service."),
            tr("Update the DINAMIS plugin."),
            details=name,
        )
    module = import_module(f"{channels.__name__}.{name}")
    made: AccountChannel = module.make(profile, http, credentials)
    return made
