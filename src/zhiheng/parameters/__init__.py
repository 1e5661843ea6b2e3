"""Dated values with their basis: thresholds, bands, weights. Data, not code."""
