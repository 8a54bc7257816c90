"""Reading services, in words. `visible_to` is the application's half of the access rules (the other: sql.py)."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from participants.models import Participation
from resque.accounts.roles import Permission
from services.catalogue import WITHOUT_PEOPLE, Shape
from services.choices import AttendanceStatus, NoteScope, OccasionState

# Every signed-in account sees these. Said twice, so that the index of activities without people serves it.
EVENTS = Q(with_people=False, shape__in=WITHOUT_PEOPLE)


class ActivityQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep events, activities of the own partner, and those with a visible participant."""
        if user.can(Permission.VIEW_PSEUDONYMS):
            return self.all()
        partner = user.people_partner_id
        if not partner:
            return self.events() if user.can(Permission.OPEN_HOME) else self.none()
        attended = self.model._meta.get_field("attendances").related_model.objects.filter(
            activity=OuterRef("pk"), participation__in=Participation.objects.visible_to(user)
        )
        return self.filter(EVENTS | Q(partner=partner) | Q(Exists(attended)))

    def editable_by(self, user):
        """Keep activities that `user` may change: those of the own partner."""
        return self.filter(partner=user.people_partner_id) if user.people_partner_id else self.none()

    def events(self):
        """Keep structural and internal work, in which no participant can take part."""
        return self.filter(EVENTS)

    def visits(self):
        """Keep outreach."""
        return self.filter(shape=Shape.OUTREACH)

    def events_kept_by(self, user):
        """Keep events that `user` may change: those of the own organisation, whatever the role."""
        return self.events().filter(partner=user.partner_id) if user.can(Permission.RECORD_EVENTS) else self.none()


class OfParticipationQuerySet(models.QuerySet):
    """Rows that hang on a participation: as visible as it is."""

    def visible_to(self, user):
        """Keep rows of visible participations."""
        if user.can(Permission.VIEW_PSEUDONYMS):
            return self.all()
        return self.filter(participation__in=Participation.objects.visible_to(user))

    def editable_by(self, user):
        """Keep rows of the own partner."""
        return self.filter(partner=user.people_partner_id) if user.people_partner_id else self.none()


class AttendanceQuerySet(OfParticipationQuerySet):
    def attended(self):
        """Keep those who really came."""
        return self.filter(status=AttendanceStatus.ATTENDED)


class NoteQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep own notes, team notes of the own partner, and network notes on visible cases; by scope only."""
        partner = user.people_partner_id
        if not partner:
            return self.none()
        visible = Participation.objects.visible_to(user)
        return self.filter(
            Q(author=user, partner=partner)
            | Q(scope=NoteScope.TEAM, partner=partner)
            | Q(scope=NoteScope.NETWORK, participation__in=visible)
        )

    def editable_by(self, user):
        """Keep notes that `user` wrote on cases that `user` still serves."""
        return self.filter(author=user, partner=user.partner, participation__in=Participation.objects.served_by(user))


class OfEventQuerySet(models.QuerySet):
    """Rows that hang on an event: everybody who works sees them, whoever keeps the event."""

    def visible_to(self, user):
        """Keep everything for who may see events."""
        return self.all() if user.can(Permission.VIEW_EVENTS) else self.none()


class OccasionQuerySet(OfEventQuerySet):
    def held(self):
        """Keep what took place: only that counts."""
        return self.filter(state=OccasionState.HELD)


class OrganisationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep the whole register for who may see events."""
        return self.all() if user.can(Permission.VIEW_EVENTS) else self.none()

    def by_name(self):
        """Sort by name."""
        return self.order_by("name", "pk")

    def taking_part(self, *, partner=None, operation=None, since=None, until=None, supported=False):
        """Keep organisations that took part in a held event; each once, however often it came.

        Args:
            partner: whose event; None: anybody's.
            operation: which one paid for it; None: any.
            since, until: days of the event, both included; None: open.
            supported: only where it was directly supported.
        """
        asked = {
            "activity__partner": partner, "activity__operation": operation, "activity__day__gte": since,
            "activity__day__lte": until, "supported": supported or None,
        }  # fmt: skip
        parts = self.model._meta.get_field("involvements").related_model.objects.filter(
            organisation=OuterRef("pk"), activity__occasion__state=OccasionState.HELD,
            **{name: value for name, value in asked.items() if value is not None},
        )  # fmt: skip
        return self.filter(Exists(parts))


class OutreachQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Keep visits of the own partner; all for the coordinator, who sees numbers only."""
        if user.can(Permission.VIEW_PSEUDONYMS):
            return self.all()
        partner = user.people_partner_id
        return self.filter(activity__partner=partner) if partner else self.none()
