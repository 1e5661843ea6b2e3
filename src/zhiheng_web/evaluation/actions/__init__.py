"""Actions of the year after the approval: one step of the procedure each."""
