"""绩效运行监控 beside its rows: what was observed, along which curve, with what money, what is still asked for."""
