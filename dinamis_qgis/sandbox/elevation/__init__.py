"""The elevation models of the training places, as a web map service gives them."""
