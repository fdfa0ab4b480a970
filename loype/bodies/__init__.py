"""Councils and other bodies as dated data: seats, who holds them, and their meetings.

What a council decides about an idea lives in `councils`; here is who may sit and meet.
"""
