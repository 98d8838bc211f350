"""Settings: from the environment, `.env` and a TOML file; what is wrong is one sentence."""

from pathlib import Path

import pytest

from commands.ops.errors import NotReadable
from commands.ops.settings import OpsSettings
from commands.ops.settings_reading import read_settings, unknown_names


@pytest.fixture(autouse=True)
def root(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WAVEWARDEN_ROOT", str(tmp_path))


def test_lists_are_comma_separated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAVEWARDEN_APPROVERS", " U0ASHA, S0LEADS ,os:root,")
    assert read_settings(OpsSettings).approvers == ("U0ASHA", "S0LEADS", "os:root")


def test_an_empty_list_is_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAVEWARDEN_APPROVERS", "")
    assert read_settings(OpsSettings).approvers == ()


def test_people_are_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAVEWARDEN_PEOPLE", "os:ann=U0ANN,os:bob=U0BOB")
    assert read_settings(OpsSettings).people == {"os:ann": "U0ANN", "os:bob": "U0BOB"}


def test_the_environment_is_nearer_than_dotenv_and_that_nearer_than_toml(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    toml = tmp_path / "wavewarden.toml"
    toml.write_text('viewers = ["U1"]\noperators = ["U1"]\napprovers = ["U1"]\n[agents]\nper_wave = 10\n')
    (tmp_path / ".env").write_text("WAVEWARDEN_OPERATORS=U2\nWAVEWARDEN_APPROVERS=U2\n")
    monkeypatch.setenv("WAVEWARDEN_CONFIG", str(toml))
    monkeypatch.setenv("WAVEWARDEN_APPROVERS", "U3")
    settings = read_settings(OpsSettings)
    assert (settings.viewers, settings.operators, settings.approvers) == (("U1",), ("U2",), ("U3",))
    assert settings.agents.per_wave == 10


def test_the_config_file_may_be_named_in_dotenv(tmp_path: Path) -> None:
    (tmp_path / "w.toml").write_text("[ladder]\nplanned = 'N'\n")
    (tmp_path / ".env").write_text(f"WAVEWARDEN_CONFIG={tmp_path}/w.toml\n")
    assert read_settings(OpsSettings).ladder.letters == ("N", "d", "D", "i", "I", "Q")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("WAVEWARDEN_ROOT", "", "WAVEWARDEN_ROOT is not set: put it into the environment or .env."),
        (
            "WAVEWARDEN_PEOPLE",
            "ann",
            "WAVEWARDEN_PEOPLE is not usable: must be written os:NAME=U…, comma-separated.",
        ),
        ("WAVEWARDEN_SOLO", "maybe", "WAVEWARDEN_SOLO is not usable: Input should be a valid boolean"),
    ],
)
def test_a_setting_that_is_wrong_is_named(
    name: str, value: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(NotReadable) as caught:
        read_settings(OpsSettings)
    assert caught.value.sentence.startswith(sentence)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[agents]\nper_wave = 0", "agents.per_wave is not usable"),
        ("[agents]\npre_wave = 5", "agents.pre_wave is not usable"),
        ("[agents", "cannot be read"),
    ],
)
def test_a_toml_file_that_is_wrong_is_named(
    content: str, said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "w.toml").write_text(content)
    monkeypatch.setenv("WAVEWARDEN_CONFIG", str(tmp_path / "w.toml"))
    with pytest.raises(NotReadable, match=said):
        read_settings(OpsSettings)


def test_a_toml_file_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WAVEWARDEN_CONFIG", str(tmp_path / "none.toml"))
    with pytest.raises(NotReadable, match=r"none\.toml cannot be read"):
        read_settings(OpsSettings)


def test_an_unknown_name_gets_the_nearest_one() -> None:
    known = ["WAVEWARDEN_ROOT", "WAVEWARDEN_APPROVERS"]
    assert unknown_names(["WAVEWARDEN_APROVERS", "PATH"], known) == [
        "WAVEWARDEN_APROVERS is not a setting: did you mean WAVEWARDEN_APPROVERS?"
    ]
    assert unknown_names(known, known) == []
