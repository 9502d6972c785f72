"""One result as the list shows it: the product, what it covers of the searched area, and its
words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timezone

from qgis.PyQt.QtCore import QLocale

from dinamis_qgis.core.account.model import Account, Holding, holding
from dinamis_qgis.core.catalogue.availability import catalogue_of, reach
from dinamis_qgis.core.catalogue.model import Product, legal_time
from dinamis_qgis.core.catalogue.platforms import platform_label
from dinamis_qgis.core.profile.model import Profile
from dinamis_qgis.core.text import tr

UNKNOWN = "–"


@dataclass(frozen=True)
class ResultRow:
    """``coverage`` is the share (0 to 1) of the searched area, None when unknown."""

    product: Product
    coverage: float | None = None


def number_text(value: float | None, unit: str, decimals: int = 0) -> str:
    """``value`` in the person's locale with a non-breaking space before ``unit``; “–” when
    unknown.
    """
    if value is None:
        return UNKNOWN
    return f"{QLocale().toString(float(value), 'f', decimals)}\u00a0{unit}".rstrip()


def angle_text(value: float | None) -> str:
    """Degrees, without a space, as usual."""
    return UNKNOWN if value is None else f"{QLocale().toString(float(value), 'f', 0)}°"


def metres_text(value: float | None) -> str:
    """A ground sample distance: as many decimals as it needs, two at most."""
    if value is None:
        return UNKNOWN
    decimals = next((d for d in (0, 1) if round(value, d) == round(value, 2)), 2)
    return number_text(value, "m", decimals)


def percent_text(share: float | None) -> str:
    """A share as a percentage; what is there but tiny is not 0."""
    if share is None:
        return UNKNOWN
    return f"<\u202f{number_text(1, '%')}" if 0 < share < 0.005 else number_text(share * 100, "%")


def _has_time(product: Product) -> bool:
    """False for a period, and for a day alone, which is read as its midnight UTC."""
    moment = product.datetime
    return (
        moment is not None
        and product.end is None
        and moment.astimezone(timezone.utc).time() != time(0)
    )


def _day_text(day: date | None) -> str:
    return str(QLocale().toString(day, "d MMM yyyy")) if day else ""


def _period_text(first: date, last: date) -> str:
    """Years where it is made of whole ones, else days."""
    whole = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    ends = (str(first.year), str(last.year)) if whole else (_day_text(first), _day_text(last))
    return " – ".join(dict.fromkeys(ends))


def date_text(product: Product) -> str:
    """Date and time of acquisition in legal French time, in the person's words; the day or the
    years where no more is known.
    """
    if product.datetime is None:
        return tr("Date unknown")
    if product.end is not None and product.day and product.last_day:
        return _period_text(product.day, product.last_day)
    if not _has_time(product):
        return _day_text(product.day)
    hour = QLocale().toString(legal_time(product.datetime).time(), "HH:mm")
    return f"{_day_text(product.day)} · {hour}"


def utc_text(product: Product) -> str:
    """The same moment in UTC; empty where there is no time."""
    if product.datetime is None or not _has_time(product):
        return ""
    utc = product.datetime.astimezone(timezone.utc)
    day = QLocale().toString(utc.date(), "d MMMM yyyy")
    return f"{day} · {QLocale().toString(utc.time(), 'HH:mm:ss')} UTC"


def sensor_text(product: Product) -> str:
    """Satellite · mode · resolution, what is known of them."""
    name = platform_label(product.platform) or product.constellation or product.collection
    gsd = metres_text(product.gsd) if product.gsd is not None else ""
    mode = "PMS" if product.mode == "MS+PAN" else product.mode  # so it is shown on the map
    return " · ".join(x for x in (name, mode, gsd) if x)


def whom_to_ask(profile: Profile | None, account: Account | None) -> str:
    """The relay's name: the account's own, else the profile's."""
    relay = (account.relay if account else None) or (profile.relay if profile else None)
    return relay.name if relay else ""


def holding_of(profile: Profile | None, account: Account | None, product: Product) -> Holding:
    """Whether the account may use the product."""
    return holding(profile, account, product.licence) if profile else Holding.UNKNOWN


def licence_text(profile: Profile | None, account: Account | None, product: Product) -> str:
    """A sentence on the right to use the product, and whom to ask."""
    licence = profile.licence(product.licence) if profile else None
    title = licence.title if licence else ""
    state = holding_of(profile, account, product)
    if state is Holding.OPEN:
        return tr("Open to everybody: {licence}").format(licence=title)
    if state is Holding.HELD:
        return tr("Your account holds this licence: {licence}").format(licence=title)
    if state is Holding.MISSING:
        who = whom_to_ask(profile, account)
        text = tr("Your account does not hold the licence “{licence}”.").format(
            licence=title or product.licence
        )
        return f"{text} {tr('Ask {relay} for it.').format(relay=who)}" if who else text
    if account is None:
        return tr("Sign in to know whether you may use it.")
    return tr(
        "The service does not say which licence it needs: it decides when you open the product."
    )


def source_text(profile: Profile | None, product: Product) -> str:
    """The name of the catalogue it comes from, where the profile has several; else empty."""
    if profile is None or len(profile.catalogues) < 2:
        return ""
    catalogue = profile.catalogue(product.catalogue)
    return catalogue.title if catalogue else product.catalogue


def origin_text(profile: Profile | None, product: Product) -> str:
    """Which catalogue it comes from, and whose data it is."""
    catalogue = catalogue_of(profile, product)
    if catalogue is None:
        return ""
    text = tr("Catalogue: {title}").format(title=catalogue.title)
    return (
        f"{text} · {tr('data of {provider}').format(provider=catalogue.provider)}"
        if catalogue.provider
        else text
    )


def _licence_line(profile: Profile | None, account: Account | None, product: Product) -> str:
    """The licence's name, where what is said of the right to use it does not have it."""
    licence = profile.licence(product.licence) if profile else None
    known = licence is not None and holding_of(profile, account, product) is not Holding.UNKNOWN
    return tr("Licence: {title}").format(title=licence.title) if licence and not known else ""


def _obstacle_text(profile: Profile | None, product: Product) -> str:
    found = reach(profile, product)
    return found.add or found.download


def product_tooltip(row: ResultRow, profile: Profile | None, account: Account | None) -> str:
    """All that the card abridges, one fact a line (plain text, as given by the service: never
    interpreted as HTML).
    """
    product = row.product
    facts = [
        product.title or product.id,
        tr("{date} (legal French time)").format(date=date_text(product))
        if _has_time(product)
        else date_text(product),
        utc_text(product),
        sensor_text(product),
        tr("Cloud cover: {value}").format(value=number_text(product.cloud_cover, "%")),
        tr("Incidence angle: {value}").format(value=angle_text(product.incidence)),
        tr("Share of the searched area: {value}").format(value=percent_text(row.coverage)),
        origin_text(profile, product),
        _licence_line(profile, account, product),
        licence_text(profile, account, product),
        product.credit,
        _obstacle_text(profile, product),
    ]
    return "\n".join(x for x in facts if x)


def spoken_card(row: ResultRow, profile: Profile | None, account: Account | None) -> str:
    """The card for a screen reader."""
    return product_tooltip(row, profile, account).replace("\n", ", ")
