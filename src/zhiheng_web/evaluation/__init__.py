"""What comes after the approval (绩效监控、自评、评价、整改与结果应用): rounds, scorecards, evaluations, rectification, use of results."""
