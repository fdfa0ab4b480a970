"""The append-only account of who did what, when, for whom and why.

Every verb writes one row here in its own transaction; the database chains the rows by hash and
refuses to change them. Timelines, notices, lead times and audits read it.
"""
