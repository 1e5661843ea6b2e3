"""Steps of the database of publication."""
