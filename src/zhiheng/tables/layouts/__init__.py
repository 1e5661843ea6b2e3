"""Grids into plans: which official form a table is, what each column holds, and what each row says.

Aligned grids are read by columns (sheet, columns, rows); text whose columns cannot be trusted is read as a
stream of cells (tokens, stream). Both give the same rows.
"""
