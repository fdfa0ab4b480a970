"""What happens when cases are assessed, ranked and put together."""

from loype.councils.assessing.actions.assessing import (
    compare_cases,
    declare_interests,
    hand_in_assessment,
    score_case,
    weigh_criteria,
)
from loype.councils.assessing.actions.preparing import (
    drop_aim,
    drop_need,
    estimate_case,
    name_aim,
    name_need,
)
from loype.councils.assessing.actions.profiles import (
    CriterionWords,
    end_profile,
    profile_from_pack,
    profile_from_plans,
    write_profile,
)
from loype.councils.assessing.actions.ranking import make_ranking, move_in_ranking, share_ranking
from loype.councils.assessing.actions.rounds import close_round, mark_must_do, open_round
from loype.councils.assessing.actions.sets import propose_set
from loype.councils.assessing.actions.shared_sets import propose_shared_sets

__all__ = [
    "CriterionWords",
    "close_round",
    "compare_cases",
    "declare_interests",
    "drop_aim",
    "drop_need",
    "end_profile",
    "estimate_case",
    "hand_in_assessment",
    "make_ranking",
    "mark_must_do",
    "move_in_ranking",
    "name_aim",
    "name_need",
    "open_round",
    "profile_from_pack",
    "profile_from_plans",
    "propose_set",
    "propose_shared_sets",
    "score_case",
    "share_ranking",
    "weigh_criteria",
    "write_profile",
]
