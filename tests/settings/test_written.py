"""What is written is what is read: numerals, words, encodings, and files that are no settings."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.core.records import CATEGORIES
from sim.settings import numerals
from sim.settings.complaints import BadInput
from sim.settings.document import document, scalar
from sim.settings.files import mapping, parsed
from sim.settings.load import catalogue, load, read

HERE = Path("here.yaml")
SHARED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
LOADED = settings(SHARED, max_examples=12)  # loading takes a quarter of a second


def refused(overrides: list[str], folder: Path | None = None) -> str:
    with pytest.raises(BadInput) as caught:
        load(overrides, folder)
    assert len(str(caught.value).splitlines()) == 1
    return str(caught.value)


def from_file(folder: Path, line: str) -> None:
    (folder / "us.yaml").write_text(f"from: leader\npolicies: {{{line}}}\n", encoding="utf-8")
    load(["strategies=[us]"], folder)


# Numerals

ODD_NUMERALS = [
    ("1:30", "YAML counts it in sixties, as 90"),
    ("0100", "YAML reads 64: write 100"),
    ("0189", "write 189, without the zero"),
    ("1.000", "may be read as 1 or as 1000"),
    ("100.000", "may be read as 100 or as 100000"),
    ("1.000.000", "write 1000000, without points"),
    ("1_000", "write 1000, in digits alone"),
    ("1 000", "write 1000, in digits alone"),
    ("0x3e8", "write it in decimal digits"),
    ("9" * 5000, "is longer than any number"),
]


@pytest.mark.parametrize(("text", "said"), ODD_NUMERALS, ids=[t[:9] for t, _ in ODD_NUMERALS])
def test_an_ambiguous_numeral_is_refused_alike_in_a_file_and_on_the_command_line(
    tmp_path: Path, text: str, said: str
):
    assert f"scale.customers = {text[:70]}" in refused([f"scale.customers={text}"])
    assert said in refused([f"scale.customers={text}"])
    with pytest.raises(BadInput) as caught:
        from_file(tmp_path, f"free_delivery_from_dkk: {text}")
    assert said in str(caught.value) and "DKK/order" in str(caught.value)


def test_a_decimal_comma_is_told_to_be_a_point(tmp_path: Path):
    (tmp_path / "us.yaml").write_text("maturity:\n  analysis: 0,5\n")
    assert "= 0,5: write 0.5, with a point" in refused(["strategies=[us]"], tmp_path)
    assert "a decimal 0.5" in refused(["market.competitor_price=0,5"])


def test_three_decimals_are_taken_where_thousands_are_out_of_bounds():
    assert load(["market.competitor_price=1.125"])[0].market.competitor_price == 1.125
    assert load(["scale.customers=1e3"])[0].scale.customers == 1000
    assert "1.125" in refused(["scale.customers=1.125"])


def test_odd_numerals_are_themselves_in_a_text(tmp_path: Path):
    texts = ["1:30", "0100", "1.000", "1_000", "2024-05-01", "0x10"]
    for text in texts:
        (tmp_path / "us.yaml").write_text(f"from: leader\ntitle: {text}\n")
        assert load(["strategies=[us]"], tmp_path)[1][0].title == text
    assert load(["purpose=Sold to 100.000 people, at 1:30"])[0].purpose[-4:] == "1:30"


@given(
    st.floats(allow_nan=False, allow_infinity=False) | st.text() | st.integers(-(10**15), 10**15)
)
def test_every_value_is_read_back_as_it_was_written(value: float | str | int):
    again = parsed(f"value: {scalar(value)}\n", HERE)["value"]
    if isinstance(again, str) and not isinstance(value, str):
        again = numerals.number(again, -1e300, 1e300)
    assert again == value and (isinstance(again, str) == isinstance(value, str))


@LOADED
@given(fee=st.floats(1, 99_999).map(lambda x: round(x, 3)))
def test_a_run_with_any_amount_is_repeated_by_its_own_document(tmp_path: Path, fee: float):
    variant = f"variants.us={{from: leader, policies: {{free_delivery_from_dkk: {scalar(fee)}}}}}"
    run, strategies = load(["strategies=[us]", variant])
    assert strategies[0].policies.free_delivery_from_dkk == fee
    whole = run.model_copy(update={"variants": {"us": strategies[0]}})
    (tmp_path / "config.yaml").write_text(document(whole), encoding="utf-8")
    assert load([], tmp_path)[1] == strategies


@given(st.from_regex(r"\A[-+]?[0-9][0-9._:,]{0,12}\Z"))
def test_a_numeral_is_plain_or_odd_or_no_number_and_never_two_of_them(text: str):
    whole, decimal, odd = (f(text) for f in TESTS)
    assert not (odd and (whole or decimal))
    if decimal:
        assert float(text) == pytest.approx(parsed(f"x: {text}", HERE)["x"])
    else:
        assert parsed(f"x: '{text}'", HERE)["x"] == text


TESTS = (numerals.is_whole, numerals.is_decimal, numerals.is_odd)


# Words


@pytest.mark.parametrize(
    "words", ["Køb", "Is it worth it?", "It's", "fewer, better mails", "a: b", "50 % mere", "x = y"]
)
def test_words_on_the_command_line_are_taken_as_written(words: str):
    assert load([f"purpose={words}"])[0].purpose == words


def test_words_beyond_ascii_stand_within_mappings_and_lists():
    _, (us,) = load(["variants.us={from: leader, title: Køb nu på dansk}", "strategies=[us]"])
    assert us.title == "Køb nu på dansk"
    assert "strategies = køb: no such strategy" in refused(["strategies=[køb]"])


@LOADED
@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1))
def test_no_command_line_is_a_traceback(text: str):
    for override in (text, f"purpose={text}", f"variants.us={{title: {text}}}"):
        try:
            load([override])
        except BadInput as problem:
            assert len(str(problem).splitlines()) == 1


# Files


def test_a_byte_order_mark_changes_nothing(tmp_path: Path):
    for place, name, text in (
        ("scenario", "dear", "# @package _global_\nscenario: {name: dear}\nseed: 9\n"),
        ("", "us", "from: leader\ntitle: Os på dansk\n"),
    ):
        (tmp_path / place).mkdir(exist_ok=True)
        (tmp_path / place / f"{name}.yaml").write_text(text, encoding="utf-8-sig")
    run, (us,) = load(["scenario=dear", "strategies=[us]"], tmp_path)
    assert (run.scenario.name, run.seed, us.title) == ("dear", 9, "Os på dansk")


@pytest.mark.parametrize("group", ["scenario", "experiments"])
def test_a_file_of_several_groups_needs_no_header(tmp_path: Path, group: str):
    (tmp_path / group).mkdir()
    (tmp_path / group / "dear.yaml").write_text("market: {competitor_price: 1.5}\nseed: 9\n")
    run, _ = load([f"{group.removesuffix('s')}=dear"], tmp_path)
    assert (run.market.competitor_price, run.seed) == (1.5, 9)


def test_a_scenario_may_be_its_name_alone(tmp_path: Path):
    (tmp_path / "scenario").mkdir()
    (tmp_path / "scenario" / "mild.yaml").write_text("name: mild\npurpose: Nothing changes.\n")
    assert load(["scenario=mild"], tmp_path)[0].scenario.name == "mild"


def deep(depth: int) -> bytes:
    return b"title: " + b"[" * depth + b"]" * depth


NO_SETTINGS = {
    "latin-1": ("title: Køb".encode("latin-1"), "us.yaml line 1 = title: Køb: save the file as"),
    "utf-16": ("title: Køb".encode("utf-16"), "save it as UTF-8, not UTF-16"),
    "binary": (bytes(range(256)), "cannot be read: it is no text"),
    "alias in itself": (b"a: &x {b: *x}", "in itself by an alias"),
    "list in itself": (b"a: &x [*x]", "in itself by an alias"),
    "laughs": (
        b"a: &a [1,1,1,1,1,1,1,1,1]\n"
        + b"".join(
            b"%c: &%c [%s]\n" % (c + 1, c + 1, b",".join([b"*%c" % c] * 9)) for c in b"abcdefgh"
        ),
        "aliases repeat too much",
    ),
    "deep": (deep(100), "nested more than 50 deep"),
    "very deep": (deep(100_000), "nested too deep"),
    "object": (b"a: !!python/object:os.system {}", "not valid YAML"),
    "set": (b"a: !!set {b}", "not valid YAML: set is no kind of setting"),
    "key twice": (b"a: 1\na: 2\n", "a is there twice"),
    "key a list": (b"? [1, 2]\n: 3\n", "a key must be text"),
    "tab": (b"a:\n\tb: 1\n", "us.yaml line 2"),
    "endless": (b"title: ${title}\n", "us.yaml"),
    "number": (b"maturity: {analysis: !!int abc}", "us.yaml"),
}


@pytest.mark.parametrize("kind", NO_SETTINGS)
def test_what_is_no_settings_file_is_named_in_one_line(tmp_path: Path, kind: str):
    content, said = NO_SETTINGS[kind]
    (tmp_path / "us.yaml").write_bytes(content)
    assert said in refused(["strategies=[us]"], tmp_path)
    (tmp_path / "scenario").mkdir()
    (tmp_path / "us.yaml").rename(tmp_path / "scenario" / "us.yaml")
    if kind != "endless":
        assert said in refused(["scenario=us"], tmp_path)


@SHARED
@given(st.binary(max_size=200))
def test_no_file_is_a_traceback(tmp_path: Path, content: bytes):
    (tmp_path / "us.yaml").write_bytes(content)
    try:
        assert isinstance(read(tmp_path / "us.yaml"), dict)
    except BadInput as problem:
        assert len(str(problem).splitlines()) == 1


@SHARED
@given(st.text(st.sampled_from("ab:-[]{}&*!|>'\"#%@,?\n\t <0.1~")))
def test_no_yaml_is_a_traceback(tmp_path: Path, text: str):
    (tmp_path / "us.yaml").write_text(text, encoding="utf-8")
    try:
        mapping(tmp_path / "us.yaml")
    except BadInput as problem:
        assert len(str(problem).splitlines()) == 1


def test_places_that_are_no_files_or_folders_are_named(tmp_path: Path):
    (tmp_path / "us.yaml").mkdir()
    assert "it is no file" in refused(["strategies=[us]"], tmp_path)
    os.mkfifo(tmp_path / "pipe.yaml")
    assert "it is no file" in refused(["strategies=[pipe]"], tmp_path)
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    assert "cannot be read" in refused(["strategies=[loop]"], tmp_path)
    (tmp_path / "round").symlink_to(tmp_path / "round")
    for folder in (tmp_path / "round", tmp_path / ("x" * 300), tmp_path / "a\0b", tmp_path / "no"):
        assert refused([], folder).startswith("--config-dir = ")


def test_one_stray_file_does_not_hide_the_others(tmp_path: Path):
    (tmp_path / "us.yaml").write_text("from: leader\n")
    for hidden in ("._us.yaml", ".us.yaml.swp", ".hidden.yaml", "us.yaml~"):
        (tmp_path / hidden).write_bytes(b"\0\xff")
    found, problems = catalogue(tmp_path)
    assert found[0][0].name == "us" and problems == []
    (tmp_path / "broken.yaml").write_bytes(b"\0\xff")
    (tmp_path / "us (copy).yaml").write_text("from: leader\n")
    (tmp_path / "folder.yaml").mkdir()
    again, problems = catalogue(tmp_path)
    assert again == found
    assert [
        name in str(p) for name, p in zip(("broken", "folder", "us (copy)"), problems, strict=True)
    ]


# Messages that name the thing


def test_a_run_folder_takes_single_values_and_says_so_of_files(tmp_path: Path):
    run, _ = load(["scale=tiny"])
    (tmp_path / "config.yaml").write_text(document(run), encoding="utf-8")
    assert load(["scale.customers=70"], tmp_path)[0].scale.customers == 70
    said = refused(["scale=tiny"], tmp_path)
    assert said.startswith("scale = tiny: cannot be chosen") and "scale.customers" in said


@pytest.mark.parametrize(
    ("override", "said"),
    [
        ("strategies={a: leader}", 'strategies = {"a": "leader"}: must be a list'),
        ("scale.customers={a: 1}", 'scale.customers = {"a": 1}: must be a whole number'),
        ("market.categories=3", "market.categories = 3: must be a list"),
        ("market.needs=[1]", "market.needs = [1]: must be a mapping"),
        ("scale=../../etc/passwd", "scale = ../../etc/passwd: no such file"),
        ("scale=" + "x" * 300, "no such file; there are: default"),
        ("name=" + "x" * 250, "must have at most 100 letters"),
        ("variants." + "x" * 250 + "={from: leader}", "must have at most 100 letters"),
        ("purpose=" + "[" * 3000, "is nested more than"),
        ("market.items_per_style=9", "must be at most 8"),
    ],
)
def test_the_message_names_what_is_wrong(override: str, said: str):
    assert said in refused([override])


# Tables have room


@pytest.mark.parametrize("number", [0, CATEGORIES + 1, 100])
def test_categories_beyond_the_tables_are_refused_at_load(tmp_path: Path, number: int):
    text = "".join(
        f"  - {{name: c{k}, styles: [a, b, c], need_share: {1 / number:.15f}}}\n"
        for k in range(number)
    )
    (tmp_path / "market").mkdir()
    (tmp_path / "market" / "ours.yaml").write_text(f"categories:\n{text or '  []'}\n")
    assert f"between 1 and {CATEGORIES} are needed" in refused(["market=ours"], tmp_path)


@pytest.mark.parametrize("styles", ["[a, b]", "[a, b, c, d]", "[]"])
def test_styles_other_than_three_are_refused_at_load(styles: str):
    assert refused([f"market.categories.0.styles={styles}"]).startswith(
        "market.categories.0.styles"
    )
