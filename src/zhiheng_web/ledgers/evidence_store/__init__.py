"""Files of evidence: what they are, whether they are clean, where they lie, and their pages as pictures."""
