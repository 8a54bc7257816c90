"""Reading that combines several models. `person_page` is what every tab of a person's page needs."""

from participants.queries.circumstances import Circumstances, circumstances_of
from participants.queries.person import person_page

__all__ = ["Circumstances", "circumstances_of", "person_page"]
