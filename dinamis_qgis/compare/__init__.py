"""Comparing scenes on the map: swipe, spyglass, blink, opacity, side by side; shift, change, sheet,
animation.
"""
