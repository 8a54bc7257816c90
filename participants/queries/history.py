"""Who changed what, field by field, before and after: read from the change history that the database keeps."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants.models import (
    CaseShare,
    Consent,
    Contact,
    Credential,
    Document,
    Guardian,
    Identity,
    LanguageAssessment,
    Participation,
    Person,
    Residence,
    ResidenceStatus,
    Schooling,
    SpecialAnswers,
    Spelling,
    WorkExperience,
)
from participants.queries.answers import in_words, municipality_of
from participants.queries.circumstances import OF_THE_OWNER as CONSENTS_OF_THE_OWNER
from participants.queries.circumstances import Circumstances
from resque.accounts.models import User
from resque.codelists.queries import label
from resque.ui.tags.numbers import day as written

INSERT, UPDATE, DELETE = "insert", "update", "delete"
TECHNICAL = {
    "id", "version", "sort_key", "fold", "skeleton", "person", "participation", "reference", "cluster_id",
    "partner", "operation", "from_partner", "consent", "key", "special", "stored", "copy_size", "copy_digest",
    "replaced_by", "seen_by",
}  # fmt: skip
OF_THE_OWNER = ("external_reference",)  # the own number of a partner opens its files: no share shows it
STAFF = ("referent",)
FACTS = (Person, ResidenceStatus, Residence, LanguageAssessment, Schooling)
NAMES = (Identity, Spelling, Contact, Guardian, Consent, Document, WorkExperience, Credential)


@dataclass(frozen=True)
class Change:
    """One field of one record."""

    label: str | Promise
    before: str
    after: str


@dataclass
class Deed:
    """Everything that one person did in one step."""

    at: datetime
    who: str
    what: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)


def history_of(around: Circumstances) -> list[Deed]:
    """Return the history of a participation and its person, newest first.

    Names and what reaches the person are left out where the reader may not see identity; the owner's own number
    of the person, its shares with others and what was removed where the case belongs to another partner; names of
    staff where the reader learns partners only. Of special answers it only says that they changed.

    Args:
        around: the participation as the reader sees it.
    """
    events = list(_events(around))
    if not around.owned:
        gone = {(type(event), event.pgh_obj_id) for event in events if event.pgh_label == DELETE}
        events = [event for event in events if (type(event), event.pgh_obj_id) not in gone]
    named = {_user_id(event) for event in events} | {getattr(event, "referent_id", None) for event in events}
    users = User.objects.select_related("partner").in_bulk(named - {None})
    hidden = (*(() if around.owned else OF_THE_OWNER), *(() if around.staff_named else STAFF))
    deeds: dict[tuple, Deed] = {}
    for event, earlier in _with_earlier(events):
        key = (event.pgh_created_at, (event.pgh_context or {}).get("request", ""))
        deed = deeds.setdefault(key, Deed(event.pgh_created_at, _who(event, users, around.staff_named)))
        _tell(deed, event, earlier, users, hidden)
    told = [deed for deed in deeds.values() if deed.what or deed.changes]
    return sorted(told, key=lambda deed: deed.at, reverse=True)


def last_writer(row: models.Model) -> tuple[str, datetime] | None:
    """Return who saved a record last, and when; None when its history is empty."""
    event = _event_model(type(row)).objects.filter(pgh_obj_id=row.pk).order_by("-pgh_id").first()
    if event is None:
        return None
    users = User.objects.select_related("partner").in_bulk([_user_id(event)] if _user_id(event) else [])
    return _who(event, users, True), event.pgh_created_at


def _event_model(model: type[models.Model]) -> type[models.Model]:
    return apps.get_model(model._meta.app_label, f"{model.__name__}Event")


def _events(around: Circumstances) -> Iterable:
    p = around.participation
    yield from _event_model(Participation).objects.filter(pgh_obj_id=p.pk).order_by("pgh_id")
    for model in (*FACTS, *(NAMES if around.names_visible else ())):
        key = "pgh_obj_id" if model is Person else "person_id"
        events = _event_model(model).objects.filter(**{key: p.person_id}).order_by("pgh_id")
        if model is Consent:
            events = events.select_related("partner")
            events = events if around.owned else events.exclude(type__in=CONSENTS_OF_THE_OWNER)
        if model is Document and not around.owned:
            events = events.exclude(special=True)
        yield from events
    if around.names_visible:
        shares = _event_model(CaseShare).objects.filter(participation_id=p.pk).order_by("pgh_id")
        if not around.owned:  # with whom else the owner works on the case is not said
            shares = shares.filter(pgh_obj_id__in=[share.pk for share in around.shares])
        yield from shares.select_related("to_partner")
    if around.owned:
        yield from _event_model(SpecialAnswers).objects.filter(participation_id=p.pk).order_by("pgh_id")


def _with_earlier(events: list) -> Iterable[tuple]:
    """Pair each event with the state of the same record before it."""
    last: dict[tuple, object] = {}
    for event in events:
        key = (type(event), event.pgh_obj_id)
        yield event, last.get(key)
        last[key] = event


def _user_id(event) -> int | None:
    return (event.pgh_context or {}).get("user")


def _who(event, users: dict, named: bool) -> str:
    user = users.get(_user_id(event))
    if user is None:
        return _("The system")
    return _account(user) if named or not user.partner else user.partner.short_name


def _account(user: User) -> str:
    return f"{user.short_name}, {user.partner.short_name}" if user.partner else user.short_name


def _tell(deed: Deed, event, earlier, users: dict, hidden: Iterable[str]) -> None:
    tracked = event.pgh_tracked_model
    if tracked is SpecialAnswers:
        deed.what.append(_("Special answers changed"))
        return
    if tracked is Document and event.special:
        deed.what.append(_("A document of a special category changed"))
        return
    if event.pgh_label == INSERT:
        deed.what = list(dict.fromkeys([*deed.what, _CREATED[tracked]]))
    elif event.pgh_label == DELETE:
        deed.what.append(_("%(record)s removed") % {"record": _capital(tracked._meta.verbose_name)})
        return
    deed.changes += _changes(tracked, event, earlier if event.pgh_label == UPDATE else None, users, hidden)


_CREATED = {
    Participation: gettext_lazy("Record created"),
    Person: gettext_lazy("Person taken in"),
    Identity: gettext_lazy("Name entered"),
    Spelling: gettext_lazy("Spelling added"),
    Contact: gettext_lazy("Contact added"),
    Guardian: gettext_lazy("Guardian recorded"),
    Consent: gettext_lazy("Consent recorded"),
    Residence: gettext_lazy("Place of residence added"),
    ResidenceStatus: gettext_lazy("Residence status added"),
    LanguageAssessment: gettext_lazy("Language noted"),
    Schooling: gettext_lazy("School noted"),
    WorkExperience: gettext_lazy("Occupation noted"),
    Credential: gettext_lazy("Credential noted"),
    CaseShare: gettext_lazy("Case shared"),
    Document: gettext_lazy("Document added"),
}


# Columns whose own name does not say what they hold.
_LABELS = {(Spelling, "kind"): gettext_lazy("kind of spelling"), (CaseShare, "to_partner"): gettext_lazy("partner")}


def _changes(tracked, event, earlier, users: dict, hidden: Iterable[str]) -> list[Change]:
    found = []
    for column in tracked._meta.concrete_fields:
        if column.name in TECHNICAL or column.name in hidden or column.primary_key:
            continue
        before = _shown(column, earlier, users) if earlier is not None else ""
        after = _shown(column, event, users)
        if before != after:
            found.append(Change(_capital(_LABELS.get((tracked, column.name), column.verbose_name)), before, after))
    return found


def _shown(column: models.Field, event, users: dict) -> str:
    if column.name == "to_partner":
        return event.to_partner.name
    value = getattr(event, column.attname)
    if column.name == "referent":
        return _account(users[value]) if value in users else ""
    if column.name == "municipality":
        return municipality_of(event)
    if column.name == "type":
        about = f": {event.partner.short_name}" if getattr(event, "partner_id", None) else ""
        return label("document_type" if column.model is Document else "consent_type", value) + about
    if column.model is Consent and column.name == "state":
        return label("consent_state", value)
    if column.name == "expires_at":
        # A share ends at midnight after its last day.
        return written(value - timedelta(days=1))
    if isinstance(value, datetime):
        return written(value)
    return in_words(column.name, value, column.choices)


def _capital(text) -> str:
    text = str(text)
    return text[:1].upper() + text[1:]
