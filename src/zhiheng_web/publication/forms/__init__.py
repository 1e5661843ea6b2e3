"""What the pages of publication send, as values."""
