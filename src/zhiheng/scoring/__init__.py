"""Points from targets and actuals, by a scheme that is data, with a trace for every number."""
