"""The program templates that ship with the product, read from data/. Making a program is in actions."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from alongside.engine.matching.model import PERFECT
from alongside.foundation.contentfile import Section, read_content, refuse_repeats

DATA = Path(__file__).parent / "data"
QUESTIONS_FILE = DATA / "questions.toml"
TEMPLATES_FOLDER = DATA / "templates"

STEPS = ("about_you", "when", "topics", "how_you_tick", "privacy")
KINDS = (
    "short_text", "long_text", "single", "multiple", "ranked", "scale", "skill", "number", "date", "place",
    "languages", "hours", "consent", "file",
)  # fmt: skip
KINDS_WITH_OPTIONS = ("single", "multiple", "ranked", "skill")
KINDS_WITH_ENDS = ("scale", "number")
AUDIENCES = ("everyone", "mentee", "mentor")
VISIBILITIES = ("program", "partner", "team", "me")
FILLS = (
    "person.about", "person.languages", "person.unit", "preferences.hours", "preferences.channels",
    "participation.capacity", "participation.hours_per_month",
)  # fmt: skip
MATCHES = {
    "overlap": ("wish_to_offer", "mutual"),
    "same": ("mutual",),
    "different": ("mutual",),
    "steps": ("mentor_ahead", "mentee_ahead", "close"),
    "shared_hours": ("mutual",),
}
MODES = ("whole_program", "self", "suggested", "admin")
RULES = ("reporting_line", "shared_language", "shared_hours", "blocked", "history", "different_unit")
PLAN_KINDS = ("activity", "survey", "talk", "tip")
ROLES = ("both", "mentee", "mentor")


@dataclass(frozen=True)
class TemplateOption:
    id: str
    label: str


@dataclass(frozen=True)
class TemplateMatch:
    """How the answers of two people become points: `weight` of the engine's PERFECT when they fit fully."""

    how: str
    direction: str
    weight: int


@dataclass(frozen=True)
class TemplateQuestion:
    """One question of the enrollment form. `fills` names the field where its answer lives, if it has one."""

    key: str
    step: str
    kind: str
    label: str
    label_mentor: str
    help: str
    required: bool
    answered_by: str
    seen_by: str
    options: tuple[TemplateOption, ...]
    most_choices: int | None
    least: int | None
    most: int | None
    least_label: str
    most_label: str
    fills: str | None
    match: TemplateMatch | None

    def settings(self) -> dict[str, object]:
        """What the kind needs, without empty entries."""
        known = {
            "most_choices": self.most_choices,
            "least": self.least,
            "most": self.most,
            "least_label": self.least_label or None,
            "most_label": self.most_label or None,
        }
        return {name: value for name, value in known.items() if value is not None}


@dataclass(frozen=True)
class TemplateRule:
    """A hard limit of matching, with the sentence that people read. `minutes` are shared minutes a week."""

    key: str
    kind: str
    sentence: str
    levels: int | None
    minutes: int | None
    except_written: bool


@dataclass(frozen=True)
class TemplatePlanItem:
    """One thing the plan offers. `day` counts from the start; `ref` is an activity, survey or agenda key."""

    kind: str
    day: int
    who: str
    ref: str
    title: str
    text: str


@dataclass(frozen=True)
class TemplateStage:
    key: str
    name: str
    intro: str
    items: tuple[TemplatePlanItem, ...]


@dataclass(frozen=True)
class RoleLabels:
    mentor: str
    mentors: str
    mentee: str
    mentees: str


@dataclass(frozen=True)
class ProgramTemplate:
    """Everything a coordinator starts from. Weights of the matching questions sum to PERFECT."""

    key: str
    version: int
    name: str
    summary: str
    description: str
    modes: tuple[str, ...]
    roles: RoleLabels
    months: int
    rhythm_days: int
    meeting_minutes: int
    capacity: int
    trial_meetings: int
    questions: tuple[TemplateQuestion, ...]
    rules: tuple[TemplateRule, ...]
    stages: tuple[TemplateStage, ...]
    surveys: tuple[str, ...]
    agreement_hints: Mapping[str, str]

    @property
    def plan(self) -> tuple[TemplatePlanItem, ...]:
        """All plan items of all stages, in order."""
        return tuple(item for stage in self.stages for item in stage.items)

    def question(self, key: str) -> TemplateQuestion:
        """The question with this key; KeyError when there is none."""
        for question in self.questions:
            if question.key == key:
                return question
        raise KeyError(key)


@cache
def program_templates() -> tuple[ProgramTemplate, ...]:
    """The templates as shipped, by name, read once for each process."""
    return load_program_templates(TEMPLATES_FOLDER, QUESTIONS_FILE)


def program_template(key: str) -> ProgramTemplate:
    """The shipped template with this key; KeyError when there is none."""
    for template in program_templates():
        if template.key == key:
            return template
    raise KeyError(key)


def load_program_templates(folder: Path, questions_file: Path) -> tuple[ProgramTemplate, ...]:
    """Read all templates of a folder. Raises ContentError naming file and key when anything is amiss."""
    shared = _shared_questions(questions_file)
    templates = [load_program_template(path, shared) for path in sorted(folder.glob("*.toml"))]
    refuse_repeats(folder.name, "key", (template.key for template in templates))
    return tuple(sorted(templates, key=lambda template: template.name))


def load_program_template(path: Path, shared: Mapping[str, Section]) -> ProgramTemplate:
    """Read one template; `shared` are the questions it may take with `use`."""
    file = read_content(path)
    file.only(
        "key", "version", "name", "summary", "description", "modes", "months", "rhythm_days",
        "meeting_minutes", "capacity", "trial_meetings", "surveys", "roles", "question", "rule", "stage",
        "agreement",
    )  # fmt: skip
    return ProgramTemplate(
        key=file.key("key"),
        version=file.integer("version", least=1, most=10_000),
        name=file.text("name"),
        summary=file.text("summary"),
        description=file.text("description"),
        modes=file.texts("modes", MODES),
        roles=_roles(file.table("roles")),
        months=file.integer("months", least=1, most=36),
        rhythm_days=file.integer("rhythm_days", least=7, most=90),
        meeting_minutes=file.integer("meeting_minutes", least=15, most=180),
        capacity=file.integer("capacity", least=1, most=10),
        trial_meetings=file.integer("trial_meetings", least=0, most=5),
        questions=_questions(file, shared),
        rules=_rules(file),
        stages=_stages(file),
        surveys=file.names("surveys"),
        agreement_hints=file.labels("agreement"),
    )


def _roles(section: Section) -> RoleLabels:
    section.only("mentor", "mentors", "mentee", "mentees")
    return RoleLabels(**{name: section.text(name) for name in ("mentor", "mentors", "mentee", "mentees")})


def _shared_questions(path: Path) -> dict[str, Section]:
    file = read_content(path)
    file.only("question")
    sections = file.sections("question")
    refuse_repeats(file.file, "question.key", (section.key("key") for section in sections))
    return {section.key("key"): section for section in sections}


def _questions(file: Section, shared: Mapping[str, Section]) -> tuple[TemplateQuestion, ...]:
    questions = tuple(_question(_with_shared(section, shared)) for section in file.sections("question"))
    refuse_repeats(file.file, "question.key", (question.key for question in questions))
    order = [STEPS.index(question.step) for question in questions]
    if order != sorted(order):
        raise file.error("question", "questions follow the five steps: " + ", ".join(STEPS))
    weights = sum(question.match.weight for question in questions if question.match)
    if weights != PERFECT:
        raise file.error("question", f"the weights sum to {weights} instead of {PERFECT}")
    return questions


def _with_shared(section: Section, shared: Mapping[str, Section]) -> Section:
    if not section.has("use"):
        return section
    values = {name: value for name, value in section.values.items() if name != "use"}
    taken = shared[section.choice("use", shared)]
    return Section(section.file, section.path, {**taken.values, **values})


def _question(section: Section) -> TemplateQuestion:
    section.only(
        "key", "step", "kind", "label", "label_mentor", "help", "required", "answered_by", "seen_by",
        "options", "most_choices", "least", "most", "least_label", "most_label", "fills", "match",
    )  # fmt: skip
    kind = section.choice("kind", KINDS)
    label = section.text("label")
    ends = kind in KINDS_WITH_ENDS
    options = section.each("options", _option, optional=kind not in KINDS_WITH_OPTIONS)
    refuse_repeats(section.file, f"{section.path}.options", (option.id for option in options))
    return TemplateQuestion(
        key=section.key("key"),
        step=section.choice("step", STEPS),
        kind=kind,
        label=label,
        label_mentor=section.text("label_mentor", label),
        help=section.text("help", ""),
        required=section.boolean("required", default=False),
        answered_by=section.choice("answered_by", AUDIENCES),
        seen_by=section.choice("seen_by", VISIBILITIES),
        options=options,
        most_choices=_optional_integer(section, "most_choices", most=50),
        least=section.integer("least", least=0, most=1000) if ends else None,
        most=section.integer("most", least=1, most=1000) if ends else None,
        least_label=section.text("least_label", ""),
        most_label=section.text("most_label", ""),
        fills=section.choice("fills", FILLS) if section.has("fills") else None,
        match=_match(section.table("match")) if section.has("match") else None,
    )


def _option(section: Section) -> TemplateOption:
    section.only("id", "label")
    return TemplateOption(section.key("id"), section.text("label"))


def _match(section: Section) -> TemplateMatch:
    section.only("how", "direction", "weight")
    how = section.choice("how", MATCHES)
    return TemplateMatch(
        how=how,
        direction=section.choice("direction", MATCHES[how]),
        weight=section.integer("weight", least=1, most=PERFECT),
    )


def _rules(file: Section) -> tuple[TemplateRule, ...]:
    rules = file.each("rule", _rule)
    refuse_repeats(file.file, "rule.key", (rule.key for rule in rules))
    return rules


def _rule(section: Section) -> TemplateRule:
    section.only("key", "kind", "sentence", "levels", "minutes", "except_written")
    kind = section.choice("kind", RULES)
    return TemplateRule(
        key=section.key("key"),
        kind=kind,
        sentence=section.text("sentence"),
        levels=section.integer("levels", least=1, most=20) if kind == "reporting_line" else None,
        minutes=section.integer("minutes", least=30, most=2400) if kind == "shared_hours" else None,
        except_written=section.boolean("except_written", default=False),
    )


def _stages(file: Section) -> tuple[TemplateStage, ...]:
    stages = file.each("stage", _stage)
    refuse_repeats(file.file, "stage.key", (stage.key for stage in stages))
    days = [item.day for stage in stages for item in stage.items]
    if days != sorted(days):
        raise file.error("stage", "the items of the plan do not stand in the order of their days")
    return stages


def _stage(section: Section) -> TemplateStage:
    section.only("key", "name", "intro", "items")
    return TemplateStage(
        section.key("key"), section.text("name"), section.text("intro"), section.each("items", _plan_item)
    )


def _plan_item(section: Section) -> TemplatePlanItem:
    kind = section.choice("kind", PLAN_KINDS)
    if kind == "talk":
        section.only("kind", "day", "who", "title", "agenda")
    elif kind == "tip":
        section.only("kind", "day", "who", "title", "text")
    else:
        section.only("kind", "day", "who", "ref")
    worded = kind in ("talk", "tip")
    return TemplatePlanItem(
        kind=kind,
        day=section.integer("day", least=0, most=1100),
        who=section.choice("who", ROLES, default="both"),
        ref="" if kind == "tip" else section.key("agenda" if kind == "talk" else "ref"),
        title=section.text("title", None if worded else ""),
        text=section.text("text") if kind == "tip" else "",
    )


def _optional_integer(section: Section, key: str, *, most: int) -> int | None:
    return section.integer(key, least=1, most=most) if section.has(key) else None
