"""Whether the application can work: for load balancers, monitoring and bin/start."""

from django.db import connection
from django.http import HttpRequest, JsonResponse

from resque.doors import public


@public
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers. When it does not, the page for that says 503, as everywhere."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return JsonResponse({"status": "up"})
