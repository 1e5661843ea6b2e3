"""The multi-user service: one Django app per stage of the procedure, each above those it uses."""
