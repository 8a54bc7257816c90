"""The sheet "Mein Weg", to take home: in the participant's language beside German, without a name."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from participants.sheets.printing import print_way
from participants.sheets.texts import LANGUAGES, WAY, sheet_text
from resque.accounts.permissions import requires
from resque.accounts.roles import Permission
from resque.printing.pdf import CONTENT_TYPE
from services.access import get_way
from services.queries import my_way as queries


@requires(Permission.RECORD_SERVICES, hidden=True)
@require_safe
def my_way(request: HttpRequest, reference: str, language: str) -> HttpResponse:
    """Print what a person reached and what comes next; neither the file nor the sheet tells who it is."""
    if language not in LANGUAGES:
        raise Http404
    participation = get_way(request.user, reference, language=language)
    text = sheet_text(WAY, language)
    way = queries.my_way(participation, request.user, tag=text.texts["foreign"]["tag"])
    return HttpResponse(
        print_way(text, way, reference=participation.reference),
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": f'inline; filename="mein-weg-{language}.pdf"'},
    )
