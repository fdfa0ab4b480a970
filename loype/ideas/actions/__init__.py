"""Everything that people may do with an idea."""

from loype.ideas.actions.handing_in import (
    add_co_author,
    attach_file,
    change_visibility,
    detach_file,
    draft_idea,
    edit_idea,
    remove_co_author,
    submit_idea,
    withdraw_idea,
)
from loype.ideas.actions.importing import ImportedIdea, import_ideas
from loype.ideas.actions.reusing import ReuseWords, answer_reuse, reuse_problems
from loype.ideas.actions.talking import (
    comment_on_idea,
    follow_idea,
    remove_comment,
    support_idea,
    take_back_support,
    unfollow_idea,
)

__all__ = [
    "ImportedIdea",
    "ReuseWords",
    "add_co_author",
    "answer_reuse",
    "attach_file",
    "change_visibility",
    "comment_on_idea",
    "detach_file",
    "draft_idea",
    "edit_idea",
    "follow_idea",
    "import_ideas",
    "remove_co_author",
    "remove_comment",
    "reuse_problems",
    "submit_idea",
    "support_idea",
    "take_back_support",
    "unfollow_idea",
    "withdraw_idea",
]
