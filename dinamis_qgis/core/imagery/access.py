"""May this account use this product: asked before any byte moves."""

from __future__ import annotations

from dinamis_qgis.core.account.model import Account, Holding, holding
from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.core.errors import AuthError, LicenceError
from dinamis_qgis.core.profile.model import Profile, Relay
from dinamis_qgis.core.text import tr


def check_access(
    profile: Profile, account: Account | None, product: Product, expired: bool = False
) -> None:
    """Raises AuthError when nobody is signed in, or no more (``expired``), LicenceError when the
    account may not use ``product``.

    An open licence passes for everybody. Where the service does not say which licences an account
    holds, the signing service decides later.
    """
    held = holding(profile, account, product.licence)
    if held is Holding.OPEN:
        return
    if account is None:
        raise not_signed_in(expired)
    relay = account.relay or profile.relay
    if account.charter_pending:
        raise LicenceError(
            tr(
                "Your entity has not accepted the DINAMIS charter yet: images can be searched, "
                "not opened."
            ),
            whom_to_ask(relay),
            code="charter",
        )
    if held is Holding.MISSING:
        licence = profile.licence(product.licence)
        raise LicenceError(
            tr("Your account does not hold the licence of this product: {licence}.").format(
                licence=licence.title if licence else product.licence
            ),
            whom_to_ask(relay),
        )


def not_signed_in(expired: bool = False) -> AuthError:
    """What is said when an image needs an account and nobody is signed in, or is so no more
    (``expired``).
    """
    if expired:
        return AuthError(tr("Your sign-in has expired."), tr("Sign in again."), code="auth-expired")
    return AuthError(tr("You are not signed in."), tr("Sign in to open images."), code="signed-out")


def whom_to_ask(relay: Relay) -> str:
    """Whom to ask, with the address when it is known."""
    if relay.email:
        return tr("Ask your relay: {name}, {email}.").format(name=relay.name, email=relay.email)
    return tr("Ask your relay: {name}.").format(name=relay.name)
