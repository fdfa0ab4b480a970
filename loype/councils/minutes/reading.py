"""Reading a meeting into minutes: who came, what was proposed, voted, decided, and who dissents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone, translation
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _, pgettext

from loype.bodies.models import Meeting, MeetingCall, Seat, SeatKind, Term
from loype.councils.counting import tally
from loype.councils.meeting_labels import Choice
from loype.councils.minutes.document import Document
from loype.councils.models import AgendaItem, Decision, DecisionPaper, Proposal


def read_minutes(meeting: Meeting, *, language: str) -> Document:
    """The minutes of a meeting in a language, as they stand now."""
    with translation.override(language):
        title = _("Minutes of %(body)s, %(day)s") % {
            "body": meeting.body.name,
            "day": _moment(meeting.starts_at, with_time=False),
        }
        document = Document(title, meeting.organisation.name, language, pgettext("footer", "Page"))
        _read_facts(document, meeting)
        names = _read_attendance(document, meeting)
        decisions = _decisions(meeting)
        for number, item in enumerate(_items(meeting), start=1):
            _read_item(document, item, number=number, names=names, decisions=decisions)
        if meeting.minutes:
            document.heading(_("What was said"))
            document.say(meeting.minutes)
        _read_end(document, meeting)
    return document


def _moment(moment: datetime, *, with_time: bool = True) -> str:
    local = timezone.localtime(moment)
    day = date_format(local, pgettext("a date", "j F Y"))
    return f"{day} {local:%H:%M}" if with_time else day


def _day(day: date | None) -> str:
    return date_format(day, pgettext("a date", "j F Y")) if day else ""


def _read_facts(document: Document, meeting: Meeting) -> None:
    document.facts(
        (_("Body"), meeting.body.name),
        (_("Organisation"), meeting.organisation.name),
        (_("Form"), meeting.get_form_display().capitalize()),
        (_("Time"), _moment(meeting.starts_at)),
        (_("Answered by"), _day(meeting.answer_by)),
        (_("Place"), meeting.place),
        (pgettext("when", "Called"), _moment(meeting.called_at) if meeting.called_at else ""),
        (_("Needed to decide"), str(meeting.quorum_needed or "")),
    )


def _read_attendance(document: Document, meeting: Meeting) -> dict[int, str]:
    """Add who was called and who came; gives the name of each seat's voice by its call."""
    calls = list(
        meeting.calls.select_related("seat", "attended_by").order_by("-seat__is_leader", "pk")
    )
    holders, deputies = _people(meeting, seats=[call.seat_id for call in calls])
    document.heading(_("Who took part"))
    rows = [
        _attendance_row(
            call,
            holder=holders.get(call.seat_id, ""),
            by_deputy=(call.seat_id, call.attended_by_id) in deputies,
        )
        for call in calls
    ]
    document.table(
        _("Called and present"),
        header=(_("Seat"), _("Who"), _("Vote"), _("Present")),
        rows=rows,
    )
    return {
        call.pk: call.attended_by.name if call.attended_by else holders.get(call.seat_id, "")
        for call in calls
    }


def _people(
    meeting: Meeting, *, seats: list[int]
) -> tuple[dict[int, str], set[tuple[int, int | None]]]:
    """Who held each seat when it began, and who was whose deputy until it decided."""
    terms = list(
        Term.objects.filter(seat__in=seats, from_date__lte=meeting.decides_on)
        .on_or_after(meeting.starts_at.date())
        .select_related("person")
        .order_by("-from_date")
    )
    holders = {term.seat_id: term.person.name for term in terms if not term.is_deputy}
    return holders, {(term.seat_id, term.person_id) for term in terms if term.is_deputy}


def _attendance_row(call: MeetingCall, *, holder: str, by_deputy: bool) -> tuple[str, ...]:
    who = call.attended_by.name if call.attended_by is not None else holder
    if by_deputy and holder:
        who = _("%(name)s, deputy for %(holder)s") % {"name": who, "holder": holder}
    came = _("yes") if call.attended else _("no")
    if call.left_at is not None:
        came = _("left at %(time)s") % {"time": f"{timezone.localtime(call.left_at):%H:%M}"}
    seat = call.seat
    title = seat.title or _seat_title(seat)
    return (title, who, _("with vote") if call.has_vote else _("without vote"), came)


def _seat_title(seat: Seat) -> str:
    if seat.is_leader:
        return _("Leader")
    if seat.kind == SeatKind.FEDERATION:
        return _("The federation's seat")
    return _("Member") if seat.kind == SeatKind.MUNICIPALITY else capfirst(seat.get_kind_display())


def _items(meeting: Meeting) -> Iterable[AgendaItem]:
    return (
        meeting.items.filter(removed_at=None)
        .select_related("case__idea", "paper")
        .prefetch_related("proposals__votes", "proposals__by", "dissents", "interests__stand_in")
        .order_by("position", "id")
    )


def _decisions(meeting: Meeting) -> dict[int, list[Decision]]:
    found: dict[int, list[Decision]] = defaultdict(list)
    for decision in (
        Decision.objects.filter(meeting=meeting)
        .select_related("responsible", "corrects", "merged_into")
        .with_joined()
        .order_by("decided_at", "id")
    ):
        found[decision.case_id].append(decision)
    return found


def _read_item(
    document: Document,
    item: AgendaItem,
    *,
    number: int,
    names: dict[int, str],
    decisions: dict[int, list[Decision]],
) -> None:
    case = item.case
    title = item.title if case is None else case.idea.title
    document.heading(f"{number}. {title}")
    document.facts(
        (_("Kind"), "" if case is not None else item.get_kind_display().capitalize()),
        (_("Case number"), (case.idea.case_number or "") if case is not None else ""),
    )
    document.say(item.notes)
    paper = getattr(item, "paper", None)
    if paper is not None:
        _read_lateness(document, paper)
        document.say(paper.summary, label=_("Summary:"))
        document.say(paper.employees_statement, label=_("The employees' statement:"))
    _read_interests(document, item, names=names)
    names = names | _stood_in(item)
    for proposal in item.proposals.all():
        _read_proposal(document, proposal, names=names)
    for decision in decisions.get(item.case_id or 0, ()):
        _read_decision(document, decision)
    document.say(item.conclusion, label=_("Conclusion:"))
    document.facts((_("Amount that it binds"), _amount(item)))
    for dissent in item.dissents.all():
        document.say(
            dissent.text, label=_("Dissent by %(name)s:") % {"name": names.get(dissent.call_id, "")}
        )
    if item.is_decided_here and not item.conclusion and not decisions.get(item.case_id or 0):
        document.say(_("Nothing was decided."))


def _read_lateness(document: Document, paper: DecisionPaper) -> None:
    """Say that a paper came after the day on which the rules of procedure wanted it."""
    if paper.is_late and paper.added_date is not None and paper.due_date is not None:
        said = _("The paper was added on %(day)s; the papers were due by %(due)s.")
        form = pgettext("a date", "j F Y")
        document.say(
            said
            % {"day": date_format(paper.added_date, form), "due": date_format(paper.due_date, form)}
        )


def _amount(row: AgendaItem | Decision) -> str:
    """What a decision binds, with the matter of the instruction that it is."""
    if row.amount is None:
        return ""
    places = 0 if row.amount == row.amount.to_integral_value() else 2
    number = number_format(row.amount, decimal_pos=places, force_grouping=True)
    told = f"{number}\u00a0{row.currency}"
    return f"{told}, {row.matter}" if row.matter else told


def _read_interests(document: Document, item: AgendaItem, *, names: dict[int, str]) -> None:
    for one in item.interests.all():
        if one.withdrawn_at is None:
            name = names.get(one.call_id, "")
            said = _("%(name)s has an interest of their own and did not take part: %(reason)s")
            told = said % {"name": name, "reason": one.reason}
            if one.stand_in is not None:
                told += " " + _("%(name)s stood in.") % {"name": one.stand_in.name}
            document.say(told)


def _stood_in(item: AgendaItem) -> dict[int, str]:
    """Who spoke for the seats of those with an interest of their own, by their calls."""
    return {
        one.call_id: one.stand_in.name
        for one in item.interests.all()
        if one.withdrawn_at is None and one.stand_in is not None
    }


def _read_proposal(document: Document, proposal: Proposal, *, names: dict[int, str]) -> None:
    by = names.get(proposal.by_id or 0, "")
    kind = proposal.get_kind_display().capitalize()
    document.say(proposal.text, label=f"{kind} ({by}):" if by else f"{kind}:")
    outcome = proposal.get_outcome_display() or _("not settled")
    how = f", {proposal.get_settled_by_display()}" if proposal.settled_by else ""
    votes = list(proposal.votes.all())
    if not votes:
        document.say(f"{outcome}{how}".capitalize() + ".")
        return
    count = tally(vote.choice for vote in votes)
    document.say(
        _("%(outcome)s: %(votes_for)s for, %(votes_against)s against, %(abstained)s abstained.")
        % {"outcome": f"{outcome}{how}".capitalize(), **vars(count)}
    )
    labels = dict(Choice.choices)
    document.table(
        _("Votes"),
        header=(_("Who"), _("Vote")),
        rows=[(names.get(vote.call_id, ""), str(labels[vote.choice])) for vote in votes],
    )


def _read_decision(document: Document, decision: Decision) -> None:
    document.heading(_("Decision %(number)s") % {"number": decision.number}, level=3)
    how = [
        decision.get_form_display(), decision.get_course_display(), decision.get_scale_display()
    ] if decision.form else []  # fmt: skip
    document.say(", ".join([decision.get_outcome_display().capitalize(), *map(str, how)]) + ".")
    document.say(decision.reasons, label=_("Reasons:"))
    document.say(decision.conditions, label=_("Conditions:"))
    document.facts(
        (_("Responsible"), decision.responsible.name if decision.responsible else ""),
        (_("Deadline"), _day(decision.deadline)),
        (_("The other councils answer by"), _day(decision.answer_by)),
        (_("Amount that it binds"), _amount(decision)),
        (_("Exemption"), decision.exemption_number),
        (_("We join"), _joined(decision)),
        (_("Replaces"), decision.corrects.number if decision.corrects else ""),
    )


def _joined(decision: Decision) -> str:
    """What others run together that a decision joins, and who leads it."""
    if decision.joins_id is None:
        return ""
    lead = decision.joined_lead  # type: ignore[attr-defined]
    return _("what is run together, led by %(lead)s") % {"lead": lead}


def _read_end(document: Document, meeting: Meeting) -> None:
    if meeting.approved_at is None:
        document.say(_("Draft: these minutes are not approved yet."))
        return
    by = meeting.approved_by.name if meeting.approved_by else ""
    document.heading(_("Approval"))
    document.say(
        _(
            "Approved for the body by %(name)s on %(day)s. From then on the minutes are locked; "
            "a decision is corrected only by a later decision."
        )
        % {"name": by, "day": _moment(meeting.approved_at)}
    )
