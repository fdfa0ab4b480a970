"""Benchmarks, kept apart from tests: pages, API and acts at 10,000 and 100,000 ideas.

Run by `make bench`. Nothing here is part of the product; the data are real texts (petitions and
proposals) spread over made-up organisations, inserted in bulk with the database's triggers off.
"""
