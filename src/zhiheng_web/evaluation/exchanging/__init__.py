"""Exchange with other systems: what stands here as they exchange it, what a file from there says, and both side by side."""
