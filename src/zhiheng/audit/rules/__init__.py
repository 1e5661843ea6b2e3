"""The rule families: one module each, with the texts of its rules beside it."""
