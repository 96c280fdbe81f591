"""What each step of a program means for the people in it, in words for the coordinator who takes it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.programs.enums import ProgramState as State

# The name of a step, by where it leads; going back reads differently from going on.
ON: dict[str, str | Promise] = {
    State.ENROLLING: _("Open for enrollment"),
    State.MATCHING: _("Start matching"),
    State.RUNNING: _("Let it run"),
    State.CLOSING: _("Begin to close"),
    State.CLOSED: _("Close the program"),
    State.ARCHIVED: _("Put it in the archive"),
}
BACK: dict[str, str | Promise] = {
    State.DRAFT: _("Back to draft"),
    State.ENROLLING: _("Open for enrollment again"),
    State.MATCHING: _("Back to matching"),
    State.RUNNING: _("Let it run again"),
    State.CLOSED: _("Take it out of the archive"),
}
ORDER: tuple[str, ...] = tuple(State)

HAPPENS: dict[tuple[str, str], tuple[str | Promise, ...]] = {
    (State.DRAFT, State.ENROLLING): (
        _("The program page can be opened by everybody you let in, and they can enroll."),
        _("You can invite people, by their addresses or by a link."),
        _("You can still change every text, question, date and rule."),
    ),
    (State.DRAFT, State.ARCHIVED): (
        _("It leaves your list. Nothing is deleted, and you can take it out again."),
    ),
    (State.ENROLLING, State.DRAFT): (
        _("Nobody can enroll until you open again. Answers given so far are kept."),
        _("People who had begun see that enrollment is resting."),
    ),
    (State.ENROLLING, State.MATCHING): (
        _("People can still enroll; they count in the next run."),
        _("You can solve, look at drafts, pin and keep apart. Nobody hears of a pair before you publish."),
    ),
    (State.ENROLLING, State.RUNNING): (
        _(
            "Pairs that exist have their room. People who join from now on are matched one by one or in a next run."
        ),
    ),
    (State.MATCHING, State.ENROLLING): (_("Drafts stay as they are. Enrollment goes on."),),
    (State.MATCHING, State.RUNNING): (
        _("Published pairs are under way, with plan and surveys counted from the day each pair started."),
        _("You can go on matching people who wait."),
    ),
    (State.RUNNING, State.MATCHING): (_("Pairs go on undisturbed. You have the matching in front again."),),
    (State.RUNNING, State.CLOSING): (
        _("No new pairs start."),
        _(
            "Pairs keep their room and come to an end in their own time; the closing survey follows each of them."
        ),
    ),
    (State.CLOSING, State.RUNNING): (_("New pairs can start again. Nobody is written to."),),
    (State.CLOSED, State.RUNNING): (_("Pairs can be formed and the rooms that are open go on."),),
    (State.CLOSED, State.ARCHIVED): (
        _(
            "It leaves your list and can no longer be changed. Nothing is deleted, and you can take it out again."
        ),
    ),
    (State.ARCHIVED, State.CLOSED): (_("It stands in your list again, closed."),),
}
CLOSING_DOWN: tuple[str | Promise, ...] = (
    _("Nobody can enroll and no new pair starts."),
    _("What the pairs wrote stays theirs: they can read it and take it along."),
    _("The report keeps its figures."),
)


def step_name(present: str, to: str) -> str | Promise:
    """What the button for this step says."""
    return ON[to] if ORDER.index(to) > ORDER.index(present) else BACK[to]


def what_happens(present: str, to: str) -> tuple[str | Promise, ...]:
    """What this step does, in sentences."""
    return HAPPENS.get((present, to), CLOSING_DOWN)
