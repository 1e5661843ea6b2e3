"""The demonstration: the real Linyi 2020 table with an organisation, accounts and projects that are invented and marked so."""
