"""Evaluation (绩效评价): drawing a sample, index systems, what the marks of a panel amount to, the department-wide frame, surveys."""
