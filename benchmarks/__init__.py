"""Benchmarks: one file each, with TITLE and ``run(quick) -> rows``. ``python3 run.py bench`` lists them."""
