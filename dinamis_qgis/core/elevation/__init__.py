"""Terrain and surface models: sources, local windows, profiles, differences."""
