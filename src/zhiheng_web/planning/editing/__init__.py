"""Writing in an open version: holding it, its cells, and the sheet they stand on."""
