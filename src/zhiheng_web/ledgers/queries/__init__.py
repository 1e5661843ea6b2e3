"""What pages read, given the viewer."""
