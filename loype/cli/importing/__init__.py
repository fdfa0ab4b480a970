"""Reading other people's files: open, map, check, take over, report.

Read in this order: `reading` (any file as rows of text), `mapping` (which column is which field),
`guessing` (the same, from the header), `values` (text into dates and numbers, each problem named),
`checking` (a row against the mapping), `running` (batches, and what became of each row), and one
file for each kind of thing: `ideas`, `solutions`, `organisations`.
"""
