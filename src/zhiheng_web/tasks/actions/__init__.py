"""What people do with notices, deadlines and the discussion."""
