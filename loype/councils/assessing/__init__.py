"""Assessing cases on the same criteria, ranking them, and proposing a set that fits the means.

Each member declares interests and assesses alone; others' assessments open when one's own is handed
in. A ranking says how sure it is, keeps who moved what and why, and a proposed set says what fell
out and what it would take to bring it in.
"""
