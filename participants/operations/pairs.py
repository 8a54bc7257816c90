"""Who may be the same person: found when somebody is taken in, renamed or imported, decided by a human, remembered."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from participants.access import KIND
from participants.choices import BirthPrecision
from participants.linking.sql import near_batch
from participants.matching import SAME_FULL, compare
from participants.models import ImportBatch, MatchState, Participation, Person, PossibleMatch
from participants.queries.search import Wanted, find_candidates, newest_of, weigh
from resque.audit.models import Deed
from resque.audit.operations import note_deed
from resque.locking import lock_version

KEPT_FROM = SAME_FULL  # similarity from which two records are laid before somebody
MOST = 5  # pairs of one record: a queue that nobody can work through helps nobody
MOST_SPELLINGS = 6  # of one record that are looked for
FOR_BIRTH = 0.1  # more than a birth date can add to the similarity of two names
AT_ONCE = 500
EXACT = (BirthPrecision.DAY, BirthPrecision.SELF)
Near = dict[int, tuple[float, Participation]]  # person -> similarity, newest visible case


@transaction.atomic
def find_pairs(*, by, person: Person) -> None:
    """Bring the open pairs of a record to what its names and birth say now; decisions stay as they are.

    Only people are paired whom `by` may see by name; the system pairs people of one partner alone.

    Args:
        by: the acting account; None inside `acting_as_system`.
        person: somebody whose record `by` may write.
    """
    (case,) = newest_of(by, [person.pk]) or (None,)
    if case is None:  # a record without a participation is nobody's yet
        return
    near = _near(by, case)
    stored = {
        row.other_than(person.pk): row for row in PossibleMatch.objects.filter(Q(first=person) | Q(second=person))
    }
    for other, (score, found) in near.items():
        row = stored.pop(other, None)
        if row is None:
            _pair(case, found, score).save(force_insert=True)
        elif row.state == MatchState.OPEN and row.score != score:
            row.score, row.explanation = score, _explained(case, found)
            row.save(update_fields=["score", "explanation"])
    gone = [row.pk for row in stored.values() if row.state == MatchState.OPEN]
    PossibleMatch.objects.filter(pk__in=gone).delete()


@transaction.atomic
def find_pairs_of_batch(*, by, batch: ImportBatch) -> int:
    """Keep whom of an import somebody else of the same partner resembles; return the number of pairs.

    Args:
        by: the acting account; None inside `acting_as_system`.
        batch: the stored import.
    """
    wanted = sorted({(min(pair), max(pair)) for pair in near_batch(batch.pk)})
    made = 0
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        cases = {case.person_id: case for case in newest_of(by, sorted({key for pair in some for key in pair}))}
        pairs = [(cases[a], cases[b]) for a, b in some if a in cases and b in cases]
        likely = [(a, b) for a, b in pairs if _name_score(a, b) >= KEPT_FROM - FOR_BIRTH]
        rows = [_pair(a, b, score) for a, b in likely if (score := _likeness(a, b)) >= KEPT_FROM]
        PossibleMatch.objects.bulk_create(rows, ignore_conflicts=True)
        made += len(rows)
    return made


@transaction.atomic
def decide(*, by, one: Participation, other: Participation, state: str, version: int | None) -> PossibleMatch:
    """Keep what somebody decided about two records. "same" links them, everything else separates them again.

    Args:
        by: an account that may see both names and to whose partner one of the records belongs.
        one, other: a case of each, loaded through the door for names.
        state: a `MatchState`.
        version: of the pair as the page showed it; None when nobody had laid these two beside each other.

    Raises:
        ValidationError: both are the same record, or none of them belongs to the partner of `by`.
        StaleRecord: somebody decided meanwhile.
    """
    _require_decidable(by, one, other)
    first, second = sorted((one, other), key=lambda case: case.person_id)
    keys = {"first": first.person, "second": second.person}
    row = PossibleMatch.objects.filter(**keys).first()
    if row is None:
        (mine,), (theirs,) = newest_of(by, [one.person_id]), newest_of(by, [other.person_id])
        row = _pair(mine, theirs, _likeness(mine, theirs))
        row.save(force_insert=True)
    row = lock_version(PossibleMatch.objects.decidable_by(by), row.pk, version)
    if row.state != state:
        row.state, row.version = state, row.version + 1
        row.decided_at, row.decided_by = timezone.now(), by
        row.save()
        note_deed(
            deed=Deed.CHANGED, kind=KIND, reference=one.reference, by=by, fields=["same_person"],
            other=other.reference, decided=state,
        )  # fmt: skip
    return row


def _require_decidable(by, one: Participation, other: Participation) -> None:
    if one.person_id == other.person_id:
        raise ValidationError(_("Both numbers stand for the same record."))
    if by.people_partner_id not in (one.person.partner_id, other.person.partner_id):
        raise ValidationError(_("Both records belong to another partner, which decides about them."))


def wanted_of(case: Participation) -> list[Wanted]:
    """Return what is looked for when somebody resembles a stored person: each spelling with the birth as it is known."""
    person = case.person
    exact = person.birth_date if person.birth_precision in EXACT else None
    year = person.birth_date.year if person.birth_date else None
    texts = [row.text for row in sorted(person.spellings.all(), key=lambda row: row.pk)]
    return [Wanted(text, year, exact) for text in texts[:MOST_SPELLINGS]]


def _near(by, case: Participation) -> Near:
    near: Near = {}
    for wanted in wanted_of(case):
        for found in find_candidates(by, wanted):
            person = found.participation.person
            strange = by is None and person.partner_id != case.person.partner_id
            if person.pk == case.person_id or strange or found.score < KEPT_FROM:
                continue
            if found.score > near.get(person.pk, (0.0,))[0]:
                near[person.pk] = (found.score, found.participation)
    best = sorted(near, key=lambda key: (-near[key][0], key))[:MOST]
    return {key: near[key] for key in best}


def _likeness(one: Participation, other: Participation) -> float:
    return max((weigh(other, wanted).score for wanted in wanted_of(one)), default=0.0)


def _name_score(one: Participation, other: Participation) -> float:
    """Return how similar two people are called: cheap, to leave most pairs of an import out at once."""
    laid = [compare(a.text, b.text) for a in one.person.spellings.all() for b in other.person.spellings.all()]
    return max((pairing.score for pairing in laid), default=0.0)


def _pair(one: Participation, other: Participation, score: float) -> PossibleMatch:
    first, second = sorted((one.person, other.person), key=lambda person: person.pk)
    return PossibleMatch(
        first=first, second=second, score=score, explanation=_explained(one, other), found_at=timezone.now()
    )


def _explained(one: Participation, other: Participation) -> dict:
    """Return in numbers why two records resemble each other; a name would outlive its correction here."""
    laid = [compare(a.text, b.text) for a in one.person.spellings.all() for b in other.person.spellings.all()]
    if not laid:
        return {}
    best = max(laid, key=lambda pairing: pairing.score)
    born = [case.person.birth_date for case in (one, other)]
    told = {"parts": [round(score, 2) for _a, _b, score in best.pairs], "missing": best.unmatched}
    return told | (_explained_birth(born, one.person, other.person) if all(born) else {})


def _explained_birth(born: list[date], *people: Person) -> dict:
    told: dict = {"years": abs(born[0].year - born[1].year)}
    if (1, 1) in [(day.month, day.day) for day in born]:
        told["day"] = "ignored"
    elif all(person.birth_precision in EXACT for person in people):
        told["day"] = "same" if born[0] == born[1] else "other"
    return told
