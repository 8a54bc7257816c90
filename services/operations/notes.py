"""Writing and reading notes. The text is sealed; who may read it is decided by scope, here and in the database."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from participants.models import Participation
from resque.audit.models import Deed
from resque.audit.operations import note_deed
from resque.secrets import seal, unseal
from services.choices import NoteScope
from services.models import Activity, Note

LONGEST_NOTE = 4000  # characters: a short factual note, not a report
PURPOSE = "note"
KIND = "note"


@transaction.atomic
def add_note(*, by, participation: Participation, text: str, scope: str) -> Note:
    """Write a note on a case without a service.

    Args:
        by: the acting account.
        participation: a case that the account serves.
        text: 1 to 4,000 characters.
        scope: a `NoteScope`: who may read it.

    Raises:
        ValidationError: by field, as `write_note`.
        Participation.DoesNotExist: the case is not visible to the acting account.
    """
    participation = Participation.objects.served_by(by).get(pk=participation.pk)
    note = write_note(by=by, participation=participation, text=text, scope=scope)
    note_deed(deed=Deed.CREATED, by=by, kind=KIND, reference=participation.reference, scope=scope)
    return note


@transaction.atomic
def change_scope(*, by, note: Note, scope: str) -> Note:
    """Change who may read an own note; the text stays as it was written.

    Args:
        by: the author.
        note: the note.
        scope: a `NoteScope`.

    Raises:
        ValidationError: the scope is unknown.
        Note.DoesNotExist: somebody else wrote it, or the case is not visible any more.
    """
    _check_scope(scope)
    note = Note.objects.editable_by(by).select_for_update(of=("self",)).select_related("participation").get(pk=note.pk)
    if note.scope != scope:
        before, note.scope = note.scope, scope
        note.save(update_fields=["scope"])
        reference = note.participation.reference
        note_deed(deed=Deed.CHANGED, by=by, kind=KIND, reference=reference, scope=scope, before=before)
    return note


def write_note(*, by, participation: Participation, text: str, scope: str, activity: Activity | None = None) -> Note:
    """Seal and store a note on a case.

    Raises:
        ValidationError: the text is empty or too long, or the scope is unknown.
    """
    text = text.strip()
    if not 0 < len(text) <= LONGEST_NOTE:
        raise ValidationError(
            {
                "note": _("A note has 1 to %(most)s characters; this one has %(number)s.")
                % {"most": LONGEST_NOTE, "number": len(text)}
            }
        )
    _check_scope(scope)
    return Note.objects.create(
        participation=participation,
        activity=activity,
        partner=by.partner,
        author=by,
        scope=scope,
        sealed=seal(text, purpose=PURPOSE),
    )


def text_of(note: Note) -> str:
    """Return the text of a note that the reader's query returned."""
    return unseal(note.sealed, purpose=PURPOSE)


def _check_scope(scope: str) -> None:
    if scope not in NoteScope.values:
        raise ValidationError({"note_scope": _("Please choose who may read the note.")})
