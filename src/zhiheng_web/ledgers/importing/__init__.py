"""From a sheet to entries: template, reading, mapping, preview, writing."""
