"""What people do with political mandates, each verb in the file of its subject."""

from loype.portfolio.mandates.confirming import (
    answer_mandate,
    ask_for_mandates,
    close_sitting,
    open_sitting,
)
from loype.portfolio.mandates.hanging import (
    add_commitment,
    due_date_of,
    hang_on_mandate,
    mandate_to_open_on,
    remove_commitment,
    say_cost_of_stopping,
)
from loype.portfolio.mandates.recording import (
    MandateWords,
    call_off_election,
    record_election,
    record_mandate,
    shorten_mandate,
)

__all__ = [
    "MandateWords",
    "add_commitment",
    "answer_mandate",
    "ask_for_mandates",
    "call_off_election",
    "close_sitting",
    "due_date_of",
    "hang_on_mandate",
    "mandate_to_open_on",
    "open_sitting",
    "record_election",
    "record_mandate",
    "remove_commitment",
    "say_cost_of_stopping",
    "shorten_mandate",
]
