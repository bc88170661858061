"""The cache of compiled rules: never stale, never somebody else's, and never in the way."""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sim.core import cache, compiled, draws

ROOT = Path(draws.__file__).resolve().parents[2]


@pytest.fixture
def copied(tmp_path):
    """A copy of the package's machinery with a rule whose callee lies in another file."""
    package = tmp_path / "sim"
    (package / "core").mkdir(parents=True)
    for name in (
        "__init__.py",
        "core/__init__.py",
        "core/cache.py",
        "core/compiled.py",
        "core/draws.py",
    ):
        shutil.copy(ROOT / "sim" / name, package / name)
    (package / "callee.py").write_text(
        "from sim.core.compiled import rule\n\n@rule\ndef price(x):\n    return x + 1\n"
    )
    (package / "caller.py").write_text(
        "from sim.callee import price\nfrom sim.core.compiled import rule\n\n"
        "@rule\ndef bill(x):\n    return 10 * price(x)\n"
    )
    return tmp_path


def bill(folder, **environment):
    """(was the rule on disk, what it returns), and what was said, of a new process on the copy."""
    script = (
        f"import sys; sys.path[:0] = [{str(folder)!r}]\n"
        "from sim.core.compiled import is_warm; from sim.caller import bill\n"
        "print(is_warm('bill'), bill(1))"
    )
    given = {
        **os.environ,
        "NUMBA_DISABLE_JIT": "0",
        "OMNIJOURNEY_CACHE_DIR": str(folder / "cache"),
        **environment,
    }
    done = subprocess.run(
        [sys.executable, "-c", environment.pop("PROLOGUE", "") + script],
        cwd=folder,
        env={k: v for k, v in given.items() if v is not None and k != "PROLOGUE"},
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    return done.stdout.strip(), done.stderr


def test_an_edited_callee_in_another_file_runs(copied):
    assert bill(copied) == ("False 20", "")
    assert bill(copied) == ("True 20", "")
    callee = copied / "sim" / "callee.py"
    callee.write_text(callee.read_text().replace("x + 1", "x + 2"))
    assert bill(copied) == ("False 30", "")


def test_the_cache_key_follows_rules_and_leaves_reports_alone(copied):
    package = copied / "sim"
    before = cache.source_key(package)
    (package / "report").mkdir()
    (package / "report" / "page.py").write_text("COLOUR = 'red'\n")
    assert cache.source_key(package) == before
    (package / "report" / "page.py").write_text("from sim.core.compiled import rule\n")
    assert cache.source_key(package) != before
    (package / "report" / "page.py").unlink()
    assert cache.source_key(package) == before
    (package / "callee.py").rename(package / "renamed.py")
    assert cache.source_key(package) != before


def test_two_checkouts_of_the_same_sources_share_their_rules(copied):
    assert bill(copied) == ("False 20", "")
    twin = copied / "twin"
    shutil.copytree(copied / "sim", twin / "sim")
    shared = {"OMNIJOURNEY_CACHE_DIR": str(copied / "cache")}
    assert bill(twin, **shared) == ("True 20", "")
    callee = twin / "sim" / "callee.py"
    callee.write_text(callee.read_text().replace("x + 1", "x + 2"))
    assert bill(twin, **shared) == ("False 30", "")
    assert bill(copied) == ("True 20", ""), "each runs what it says"


def test_no_rule_rests_on_a_file_that_the_cache_key_leaves_out():
    hashed = set(cache.rule_sources())
    for path in hashed:
        text = path.read_text()
        if "sim.core.compiled" not in text:
            continue
        for module in re.findall(r"^(?:from|import) (sim[\w.]*)", text, re.M):
            home = ROOT / module.replace(".", "/")
            inner = home.with_suffix(".py") if home.with_suffix(".py").exists() else home
            rules = path.relative_to(ROOT / "sim").parts[0] in cache.RULE_ROOMS
            if inner.suffix and (rules or "settings" not in inner.parts):
                assert inner in hashed, f"{path} rests on {inner}"


def test_only_folders_that_carry_our_mark_are_deleted(tmp_path):
    ours, others = ("a" * 16, "b" * 16, "c" * 16), ("d" * 16, "someone's folder", "half marked")
    for name in (*ours, *others):
        (tmp_path / name / "inner").mkdir(parents=True)
    for name in ours:
        (tmp_path / name / cache.MARK).write_text(cache.SIGNATURE)
    (tmp_path / "half marked" / cache.MARK).write_text("Signature: another's")
    (tmp_path / ("e" * 16)).symlink_to(tmp_path / ("a" * 16))
    (tmp_path / "file").write_text("")
    long_ago = time.time() - 15 * 86_400
    for name in ("a" * 16, "c" * 16, *others):
        os.utime(tmp_path / name, (long_ago, long_ago))
    cache.forget_old(tmp_path, keep="c" * 16)
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"b" * 16, "c" * 16, *others, "e" * 16, "file"}


def test_a_cache_folder_is_marked_as_ours(copied):
    bill(copied)
    (folder,) = (copied / "cache").iterdir()
    assert cache.is_ours(folder)


BAD_PLACES = {
    "a file": lambda folder: folder / "sim" / "callee.py",
    "below a file": lambda folder: folder / "sim" / "callee.py" / "below",
    "nobody's home": lambda folder: "~nobody-of-that-name/cache",
    "a loop": lambda folder: folder / "loop",
    "too long": lambda folder: folder / ("x" * 300),
    "a device": lambda folder: "/dev/full",
    "not to be written": lambda folder: "/proc",
}


@pytest.mark.parametrize("kind", BAD_PLACES)
def test_a_bad_place_for_the_cache_stops_nothing_and_is_said_once(copied, kind):
    (copied / "loop").symlink_to(copied / "loop")
    place = str(BAD_PLACES[kind](copied))

    result, said = bill(copied, OMNIJOURNEY_CACHE_DIR=place)
    assert result == "False 20"
    assert len(said.splitlines()) == 1 and "compiled rules cannot be kept" in said


def test_without_a_home_rules_are_kept_all_the_same(copied):
    for name in ("nobody", None):
        home = {"HOME": name and f"/nonexistent/{name}", "XDG_CACHE_HOME": str(copied / "x")}
        assert bill(copied, OMNIJOURNEY_CACHE_DIR=None, **home)[0].endswith("20")


def test_processes_started_from_one_with_a_passing_cache_share_it(copied):
    script = (
        f"import sys; sys.path[:0] = [{str(copied)!r}]\n"
        "import subprocess\nfrom sim.caller import bill\nbill(1)\n"
        "more = 'import sys; sys.path[:0] = [%r]; from sim.core.compiled import is_warm; "
        'print(is_warm("bill"))\'\n'
        f"subprocess.run([sys.executable, '-c', more % {str(copied)!r}], check=True)"
    )
    place = {"NUMBA_DISABLE_JIT": "0", "OMNIJOURNEY_CACHE_DIR": "/dev/full"}
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, **place},
        cwd=copied,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "True\n"
    assert len(done.stderr.splitlines()) == 1, "the second process has nothing to say"


@pytest.mark.parametrize("ending", ["nbi", "nbc"])
@pytest.mark.parametrize("damage", ["empty", "half", "zeros"])
def test_a_damaged_file_is_compiled_again(copied, ending, damage):
    bill(copied)
    for path in (copied / "cache").rglob(f"*.{ending}"):
        whole = path.read_bytes()
        left = {"empty": b"", "half": whole[: len(whole) // 2], "zeros": bytes(len(whole))}
        path.write_bytes(left[damage])
    result, said = bill(copied)
    assert result == "True 20" and "compiled again" in said
    assert bill(copied) == ("True 20", "")


def test_a_disk_that_fills_up_while_compiling_stops_nothing(copied):
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))\n"
    result, said = bill(copied, PROLOGUE=limit)
    assert result == "False 20"
    assert "compiled rules cannot be kept" in said and "Traceback" not in said
    assert bill(copied)[0].endswith("20")


def test_with_too_little_room_a_passing_place_is_taken(tmp_path, monkeypatch):
    monkeypatch.setenv(cache.BASE, str(tmp_path / "full"))
    monkeypatch.setattr(cache, "ROOM_BYTES", 10**18)
    said = []
    monkeypatch.setattr(cache, "say", said.append)
    assert cache.open_cache() is None, "there is no room anywhere"
    assert len(said) == 1 and "MB free" in said[0]


@pytest.mark.skipif(not compiled.COMPILED, reason="plain Python keeps no cache")
def test_compiled_code_lands_in_the_folder_of_these_sources():
    draws.uniform(1, 2, 3, 4, 5)
    assert compiled.CACHE.name == cache.source_key()
    assert compiled.is_warm("uniform") and not compiled.is_warm("no_such_rule")
