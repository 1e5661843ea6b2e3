"""From rows to what is public: gathering, tables, actuals with their entries, points, what followed; then what is withheld is taken out."""
