"""Before products are deleted from the disk: what it frees, and which layers show them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qgis.core import QgsProject
from qgis.PyQt.QtWidgets import QMessageBox, QWidget

from dinamis_qgis.core.catalogue.model import Product
from dinamis_qgis.core.text import tr
from dinamis_qgis.gui.downloads import words


def confirm_removal(parent: QWidget, products: Sequence[Product], freed: int) -> bool:
    """Whether the person wants ``products`` gone, which frees ``freed`` bytes."""
    text = tr("Delete %n product(s) from the disk? {size} will be free again.", n=len(products))
    box = QMessageBox(parent)
    box.setObjectName("confirmRemoval")
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(tr("Delete from the disk"))
    box.setText(text.format(size=words.size_text(freed)))
    shown = layers_showing(products)
    if shown:
        box.setInformativeText(
            tr("%n layer(s) of this project show them and will be empty.", n=shown)
        )
    yes = box.addButton(
        tr("Delete ({size})").format(size=words.size_text(freed)),
        QMessageBox.ButtonRole.DestructiveRole,
    )
    box.setDefaultButton(box.addButton(tr("Keep"), QMessageBox.ButtonRole.RejectRole))
    box.exec()
    return box.clickedButton() is yes


def layers_showing(products: Sequence[Product]) -> int:
    """How many layers of the project read a file of ``products``."""
    files = {Path(asset.href).as_posix() for product in products for asset in product.assets}
    sources = (layer.source() for layer in QgsProject.instance().mapLayers().values())
    return sum(any(file in source.replace("\\", "/") for file in files) for source in sources)
