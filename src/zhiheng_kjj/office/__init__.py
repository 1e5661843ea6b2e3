"""The office's own work as pages: each is a list of tables made from registers; papers are made from the same tables."""
