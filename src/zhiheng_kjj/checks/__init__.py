"""Checks of the bureau's registers: the pure rules asked for many drafts at once."""
