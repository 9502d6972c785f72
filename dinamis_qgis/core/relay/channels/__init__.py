"""How a relay's word on an account reaches the service: one file a channel, of the name the profile
gives.
"""
