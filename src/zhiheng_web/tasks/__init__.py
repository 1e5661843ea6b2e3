"""What I must do and by when (待办), notices and the discussion on a row."""
