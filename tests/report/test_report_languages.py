"""The report in another language: nothing of it is left in English but what has no other words."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from jinja2 import Environment
from report_sample import sample

from sim.language import speaking, speech, t
from sim.language.collect import collected
from sim.measures.analysed import ANALYSED
from sim.measures.departments import DEPARTMENTS, LEDGERS
from sim.measures.journeys import JOURNEYS, MEETINGS, WHERE
from sim.measures.knowledge import KNOWN, TAKEN_FOR
from sim.measures.media import MEDIA
from sim.measures.returns import MEASURES, VALUE
from sim.measures.segments import RFM
from sim.measures.trials import TESTS
from sim.measures.visitors import VISITORS
from sim.measures.why import WHY
from sim.report import build, publish
from sim.report.page import HERE
from sim.report.policies import POLICIES
from sim.settings.run import Output
from sim.settings.strategy import Policies

TABLES = (ANALYSED, RFM, JOURNEYS, KNOWN, DEPARTMENTS, VISITORS, WHY, TESTS, MEDIA)
LAID_OUT_APART = {WHERE, "Where they buy"}
IN_ENGLISH = "The descriptions of the numbers are in English."


@pytest.fixture(scope="module")
def said() -> set:
    return {message.id for message in collected() if message.id}


class Marking:
    """A language in which every collected text is the English one in brackets."""

    def __init__(self, said: set) -> None:
        self.said = said

    def gettext(self, text: str) -> str:
        return f"⟦{text}⟧" if text in self.said else text

    def ngettext(self, one: str, many: str, n: int) -> str:
        return f"⟦{one if n == 1 else many}⟧" if (one, many) in self.said else many


@pytest.fixture
def marking(said, monkeypatch):
    monkeypatch.setattr(speech, "_catalogue", lambda language: Marking(said))


def test_the_template_itself_holds_no_words():
    source = (HERE / "template.html.j2").read_text(encoding="utf-8")
    bare = "".join(text for _, kind, text in Environment().lex(source) if kind == "data")
    assert not re.findall(r"[A-Za-z]{2,}", re.sub(r"<[^>]*>", "", bare))


def test_headings_and_explanations_are_collected(marking):
    with speaking("da"):
        html = build(sample())
    found = re.findall(r"<h3[^>]*>(.*?)</h3>|<caption[^>]*>(.*?)</caption>", html)
    found += re.findall(r'<p class="(?:kicker|lead)">(.*?)</p>|<th scope="col">([^<]*)</th>', html)
    texts = {one or other for one, other in found} - {offers_title(html)}
    assert len(texts) > 40 and all(text.startswith("⟦") for text in texts)


def offers_title(html: str) -> str:
    """The one sentence among them that is computed elsewhere."""
    return next(text for text in re.findall(r'<p class="lead">(.*?)</p>', html) if "offers" in text)


def test_a_report_says_in_which_language_it_is_and_that_the_numbers_are_described_in_english():
    english = build(sample(["danish_average"]))
    assert '<html lang="en">' in english and IN_ENGLISH not in english and ">1.43<" in english
    with speaking("da"):
        danish = build(sample(["danish_average"]))
        assert t(IN_ENGLISH) in danish
    assert '<html lang="da">' in danish and ">1,43<" in danish


def test_a_report_is_written_in_the_language_of_the_settings(tmp_path):
    found = sample(["danish_average", "leader"])
    danish = found.settings.model_copy(update={"output": Output(language="da")})
    publish(replace(found, settings=danish), tmp_path)
    assert '<html lang="da">' in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_every_row_of_the_tables_is_collected(said):
    shown = [row for table in TABLES for row in table.values() if row.section not in LAID_OUT_APART]
    told = {text for row in shown for text in (row.title, row.definition, row.section)}
    told |= {row.denominator for row in shown if not row.denominator.startswith("none")}
    told |= {row.unit for row in shown if not row.unit.startswith("share")}
    assert told <= said, told - said


def test_what_is_laid_out_apart_is_collected_too(said):
    rows = MEASURES.values()
    told = {text for row in rows for text in (row.title, row.definition)} | {VALUE}
    told |= {*MEETINGS, *TAKEN_FOR.values(), *LEDGERS.values(), *POLICIES.values()}
    assert told <= said, told - said


def test_every_policy_has_a_name():
    assert set(POLICIES) == set(Policies.model_fields)
