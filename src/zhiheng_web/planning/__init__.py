"""Performance tables and their versions: declaring, weights, review, approval, adjustment, budget and projects."""
