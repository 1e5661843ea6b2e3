"""Packs: files that declare registers and bindings, read, checked and adopted by a department."""
