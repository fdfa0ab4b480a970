"""What the coordinator of a federation needs to know across its members' councils.

`reading` loads it in a few statements, `overview` says what there is, `common` finds what could be
run together.
"""
