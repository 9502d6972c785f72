"""Height models in QGIS: styles, what is computed from them, the third dimension."""
