"""What pages of the year after the approval read."""
