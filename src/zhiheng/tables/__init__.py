"""Files into grids into plans, and plans into canonical JSON. Problems are collected, never thrown away."""

from zhiheng.tables.reading import read

__all__ = ["read"]
