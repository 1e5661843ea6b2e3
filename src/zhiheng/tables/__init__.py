"""Files into grids into plans, and plans into canonical JSON. Problems are collected, never thrown away."""
