"""What the public may know of decisions, and on which legal ground something is withheld.

Every locked decision stands in the public log. What is open is shown in full; of what is withheld
only the number, the day and the legal basis are shown; what nobody has assessed yet shows its
number and day and says so.
"""
