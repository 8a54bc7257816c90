"""People at their browsers: they sign in, take participants in, and press the button again when nothing comes."""

import http.client
import http.cookiejar
import random
import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from dataclasses import dataclass, field

PASSWORD = "resque-demo"
PATIENCE = 40  # seconds that a person keeps pressing the button
CREATE = "/participants/new/create/"


@dataclass(frozen=True)
class Answer:
    """What came back: status, address of a redirect, headers, page."""

    status: int
    location: str
    headers: http.client.HTTPMessage
    text: str

    @property
    def record(self) -> str:
        """The page of the record that the redirect leads into."""
        found = re.match(r"/participants/R-\w{5}/", self.location)
        return found[0] if found else self.location

    @property
    def faults(self) -> str:
        """The list of faults on top of a form, else the title of the page."""
        part = re.search(r'class="rq-errors".*?</div>|<title>.*?</title>', self.text, re.DOTALL)
        return re.sub(r"<[^>]*>", " ", part[0]) if part else self.text[:200]


class _StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments):
        return None


class Browser:
    """One person's browser: cookies, and the token of forms.

    Parameters:
        address: of the installation, for example http://127.0.0.1:8000.
    """

    def __init__(self, address: str):
        self.address = address
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies), _StayHere)

    def get(self, path: str) -> Answer:
        """Open a page. Errors: OSError when nobody answers."""
        return self._send(urllib.request.Request(self.address + path))

    def post(self, path: str, **fields: str) -> Answer:
        """Send a form. Errors: OSError when nobody answers, or the answer breaks off."""
        token = next((cookie.value for cookie in self.cookies if cookie.name == "csrftoken"), "")
        data = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **fields}).encode()
        return self._send(urllib.request.Request(self.address + path, data, {"Referer": self.address + path}))

    def sign_in(self, username: str) -> "Browser":
        """Sign in with name and password."""
        self.get("/accounts/login/")
        answer = self.post("/accounts/login/", login=username, password=PASSWORD)
        assert answer.status == 302, answer.text
        return self

    def hidden(self, path: str, name: str) -> str:
        """Return the value of a hidden field of a page."""
        tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', self.get(path).text)[0]
        return re.search(r'value="([^"]*)"', tag)[1]

    def _send(self, request: urllib.request.Request) -> Answer:
        try:
            with self.opener.open(request, timeout=20) as answer:
                return Answer(answer.status, "", answer.headers, answer.read().decode())
        except urllib.error.HTTPError as answer:
            text = answer.read().decode(errors="replace")
            return Answer(answer.code, answer.headers.get("Location", ""), answer.headers, text)
        except http.client.HTTPException as broken:
            raise ConnectionError(repr(broken)) from broken


def intake(name: str, key: str) -> dict[str, str]:
    """Return the form of a person taken in."""
    return {
        "info_given_on": "06.02.2017", "family_name": name, "gender": "f", "operation": "resque-2.0",
        "birth_precision": "self", "form_key": key,
    }  # fmt: skip


def new_name(rng: random.Random) -> str:
    """Return a name that resembles no other: the search for similar people must not step in."""
    return "Drill" + "".join(rng.choice("abcdefghiklmnoprstuvwz") for _ in range(16))


@dataclass
class Ledger:
    """What the server acknowledged, and whatever else it said."""

    promised: dict[str, tuple[str, str]] = field(default_factory=dict)  # key of the form: name and address
    tried: dict[str, str] = field(default_factory=dict)  # key of the form: name
    faults: list[str] = field(default_factory=list)
    repeated: int = 0


class Writer(threading.Thread):
    """Takes people in until told to stop; a form that got no answer is sent again with the same key."""

    def __init__(self, browser: Browser, ledger: Ledger, seed: int):
        super().__init__(daemon=True)
        self.browser, self.ledger, self.rng = browser, ledger, random.Random(seed)
        self.done = threading.Event()

    def run(self) -> None:
        while not self.done.is_set():
            self._take_in(new_name(self.rng), str(uuid.UUID(int=self.rng.getrandbits(128), version=4)))

    def _take_in(self, name: str, key: str) -> None:
        self.ledger.tried[key] = name
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                answer = self.browser.post(CREATE, **intake(name, key))
            except OSError:
                answer = None
            if answer and answer.status == 302 and answer.location.startswith("/participants/R-"):
                self.ledger.promised[key] = (name, answer.record)
                return
            if answer and answer.status != 503:
                self.ledger.faults.append(f"{answer.status} {answer.location} {answer.faults}")
                return
            self.ledger.repeated += 1
            time.sleep(0.1)
        self.ledger.faults.append(f"no answer within {PATIENCE} s")
