"""Forms of the year after the approval."""
