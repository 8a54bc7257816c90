"""Row-level security alone: what the application's database role can read and write, whatever the code forgets."""

from contextlib import contextmanager
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from participants.models import (
    CaseShare,
    Consent,
    Contact,
    Guardian,
    Identity,
    ImportBatch,
    Operation,
    Participation,
    Person,
    Residence,
    ResidenceStatus,
    SpecialAnswers,
    Spelling,
)
from resque.context.state import NOBODY, context_of, tell_database
from services.models import Activity, Attendance, Note, Outcome

pytestmark = pytest.mark.django_db
DAY = date(2017, 1, 10)


def _case(worker, family):
    """One complete case of a partner, made directly: the rules of the database are under test, not operations."""
    partner = worker.partner
    person = Person.objects.create(partner=partner, birth_date=date(1990, 1, 1))
    Identity.objects.create(person=person, family_name=family, given_name="G", sort_key=family.lower())
    Spelling.objects.create(person=person, text=family, fold=family.lower())
    Contact.objects.create(person=person, kind="phone", value="0341 555")
    Consent.objects.create(person=person, type="INFO13", state="erteilt", decided_on=DAY)
    Guardian.objects.create(person=person, on_paper=True)
    ResidenceStatus.objects.create(person=person, status="GEST", valid_from=DAY)
    Residence.objects.create(person=person, accommodation="GU", valid_from=DAY)
    participation = Participation.objects.create(
        reference=f"R-{family[:5].upper()}",
        person=person,
        partner=partner,
        operation=Operation.objects.get(code="resque-2.0"),
        created_on=DAY,
        entry_date=DAY,
    )
    SpecialAnswers.objects.create(participation=participation, e_migrant="true")
    activity = Activity.objects.create(
        reference=f"L-{family[:5].upper()}",
        kind="DAA-BER",
        shape="individual",
        partner=partner,
        staff=worker,
        day=DAY,
        minutes=30,
    )
    attendance = Attendance.objects.create(
        activity=activity, participation=participation, partner=partner, day=DAY, kind="DAA-BER", minutes=30
    )
    outcome = Outcome.objects.create(
        reference=f"E-{family[:5].upper()}",
        participation=participation,
        partner=partner,
        recorded_by=worker,
        kind="SVB_VZ",
        start=DAY,
    )
    notes = {
        scope: Note.objects.create(
            participation=participation, activity=activity, partner=partner, author=worker, scope=scope, sealed=b"x"
        )
        for scope in ("author", "team", "network")
    }
    return SimpleNamespace(
        person=person,
        participation=participation,
        activity=activity,
        attendance=attendance,
        outcome=outcome,
        notes=notes,
    )


@pytest.fixture
def world(cast):
    own, foreign = _case(cast.lehmann, "Owncase"), _case(cast.weber, "Foreigncase")
    with connection.cursor() as cursor:
        cursor.execute("set local role resque_app")
    yield SimpleNamespace(cast=cast, own=own, foreign=foreign)
    with connection.cursor() as cursor:
        cursor.execute("reset role")


@contextmanager
def seen_as(user):
    tell_database(context_of(user) if user else NOBODY)
    try:
        yield
    finally:
        tell_database(NOBODY)


@contextmanager
def as_owner():
    with connection.cursor() as cursor:
        cursor.execute("reset role")
        yield cursor
        cursor.execute("set local role resque_app")


def share(world, *, scope="contact", days=1):
    with as_owner():
        return CaseShare.objects.create(
            participation=world.foreign.participation,
            from_partner=world.cast.caritas,
            to_partner=world.cast.daa,
            scope=scope,
            expires_at=timezone.now() + timedelta(days=days),
        )


FACTS = (Person, Participation, ResidenceStatus, Residence, Attendance, Activity, Outcome)
NAMES = (Identity, Spelling, Contact, Guardian, Consent)


def counts(models):
    return {model.__name__: model.objects.count() for model in models}


def refused(write):
    """Run a write and return whether the database refused it."""
    try:
        with transaction.atomic():
            changed = write()
    except DatabaseError:
        return True
    return changed == 0


def test_nobody_sees_nothing(world):
    with seen_as(None):
        assert set(counts((*FACTS, *NAMES, SpecialAnswers, Note, CaseShare, ImportBatch)).values()) == {0}


def test_caseworker_sees_own_partner_only(world):
    with seen_as(world.cast.lehmann):
        assert set(counts((*FACTS, *NAMES, SpecialAnswers)).values()) == {1}
        assert Identity.objects.get().family_name == "Owncase"
        assert Note.objects.count() == 3
    with seen_as(world.cast.vogel):
        assert Note.objects.count() == 2, "the colleague reads team and network notes, not the author's own"


@pytest.mark.parametrize("who", ["krause", "seidel", "berger"])
def test_roles_without_people_see_none(world, who):
    with seen_as(getattr(world.cast, who)):
        assert set(counts((*FACTS, *NAMES, SpecialAnswers, Note)).values()) == {0}


def test_coordinator_sees_facts_and_no_name(world):
    with seen_as(world.cast.hoffmann):
        assert set(counts(FACTS).values()) == {2}
        assert set(counts((*NAMES, SpecialAnswers, Note)).values()) == {0}


def test_ended_account_sees_nothing(world):
    world.cast.lehmann.is_active = False
    with seen_as(world.cast.lehmann):
        assert Participation.objects.count() == 0


def test_share_with_contact_opens_facts_and_name_but_no_special_answer(world):
    share(world)
    with seen_as(world.cast.lehmann):
        assert set(counts((*FACTS, *NAMES)).values()) == {2}
        assert SpecialAnswers.objects.count() == 1
        assert Note.objects.filter(scope="network").count() == 2
        assert Note.objects.count() == 4


def test_share_of_services_keeps_the_name_closed(world):
    share(world, scope="services")
    with seen_as(world.cast.lehmann):
        assert set(counts(FACTS).values()) == {2}
        assert set(counts(NAMES).values()) == {1}


@pytest.mark.parametrize("end", ["expires", "revoked"])
def test_share_leaves_nothing_behind(world, end):
    given = share(world)
    with as_owner():
        change = (
            {"expires_at": timezone.now() - timedelta(seconds=1)}
            if end == "expires"
            else {"revoked_at": timezone.now()}
        )
        CaseShare.objects.filter(pk=given.pk).update(**change)
    with seen_as(world.cast.lehmann):
        assert set(counts((*FACTS, *NAMES)).values()) == {1}


def test_receiver_cannot_prolong_or_forge_a_share(world):
    given = share(world)
    with seen_as(world.cast.lehmann):
        far = timezone.now() + timedelta(days=999)
        assert refused(lambda: CaseShare.objects.filter(pk=given.pk).update(expires_at=far))
        assert refused(
            lambda: CaseShare.objects.create(
                participation=world.foreign.participation,
                from_partner=world.cast.daa,
                to_partner=world.cast.stadt,
                expires_at=far,
            )
        )


def test_foreign_rows_cannot_be_written(world):
    foreign, cast = world.foreign, world.cast
    with seen_as(cast.lehmann):
        assert refused(lambda: Participation.objects.filter(pk=foreign.participation.pk).update(e_isced=1))
        assert refused(lambda: Identity.objects.filter(pk=foreign.person.pk).update(family_name="X"))
        assert refused(lambda: Person.objects.filter(pk=foreign.person.pk).update(partner=cast.daa))
        assert refused(lambda: Outcome.objects.filter(pk=foreign.outcome.pk).update(kind="MJ"))
        assert refused(lambda: Note.objects.filter(pk=foreign.notes["team"].pk).update(scope="network"))
        assert refused(lambda: Contact.objects.filter(person=foreign.person).delete()[0])
        assert refused(lambda: Spelling.objects.create(person=foreign.person, text="X", fold="x"))
        assert refused(lambda: Person.objects.create(partner=cast.caritas))
        assert refused(lambda: Participation.objects.filter(pk=world.own.participation.pk).update(partner=cast.caritas))


def test_foreign_and_missing_parent_fail_alike(world):
    def attend(participation_id, activity_id):
        return lambda: Attendance.objects.create(
            activity_id=activity_id,
            participation_id=participation_id,
            partner=world.cast.daa,
            day=DAY,
            kind="DAA-BER",
            minutes=30,
        )

    def message(write):
        with pytest.raises(DatabaseError) as error, transaction.atomic():
            write()
        return str(error.value).splitlines()[0]

    own, foreign = world.own, world.foreign
    with seen_as(world.cast.lehmann):
        assert message(attend(foreign.participation.pk, own.activity.pk)) == message(attend(999999, own.activity.pk))
        assert message(attend(own.participation.pk, foreign.activity.pk)) == message(
            attend(own.participation.pk, 999999)
        )


def test_partner_with_a_share_records_services_but_changes_no_answer(world):
    share(world)
    with seen_as(world.cast.lehmann):
        activity = Activity.objects.create(
            reference="L-SHARE",
            kind="DAA-BER",
            shape="individual",
            partner=world.cast.daa,
            staff=world.cast.lehmann,
            day=DAY,
            minutes=20,
        )
        Attendance.objects.create(
            activity=activity,
            participation=world.foreign.participation,
            partner=world.cast.daa,
            day=DAY,
            kind="DAA-BER",
            minutes=20,
        )
        assert refused(lambda: Participation.objects.filter(pk=world.foreign.participation.pk).update(e_isced=1))
        assert refused(lambda: Identity.objects.filter(pk=world.foreign.person.pk).update(family_name="X"))


def test_people_cannot_be_deleted_by_the_application(world):
    with seen_as(world.cast.lehmann):
        for model in (Person, Identity, Spelling, Participation, Attendance, Outcome):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                model.objects.all()._raw_delete("default")
