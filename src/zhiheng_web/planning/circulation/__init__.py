"""A table on its route: where it stands and who is next, many decided at once, the library's refusals in words."""
