"""Ledgers (台账): registers, entries with their evidence, and the values of indicators derived from them."""
