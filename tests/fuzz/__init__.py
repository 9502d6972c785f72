"""Mutated payloads over the parsers nearest to strangers: no exception of others, no hang, no growth."""
