"""Audit rules: what one table itself shows to be wrong, doubtful or worth knowing."""
