"""Writing things to files: which fields, in which words, safe to open in a spreadsheet."""
