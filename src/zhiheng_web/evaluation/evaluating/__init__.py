"""Evaluations beside their steps: finding one for a viewer, what of it he sees, where it stands, what its marks amount to."""
