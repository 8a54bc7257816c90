"""The list of people, and the box that searches it."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from participants.filters import ParticipationFilter
from participants.forms.list import SearchBoxForm
from participants.models import Participation
from participants.operations.searching import note_search
from participants.queries.listing import ALL, ROWS, listed, rows, tabs, views_of
from participants.queries.search import Wanted
from participants.saved_searches import recall, remember
from resque.accounts.permissions import requires
from resque.accounts.roles import Permission


@requires(Permission.VIEW_PARTICIPANTS, Permission.VIEW_PSEUDONYMS)
@require_safe
def participants(request: HttpRequest) -> HttpResponse:
    """Everybody whom the reader may see; views, filters and order stand in the address."""
    user, query = request.user, request.GET
    view = query.get("view") if query.get("view") in views_of(user) else views_of(user)[0]
    searched = recall(request.session, query["q"]) if "q" in query else None
    people = listed(user, view=view, order=query.get("sort", ""), search=searched)
    chosen = ParticipationFilter(query, queryset=people, request=request)
    views = tabs(user, view)
    pages = Paginator(chosen.qs.values_list("pk", flat=True), ROWS)
    if searched is None and not chosen.is_set:
        pages.count = next(tab.count for tab in views if tab.current)  # a view as it is was counted for its tab
    page = pages.get_page(query.get("page"))
    context = {
        "page": page,
        "rows": rows(list(page), user),
        "filter": chosen,
        "tabs": views,
        "view": view,
        "searched": searched,
        "search_is_over": "q" in query and searched is None,
        "names": user.people_partner_id is not None,
        "may_take_in": user.can(Permission.EDIT_PARTICIPANTS),
        "may_import": user.can(Permission.IMPORT_PARTICIPANTS),
    }
    return render(request, "participants/list.html", context)


@requires(Permission.SEARCH_PEOPLE, Permission.VIEW_PSEUDONYMS)
@require_POST
def search(request: HttpRequest) -> HttpResponse:
    """Take a name or a number by POST and lead to an address that does not show it."""
    form = SearchBoxForm(request.POST)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    if not text:
        return redirect("participants:list")
    if exact := Participation.objects.visible_to(request.user).filter(reference=text.upper()).first():
        return redirect("participants:detail", reference=exact.reference)
    note_search(by=request.user, wanted=Wanted(text), found=None)
    key = remember(request.session, text)
    return redirect(f"{reverse('participants:list')}?view={ALL}&q={key}")
