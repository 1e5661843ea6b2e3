"""Tags of the ledgers' templates."""
