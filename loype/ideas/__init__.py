"""The trail's first stage: ideas, needs and wishes that people hand in.

A giver writes a few words and gets a receipt; others say "we have this too", comment and follow.
What a council makes of it lives in `councils`; an idea does not know that later stages exist.
"""
