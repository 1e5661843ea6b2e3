"""Forms as files: one module per file type, each ``render(*forms, settings) -> bytes``, the same bytes every time."""
