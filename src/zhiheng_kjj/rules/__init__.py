"""Calculations of the bureau's business, pure."""
