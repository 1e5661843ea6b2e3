"""Commands of the ledgers."""
