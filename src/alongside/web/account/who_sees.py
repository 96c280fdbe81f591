"""Me → who sees what: each thing a person gives or the house holds about them, and the widest circle that can read it here.

`holds` names the fields ("people.Person.about") and the tables ("meetings.Note") a line speaks for. A test holds the list
against the models: what is held about people stands in exactly one line.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ME, PAIR, PARTNER, TEAM, MANY = "lock", "lock", "eye", "shield", "users"


@dataclass(frozen=True, slots=True)
class Line:
    what: Promise
    readers: Promise
    icon: str
    holds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    title: Promise
    lines: tuple[Line, ...]


def _of(model: str, *fields: str) -> tuple[str, ...]:
    return tuple(f"{model}.{field}" for field in fields)


ABOUT = Group(
    _("About you"),
    (
        Line(
            _("Name, pronouns, photo, a few words about you"),
            _("People in your programs, and those who run them"),
            MANY,
            _of("people.Person", "name", "pronouns", "photo", "about"),
        ),
        Line(
            _("Your address, and your full name"),
            _("The coordinators of your programs, and administrators"),
            TEAM,
            _of("people.Person", "email", "full_name"),
        ),
        Line(
            _("What you do, where you work, languages you speak"),
            _("The coordinators of your programs; others as the form of each program says"),
            TEAM,
            _of("people.Person", "job_title", "unit", "languages"),
        ),
        Line(
            _("Whom you report to, if your organization told"),
            _("The coordinators of your programs; the matching keeps you two apart where it is asked to"),
            TEAM,
            _of("people.Person", "manager_email"),
        ),
        Line(
            _("Whether your account is open, an administrator’s, or to be deleted"),
            _("You, and administrators"),
            TEAM,
            _of("people.Person", "is_active", "is_administrator", "erase_at"),
        ),
        Line(
            _("The record of what you did, without a word of what was said"),
            _("Administrators, where it is about accounts, programs and sheets; the rest is read by nobody"),
            TEAM,
            ("journal.Entry",),
        ),
    ),
)

TIME = Group(
    _("When and how you can be reached"),
    (
        Line(
            _("Your hours and your clock"),
            _("Your partner, unless you keep your clock to yourself; your coordinators; the matching"),
            PARTNER,
            _of("people.Preferences", "zone", "hours", "possible_hours"),
        ),
        Line(
            _("Single days that are different"),
            _("Only you; a partner sees which hours you share"),
            ME,
            ("people.DayOverride",),
        ),
        Line(
            _("How you like to talk"),
            _("Your partner; others as the form of each program says"),
            PARTNER,
            _of("people.Preferences", "channels"),
        ),
        Line(
            _("How you usually answer"), _("Your partner"), PARTNER, _of("people.Preferences", "reply_habit")
        ),
        Line(
            _("Lighter weeks and times away, with your line"),
            _("Your partner"),
            PARTNER,
            ("people.Season",),
        ),
        Line(
            _("Whether an urgent note may ring"),
            _("Only you; your partner is offered it or not"),
            ME,
            _of("people.Preferences", "urgent"),
        ),
        Line(
            _("What you hear of and how, language, look"),
            _("Only you"),
            ME,
            (
                *_of("people.Preferences", "notices", "digest_time", "reminder_lead", "share_clock"),
                *_of("people.Preferences", "mail_text", "push", "push_text", "theme"),
                "people.Person.language",
            ),
        ),
        Line(
            _("Devices that may be rung, and what was sent to you"),
            _("Only you; administrators see that a mail came back, and to which address"),
            ME,
            ("delivery.Device", "delivery.Notice", "delivery.ShelfMail"),
        ),
        Line(
            _("The address of your calendar"),
            _("Whoever you give it to; they read there what you chose"),
            PARTNER,
            ("meetings.Feed",),
        ),
    ),
)

PROGRAM = Group(
    _("In a program"),
    (
        Line(
            _("That you take part, in which role, how far you are"),
            _("The coordinators; other people of the program once you can be found or are matched"),
            TEAM,
            (
                "enrollment.Invitation",
                *_of("enrollment.Participation", "program", "match_type", "role", "state", "state_since"),
                *_of("enrollment.Participation", "step", "steps_done", "submitted_at", "approved_at"),
            ),
        ),
        Line(
            _("How many people you can hold, and how many hours a month"),
            _("The coordinators; those who look for a mentor see whether a place is free"),
            TEAM,
            _of("enrollment.Participation", "capacity", "hours_per_month"),
        ),
        Line(
            _("What matters most to you in a match"),
            _("Only you; the matching counts it"),
            ME,
            _of("enrollment.Participation", "importance"),
        ),
        Line(
            _("Whom you would rather not be matched with"),
            _("Only you; the matching keeps to it"),
            ME,
            ("enrollment.NotWith",),
        ),
        Line(
            _("Your number in a sheet, the team’s tags, their line to you"),
            _("The coordinators; the line to you, you as well"),
            TEAM,
            (
                *_of("enrollment.Participation", "reference", "came_with", "imported", "note_from_team"),
                "enrollment.Tag",
                "enrollment.SheetImport",
            ),
        ),
        Line(
            _("Your answers to its form"),
            _("Each as its question says: see the tables below"),
            PARTNER,
            (
                "enrollment.Participation.answers",
                "questionnaires.AnswerSet",
                "questionnaires.Answer",
            ),
        ),
        Line(
            _("Who could fit you, and why"),
            _("The coordinators; people you are suggested to, in words"),
            TEAM,
            (
                "matching.Run",
                "matching.Proposal",
                "matching.Unmatched",
                "matching.Override",
                "matching.Suggestion",
            ),
        ),
        Line(
            _("Words you ask a mentor with, and the answer"),
            _("The two of you"),
            PAIR,
            ("matching.Request",),
        ),
        Line(
            _("Words of the team to everybody, and whether you opened them"),
            _("The words: whoever they went to; that you opened them: only you"),
            ME,
            ("delivery.Announcement", "delivery.Receipt"),
        ),
        Line(
            _("That you look after a program"),
            _("People of the program, with your address if you are whom they can ask; administrators"),
            MANY,
            ("programs.Staff", "programs.StaffInvitation"),
        ),
    ),
)

TOGETHER = Group(
    _("What you two write and do"),
    (
        Line(
            _("Messages, topics, agenda and shared notes"),
            _("You and your partner"),
            PAIR,
            ("discussions.Topic", "discussions.Message", "meetings.AgendaItem"),
        ),
        Line(_("How far you have read"), _("Only you"), ME, ("discussions.Read",)),
        Line(_("Your own notes"), _("Only you"), ME, ("meetings.Note",)),
        Line(
            _("Talks: when they are, who comes, what became of them"),
            _("You and your partner; coordinators see counts and months"),
            PAIR,
            (
                "meetings.Meeting",
                "meetings.OfferedTime",
                "meetings.Attendance",
                "meetings.Wish",
                "meetings.Outcome",
            ),
        ),
        Line(
            _("Goals and their steps"),
            _("You; your partner if you share one. Coordinators see counts for the program"),
            PAIR,
            ("goals.Goal", "goals.Step"),
        ),
        Line(
            _("Activities and what you noted of them"),
            _("You and your partner"),
            PAIR,
            ("activities.Activity",),
        ),
        Line(
            _("Your agreement"),
            _("You and your partner; coordinators see whether both have signed"),
            PAIR,
            ("mentorships.Agreement", "mentorships.Signature"),
        ),
        Line(
            _("What you thought before writing it"),
            _("You; your partner once both have answered"),
            PAIR,
            ("mentorships.OwnAnswers",),
        ),
        Line(
            _("A letter to yourself"),
            _("Nobody until you two part; then only you"),
            ME,
            ("activities.Letter",),
        ),
        Line(
            _("That you two are a pair, how it stands, when it rests or ends"),
            _("You and your partner first; then the coordinators, in a word and a month"),
            TEAM,
            ("mentorships.Mentorship", "mentorships.Member", "mentorships.Pause", "insights.Signal"),
        ),
        Line(
            _("Why you ended a pair"),
            _("Only you; counted in groups of five and more"),
            ME,
            ("mentorships.Closing",),
        ),
        Line(
            _("What you asked the team, and what they note"),
            _("The coordinators; a report of harm, the contact person alone"),
            TEAM,
            ("insights.Case",),
        ),
        Line(
            _("Survey answers"),
            _("Counted in groups of five and more, without your name, unless you share one"),
            MANY,
            ("surveys.Ask", "surveys.OwnAnswers", "surveys.Response"),
        ),
        Line(
            _("Survey answers you shared with the team"),
            _("The coordinators, with your name"),
            TEAM,
            ("surveys.Shared",),
        ),
    ),
)

GROUPS = (ABOUT, TIME, PROGRAM, TOGETHER)
