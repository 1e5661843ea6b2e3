"""Forms of planning: one file per area."""
