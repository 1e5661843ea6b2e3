"""绩效运行监控: how an indicator or a budget stands on a day of the year, and what the office must say of it. Stands above scoring."""
