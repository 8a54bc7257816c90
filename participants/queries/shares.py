"""With whom a case is shared, and what each scope shows, for the person who decides about it."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from participants.choices import ShareScope
from participants.models import CaseShare
from participants.operations.sharing import last_day_of
from participants.queries.circumstances import Circumstances


@dataclass(frozen=True)
class ShownShare:
    """One share in words."""

    key: int
    partner: str
    scope: str
    until: date
    ended_on: date | None = None


@dataclass(frozen=True)
class Preview:
    """What the other partner sees under one scope."""

    scope: str
    title: str
    seen: list[tuple[str, str]]
    hidden: list[str]


def _shown(share: CaseShare) -> ShownShare:
    ended = timezone.localdate(share.revoked_at) if share.revoked_at else None
    return ShownShare(share.pk, share.to_partner.name, share.get_scope_display(), last_day_of(share), ended)


def shown_shares(around: Circumstances) -> list[ShownShare]:
    """Return the live shares in words."""
    return [_shown(share) for share in around.shares]


def past_shares(participation, user) -> list[ShownShare]:
    """Return shares that have ended, newest first."""
    given = CaseShare.objects.visible_to(user).filter(participation=participation).select_related("to_partner")
    live = set(CaseShare.objects.live().filter(participation=participation).values_list("pk", flat=True))
    return [_shown(share) for share in given.order_by("-pk") if share.pk not in live]


def previews(around: Circumstances) -> list[Preview]:
    """Return what another partner would see of this very case, scope by scope."""
    participation, person = around.participation, around.participation.person
    facts = [
        (_("Number"), participation.reference),
        (_("Facts"), _("birth date, nationality, residence status, housing, ESF answers without the special ones")),
        (_("Services"), _("kind, day and duration; notes only when their author opened them to the network")),
    ]
    contacts = ", ".join(contact.value for contact in around.contacts) or _("nothing recorded")
    named = [
        (_("Name"), " ".join(filter(None, [person.name, person.loaded_identity.original_script]))),
        (_("Spellings"), ", ".join(row.text for row in around.other_spellings) or _("nothing recorded")),
        (_("Contact"), contacts),
        (_("Custody"), ", ".join(str(guardian) for guardian in around.guardians) or _("nothing recorded")),
    ]
    never = [_("special answers"), _("your own number of the person"), _("notes of your team")]
    return [
        Preview(
            ShareScope.SERVICES, str(ShareScope.SERVICES.label), facts,
            [_("name and spellings"), _("telephone and address"), _("custody"), *never],
        ),
        Preview(ShareScope.CONTACT, str(ShareScope.CONTACT.label), [*named, *facts], never),
    ]  # fmt: skip
