"""First-level help: checks of an installation, and what they mean."""
