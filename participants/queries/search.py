"""Who may already be known: candidates for a name, ranked and explained, and the question to other partners."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participants import sql
from participants.choices import BirthPrecision
from participants.countries import country_label
from participants.matching import ALIKE, LEAST, Pairing, band, compare
from participants.models import Identity, Participation, Spelling
from participants.models.person import SpellingKind
from participants.names import fold, script_of, skeleton, tidy, words
from resque.accounts.models import Partner

SHOWN = 8  # candidates on the page
SHORTEST = 2  # letters from which on a search makes sense
_ASSIGNED = {"assumed_0101", "year", "unknown"}
_YEAR_EFFECT = {0: 0.02, 1: -0.03, 2: -0.08, 3: -0.08}
_FAR_YEAR = -0.2
_SAME_DAY = 0.04


@dataclass(frozen=True)
class Wanted:
    """What is known of the person who is looked for."""

    name: str
    year: int | None = None
    birth_date: date | None = None

    @property
    def is_enough(self) -> bool:
        """Whether there are enough letters to look for."""
        return sum(letter.isalpha() for letter in self.name) >= SHORTEST

    @property
    def birth_year(self) -> int | None:
        """The year of birth, from whichever was told."""
        return self.birth_date.year if self.birth_date else self.year

    def keys(self) -> tuple[list[str], str]:
        """Return the folded forms and the skeleton by which the database is asked."""
        name = tidy(self.name)
        folded, bones = fold(name), skeleton(name)
        return [folded], bones


@dataclass(frozen=True)
class Candidate:
    """Somebody whom the caller may see and who may be meant."""

    participation: Participation
    score: float
    reasons: tuple[tuple[bool, str], ...] = field(default=())

    matched: frozenset[str] = frozenset()  # folded words that agree with what was typed

    @property
    def name_parts(self) -> list[tuple[str, bool, str]]:
        """The name word by word: the word, whether it agrees with what was typed, and what follows it."""
        name = self.participation.person.name.split()
        parts = [(word.rstrip(","), "," if word.endswith(",") else "") for word in name]
        return [(word, bool(set(words(word)) & self.matched), tail) for word, tail in parts]

    @property
    def facts(self) -> str:
        """Birth, nationality, whose case: what tells two people of one name apart."""
        person, case = self.participation.person, self.participation
        whose = ", ".join(filter(None, (case.referent.short_name if case.referent else "", case.partner.short_name)))
        return " · ".join(filter(None, (birth_words(person), country_label(person.nationality), whose)))

    @property
    def band(self) -> int:
        """1 to 5, as the marks beside the candidate."""
        return band(self.score)

    @property
    def words(self) -> str:
        """The band in words."""
        return band_words(self.band)


@dataclass(frozen=True)
class PartnerHit:
    """Another partner accompanies somebody of a similar name; nothing more is known here."""

    partner: Partner
    band: int

    @property
    def words(self) -> str:
        """The band in words."""
        return band_words(self.band)


def band_words(number: int) -> str:
    """Return a band in words."""
    return {5: _("very similar"), 4: _("similar")}.get(number, _("rather similar"))


def find_candidates(user, wanted: Wanted, *, most: int = SHOWN) -> list[Candidate]:
    """Return people who may be meant, best first.

    Args:
        user: the searching caseworker; None inside `acting_as_system`.
        wanted: name and, where known, year or day of birth.
        most: number of candidates.
    """
    if not wanted.is_enough:
        return []
    keys, bones = wanted.keys()
    people = [person for person, _score in sql.similar_people(keys, bones)]
    found = [weigh(participation, wanted) for participation in newest_of(user, people)]
    ranked = sorted(found, key=lambda candidate: (-candidate.score, candidate.participation.reference))
    return [candidate for candidate in ranked if candidate.score >= LEAST][:most]


def people_named(user, name: str, *, most: int = 200) -> list[int]:
    """Return keys of people whose name is similar to `name`, best first, for the text search of a list."""
    wanted = Wanted(name)
    if not wanted.is_enough:
        return []
    keys, bones = wanted.keys()
    near = [person for person, _score in sql.similar_people(keys, bones, most=most)]
    laid: dict[int, list[tuple[Pairing, Spelling]]] = {}
    for spelling in Spelling.objects.visible_to(user).filter(person__in=near):
        laid.setdefault(spelling.person_id, []).append((compare(name, spelling.text), spelling))
    scores = {person: _best(pairs)[0].score for person, pairs in laid.items()}
    ranked = sorted(scores, key=lambda person: (-scores[person], person))
    return [person for person in ranked if scores[person] >= LEAST]


def partner_hits(wanted: Wanted) -> list[PartnerHit]:
    """Return the partners who may know the person. To be asked after the question stands in the audit log."""
    keys, bones = wanted.keys()
    bands = dict(sql.partners_knowing(keys, bones, wanted.birth_year))
    # All partners are read whether one of them answered or not: a hit must not cost a query more.
    hits = [PartnerHit(partner, bands[partner.pk]) for partner in Partner.objects.by_name() if partner.pk in bands]
    return sorted(hits, key=lambda hit: -hit.band)


def questions_left() -> int:
    """Return how often the caller may still ask the partners within this hour."""
    return max(0, sql.QUESTIONS_AN_HOUR - sql.questions_in_last_hour())


def newest_of(user, people: list[int]) -> list[Participation]:
    """Return the newest visible participation of each person, with what the reader may see of the name."""
    rows = Participation.objects.filter(person__in=people).select_related("person", "partner", "referent")
    names, spellings = Identity.objects.all(), Spelling.objects.all()
    if user is not None:
        rows = rows.visible_to(user)
        names, spellings = names.visible_to(user), spellings.visible_to(user)
    rows = rows.prefetch_related(
        Prefetch("person__identity", queryset=names), Prefetch("person__spellings", queryset=spellings)
    )
    newest: dict[int, Participation] = {}
    for row in rows.order_by("created_on", "pk"):
        newest[row.person_id] = row
    return list(newest.values())


def weigh(participation: Participation, wanted: Wanted) -> Candidate:
    """Return how similar somebody is to who is wanted, with the reasons.

    Args:
        participation: with identity and spellings loaded as `newest_of` does.
        wanted: name and, where known, year or day of birth.
    """
    laid = [(compare(wanted.name, spelling.text), spelling) for spelling in participation.person.spellings.all()]
    if not laid:
        return Candidate(participation, 0.0)
    pairing, spelling = _best(laid)
    effect, by_birth = _birth(participation.person, wanted)
    reasons = (*_name_reasons(participation.person, pairing, spelling, wanted), *by_birth)
    matched = frozenset(theirs for _mine, theirs, score in pairing.pairs if score >= ALIKE)
    return Candidate(participation, min(1.0, max(0.0, pairing.score + effect)), reasons, matched)


def _best(laid: list[tuple[Pairing, Spelling]]) -> tuple[Pairing, Spelling]:
    """Return the closest spelling. Script is compared with script; across scripts only where nothing else is there."""
    same_script = [pair for pair in laid if not pair[0].across_scripts] or laid
    return max(same_script, key=lambda pair: (pair[0].score, pair[1].kind == SpellingKind.MAIN))


def birth_words(person) -> str:
    """Return the birth date of a person as far as it is known."""
    if person.birth_date is None:
        return ""
    shapes = {BirthPrecision.YEAR: "Y", BirthPrecision.MONTH: "m/Y", BirthPrecision.AGE_EST: "Y"}
    return date_format(person.birth_date, shapes.get(person.birth_precision, "SHORT_DATE_FORMAT"))


def _name_reasons(person, pairing: Pairing, spelling: Spelling, wanted: Wanted) -> list[tuple[bool, str]]:
    reasons: list[tuple[bool, str]] = []
    close = [score >= ALIKE for _mine, _theirs, score in pairing.pairs]
    bones = " · ".join(skeleton(wanted.name).split())
    if skeleton(wanted.name) == skeleton(spelling.text) and all(close):
        reasons.append((True, _("same skeleton of sounds: %(sounds)s") % {"sounds": bones}))
    else:
        equal = {theirs for _mine, theirs, score in pairing.pairs if score == 1}
        agreeing = [word for word in spelling.text.split() if set(words(word)) & equal]
        reasons += [(True, _("the same: %(name)s") % {"name": " ".join(agreeing)})] if agreeing else []
    if spelling.kind == SpellingKind.OTHER:
        reasons.append((True, _("other spelling: %(spelling)s") % {"spelling": spelling.text}))
    elif spelling.kind == SpellingKind.SCRIPT and script_of(wanted.name) == script_of(spelling.text):
        reasons.append((True, _("compared in the original script")))
    for _mine, theirs, score in pairing.pairs:
        if score < 1:
            reasons.append(_word_reason(person, theirs, score))
    if pairing.unmatched:
        text = ngettext("one part of the name is missing", "%(count)s parts of the name are missing", pairing.unmatched)
        reasons.append((False, text % {"count": pairing.unmatched}))
    return reasons


def _word_reason(person, word: str, score: float) -> tuple[bool, str]:
    identity = person.loaded_identity
    shown = {"score": number_format(round(score, 2), 2)}
    if identity and word in words(identity.given_name):
        shown["name"] = identity.given_name
        near, far = _("given name similar: %(score)s"), _("different given name: %(name)s")
    elif identity and word in words(identity.family_name):
        shown["name"] = identity.family_name
        near, far = _("family name similar: %(score)s"), _("different family name: %(name)s")
    else:
        near, far = _("name similar: %(score)s"), _("another part of the name differs: %(score)s")
    return (True, near % shown) if score >= ALIKE else (False, far % shown)


def _birth(person, wanted: Wanted) -> tuple[float, list[tuple[bool, str]]]:
    if wanted.birth_year is None or person.birth_date is None:
        return 0.0, []
    born, apart = person.birth_date, abs(person.birth_date.year - wanted.birth_year)
    effect = _YEAR_EFFECT.get(apart, _FAR_YEAR)
    if apart:
        text = ngettext("%(count)s year apart", "%(count)s years apart", apart) % {"count": apart}
        return effect, [(False, text)]
    reasons = [(True, _("same year of birth"))]
    if (born.month, born.day) == (1, 1) or person.birth_precision in _ASSIGNED:
        if (born.month, born.day) == (1, 1):
            reasons.append((False, _("1 January does not count: set by an authority")))
    elif wanted.birth_date == born:
        return effect + _SAME_DAY, [(True, _("same birth date"))]
    return effect, reasons
