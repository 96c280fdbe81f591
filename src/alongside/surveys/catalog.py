"""The surveys that ship with the product, read from data/surveys.toml. Waves and answers are in models."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from alongside.foundation.contentfile import ContentError, Section, read_content, refuse_repeats

CATALOG_FILE = Path(__file__).parent / "data" / "surveys.toml"
KINDS = ("agree5", "single", "text", "needs", "scale")
VISIBILITIES = ("me", "team", "group")
AUDIENCES = ("both", "mentee", "mentor")
ROUTES = ("hand", "private_note", "safety", "share")
TRIGGERS = {
    "day": ("day", "from", "every", "longer_than_months"),
    "first_talk": ("day", "or_day"),
    "after_talk": ("every",),
    "half_way": (),
    "closing": (),
    "ending_early": (),
}
CONSENT = "consent"


@dataclass(frozen=True)
class ItemOption:
    """One answer to tap. `opens` names what the answer leads to at once, such as the safety route."""

    id: str
    label: str
    value: int | None = None
    opens: str | None = None


@dataclass(frozen=True)
class CatalogItem:
    """One question with its provenance. Items are never required, and none is a validated instrument yet."""

    id: str
    version: int
    construct: str
    kind: str
    visibility: str
    wording: str
    wording_mentor: str
    help: str
    options: tuple[ItemOption, ...]
    author: str
    license: str
    core: bool
    reversed: bool
    state_only: bool
    least: int | None
    most: int | None
    least_label: str
    most_label: str
    most_needs: int
    points: int
    required: bool = False

    def wording_for(self, role: str) -> str:
        """The sentence this role reads; only mentors have wordings of their own."""
        return self.wording_mentor if role == "mentor" else self.wording

    @property
    def counts_as_item(self) -> bool:
        """Whether it is asked of the person's time; a choice of who may read is not."""
        return self.construct != CONSENT


@dataclass(frozen=True)
class Trigger:
    """When a survey comes.

    `day`: `day` days after the mentorship's start or end (`origin`), then every `every` days in programs
    longer than `longer_than_months`. `first_talk`: `day` days after it, or on day `or_day` from the start,
    whichever comes first. `after_talk`: at most after every `every`-th talk. The others name their event.
    """

    kind: str
    day: int | None = None
    origin: str | None = None
    every: int | None = None
    longer_than_months: int | None = None
    or_day: int | None = None


@dataclass(frozen=True)
class CatalogSurvey:
    """One survey: when, for whom, how long, and its items in order."""

    key: str
    number: str
    title: str
    intro: str
    audience: str
    seconds: int
    optional: bool
    skip_when: str | None
    trigger: Trigger
    items: tuple[CatalogItem, ...]

    @property
    def asked(self) -> tuple[CatalogItem, ...]:
        """The items that count against a person's budget."""
        return tuple(item for item in self.items if item.counts_as_item)


@dataclass(frozen=True)
class SurveyCatalog:
    """All shipped surveys and items, with the sentences printed beside every question."""

    version: int
    note: str
    skip_id: str
    skip_label: str
    visibility_labels: dict[str, str]
    items: tuple[CatalogItem, ...]
    surveys: tuple[CatalogSurvey, ...]

    def survey(self, key: str) -> CatalogSurvey:
        """The survey with this key; KeyError when there is none."""
        for survey in self.surveys:
            if survey.key == key:
                return survey
        raise KeyError(key)

    def item(self, item_id: str) -> CatalogItem:
        """The item with this id; KeyError when there is none."""
        for item in self.items:
            if item.id == item_id:
                return item
        raise KeyError(item_id)

    def visibility_label(self, item: CatalogItem) -> str:
        """Who can read the answer, as printed beside the question."""
        return self.visibility_labels["team_state" if item.state_only else item.visibility]


@cache
def survey_catalog() -> SurveyCatalog:
    """The catalog as shipped, read once for each process."""
    return load_survey_catalog(CATALOG_FILE)


def load_survey_catalog(path: Path) -> SurveyCatalog:
    """Read a catalog file. Raises ContentError naming file and key when anything in it is amiss."""
    file = read_content(path)
    file.only("version", "author", "license", "note", "visibility", "skip", "scales", "item", "survey")
    items = _items(file)
    surveys = file.each("survey", lambda section: _survey(section, items))
    refuse_repeats(file.file, "survey.key", (survey.key for survey in surveys))
    return SurveyCatalog(
        version=file.integer("version", least=1, most=10_000),
        note=file.text("note"),
        skip_id=file.table("skip").key("id"),
        skip_label=file.table("skip").text("label"),
        visibility_labels=_visibility_labels(file.table("visibility")),
        items=tuple(items.values()),
        surveys=surveys,
    )


def _visibility_labels(section: Section) -> dict[str, str]:
    known = (*VISIBILITIES, "team_state")
    section.only(*known)
    return {name: section.text(name) for name in known}


def _items(file: Section) -> dict[str, CatalogItem]:
    agree5 = file.table("scales").each("agree5", _option)
    author, license_name = file.name("author"), file.name("license")
    items = file.each("item", lambda section: _item(section, agree5, author, license_name))
    refuse_repeats(file.file, "item.id", (item.id for item in items))
    return {item.id: item for item in items}


def _item(section: Section, agree5: tuple[ItemOption, ...], author: str, license_name: str) -> CatalogItem:
    section.only(
        "id", "version", "construct", "kind", "visibility", "wording", "wording_mentor", "help", "options",
        "core", "reversed", "state_only", "least", "most", "least_label", "most_label", "most_needs",
        "points",
    )  # fmt: skip
    kind = section.choice("kind", KINDS)
    options = section.each("options", _option, optional=kind != "single")
    refuse_repeats(section.file, f"{section.path}.options", (option.id for option in options))
    wording = section.text("wording")
    scale = kind == "scale"
    needs = kind == "needs"
    return CatalogItem(
        id=section.name("id"),
        version=section.integer("version", least=1, most=99, default=1),
        construct=section.key("construct"),
        kind=kind,
        visibility=section.choice("visibility", VISIBILITIES),
        wording=wording,
        wording_mentor=section.text("wording_mentor", wording),
        help=section.text("help", ""),
        options=agree5 if kind == "agree5" else options,
        author=author,
        license=license_name,
        core=section.boolean("core", default=False),
        reversed=section.boolean("reversed", default=False),
        state_only=section.boolean("state_only", default=False),
        least=section.integer("least", least=-10, most=10) if scale else None,
        most=section.integer("most", least=-10, most=10) if scale else None,
        least_label=section.text("least_label", None if scale else ""),
        most_label=section.text("most_label", None if scale else ""),
        most_needs=section.integer("most_needs", least=1, most=9, default=None if needs else 0),
        points=section.integer("points", least=1, most=100, default=None if needs else 0),
    )


def _option(section: Section) -> ItemOption:
    section.only("id", "label", "value", "opens")
    return ItemOption(
        id=section.key("id"),
        label=section.text("label"),
        value=section.integer("value", least=-10, most=10) if section.has("value") else None,
        opens=section.choice("opens", ROUTES) if section.has("opens") else None,
    )


def _survey(section: Section, items: dict[str, CatalogItem]) -> CatalogSurvey:
    section.only(
        "key", "number", "title", "intro", "audience", "seconds", "optional", "skip_when", "trigger", "items"
    )
    return CatalogSurvey(
        key=section.key("key"),
        number=section.name("number"),
        title=section.text("title"),
        intro=section.text("intro"),
        audience=section.choice("audience", AUDIENCES),
        seconds=section.integer("seconds", least=5, most=600),
        optional=section.boolean("optional", default=False),
        skip_when=section.choice("skip_when", ("talk_held",)) if section.has("skip_when") else None,
        trigger=_trigger(section.table("trigger")),
        items=tuple(items[item_id] for item_id in section.texts("items", items)),
    )


def _trigger(section: Section) -> Trigger:
    kind = section.choice("kind", TRIGGERS)
    section.only("kind", *TRIGGERS[kind])
    trigger = Trigger(
        kind=kind,
        day=_days(section, "day"),
        origin=section.choice("from", ("start", "end")) if section.has("from") else None,
        every=_days(section, "every"),
        longer_than_months=_days(section, "longer_than_months"),
        or_day=_days(section, "or_day"),
    )
    if kind == "day" and (trigger.day is None or trigger.origin is None):
        raise ContentError(section.file, section.path, "a day trigger says which day, and from what")
    return trigger


def _days(section: Section, key: str) -> int | None:
    return section.integer(key, least=1, most=999) if section.has(key) else None
