"""The channels, one file each, named as profiles name them: a new file here is a new channel,
nothing else is touched.

Its module has ``make(profile, http, credentials) -> Channel``.
"""
