"""The page in four languages: what the server gives and takes."""

from __future__ import annotations

import json
import urllib.request
from urllib.error import HTTPError

import pytest

from sim.language import LANGUAGES, translations
from sim.language.collect import PACKAGE
from sim.page.choices import Choices
from sim.page.kept import _name
from sim.page.replays import Tale


def test_a_tale_in_another_language_is_another_one():
    tales = {Tale(Choices(), 1, "anders", language) for language in LANGUAGES}
    assert len(tales) == len({_name(tale) for tale in tales}) == len(LANGUAGES)


def test_the_page_offers_the_languages_that_there_are():
    page = (PACKAGE / "page" / "static" / "index.html").read_text(encoding="utf-8")
    for code, name in LANGUAGES.items():
        assert f'<option value="{code}" lang="{code}">{name}</option>' in page
    assert page.count("<option") == len(LANGUAGES)


def test_words_are_those_of_the_catalogues_and_of_no_other_file(page):
    for language in LANGUAGES:
        with urllib.request.urlopen(f"{page.address}/words/{language}.json") as answer:
            assert json.load(answer) == translations(language)
    for other in ("de", "da.po", "..%2f..%2fpyproject"):
        with pytest.raises(HTTPError, match="404"):
            urllib.request.urlopen(f"{page.address}/words/{other}.json")


def test_a_language_that_is_none_of_ours_is_refused(page):
    with page.open() as socket:
        socket.send(json.dumps({"look": {}, "language": "de"}))
        assert "language must be one of en, da, nb, sv" in socket.recv(timeout=20)


def test_a_refusal_is_a_text_with_its_values(page):
    with page.open() as socket:
        socket.send(json.dumps({"room": {"do": "open"}}))
        socket.send(json.dumps({"room": {"do": "lead", "lead": "timer", "seconds": -1}}))
        told = {}
        while "refused" not in told:
            told = json.loads(socket.recv(timeout=20))
    assert told["refused"] in translations("da")
    assert told["values"]["n"] > 0
