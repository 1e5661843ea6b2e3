"""What the pages of the organisation read."""
