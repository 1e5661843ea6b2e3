"""From words to a version: cells, what they refer to, the register's checks, drafts; the same for form, paste, sheet and API."""
