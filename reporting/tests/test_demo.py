"""The demo world: bulk writes what operations would have written, and the same in every run."""

from collections import Counter
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Count, Exists, F, OuterRef, Q

from participants.models import AnonymousRefusal, CaseShare, Participation, Person
from reporting.demo.bulk import people as bulk_people
from reporting.demo.bulk import services as bulk_services
from reporting.demo.bulk.load import load
from reporting.demo.bulk.references import POSSIBLE, scattered
from reporting.demo.chapters import Library
from reporting.demo.lived import live_through
from reporting.demo.occasions import let_occasions_happen
from reporting.demo.staff import teams_of
from reporting.demo.story import Story, Teams
from reporting.demo.world import ALL_OPERATIONS, SINCE_AUTUMN
from reporting.keeping.sql import differences
from reporting.models import ServiceYear
from resque.accounts.demo import create_demo_accounts
from resque.references import ALPHABET
from services.models import Activity, Attendance, Audience, Occasion, Organisation, Outreach

DAY = date(2017, 2, 6)
MODELS = (*bulk_people.MODELS, *bulk_services.MODELS, AnonymousRefusal)
DIFFERENT = {"pgh_id", "pgh_context", "pgh_created_at", "reference", "sealed"}  # chance, time, and who asked when


def tables():
    """Yield every model that bulk writes, and the model of its change history."""
    for model in MODELS:
        yield model
        yield from set(getattr(model, "pgh_event_models", {}).values())


def rows(model) -> Counter:
    """Return the rows of a table; keys that differ between both ways are told by their position in their table."""
    fields = [
        field
        for field in model._meta.concrete_fields
        if field.name not in DIFFERENT and field.get_internal_type() != "DateTimeField"
    ]
    positions = {field.attname: positions_of(numbered_by(field)) for field in fields if numbered_by(field)}
    return Counter(
        tuple((name, str(positions[name].get(value) if name in positions else value)) for name, value in row.items())
        for row in model.objects.values(*(field.attname for field in fields))
    )


def numbered_by(field):
    """Return the model whose rows a column names, if both ways number them by themselves."""
    if field.name == "id":  # in the change history it is a copy
        return field.model if field.model in MODELS else field.model.pgh_tracked_model
    if field.name == "pgh_obj":
        return field.model.pgh_tracked_model
    target = field.remote_field and field.remote_field.model
    return target if target in MODELS else None


def positions_of(model) -> dict[int, int]:
    return {key: position for position, key in enumerate(model.objects.order_by("pk").values_list("pk", flat=True))}


@pytest.fixture
def staff(db):
    create_demo_accounts()
    return teams_of(Teams())


def stories_with_everything() -> Library:
    """Plan a few people to whom everything happens that a story can tell of."""
    return Library(40, None, DAY, teams=Teams(), seed=46)


def silent(number: int) -> None:
    """Tell nobody about progress."""


def undone(make):
    """Return what every table holds after `make`, which is then taken back."""
    point = transaction.savepoint()
    make()
    found = {model: rows(model) for model in tables()}
    transaction.savepoint_rollback(point)
    return found


# --- Bulk is honest


def test_bulk_writes_what_operations_write(staff):
    def live():
        for chapter in stories_with_everything().chapters(SINCE_AUTUMN):
            live_through(chapter, staff)

    lived = undone(live)
    load(stories_with_everything().chapters(SINCE_AUTUMN), staff, DAY, tell_progress=silent)
    for model in tables():
        loaded = rows(model)
        assert loaded, f"no rows of {model.__name__}: the stories leave something out"
        assert loaded - lived[model] == Counter(), model.__name__
        assert lived[model] - loaded == Counter(), model.__name__


def test_the_compared_stories_leave_nothing_out():
    (chapter,) = stories_with_everything().chapters(SINCE_AUTUMN)
    services = [service for story in chapter.stories for service in story.services]
    for fact in ("returns", "moved", "share_ended", "later", "follow_up", "special", "phone", "shared_with"):
        assert any(getattr(story, fact) for story in chapter.stories), fact
    for fact in ("note", "companions", "by_other", "topics"):
        assert any(getattr(service, fact) for service in services), fact
    assert {outcome.state for story in chapter.stories for outcome in story.outcomes} == {"planned", "begun"}
    moves = {state for _day, state in filter(None, (story.moved for story in chapter.stories))}
    assert moves == {"ABGEL", "ANGEBAHNT", "NACHB", "RUHT"}
    assert {outcome.evidence for story in chapter.stories for outcome in story.outcomes} >= {"lasting", "stated"}
    assert chapter.refusals


@pytest.fixture
def large(db):
    """A large world in small: all operations, people who come back, people known to both partners."""
    create_demo_accounts()
    library = Library(300, 1500, DAY, teams=Teams(), entwined=True)
    load(library.chapters(ALL_OPERATIONS), teams_of(Teams()), DAY, tell_progress=silent)


def test_as_many_people_and_services_as_wanted(large):
    assert Participation.objects.count() == 300
    assert Activity.objects.count() == 1500
    assert set(Participation.objects.values_list("operation__code", flat=True)) == {
        "resque", "resque-plus", "resque-2.0",
    }  # fmt: skip


@pytest.mark.parametrize(("people", "services"), [(1, 1), (3, 3), (40, 40), (30, 700)])
def test_every_number_of_services_is_reached(people, services):
    library = Library(people, services, DAY, teams=Teams(), entwined=True)
    told = [story for chapter in library.chapters(ALL_OPERATIONS) for story in chapter.stories]
    assert (len(told), sum(len(story.services) for story in told)) == (people, services)


def test_people_come_back_and_are_known_to_both_partners(large):
    assert Person.objects.alias(times=Count("participations")).filter(times__gt=1).exists()
    clusters = (
        Person.objects.exclude(cluster_id=None).values_list("cluster_id").annotate(Count("partner", distinct=True))
    )
    assert clusters
    assert {partners for _cluster, partners in clusters} == {2}


def test_copies_of_attendances_agree_with_their_service(large):
    copied = Q(partner=F("activity__partner"), day=F("activity__day"), kind=F("activity__kind"))
    assert not Attendance.objects.filter(~copied).exists()
    assert not Attendance.objects.exclude(status="attended").exclude(minutes=0).exists()
    assert not Participation.objects.exclude(partner=F("person__partner")).exists()
    shared = Exists(CaseShare.objects.filter(participation=OuterRef("participation"), to_partner=OuterRef("partner")))
    assert not Attendance.objects.exclude(partner=F("participation__partner")).exclude(shared).exists()


def test_nobody_stays_in_an_operation_that_is_over(large):
    entered = Participation.objects.exclude(entry_date=None).exclude(operation__code="resque-2.0")
    assert entered.exists()
    assert not entered.filter(exit_date=None).exists()


def test_kept_sums_agree_after_a_load(large):
    assert ServiceYear.objects.exists()
    assert not list(differences())


def test_two_runs_make_the_same_world(staff):
    def references():
        load(stories_with_everything().chapters(SINCE_AUTUMN), staff, DAY, tell_progress=silent)
        seen.append(list(Activity.objects.order_by("pk").values_list("reference", "day", "minutes")))

    seen = []
    assert undone(references) == undone(references)
    assert seen[0] == seen[1]


def test_occasions_happen_in_every_state(staff):
    let_occasions_happen(DAY)
    states = set(Occasion.objects.values_list("state", flat=True))
    assert states == {"planned", "held", "cancelled"}
    assert not Occasion.objects.filter(state="planned", activity__day__lt=DAY).exists()
    assert Audience.objects.filter(actual__gt=0).exists()
    assert Outreach.objects.filter(women__gt=0, men__gt=0).exists()
    assert all(name.startswith("DEMO ") for name in Organisation.objects.values_list("name", flat=True))


# --- Bulk is safe


def test_a_foreign_key_that_leads_nowhere_undoes_the_load(staff):
    (chapter,) = stories_with_everything().chapters(SINCE_AUTUMN)
    chapter.stories[-1].former = Story.__new__(Story)
    chapter.stories[-1].former.person = 10**9
    with pytest.raises(IntegrityError):
        load(iter([chapter]), staff, DAY, tell_progress=silent)
    assert not Person.objects.exists()
    assert not switched_off()


def test_triggers_work_again_after_the_load(large):
    assert not switched_off()
    person = Person.objects.first()
    before = Person.pgh_event_models["insert"].objects.count()
    person.version += 1
    person.save()
    assert Person.pgh_event_models["insert"].objects.count() == before + 1


def switched_off() -> list[str]:
    """Return triggers of the database that are off."""
    with connection.cursor() as cursor:
        cursor.execute("select tgname from pg_trigger where tgenabled = 'D'")
        return [name for (name,) in cursor.fetchall()]


def test_new_rows_follow_loaded_ones(large, staff):
    for chapter in Library(5, None, DAY, teams=Teams()).chapters(SINCE_AUTUMN):
        live_through(chapter, staff)
    assert Participation.objects.count() == 305


def test_references_are_scattered_and_each_once():
    some = {scattered(number, "L") for number in (*range(50_000), *range(POSSIBLE - 50_000, POSSIBLE))}
    assert len(some) == 100_000
    assert all(set(reference[2:]) <= set(ALPHABET) and len(reference) == 7 for reference in some)
