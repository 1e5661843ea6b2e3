"""Steps of declaring, review, approval, adjustment, budget and projects: one file each."""
