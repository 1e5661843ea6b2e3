"""Publication (公开): packages, their secrecy review and sign-off, public pages, the static site and its open data."""
