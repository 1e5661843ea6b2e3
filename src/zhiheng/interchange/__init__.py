"""Other systems' formats: what goes out to them, what they have no place for. Pure: values in, tables of texts out."""
