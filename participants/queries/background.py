"""What a person brought along, in words: languages, schooling, work, credentials."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from participants.countries import country_label
from participants.languages import language_label
from participants.models import Credential, LanguageAssessment, Participation, Schooling, WorkExperience
from participants.operations.background import MOTHER_TONGUE, SKILLS
from participants.sheets.texts import GERMAN
from resque.codelists.queries import entry_of, label
from resque.ui.tags.numbers import day as written

# How a level stands beside its language where there is little room; other codes are their own short word.
_SHORT = {MOTHER_TONGUE: gettext_lazy("first language"), "A1_1": "A1.1", "X0": "0", "NB": ""}
_SKILL_LABELS = {skill: LanguageAssessment._meta.get_field(skill).verbose_name for skill in SKILLS[1:]}


@dataclass(frozen=True)
class Line:
    """One row in words.

    Attributes:
        key: its primary key, for the owner's buttons.
        title: what it is.
        details: what else is known, each a short sentence.
        when: day or years; nothing where nobody knows.
    """

    key: int
    title: str
    details: list[str]
    when: str

    @property
    def sent(self) -> dict[str, str]:
        """What the button that removes the row sends."""
        return {"row": str(self.key)}


@dataclass(frozen=True)
class Section:
    """All rows of one kind with their heading.

    Attributes:
        name: key of participants.operations.background.KINDS.
        title, caption: heading, and words for those who do not see it.
        nothing: what stands there without any row.
        add_label, change_label: words of the button that adds, and heading of a correction.
        lines: the rows, newest first.
    """

    name: str
    title: str | Promise
    caption: str | Promise
    nothing: str | Promise
    add_label: str | Promise
    change_label: str | Promise
    lines: list[Line]


def languages_of(participation: Participation, user) -> list[LanguageAssessment]:
    """Return the assessments that `user` may see, by language, newest first; one query."""
    return list(LanguageAssessment.objects.visible_to(user).filter(person=participation.person_id))


def newest_levels(assessments: Iterable[LanguageAssessment]) -> list[tuple[str, str]]:
    """Return (language, code of the level) of the newest level of each language, German first."""
    newest: dict[str, str] = {}
    for row in assessments:
        if row.overall:
            newest.setdefault(row.language, row.overall)
    named = [(language_name(code), level) for code, level in newest.items()]
    german = language_name(GERMAN)
    return sorted(named, key=lambda pair: (pair[0] != german, pair[0].casefold()))


def spoken(assessments: Iterable[LanguageAssessment]) -> list[tuple[str, str]]:
    """Return (language, level in a word) of the newest level of each language, German first."""
    return [(name, str(_SHORT.get(level, level))) for name, level in newest_levels(assessments)]


def script_of(assessments: Iterable[LanguageAssessment]) -> str:
    """Return what was noted last about reading and writing; nothing when nobody asked."""
    known = [row for row in assessments if row.literacy]
    return label("literacy", max(known, key=lambda row: (row.assessed_on, row.pk)).literacy) if known else ""


def highest_certificate(participation: Participation) -> str:
    """Return the code of the highest schooling that is noted, recognised or not; nothing when none is. One query.

    Args:
        participation: loaded through the door for writing: schooling is a fact that its owner sees.
    """
    codes = Schooling.objects.filter(person=participation.person_id).values_list("certificate", flat=True)
    return max(codes, key=lambda code: entry_of("education_isced", code).attributes["isced"], default="")


def language_name(code: str) -> str:
    """Return the name of a language, German included."""
    return _("German") if code == GERMAN else language_label(code)


def background_of(participation: Participation, user, *, names_visible: bool) -> list[Section]:
    """Return what `user` may see of it: languages and schooling are facts, work and credentials as open as the name.

    Args:
        participation: loaded through the door.
        user: the reader.
        names_visible: whether the reader may see the name; else two sections.
    """
    person = participation.person_id
    sections = [
        Section("language", _("Languages"), _("Languages, newest level first"),
                _("No language noted yet."), _("Add a language"), _("Correct a language"),
                [_language(row) for row in languages_of(participation, user)]),
        Section("schooling", _("Schooling"), _("Schools and universities, newest first"),
                _("No school noted yet."), _("Add a school"), _("Correct a school"),
                [_schooling(row) for row in Schooling.objects.visible_to(user).filter(person=person)]),
    ]  # fmt: skip
    if not names_visible:
        return sections
    return [
        *sections,
        Section("work", _("Work so far"), _("Occupations, newest first"),
                _("No occupation noted yet."), _("Add an occupation"), _("Correct an occupation"),
                [_work(row) for row in WorkExperience.objects.visible_to(user).filter(person=person)]),
        Section("credential", _("Credentials"), _("Certificates, diplomas, licences, newest first"),
                _("No credential noted yet."), _("Add a credential"), _("Correct a credential"),
                [_credential(row) for row in Credential.objects.visible_to(user).filter(person=person)]),
    ]  # fmt: skip


def _language(row: LanguageAssessment) -> Line:
    level = label("cefr", row.overall)
    skills = [f"{_SKILL_LABELS[skill]} {label('cefr', getattr(row, skill))}" for skill in _SKILL_LABELS
              if getattr(row, skill)]  # fmt: skip
    details = [", ".join(filter(None, (label("language_evidence", row.evidence), row.get_exam_display())))]
    details += [", ".join(skills)] if skills else []
    details += [label("literacy", row.literacy)] if row.literacy else []
    name = language_name(row.language)
    return Line(row.pk, f"{name}: {level}" if level else name, details, written(row.assessed_on))


def _schooling(row: Schooling) -> Line:
    details = [country_label(row.country)] if row.country else []
    if row.years is not None:
        details.append(ngettext("%(years)s year", "%(years)s years", row.years) % {"years": row.years})
    if row.university is not None:
        details.append(_("allows university there") if row.university else _("does not allow university there"))
    return Line(row.pk, label("education_isced", row.certificate), details, _years(row.from_year, row.until_year))


def _work(row: WorkExperience) -> Line:
    details = [row.get_kind_display(), country_label(row.country) if row.country else "", row.tasks]
    return Line(row.pk, row.occupation, [text for text in details if text], _years(row.from_year, row.until_year))


def _credential(row: Credential) -> Line:
    seen = _("seen on %(day)s") % {"day": written(row.seen_on)} if row.seen_on else ""
    details = [
        country_label(row.country) if row.country else "", row.get_paper_display(), seen,
        label("recognition_kind", row.route), row.remark,
    ]  # fmt: skip
    return Line(row.pk, row.title, [text for text in details if text], str(row.year or ""))


def _years(first: int | None, last: int | None) -> str:
    if first and last:
        return str(first) if first == last else f"{first} – {last}"
    if first:
        return _("since %(year)s") % {"year": first}
    return _("until %(year)s") % {"year": last} if last else ""
