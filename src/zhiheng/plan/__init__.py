"""The performance table as immutable values. Nothing here reads a file or judges a figure."""
