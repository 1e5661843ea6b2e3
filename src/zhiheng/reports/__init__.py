"""Official forms, findings and scorecards as xlsx, docx, html, pdf, text."""
