"""Words of the year after the approval for templates."""
