"""Reading for the Slack face: tokens, names in the environment, and a process of its own that reads for the bot."""

from pathlib import Path

import pytest

from bot.settings import SLACK_API_URL, Settings, SlackSettings
from bot.settings_reading import read_all_settings, read_slack_settings
from bot.start import READING
from commands.ops.errors import NotReadable
from commands.ops.machine.apart import begun


@pytest.fixture(autouse=True)
def tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-given")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-given")


def test_tokens_may_come_from_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "bot").write_text("xoxb-from-a-file\n")
    monkeypatch.delenv("SLACK_BOT_TOKEN")
    monkeypatch.setenv("SLACK_BOT_TOKEN_FILE", str(tmp_path / "bot"))
    assert read_slack_settings().bot_token == "xoxb-from-a-file"


def test_tokens_may_stand_in_the_toml_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SLACK_BOT_TOKEN")
    (tmp_path / "w.toml").write_text('bot_token = "xoxb-from-toml"\nchannel = "C0OPS"\n')
    monkeypatch.setenv("WAVEWARDEN_CONFIG", str(tmp_path / "w.toml"))
    settings = read_slack_settings()
    assert (settings.bot_token, settings.channel) == ("xoxb-from-toml", "C0OPS")


def test_no_token_is_shown_with_the_settings() -> None:
    assert "given" not in repr(read_slack_settings())


def test_the_address_ends_with_a_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:8765/api")
    assert read_slack_settings().api_url == "http://127.0.0.1:8765/api/"


@pytest.mark.parametrize("name", ["API_URL", "BOT_TOKEN", "APP_TOKEN", "CHANNEL"])
def test_another_program_s_name_is_none_of_ours(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "https://elsewhere.example/")
    assert read_slack_settings() == SlackSettings(bot_token="xoxb-given", app_token="xapp-given")
    assert read_slack_settings().api_url == SLACK_API_URL


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("SLACK_BOT_TOKEN", "SLACK_BOT_TOKEN is not usable: a bot token begins with xoxb-."),
        ("SLACK_APP_TOKEN", "SLACK_APP_TOKEN is not usable: an app-level token begins with xapp-."),
    ],
)
def test_a_token_of_another_kind_is_named_and_not_said(
    name: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "xoxp-secret")
    with pytest.raises(NotReadable) as caught:
        read_slack_settings()
    assert caught.value.sentence == said


def _read_apart() -> object:
    with begun(READING) as settings:
        return settings()


def test_what_another_process_reads_is_what_is_read_here(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("WAVEWARDEN_APPROVERS", "U0ASHA,S0LEADS")
    monkeypatch.setenv("WAVEWARDEN_PEOPLE", "os:ann=U0ANN")
    (tmp_path / "w.toml").write_text('[approvals.needed]\nresume = 2\n[tools]\nfinalize = ["f", "{batch}"]\n')
    monkeypatch.setenv("WAVEWARDEN_CONFIG", str(tmp_path / "w.toml"))
    monkeypatch.setenv("WAVEWARDEN_ROOT", str(tmp_path))
    found = _read_apart()
    assert isinstance(found, Settings)
    assert found == read_all_settings()
    assert found.secrets == ("xoxb-given", "xapp-given")


def test_what_is_wrong_comes_back_as_its_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAVEWARDEN_APROVERS", "U0ASHA")
    found = _read_apart()
    assert isinstance(found, NotReadable)
    assert found.sentence == "WAVEWARDEN_APROVERS is not a setting: did you mean WAVEWARDEN_APPROVERS?"
