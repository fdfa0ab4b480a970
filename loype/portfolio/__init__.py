"""The trail's third stage: projects, mini-developments, experiments and line tasks under way.

An activity exists only by a decision. It has an owner, milestones, status reports and
participants from other organisations, and ends finished or stopped.
"""
