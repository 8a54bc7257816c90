"""Making the demo world: a small one through the operations that people use, a large one in bulk."""

from collections.abc import Callable
from datetime import date

from reporting.demo.bulk.load import load
from reporting.demo.chapters import Library
from reporting.demo.lived import live_through
from reporting.demo.occasions import let_occasions_happen
from reporting.demo.staff import teams_of
from reporting.demo.story import Era, Teams

SINCE_AUTUMN = (Era("resque-2.0", date(2015, 9, 1), date(2019, 6, 30)),)
# Days of the operations as they were; the numbers of people are invented, for load alone.
ALL_OPERATIONS = (
    Era("resque", date(2008, 10, 1), date(2010, 9, 30), 0.12),
    Era("resque-plus", date(2010, 12, 1), date(2015, 6, 30), 0.38),
    Era("resque-2.0", date(2015, 7, 1), date(2019, 6, 30), 0.50),
)
# People whom one colleague of a large world accompanies, over all operations: about 130 of them in the running one.
CASELOAD = 260


def populate(people: int, today: date, *, tell_progress: Callable[[int], None]) -> None:
    """Create so many invented participants with everything that happened to them until `today`."""
    library = Library(people, None, today, teams=Teams())
    staff = teams_of(Teams())
    for chapter in library.chapters(SINCE_AUTUMN):
        live_through(chapter, staff)
        tell_progress(library.told)
    let_occasions_happen(today)


def populate_in_bulk(people: int, services: int, today: date, *, tell_progress: Callable[[int], None]) -> None:
    """Load so many participants with so many services at once, as the owner of the database.

    They come over all three operations, in numbers that the real ones never had: this world is for load.
    """
    colleagues = people // CASELOAD
    teams = Teams(daa=max(2, round(colleagues * 0.62)), caritas=max(2, round(colleagues * 0.38)))
    library = Library(people, services, today, teams=teams, entwined=True)
    load(library.chapters(ALL_OPERATIONS), teams_of(teams), today, tell_progress=tell_progress)
    let_occasions_happen(today)
