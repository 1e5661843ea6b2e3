"""Migrations of the ledgers."""
