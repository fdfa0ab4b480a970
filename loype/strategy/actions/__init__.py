"""What happens to plans and periods."""

from loype.strategy.actions.periods import adopt_period, draft_period, weigh_items
from loype.strategy.actions.plans import (
    ItemWords,
    PlanWords,
    add_plan_item,
    change_plan,
    change_plan_item,
    retire_plan_item,
    write_plan,
)

__all__ = [
    "ItemWords",
    "PlanWords",
    "add_plan_item",
    "adopt_period",
    "change_plan",
    "change_plan_item",
    "draft_period",
    "retire_plan_item",
    "weigh_items",
    "write_plan",
]
