"""The trail's second stage: the innovation council's queue, agenda and decisions.

Every handed-in idea has one case here. The council, or a named decider where there is none,
decides its form and course; the decision is numbered, gives its reasons and is locked with the
minutes.
"""
