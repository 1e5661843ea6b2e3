"""Reads for pages: each takes the viewer and gives only what the viewer may see."""
