"""Steps of the database of evaluation."""
