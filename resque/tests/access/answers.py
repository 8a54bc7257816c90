"""The words of the matrix: what an address answers, by role and by relation to the object."""

from dataclasses import dataclass, field

OK, TO_LOGIN, FORBIDDEN, MISSING, WRONG_METHOD = "ok", "to login", "forbidden", "missing", "wrong method"
SIGNED_IN = ("caseworker", "other", "coordinator", "city", "partner_admin", "admin")

# Answer by role; by relation where the address names an object, and a relation that is not named is missing.
Answers = dict[str, str | dict[str, str]]


@dataclass(frozen=True)
class Rule:
    """What one address answers.

    Attributes:
        about: kind of object that its parameters name (relations.py), "" for none.
        get, post: answers by method; None: the method is wrong for everybody who passes the door.
        data: fields of a POST.
    """

    about: str = ""
    get: Answers | None = None
    post: Answers | None = None
    data: dict = field(default_factory=dict)

    def knows(self, method: str) -> bool:
        """Return whether the address answers this method at all."""
        return (self.get if method == "GET" else self.post) is not None

    def expected(self, method: str, role: str, relation: str) -> str:
        """Return the answer to one visit."""
        answers = self.get if method == "GET" else self.post
        if answers is not None:
            return _answer(answers[role], relation)
        other = (self.post if method == "GET" else self.get)[role]
        inside = other == OK or (isinstance(other, dict) and bool(other))
        return WRONG_METHOD if inside else _answer(other, relation)


def _answer(answer: str | dict[str, str], relation: str) -> str:
    return answer.get(relation, MISSING) if isinstance(answer, dict) else answer


def everybody(answer: str = OK) -> Answers:
    """Everybody gets the same, without an account too."""
    return dict.fromkeys(("anonymous", *SIGNED_IN), answer)


def signed_in(answer: str | dict = OK) -> Answers:
    """Every account gets the same."""
    return {"anonymous": TO_LOGIN, **dict.fromkeys(SIGNED_IN, answer)}


def only(*roles: str, others: str = FORBIDDEN) -> Answers:
    """These roles get in; the others lack the right, and no person is named."""
    return signed_in(others) | dict.fromkeys(roles, OK)


def hidden(**by_role: dict[str, str]) -> Answers:
    """Answers about a named person: whoever is not named here gets 404, whatever the relation."""
    return signed_in({}) | by_role


WORKERS = ("caseworker", "other")
SEES_CASE = {"own": OK, "shared": OK, "facts": OK}
SEES_NAME = {"own": OK, "shared": OK}
# A shared case is seen; that its answers belong to another partner is said openly.
CHANGES_CASE = {"own": OK, "shared": FORBIDDEN, "facts": FORBIDDEN}
SOME = {"some": OK}
