"""The fields of the agreement that ship with the product, read from data/agreement.toml. Signing is in actions."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from alongside.foundation.contentfile import ContentError, Section, read_content, refuse_repeats

AGREEMENT_FILE = Path(__file__).parent / "data" / "agreement.toml"
KINDS = ("text", "rhythm", "channels", "hours", "days", "choice", "date")


@dataclass(frozen=True)
class AgreementOption:
    id: str
    label: str


@dataclass(frozen=True)
class AgreementField:
    """One field. `default` is the text or option that stands there first; rhythm and review have days instead.

    `usable` marks the five that make the agreement usable; `pair_only` fields are never shown to anyone else.
    """

    key: str
    number: int
    label: str
    help: str
    kind: str
    default: str
    default_days: int | None
    default_minutes: int | None
    options: tuple[AgreementOption, ...]
    usable: bool
    pair_only: bool


@dataclass(frozen=True)
class ThreeColumns:
    """How the two come to a line: headings of the three columns, and what to do in which order."""

    mine: str
    theirs: str
    agreed: str
    alone: str
    together: str
    sign: str
    usable: str


@dataclass(frozen=True)
class AgreementForm:
    """All fields in their printed order, and the method."""

    version: int
    method: ThreeColumns
    fields: tuple[AgreementField, ...]

    @property
    def keys_that_make_it_usable(self) -> tuple[str, ...]:
        return tuple(field.key for field in self.fields if field.usable)

    def field(self, key: str) -> AgreementField:
        """The field with this key; KeyError when there is none."""
        for field in self.fields:
            if field.key == key:
                return field
        raise KeyError(key)


@cache
def agreement_form() -> AgreementForm:
    """The form as shipped, read once for each process."""
    return load_agreement_form(AGREEMENT_FILE)


def load_agreement_form(path: Path) -> AgreementForm:
    """Read an agreement file. Raises ContentError naming file and key when anything in it is amiss."""
    file = read_content(path)
    file.only("version", "method", "field")
    fields = file.each("field", _field)
    refuse_repeats(file.file, "field.key", (field.key for field in fields))
    if [field.number for field in fields] != list(range(1, len(fields) + 1)):
        raise ContentError(file.file, "field.number", "numbers run from 1 without a gap")
    return AgreementForm(file.integer("version", least=1, most=10_000), _method(file.table("method")), fields)


def _method(section: Section) -> ThreeColumns:
    names = ("mine", "theirs", "agreed", "alone", "together", "sign", "usable")
    section.only(*names)
    return ThreeColumns(**{name: section.text(name) for name in names})


def _field(section: Section) -> AgreementField:
    section.only(
        "key", "number", "label", "help", "kind", "default", "default_days", "default_minutes", "options",
        "usable", "pair_only",
    )  # fmt: skip
    kind = section.choice("kind", KINDS)
    options = section.each("options", _option, optional=kind != "choice")
    refuse_repeats(section.file, f"{section.path}.options", (option.id for option in options))
    ids = [option.id for option in options]
    return AgreementField(
        key=section.key("key"),
        number=section.integer("number", least=1, most=99),
        label=section.text("label"),
        help=section.text("help"),
        kind=kind,
        default=section.choice("default", ids) if options else section.text("default", ""),
        default_days=_days(section) if kind in ("rhythm", "days") else None,
        default_minutes=section.integer("default_minutes", least=15, most=180) if kind == "rhythm" else None,
        options=options,
        usable=section.boolean("usable", default=False),
        pair_only=section.boolean("pair_only", default=False),
    )


def _days(section: Section) -> int:
    return section.integer("default_days", least=7, most=365)


def _option(section: Section) -> AgreementOption:
    section.only("id", "label")
    return AgreementOption(section.key("id"), section.text("label"))
