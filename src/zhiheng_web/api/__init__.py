"""The API: what a page can read and do, for programs. See docs/api.md."""
