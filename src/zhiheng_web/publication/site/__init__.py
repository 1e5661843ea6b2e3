"""The public site: every page and file made from published content alone, the same bytes live and in a folder, and its proof."""
