"""The seven measures: entries of ledgers to the value of an indicator."""
