"""Hydra serves us through its public face alone, and nobody notices that it did."""

from __future__ import annotations

from pathlib import Path

import pytest
from hydra import compose, initialize_config_dir
from hydra.core.global_hydra import GlobalHydra

from sim.settings.complaints import BadInput
from sim.settings.compose import Places
from sim.settings.load import load

ROOT = Path(__file__).resolve().parents[2]


def test_no_file_of_ours_looks_inside_hydra_or_omegaconf():
    for path in (ROOT / "sim").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "hydra._internal" not in text and "omegaconf._" not in text, path


def test_a_caller_who_uses_hydra_himself_keeps_it(tmp_path: Path):
    (tmp_path / "theirs.yaml").write_text("who: they\n")
    with initialize_config_dir(str(tmp_path), version_base=None):
        before = GlobalHydra.instance().hydra
        assert load(["scale=tiny"])[0].scale.customers == 300
        with pytest.raises(BadInput):
            load(["scale=tine"])
        assert GlobalHydra.instance().hydra is before
        assert compose("theirs").who == "they"


def test_hydra_is_left_as_it_was_found():
    load([])
    assert not GlobalHydra.instance().is_initialized()
    assert Places.searched == ()


@pytest.mark.parametrize(
    "name", ["with space", "a,b=c", "æøå", "100 %25", "it's [mine] ${x}", "#1?"]
)
def test_a_folder_of_any_name_comes_first(tmp_path: Path, name: str):
    folder = tmp_path / name
    (folder / "scale").mkdir(parents=True)
    (folder / "scale" / "tiny.yaml").write_text("customers: 123\n")
    assert load(["scale=tiny"], folder)[0].scale.customers == 123


def test_a_group_that_a_folder_lacks_comes_from_ours(tmp_path: Path):
    (tmp_path / "scale").mkdir()
    (tmp_path / "scale" / "huge.yaml").write_text("customers: 123\n")
    assert load(["scale=tiny"], tmp_path)[0].scale.customers == 300
    with pytest.raises(BadInput, match=r"scale = moon: no such file; .*huge.*tiny"):
        load(["scale=moon"], tmp_path)
