"""What pages of publication read."""
