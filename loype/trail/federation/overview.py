"""The figures of a federation's councils on one day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from loype.trail.federation.common import CommonNeed


@dataclass(frozen=True)
class MeetingHeld:
    """A meeting of a council: when, how it stands, whether the federation's seat came."""

    day: date
    state: str
    came: bool | None
    """None where the meeting is not held yet, or nobody wrote down who came."""
    is_ahead: bool = False
    """Whether it is still to come; one whose day has passed without being closed is not."""

    @property
    def is_held(self) -> bool:
        """Whether it took place."""
        return self.state in ("held", "approved")


@dataclass(frozen=True)
class CouncilRow:
    """One member's council, or a member without."""

    organisation_id: int
    organisation: str
    council: str
    limit: int
    undecided: int
    without_responsible: int
    oldest_waited: int | None
    meetings: tuple[MeetingHeld, ...] = ()

    @property
    def is_late(self) -> bool:
        """Whether its oldest case has waited longer than promised."""
        return self.oldest_waited is not None and self.oldest_waited > self.limit

    @property
    def late_by(self) -> int:
        """Working days past the limit; below zero while there is time."""
        return (self.oldest_waited or 0) - self.limit

    @property
    def held(self) -> list[MeetingHeld]:
        """The meetings of the last twelve months that took place, where it is known who came."""
        return [one for one in self.meetings if one.is_held and one.came is not None]

    @property
    def came(self) -> int:
        """How often the federation's seat came."""
        return sum(bool(one.came) for one in self.held)

    @property
    def missed(self) -> int:
        """How often it did not."""
        return len(self.held) - self.came

    @property
    def next_meeting(self) -> date | None:
        """The day of the next meeting, where one is planned."""
        ahead = [one.day for one in self.meetings if one.is_ahead]
        return min(ahead, default=None)


@dataclass(frozen=True)
class JointRow:
    """Something that is run together, or is to be."""

    joint_id: int
    title: str
    language: str
    organisation: str
    state: str
    course: str
    answer_by: date
    yes: int
    no: int
    later: int
    silent: int
    is_overdue: bool
    lead: str = ""


@dataclass(frozen=True)
class Overview:
    """Everything on the coordinator's page."""

    federation_id: int
    name: str
    today: date
    councils: list[CouncilRow]
    needs: list[CommonNeed] = field(default_factory=list)
    joint: list[JointRow] = field(default_factory=list)

    @property
    def candidates(self) -> list[CommonNeed]:
        """What could still be run together."""
        return [need for need in self.needs if need.is_candidate]

    @property
    def without_responsible(self) -> int:
        """Undecided ideas that nobody follows up, in all councils."""
        return sum(one.without_responsible for one in self.councils)

    @property
    def undecided(self) -> int:
        """Cases that wait for a decision, in all councils."""
        return sum(one.undecided for one in self.councils)

    @property
    def late(self) -> list[CouncilRow]:
        """Councils whose oldest case is past its limit, the latest first."""
        rows = [one for one in self.councils if one.is_late]
        return sorted(rows, key=lambda one: (-one.late_by, one.organisation))
