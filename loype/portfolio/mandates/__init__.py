"""What the activities hang on politically, and what becomes of it after an election.

Each activity hangs on a political mandate: who gave it, by which decision, from when to when. On
the day after an election everything that is open stands as *mandate to be confirmed*, until a
sitting has confirmed, changed or ended each, with reasons.
"""
