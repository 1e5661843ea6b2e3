"""From an uploaded file to rows: its preview, the answers to what the reading left open, which indicator of earlier years a row is."""
