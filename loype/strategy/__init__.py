"""An organisation's plans, their items, and how much each item weighs in which period.

Councils assess against them, selections name the item they serve, and the direction report
compares what was chosen with what was intended.
"""
