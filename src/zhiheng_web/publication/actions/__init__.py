"""Actions of publication: one step of the procedure each."""
