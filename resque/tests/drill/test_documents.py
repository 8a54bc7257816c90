"""Copies of documents on a real server: many fingers at once, and a disk that takes nothing."""

import urllib.request
import uuid
from random import Random

from participants.tests.copies import jpeg
from resque.tests.drill.people import CREATE, Answer, Browser, intake, new_name
from resque.tests.drill.test_races import at_once

EDGE = "drill-edge"


def send(browser: Browser, path: str, data: bytes, **fields: str) -> Answer:
    """Send a form with a file in the field "copy"."""
    token = next((cookie.value for cookie in browser.cookies if cookie.name == "csrftoken"), "")
    parts = [
        f'--{EDGE}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in {"csrfmiddlewaretoken": token, **fields}.items()
    ]
    parts += [
        f'--{EDGE}\r\nContent-Disposition: form-data; name="copy"; filename="a.jpg"\r\n\r\n'.encode(),
        data,
        b"\r\n",
    ]
    headers = {"Referer": browser.address + path, "Content-Type": f"multipart/form-data; boundary={EDGE}"}
    body = b"".join([*parts, f"--{EDGE}--\r\n".encode()])
    return browser._send(urllib.request.Request(browser.address + path, body, headers))


def person_of(browser: Browser) -> str:
    return browser.post(CREATE, **intake(new_name(Random()), str(uuid.uuid4()))).record


def files(installation) -> set[str]:
    return {path.name for path in (installation.home / "documents").rglob("*") if path.is_file()}


def test_six_clicks_at_once_keep_one_copy_and_leave_no_other_file(installation, caseworkers):
    page, key = person_of(caseworkers[0]), str(uuid.uuid4())
    form = {"type": "ZEUGNIS", "seen_on": "06.02.2017", "form_key": key}
    answers = at_once([lambda: send(caseworkers[0], f"{page}documents/new/", jpeg(), **form)] * 6)
    assert {answer.status for answer in answers} == {302}
    ((stored,),) = installation.ask("select stored from participants_document where type = 'ZEUGNIS' and stored <> ''")
    assert files(installation) == {stored}


def test_the_same_copy_in_two_forms_at_once_is_kept_once(installation, caseworkers):
    page, before = person_of(caseworkers[0]), files(installation)
    deeds = [
        lambda: send(caseworkers[0], f"{page}documents/new/", jpeg(9, 9), type="SPRACHE", form_key=str(uuid.uuid4()))
    ] * 4
    assert sorted(answer.status for answer in at_once(deeds)) == [200, 200, 200, 302]
    assert len(files(installation) - before) == 1


def test_two_who_renew_a_document_at_once_make_one_newer_version(installation, caseworkers):
    page = person_of(caseworkers[2])
    caseworkers[2].post(f"{page}documents/new/", type="PASS", seen_on="06.02.2017", form_key=str(uuid.uuid4()))
    ((key,),) = installation.ask("select key from participants_document where type = 'PASS'")

    def renew(browser: Browser) -> Answer:
        return browser.post(
            f"{page}documents/new/", type="PASS", seen_on="06.02.2017", replaces=str(key), form_key=str(uuid.uuid4())
        )

    answers = at_once([lambda one=one: renew(one) for one in caseworkers[2:]])
    assert sorted(answer.status for answer in answers) == [200, 302]
    assert installation.ask("select count(*) from participants_document where type = 'PASS'") == [(2,)]


def test_a_disk_that_takes_nothing_is_a_sentence_and_no_row(installation, caseworkers):
    page, before = person_of(caseworkers[0]), files(installation)
    home = installation.home / "documents"
    aside = home.rename(home.with_name("aside"))
    home.write_text("no directory")
    try:
        answer = send(caseworkers[0], f"{page}documents/new/", jpeg(7, 7), type="SPRACHE", form_key=str(uuid.uuid4()))
    finally:
        home.unlink()
        aside.rename(home)
    assert answer.status == 200
    assert "nicht gespeichert werden" in answer.text
    assert files(installation) == before
