"""Reading people, in words. `visible_to` is the application's half of the access rules (the other: sql.py)."""

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from participants.choices import ConsentState, LabourStatus, Sex, ShareScope
from participants.completeness import HOUSEHOLD_QUESTIONS_ENDED
from resque.accounts.roles import Permission
from resque.clock import today


def _model(name: str):
    """Look a model of this floor up by name: querysets lie below models and cannot import them."""
    return apps.get_model("participants", name)


def _sees_everything(user) -> bool:
    return user.can(Permission.VIEW_PSEUDONYMS)


class CaseShareQuerySet(models.QuerySet):
    def live(self):
        """Keep shares that open the case at this moment."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=timezone.now())

    def visible_to(self, user):
        """Keep shares that the partner of `user` gave or received."""
        partner = user.people_partner_id
        return self.filter(Q(from_partner=partner) | Q(to_partner=partner)) if partner else self.none()

    def opening_names_to(self, user):
        """Keep live shares that show name and contact to the partner of `user`."""
        return self.live().filter(to_partner=user.people_partner_id, scope=ShareScope.CONTACT)


def answers_missing(rules: str = "") -> Q:
    """Describe records that do not count yet; the same as participants.completeness, a test compares them.

    Args:
        rules: funding period to judge by, "2014" or "2021"; empty: that of each operation.
    """
    # Operations as a list of keys, and last in each condition: they are few, and for most records nobody need ask them.
    operations = _model("Operation").objects
    # The key is never null, so this is a condition that always or never holds.
    old_rules = Q(pk__isnull=rules == "2021") if rules else Q(operation__in=operations.exclude(rules="2021"))
    asked_household = (Q(entry_date__isnull=True) | Q(entry_date__lt=HOUSEHOLD_QUESTIONS_ENDED)) & Q(
        operation__in=operations.filter(household_questions=True)
    )
    household_open = Q(hh_jobless=None) | Q(hh_jobless_dep=None) | Q(hh_single_dep=None)
    return (
        Q(entry_date=None)
        | Q(esf_withdrawn_on__isnull=False)
        | Q(sex="")
        | (Q(sex=Sex.NON_BINARY) & old_rules)
        # Not through the relation: few have no birth date, and a list of many would read every person for it.
        | Q(person__in=_model("Person").objects.filter(birth_date=None))
        | Q(e_status="")
        | Q(e_isced=None)
        | Q(e_status=LabourStatus.UNEMPLOYED, e_unemp_since=None)
        | (Q(e_status=LabourStatus.INACTIVE, e_in_edu=None) & old_rules)
        | (household_open & asked_household)
    )


def _shared_with(partner_id: int, *, scopes=tuple(ShareScope.values)):
    """Participations that a live share opens to a partner, as a subquery of their keys."""
    return _model("CaseShare").objects.live().filter(to_partner=partner_id, scope__in=scopes).values("participation")


def _is_shared_with(partner_id: int) -> Exists:
    """The same as a condition over participations: asked of each row, so that few rows need no list (sql.py)."""
    return Exists(_shared_with(partner_id).filter(participation=OuterRef("pk")))


class ParticipationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep participations of the own partner and shared ones; all for the coordinator; else none."""
        if _sees_everything(user):
            return self.all()
        partner = user.people_partner_id
        if not partner:
            return self.none()
        return self.filter(Q(partner=partner) | Q(_is_shared_with(partner)))

    def editable_by(self, user):
        """Keep participations whose answers `user` may change: those of the own partner."""
        partner = user.people_partner_id
        return self.filter(partner=partner) if partner else self.none()

    def served_by(self, user):
        """Keep participations for which `user` may record services: own and shared ones."""
        return self.visible_to(user) if user.people_partner_id else self.none()

    def with_names_for(self, user):
        """Load the identity where `user` may see it; elsewhere the name stays empty."""
        return self.select_related("person", "partner", "referent").prefetch_related(
            Prefetch("person__identity", queryset=_model("Identity").objects.visible_to(user))
        )

    def with_accommodation(self):
        """Load the kind of accommodation as it is now, as `accommodation`."""
        begun = _model("Residence").objects.valid_on(today())
        newest = begun.filter(person=OuterRef("person")).order_by("-valid_from", "-pk")
        return self.annotate(accommodation=Subquery(newest.values("accommodation")[:1]))

    def with_sort_key_for(self, user):
        """Load the key that sorts by name as `sort_key`, empty where `user` may not see the name.

        Not through the relation: the order of a list would tell the initials that it hides.
        """
        names = _model("Identity").objects.visible_to(user).filter(person=OuterRef("person"))
        return self.annotate(sort_key=Subquery(names.values("sort_key")[:1]))

    def incomplete(self):
        """Keep records that lack an answer which the funder asks of a complete record."""
        return self.filter(answers_missing())

    def complete(self):
        """Keep records that count."""
        return self.filter(~answers_missing())


class PersonQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep persons of the own partner and those with a visible participation."""
        if _sees_everything(user):
            return self.all()
        partner = user.people_partner_id
        if not partner:
            return self.none()
        return self.filter(Q(partner=partner) | Q(participations__pk__in=_shared_with(partner))).distinct()


class PersonalFactQuerySet(models.QuerySet):
    """Rows that hang on a person and hold facts: as visible as the person."""

    def visible_to(self, user):
        """Keep rows of visible persons."""
        return self.filter(person__in=_model("Person").objects.visible_to(user))

    def valid_on(self, day):
        """Keep rows that had begun on `day`; the newest of a person is the valid one."""
        return self.filter(valid_from__lte=day)


class PersonalQuerySet(models.QuerySet):
    """Rows that name or reach a person: own people, and shares whose scope includes contact."""

    def visible_to(self, user):
        """Keep rows of own persons and of persons shared with name and contact; never for the coordinator."""
        partner = user.people_partner_id
        if not partner:
            return self.none()
        shared = _model("Participation").objects.filter(
            person=OuterRef("person"), pk__in=_shared_with(partner, scopes=(ShareScope.CONTACT,))
        )
        return self.filter(Q(person__partner=partner) | Q(Exists(shared)))


class ConsentQuerySet(PersonalQuerySet):
    def holding_on(self, day):
        """Keep consents that were given and whose last day has not passed."""
        lasting = Q(expires_on__isnull=True) | Q(expires_on__gte=day)
        return self.filter(lasting, state=ConsentState.GIVEN, decided_on__lte=day)

    def standing(self, day, *, person, purpose, partner=None):
        """Return the newest decision about a subject if it allows something on `day`, else None."""
        newest = self.filter(person=person, type=purpose, partner=partner, recipient="").first()
        return newest if newest and newest.holds_on(day) else None

    def newest(self):
        """Keep the newest decision about each subject: person, kind, partner, body."""
        same = (
            _model("Consent")
            .objects.alias(to=Coalesce("partner", 0))
            .filter(
                person=OuterRef("person"),
                type=OuterRef("type"),
                recipient=OuterRef("recipient"),
                to=Coalesce(OuterRef("partner"), 0),
            )
        )
        return self.filter(pk=Subquery(same.order_by("-decided_on", "-pk").values("pk")[:1]))


class IdentityQuerySet(PersonalQuerySet):
    """Names and spellings."""


class SpecialAnswersQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep special answers of the own partner's participations; nobody else's."""
        partner = user.people_partner_id
        return self.filter(participation__partner=partner) if partner else self.none()


class IntakeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep intakes of the own partner's participations; a share opens none."""
        partner = user.people_partner_id
        return self.filter(participation__partner=partner) if partner else self.none()

    def unfinished(self):
        """Keep intakes in which a step is still open."""
        return self.filter(finished_on=None)


class AnonymousRefusalQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep refusals that the own partner noted; all for the coordinator."""
        if _sees_everything(user):
            return self.all()
        partner = user.people_partner_id
        return self.filter(partner=partner) if partner else self.none()


class ImportBatchQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep imports of the own partner."""
        partner = user.people_partner_id
        return self.filter(partner=partner) if partner else self.none()


class ImportUploadQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep files that `user` uploaded for the own partner and that are still there."""
        partner = user.people_partner_id
        return self.filter(user=user, partner=partner, expires_at__gt=timezone.now()) if partner else self.none()

    def expired(self):
        """Keep files whose time is over."""
        return self.filter(expires_at__lte=timezone.now())


class PossibleMatchQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep pairs of which `user` may see both names."""
        if not user.people_partner_id:
            return self.none()
        named = _model("Identity").objects.visible_to(user).values("person")
        return self.filter(first__in=named, second__in=named)

    def decidable_by(self, user):
        """Keep visible pairs of which at least one person belongs to the partner of `user`."""
        partner = user.people_partner_id
        return self.visible_to(user).filter(Q(first__partner=partner) | Q(second__partner=partner))


class MatchRequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep questions that the partner of `user` asked or was asked."""
        partner = user.people_partner_id
        return self.filter(Q(from_partner=partner) | Q(to_partner=partner)) if partner else self.none()

    def asked_by_us(self, user):
        """Keep questions of the own partner."""
        return self.visible_to(user).filter(from_partner=user.people_partner_id)

    def asked_of_us(self, user):
        """Keep questions that another partner put to the own one."""
        return self.visible_to(user).filter(to_partner=user.people_partner_id)
