"""Two scenes of one place: how they lie on each other, what changed between them, where and how
much.
"""
