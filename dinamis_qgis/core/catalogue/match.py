"""The query's filters on our side; see ``filters``."""

from dinamis_qgis.core.catalogue.filters import matches

__all__ = ["matches"]
