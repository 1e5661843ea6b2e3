"""One step of administration each."""
