"""Every text is in every language: the catalogues hold what the program says, and nothing else."""

from __future__ import annotations

import re

import pytest

from sim.language import ENGLISH, LANGUAGES
from sim.language.collect import collected, in_html, in_yaml, texts, updated
from sim.language.speech import catalogue_of

OTHERS = [language for language in LANGUAGES if language != ENGLISH]
PRONOUNS = {"he", "his", "him"}
NAMES = re.compile(r"\{(\w+)[^}]*\}")


def forms(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return text if isinstance(text, tuple) else (text,)


@pytest.fixture(scope="module")
def said() -> set:
    return {message.id for message in collected() if message.id}


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_translated_and_none_is_left_over(language, said):
    found = {message.id: message.string for message in catalogue_of(language) if message.id}
    assert set(found) == said, "run make words"
    empty = [text for text, told in found.items() if not all(forms(told))]
    assert not empty


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_same_places_for_values(language):
    """But for "his", which may be "sin", and a place that only one of two forms needs."""
    for message in catalogue_of(language):
        if not message.id:
            continue
        known = {name for form in forms(message.id) for name in NAMES.findall(form)}
        translated = [*zip(forms(message.id), forms(message.string), strict=True)]
        for one, other in (pair for pair in translated if pair[1]):
            wanted, found = (set(NAMES.findall(form)) - PRONOUNS for form in (one, other))
            assert found == wanted, message.id
            allowed = known | PRONOUNS if known & PRONOUNS else known
            assert set(NAMES.findall(other)) <= allowed, message.id


def test_pronouns_are_three_words_in_every_language():
    for language in OTHERS:
        for of in ("he his him", "she her her"):
            assert len(catalogue_of(language)[of].string.split()) == 3


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_is_no_copy_of_a_whole_sentence(language):
    copied = [m.id for m in catalogue_of(language) if m.id and m.string == m.id]
    plain = [NAMES.sub("", text) for text in copied if isinstance(text, str)]
    assert not [text for text in plain if text.endswith(".") and any(map(str.isalpha, text))]


@pytest.mark.parametrize(
    "text",
    [
        "Where are we?",  # of the HTML
        "The year, day by day",  # a label there
        "More are on their way.",  # of a module, inside a template
        "Somebody at the top, with a say in targets and budgets of all channels.",  # a question
        "What did you not believe?",  # of the boardroom
        "automation flows",  # of the company's groups
        "This replay failed. Other choices go on working.",  # of Python
        "that is more than the budget",  # a refusal
        "Read with care.",  # of the report's template
        "Sales to a known person",  # a row of a table
        "has the staff of {store} trained",  # a decision
        "product management",  # who decided it
    ],
)
def test_texts_are_found_wherever_they_stand(text, said):
    assert text in said


def test_only_what_is_marked_is_found():
    page = "<p>no</p><p data-t>yes</p><nav aria-label='a part' data-t-label>no</nav><p>no</p>"
    assert list(in_html(page)) == ["yes", "a part"]
    told = {"title": "yes", "price": 1, "needs": ["no"], "ask": ["one", {"says": "two"}]}
    assert list(in_yaml(told, ("title", "ask"))) == ["yes", "one", "two"]


def test_bringing_in_step_keeps_translations_and_drops_what_is_no_longer_said():
    template = collected()
    gone = next(text for text in texts() if isinstance(text, str))
    template.delete(gone)
    template.add("Something new.")
    found = updated("da", template)
    assert gone not in found and not found["Something new."].string
    assert found["Why?"].string == "Hvorfor?" and not found.obsolete
