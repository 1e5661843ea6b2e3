"""Steps of the ledgers, one each."""
