"""What can be done with a product, catalogue by catalogue: on the map, home, or only on its own
page; and why not.
"""

from __future__ import annotations

from dataclasses import dataclass

from dinamis_qgis.core.catalogue.keys import key_header
from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.core.profile.model import Catalogue, Profile
from dinamis_qgis.core.text import tr


@dataclass(frozen=True)
class Reach:
    """``add`` and ``download``: why not, a sentence, empty where it can be done.

    ``page``: where people find it, or empty.
    """

    add: str = ""
    download: str = ""
    page: str = ""

    @property
    def elsewhere(self) -> bool:
        """True when only its page helps."""
        return bool(self.add and self.download)


def reach(profile: Profile | None, product: Product) -> Reach:
    """What its catalogue lets us do with ``product``; licences are another question
    (``imagery.access``).
    """
    catalogue = catalogue_of(profile, product)
    title = catalogue.title if catalogue else product.catalogue
    if product.tiled_layer() is not None:
        return Reach(
            download=tr(
                "This is a map service: it is shown on the map, it has no file to download."
            ),
            page=product.page,
        )
    data = product.data_assets()
    only_listed = catalogue is not None and catalogue.kind == "openspot"  # it has no files at all
    if only_listed or any("elsewhere" in asset.roles for asset in product.assets):
        why = tr("“{title}” gives its files on its own site, to those who sign up there.").format(
            title=title
        )
        return Reach(why, why, product.page)
    if data and all(asset.is_archive for asset in data):
        return Reach(
            tr(
                "Its files come in an archive: download it, then add it to the map from “My "
                "products”."
            ),
            "",
            product.page,
        )
    if catalogue is not None and key_header(catalogue):
        return Reach(
            tr("“{title}” gives its files with a key: download them first.").format(title=title),
            "",
            product.page,
        )
    return Reach(page=product.page)


def catalogue_of(profile: Profile | None, product: Product) -> Catalogue | None:
    """The catalogue a product comes from."""
    return profile.catalogue(product.catalogue) if profile else None


def gives_images(catalogue: Catalogue) -> bool:
    """Whether its products are, as a rule, images that may come onto the map."""
    return catalogue.kind == "stac" and not catalogue.options.get("download")
