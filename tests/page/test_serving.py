"""The page on the network: pictures to whom they belong, and nothing else to anybody."""

from __future__ import annotations

import html
import json
import multiprocessing
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from functools import partial

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_page import PATIENCE, SMALL, look, served, told_until
from websockets.exceptions import ConnectionClosed

from sim.measures.metrics import measure
from sim.measures.statistics import paired
from sim.page.choices import BASELINE, NAME, SCENARIOS, Choices
from sim.page.game import DRAWN
from sim.page.guard import HEADERS
from sim.page.order import Plans, Wish
from sim.page.pool import FAILED
from sim.page.replays import Replays, Run, loaded
from sim.page.script import script
from sim.page.server import Page
from sim.page.serving import ahead, bound, check
from sim.settings.complaints import BadInput, Stopped
from sim.settings.protagonist import load_protagonist
from sim.story import SOMEBODY, chosen, live_on, told
from sim.story.known import changes
from sim.story.numbers import tally
from sim.story.page import NOTE
from sim.study.pasts import common_past, live
from sim.world.model import OmnichannelModel


def got(page, path: str, **headers) -> tuple[int, dict, bytes]:
    request = urllib.request.Request(page.address + path, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as problem:
        return problem.code, dict(problem.headers), problem.read()


def whole(picture) -> bool:
    return picture["worlds"] == picture["of"]


def with_all_arms(picture) -> bool:
    return whole(picture) and all(arm["worlds"] == 3 for arm in picture["returns"].values())


def ends_without_a_picture(socket, say: Callable[[], None]) -> bool:
    """Whether the conversation ends upon this."""
    try:
        say()
        while "picture" not in socket.recv(timeout=PATIENCE):
            pass
    except ConnectionClosed:
        return True
    return False


def test_the_page_and_all_it_loads_are_served_and_guarded(page):
    for path in ("/", "/static/main.js", "/static/plotly.js", "/static/page.css", "/offer.json"):
        code, headers, body = got(page, path)
        assert code == 200 and len(body) > 400, path
        for name, value in HEADERS.items():
            assert headers[name] == value, (path, name)


@pytest.mark.parametrize(
    "path",
    [
        "/static/../server.py",
        "/static/%2e%2e/server.py",
        "/static/..%2f..%2fcli.py",
        "/static//etc/passwd",
        "/static/",
        "/etc/passwd",
        "/code.svg?room=<script>",
        "/code.svg",
    ],
)
def test_no_other_file_can_be_asked_for(page, path):
    code, _, body = got(page, path)
    assert code == 404 and b"root:" not in body and b"<" not in body


def test_compressed_only_for_who_can_read_it(page):
    _, plain, body = got(page, "/static/plotly.js")
    _, small, squeezed = got(page, "/static/plotly.js", **{"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain and small["content-encoding"] == "gzip"
    assert len(squeezed) < len(body) / 2


def test_a_strategy_is_taken_home_as_yaml_or_refused_in_one_line(page):
    code, headers, body = got(page, f"/{NAME}.yaml?collection=3&returns=mail")
    assert code == 200 and "attachment" in headers["content-disposition"]
    assert f"from: {BASELINE}" in body.decode() and "collection: 3.0" in body.decode()
    code, _, body = got(page, f"/{NAME}.yaml?collection=9")
    assert code == 400 and body.count(b"\n") == 1 and b"collection" in body


def test_what_a_role_alone_knows_is_told_to_that_role_alone(page, monkeypatch):
    known = [part["text"] for role in script()["roles"].values() for part in role["sheet"]]
    assert not any(json.dumps(text)[1:-1] in got(page, "/offer.json")[2].decode() for text in known)
    here = got(page, "/handouts.html")[2].decode()
    monkeypatch.setattr("sim.page.server.HERE", ())  # as for somebody at another machine
    elsewhere = got(page, "/handouts.html")[2].decode()
    assert all(html.escape(text) in here for text in known)
    assert not any(html.escape(text) in elsewhere for text in known)
    assert html.escape(script()["card"]) not in elsewhere and "Bullseye" in elsewhere


def test_a_large_body_is_refused_or_hung_up_on(page):
    request = urllib.request.Request(page.address + "/", data=b"x" * 1_000_000, method="POST")
    with pytest.raises(OSError, match=r"Method Not Allowed|Too Large|reset|pipe"):  # as it is sent
        urllib.request.urlopen(request, timeout=PATIENCE)
    assert got(page, "/")[0] == 200


def test_pictures_are_what_the_program_measures_world_by_world(page):
    """The same two companies replayed by hand: the page adds nothing and leaves nothing out."""
    choices = Choices(communication=3.0, newsletters=3)
    with page.open() as socket:
        look(socket, communication=3, newsletters=3)
        found = told_until(socket, whole)
    run, average = loaded(SMALL, None)
    values = {"ours": [], "average": []}
    for seed in (1, 2, 3):
        past = common_past(run, average, seed)
        for who, strategy in (("ours", choices.strategy(average)), ("average", average)):
            world = past.fork(strategy)
            live(world, world.end_day)
            frame = measure(world.run_log(), run.company.economics, world.catalogue["cost_oere"])
            row = frame[(frame["metric"] == "net_revenue") & (frame["segment"] == "shoppers")]
            values[who].append(float(row["value"].iloc[0]))
    row = found["figures"]["net_revenue"]["shoppers"]
    assert row["ours"] == pytest.approx(np.mean(values["ours"]), rel=1e-12)
    assert row["difference"] == pytest.approx(list(paired(values["ours"], values["average"])))


def test_a_year_is_the_same_however_it_is_sliced():
    run = Run(Choices(analysis=3.0), 1)
    told = []
    for seconds in (0.0, 1e9):
        replays = Replays(SMALL, None, None)
        while not (reached := replays.live_on(run, seconds)).done:
            pass
        told.append((reached.told, reached.streams))
    assert told[0] == told[1]


def test_nobody_is_sent_anothers_picture(page):
    with page.open() as one, page.open() as other:
        look(one, analysis=3)
        look(other, analysis=0)
        for socket, key in ((one, "analysis=3"), (other, "analysis=0")):
            seen = []
            told_until(
                socket, lambda picture, seen=seen: seen.append(picture["key"]) or whole(picture)
            )
            assert set(seen) == {key}


def test_what_one_has_looked_at_the_next_sees_at_once_and_so_does_another_server(tmp_path):
    folder = f"output.folder={tmp_path}"
    with served(folder, keeps=True) as page, page.open() as socket:
        look(socket, measurement=3)
        first = told_until(
            socket, lambda found: whole(found) and found["returns"]["mail"]["worlds"]
        )
        with page.open() as other:
            look(other, measurement=3)
            assert json.loads(other.recv(timeout=PATIENCE))["picture"]["worlds"] == first["of"]
    with served(folder, keeps=True) as again, again.open() as socket:
        look(socket, measurement=3)
        found = json.loads(socket.recv(timeout=PATIENCE))["picture"]
        assert found["figures"] == first["figures"]


def test_why_takes_out_every_group_of_capabilities(page):
    with page.open() as socket:
        look(socket, why=True, communication=3)
        found = told_until(
            socket,
            lambda p: "why" in p and all(row["worlds"] == 3 for row in p["why"].values()),
            seconds=120,
        )
    assert set(found["why"]) == set(page.page.settings.company.groups)
    assert found["why"]["prices"]["net_revenue"] == [0.0, 0.0, 0.0], "they cut prices alike"
    assert any(abs(row["net_revenue"][0]) > 1 for row in found["why"].values())


def test_a_customers_year_is_told_as_the_command_tells_it_from_the_same_past(page):
    with page.open() as socket:
        look(socket, tale="anders", communication=3)
        found = told_until(socket, lambda p: p.get("tale", {}).get("rows"), seconds=90)["tale"]
    run, average = loaded(SMALL, None)
    world = OmnichannelModel(run, average, 1).run(run.scale.warmup_days)
    ours = Choices(communication=3.0).strategy(average).model_copy(update={"title": "Our company"})
    *_, lived = live_on(world, [average, ours], load_protagonist("anders", run.market))
    assert found["titles"] == ["The Danish average", "Our company"]
    rows = [row for row in told(lived).rows if row.left not in (NOTE, "THE DANISH AVERAGE")]
    assert [tuple(row) for row in found["rows"]] == rows and len(rows) > 10
    assert found["numbers"] == [list(row) for row in tally(lived)]
    assert sum(row[3] for row in found["rows"]) in (0, 2), "where they part, and why"
    days = {row[4] for row in found["rows"]} - {None}
    assert days and all(run.scale.warmup_days <= day < world.end_day for day in days)
    assert found["name"] == "Anders"
    parted = lived.files[0].day if lived.files else world.end_day - 1
    assert found["known"]["day"] == parted
    for k in (0, 1):
        assert found["known"]["changes"][k] == [
            [day, what, on_file, true, right]
            for day, what, on_file, true, right in changes(lived.known[k], run.scale.warmup_days)
        ]


def test_somebody_simulated_is_told_of_by_his_turn_and_nobody_by_a_number_sent(page):
    run, average = loaded(SMALL, None)
    world = OmnichannelModel(run, average, 1).run(run.scale.warmup_days)
    with page.open() as socket:
        for name in ("buyer#1", "buyer#2"):
            look(socket, tale=name, communication=3)
            found = told_until(
                socket, lambda p, n=name: p["tale"].get("rows") and p["tale"]["customer"] == n, 90
            )["tale"]
            number = chosen(world, SOMEBODY["buyer"][name])
            assert found["name"] == f"Customer {number:,}"
            assert found["rows"][0][1].startswith(f"Customer {number:,} is a buyer")
        for wrong in ("buyer#99", "buyer", "17", "../anders", ["anders"]):
            look(socket, tale=wrong)
            while "refused" not in (message := json.loads(socket.recv(timeout=PATIENCE))):
                pass
            assert message["refused"].startswith("tale must be of one of anders")


def test_a_replay_that_fails_says_so_to_who_waits_and_the_others_go_on(page):
    """What cannot be replayed at all: without a group that there is not."""
    pool, choices = page.page.pool, Choices(recognition=2.5)
    broken = Run(choices, 1, "no such group")
    pool.wish("unlucky", Wish(choices, time.monotonic(), (broken.without,)))
    with page.open() as lucky:
        look(lucky, recognition=0.5)
        assert "figures" in told_until(lucky, whole)
        until = time.monotonic() + 60
        while not pool.state(broken).failed and time.monotonic() < until:
            time.sleep(0.05)
        assert pool.state(broken).failed == FAILED and "KeyError" in pool.problems[-1]
        look(lucky, recognition=2.5)
        assert "figures" in told_until(lucky, lambda found: "figures" in found)
    pool.wish("unlucky", None)
    assert broken not in pool.living, "it is not kept"


def test_a_killed_worker_costs_what_it_was_at_and_no_more(page):
    with page.open() as socket:
        look(socket, collection=2.5, analysis=2)
        told_until(socket, lambda p: "figures" in p)
        for process in multiprocessing.active_children():
            process.kill()
        found = told_until(socket, whole, seconds=90)
        assert "failed" not in found


TEXTS = st.one_of(
    st.text(max_size=60),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["look", "why", "room", "do", "code", "x"]), inner)
        ),
        max_leaves=8,
    ).map(json.dumps),
)


@given(texts=st.lists(TEXTS, min_size=1, max_size=8))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_message_brings_anything_but_an_answer_in_one_line(page, texts):
    with page.open() as socket:
        for text in texts:
            socket.send(text)
        look(socket, analysis=3)
        seen = []
        while not seen or "picture" not in seen[-1] or seen[-1]["picture"]["key"] != "analysis=3":
            seen.append(json.loads(socket.recv(timeout=PATIENCE)))
        for message in seen:
            assert set(message) <= {"picture", "refused", "slower", "room", "seat"}
            assert "\n" not in message.get("refused", "")
            assert "Traceback" not in json.dumps(message)


def test_bytes_and_endless_messages_end_the_conversation_and_nothing_else(page):
    for wrong in (b"\x00\xff", "x" * 100_000):
        with page.open() as socket:
            assert ends_without_a_picture(socket, partial(socket.send, wrong))
    assert got(page, "/")[0] == 200


def test_a_page_of_another_site_gets_no_answer(page):
    with page.open(origin="http://evil.example") as socket:
        assert ends_without_a_picture(socket, partial(look, socket, analysis=3))


def test_a_flood_of_messages_is_slowed_down_and_the_last_one_still_counts(page):
    with page.open() as socket:
        for _ in range(80):
            look(socket, analysis=3)
        seen = [json.loads(socket.recv(timeout=PATIENCE)) for _ in range(20)]
        assert any("slower" in message for message in seen)
        time.sleep(1.0)
        look(socket, analysis=1)
        assert told_until(socket, lambda p: p["key"] == "analysis=1")


def test_codes_cannot_be_tried_one_after_the_other(page):
    with page.open() as socket:
        said = []
        for k in range(25):
            socket.send(json.dumps({"room": {"do": "join", "code": f"AAAAAA{k:02d}"}}))
            said.append(json.loads(socket.recv(timeout=PATIENCE)).get("refused", ""))
        assert said[0] == "there is no such room"
        assert said[-1] == "too many wrong codes: wait a little"
    page.page.visitors.wrong_codes.clear()


def test_a_room_hears_of_its_answers_and_its_reveal(page):
    with page.open() as leader, page.open() as member, page.open() as outside:
        say = lambda socket, **told: socket.send(json.dumps({"room": told}))  # noqa: E731

        def room(socket, enough):
            while True:
                message = json.loads(socket.recv(timeout=PATIENCE))
                if message.get("room") and enough(message["room"]):
                    return message["room"]

        say(leader, do="open")
        code = room(leader, lambda r: True)["code"]
        say(member, do="join", code=code)
        assert room(leader, lambda r: r["members"] == 1)
        asked = {"figure": "kept", "segment": "all", "choices": "returns=mail"}
        say(leader, do="lead", lead="begin", activity="predict", question=asked)
        room(member, lambda r: r["activity"] == "predict")
        say(member, do="answer", answer=81)
        assert "said" not in room(leader, lambda r: r["answered"] == 1)
        say(leader, do="lead", lead="revealed", on=True)
        assert room(member, lambda r: r["revealed"])["said"] == [81.0]
        look(outside, analysis=3)
        assert "room" not in json.loads(outside.recv(timeout=PATIENCE))


def test_a_port_that_is_taken_and_an_address_that_is_not_ours_are_said_in_one_line(page):
    with pytest.raises(Stopped, match=f"nothing can be served at 127.0.0.1:{page.port}"):
        bound("127.0.0.1", page.port)
    with pytest.raises(BadInput, match="must be an address of this machine"):
        bound("no such host", 8777)


def test_the_evening_before_what_is_likely_is_replayed_and_what_failed_is_said(
    tmp_path, capsys, monkeypatch
):
    def looked(minutes: float) -> str:
        made = Page((*SMALL, f"output.folder={tmp_path}"), None, keeps=False)
        is_ready = check(made, minutes)
        return f"{is_ready} {capsys.readouterr().out}"

    few = {"first": Choices(), "second": Choices(fee=0)}
    wishes = [(name, Wish(choices, 0.0)) for name, choices in few.items()]
    monkeypatch.setattr("sim.page.serving.ahead", lambda page: wishes)
    told = looked(60)
    assert told.startswith("True") and "2 of 2 are ready" in told and "first picture" in told
    told = looked(0.0)
    assert told.startswith("False") and "0 of 2 are ready" in told and "--minutes 60" in told


def test_what_is_looked_at_ahead_is_what_a_workshop_begins_with(tmp_path):
    made = Page((*SMALL, f"output.folder={tmp_path}"), None, keeps=False)
    wishes = dict(ahead(made))
    companies = {wish.choices for wish in wishes.values() if isinstance(wish, Wish)}
    assert {Choices(), made.boardroom.start, Choices(collection=3.0)} <= companies
    assert {choices.scenario for choices in companies} == set(SCENARIOS)
    assert sum(bool(getattr(wish, "why", ())) for wish in wishes.values()) == 1
    drawn = [wish for wish in wishes.values() if isinstance(wish, Plans)]
    assert len(drawn) == 1 and len(list(drawn[0].runs([]))) > 3 * DRAWN
    made.kept.close()
    made.rooms.close()
