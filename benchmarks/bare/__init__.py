"""What the overview is measured against: the same rows and columns, looked up and written by plain Django in the same server."""
