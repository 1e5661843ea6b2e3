"""Departments, units, offices, people, accounts, roles and their scope; the calendar of working days."""
