"""Pages of the year after the approval."""
