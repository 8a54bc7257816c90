"""Who may already be known: candidates for a name, ranked and explained, and the question to other partners."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participants.choices import BirthPrecision
from participants.countries import country_label
from participants.matching import ALIKE, LEAST, Pairing, band, compare
from participants.models import CaseShare, Identity, Participation, Spelling
from participants.models.person import SpellingKind
from participants.names import fold, script_of, skeleton, tidy, words
from participants.searching import sql
from resque.accounts.models import Partner

SHOWN = 8  # candidates on the page
SHORTEST = 2  # letters from which on a search makes sense
# A day that nobody stated and no paper shows is no agreement, and its year is uncertain too.
_STATED = (BirthPrecision.DAY, BirthPrecision.SELF)
_YEAR_EFFECT = {0: 0.02, 1: -0.03, 2: -0.08, 3: -0.08}
_FAR_YEAR = -0.2
_SAME_DAY = 0.04
_YEARS_OF_ESTIMATES = 2  # years by which an estimated birth may be wrong without speaking against a person


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

    @property
    def certain_day(self) -> date | None:
        """The day of birth, unless it is 1 January: authorities write that where nobody knows the day."""
        return None if self.birth_date is None or _is_assumed(self.birth_date) else self.birth_date

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
    weight: float = 0.0  # the score before it is cut to 0..1: of people with equal names the birth decides

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
    near = sql.similar_people(keys, bones, born=wanted.certain_day, year=wanted.birth_year)
    people = [person for person, _score in near]
    found = [weigh(participation, wanted) for participation in newest_of(user, people)]
    ranked = sorted(found, key=lambda candidate: (-candidate.weight, candidate.participation.reference))
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
    cases = list((rows if user is None else rows.visible_to(user)).order_by("created_on", "pk"))
    newest = {case.person_id: case for case in cases}
    _lay_names_beside(newest, _opened_to(user, cases))
    return list(newest.values())


def _opened_to(user, cases: list[Participation]) -> list[int]:
    """Return the people of visible cases whose names the application shows to `user`."""
    if user is None:
        return [case.person_id for case in cases]
    shares = CaseShare.objects.opening_names_to(user).filter(participation__in=[case.pk for case in cases])
    shared, own = set(shares.values_list("participation", flat=True)), user.people_partner_id
    opened = [case.person_id for case in cases if case.pk in shared or (own and case.person.partner_id == own)]
    return list(dict.fromkeys(opened))


def _lay_names_beside(cases: dict[int, Participation], opened: list[int]) -> None:
    """Load identity and spellings of the opened people, as far as the database opens them too."""
    identities, spellings = sql.names_of(opened, identities=Identity.objects, spellings=Spelling.objects)
    identity_of = {identity.person_id: identity for identity in identities}
    for case in cases.values():
        identity, names = identity_of.get(case.person_id), case.person.spellings.all()
        case.person._state.fields_cache["identity"] = identity
        names._result_cache = [spelling for spelling in spellings if spelling.person_id == case.person_id]
        names._prefetch_done = True
        case.person._prefetched_objects_cache = {"spellings": names}


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
    weight = pairing.score + effect
    return Candidate(participation, min(1.0, max(0.0, weight)), reasons, matched, weight)


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


def _is_assumed(day: date) -> bool:
    return (day.month, day.day) == (1, 1)


def _birth(person, wanted: Wanted) -> tuple[float, list[tuple[bool, str]]]:
    if wanted.birth_year is None or person.birth_date is None:
        return 0.0, []
    born, apart = person.birth_date, abs(person.birth_date.year - wanted.birth_year)
    assumed = any(_is_assumed(day) for day in (born, wanted.birth_date) if day)
    estimated = assumed or person.birth_precision not in _STATED
    if apart:
        text = ngettext("%(count)s year apart", "%(count)s years apart", apart) % {"count": apart}
        lenient = estimated and apart <= _YEARS_OF_ESTIMATES
        return 0.0 if lenient else _YEAR_EFFECT.get(apart, _FAR_YEAR), [(False, text)]
    reasons = [(True, _("same year of birth"))]
    if assumed:
        reasons.append((False, _("1 January does not count: set by an authority")))
    elif not estimated and wanted.birth_date == born:
        return _YEAR_EFFECT[0] + _SAME_DAY, [(True, _("same birth date"))]
    return 0.0 if estimated else _YEAR_EFFECT[0], reasons
