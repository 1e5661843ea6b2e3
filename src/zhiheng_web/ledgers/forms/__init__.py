"""Forms of the ledgers."""
