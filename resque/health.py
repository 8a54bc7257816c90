"""Whether the application can work: for load balancers, monitoring and bin/start."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from resque.doors import public


@public
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers, 503 when it does not. Says nothing else about the inside."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
            cursor.fetchone()
    except DatabaseError:
        return JsonResponse({"status": "down"}, status=503, headers={"Retry-After": "10"})
    return JsonResponse({"status": "up"})
