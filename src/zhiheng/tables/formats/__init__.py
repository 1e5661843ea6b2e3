"""File types into grids, one file for each type. Nothing is interpreted here."""

from zhiheng.tables.formats.reading import read

__all__ = ["read"]
