"""Where a setting comes from, and what is refused."""

from __future__ import annotations

import copy
import os
import pickle
import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mlsteward import AsyncSteward, Steward
from mlsteward.config import Config, default_config_file, resolve
from mlsteward.errors import ConfigurationError
from mlsteward.redaction import Secret

TOKEN = "mls_CanaryCanaryCanaryCanary"
OTHER = "mls_OtherOtherOtherOther"

FILE = f"""
[profiles.default]
url = "https://default.example.com"
api_token = "{TOKEN}"
workspace = "from-default"

[profiles.staging]
url = "https://staging.example.com/"
api_token = "{OTHER}"

[profiles.laptop]
path = "data.db"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(FILE)
    path.chmod(0o600)
    return path


def revealed(config: Config) -> str | None:
    token: Secret | None = config.api_token
    return None if token is None else token.reveal()


def plain(**given: Any) -> Config:
    return resolve(**{"environ": {}, "config_file": None, **given})


# Where it comes from.


def test_with_nothing_configured_the_server_runs_inside_the_process() -> None:
    config = plain()
    assert config.embedded
    assert (config.url, config.path, config.api_token, config.workspace) == (None, None, None, None)


def test_the_environment(file: Path) -> None:
    config = plain(
        environ={"MLSTEWARD_URL": "https://a.example", "MLSTEWARD_API_TOKEN": TOKEN, "MLSTEWARD_WORKSPACE": "ml"}
    )
    assert (config.url, revealed(config), config.workspace) == ("https://a.example", TOKEN, "ml")
    assert not config.embedded
    assert config.source("url") == "MLSTEWARD_URL"


def test_an_argument_wins_over_the_environment_and_that_over_a_profile(file: Path) -> None:
    environ = {"MLSTEWARD_WORKSPACE": "from-environment"}
    assert resolve(environ={}, config_file=file).workspace == "from-default"
    assert resolve(environ=environ, config_file=file).workspace == "from-environment"
    config = resolve(workspace="from-argument", environ=environ, config_file=file)
    assert config.workspace == "from-argument"
    assert config.url == "https://default.example.com"


def test_a_profile_named_by_the_environment_yields_to_other_variables(file: Path) -> None:
    config = resolve(environ={"MLSTEWARD_PROFILE": "staging", "MLSTEWARD_URL": "https://b.example"}, config_file=file)
    assert config.url == "https://b.example"
    config = resolve(environ={"MLSTEWARD_PROFILE": "staging"}, config_file=file)
    assert (config.url, config.profile) == ("https://staging.example.com", "staging")


def test_a_profile_named_by_an_argument_wins_over_the_environment(file: Path) -> None:
    environ = {"MLSTEWARD_URL": "https://b.example", "MLSTEWARD_API_TOKEN": TOKEN, "MLSTEWARD_PROFILE": "default"}
    config = resolve(profile="staging", environ=environ, config_file=file)
    assert (config.url, revealed(config)) == ("https://staging.example.com", OTHER)


def test_an_empty_variable_is_one_that_is_not_set() -> None:
    assert plain(environ={"MLSTEWARD_URL": "", "MLSTEWARD_API_TOKEN": ""}) == plain()


@pytest.mark.parametrize("name", ["url", "path", "api_token", "workspace", "profile"])
def test_an_empty_argument_is_a_mistake(name: str) -> None:
    # Falling back would act on another server, or as the operator of the embedded one.
    with pytest.raises(ConfigurationError, match=f"argument {name} is empty"):
        plain(**{name: ""})


def test_the_variable_of_the_older_sdk_is_read_only_for_keys_of_ours() -> None:
    assert revealed(plain(environ={"NEPTUNE_API_TOKEN": TOKEN})) == TOKEN
    assert plain(environ={"NEPTUNE_API_TOKEN": TOKEN}).source("api_token") == "NEPTUNE_API_TOKEN"
    assert plain(environ={"NEPTUNE_API_TOKEN": "eyJhcGlfYWRkcmVzcyI6Imh0dHBz"}).api_token is None
    assert revealed(plain(environ={"NEPTUNE_API_TOKEN": TOKEN, "MLSTEWARD_API_TOKEN": OTHER})) == OTHER


# Url and path are two answers to one question.


def test_a_path_given_as_an_argument_wins_over_a_url_in_the_environment() -> None:
    config = plain(path=":memory:", environ={"MLSTEWARD_URL": "https://a.example"})
    assert (config.url, config.path) == (None, ":memory:")


@pytest.mark.parametrize(
    "given",
    [
        {"url": "https://a.example", "path": "x.db"},
        {"environ": {"MLSTEWARD_URL": "https://a.example", "MLSTEWARD_PATH": "x.db"}},
    ],
)
def test_url_and_path_from_one_place_exclude_each_other(given: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError, match=r"Both a url .* and a path"):
        plain(**given)


# A key stays with its server.


def test_a_key_is_not_lent_to_another_server(file: Path) -> None:
    assert resolve(url="https://elsewhere.example", environ={}, config_file=file).api_token is None
    environ = {"MLSTEWARD_URL": "https://a.example", "MLSTEWARD_API_TOKEN": TOKEN}
    assert plain(url="https://elsewhere.example", environ=environ).api_token is None
    assert plain(path=":memory:", environ=environ).api_token is None


def test_a_key_is_used_for_its_own_server_and_where_none_was_named(file: Path) -> None:
    assert revealed(resolve(url="https://default.example.com/", environ={}, config_file=file)) == TOKEN
    assert revealed(plain(url="https://a.example", environ={"MLSTEWARD_API_TOKEN": TOKEN})) == TOKEN
    assert revealed(plain(environ={"MLSTEWARD_API_TOKEN": TOKEN})) == TOKEN


def test_a_key_given_as_an_argument_is_used_wherever_the_call_goes(file: Path) -> None:
    config = resolve(api_token=OTHER, environ={"MLSTEWARD_URL": "https://a.example"}, config_file=file)
    assert (config.url, revealed(config)) == ("https://a.example", OTHER)


# What is refused.


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://a.example", "not an http"),
        ("a.example", "not an http"),
        ("https://", "not an http"),
        ("http://a.example:0", "not an http"),
        ("http://a.example:99999", "not a URL"),
        ("http://[::1", "not a URL"),
        ("https://a.example?x=1", "a query or a fragment"),
        ("https://a.example#x", "a query or a fragment"),
        ("https://a .example", "spaces or control"),
        ("https://a.example\n", "spaces or control"),
        ("https://bob:hunter2@a.example", "contains credentials"),
        ("https://hunter2@a.example", "contains credentials"),
    ],
)
def test_bad_urls(url: str, why: str) -> None:
    with pytest.raises(ConfigurationError, match=why) as caught:
        plain(environ={"MLSTEWARD_URL": url})
    assert "MLSTEWARD_URL" in str(caught.value)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        ("https://a.example/", "https://a.example"),
        ("HTTPS://a.example/ml/", "https://a.example/ml"),
        ("https://a.example/api/v1", "https://a.example"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_urls_in_their_normal_form(url: str, normal: str) -> None:
    assert plain(url=url).url == normal


@pytest.mark.parametrize("wrong", [f"{TOKEN}\n", f" {TOKEN}", f"{TOKEN}\r\nX-Evil: 1", f"{TOKEN}\x00", f"{TOKEN}é"])
def test_a_key_that_is_not_one_is_refused_without_showing_it(wrong: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        plain(environ={"MLSTEWARD_API_TOKEN": wrong})
    assert "MLSTEWARD_API_TOKEN" in str(caught.value)
    assert "Canary" not in str(caught.value)
    assert "Canary" not in repr(caught.value)


def test_a_path_that_is_the_address_of_a_server() -> None:
    with pytest.raises(ConfigurationError, match="Use url= for a server"):
        plain(path="https://a.example")


def test_a_database_is_a_path_too_and_its_password_is_not_shown() -> None:
    config = plain(path="postgresql://bob:hunter2@db/ml")
    assert config.path == "postgresql://bob:hunter2@db/ml"
    assert "hunter2" not in repr(config) + config.describe()


# The file.


def test_an_unknown_profile_names_those_there_are(file: Path) -> None:
    with pytest.raises(ConfigurationError, match="no profile 'production'") as caught:
        resolve(profile="production", environ={}, config_file=file)
    assert "default, laptop, staging" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('[profiles.default]\nurl = "https://a', "not valid TOML"),
        (f'[profiles.default]\napi_token = "{TOKEN}\n', "not valid TOML"),
        ("profiles = 3", "not a table"),
        ("[profiles]\ndefault = 3", "not a table"),
        ('[profiles.default]\napi_key = "x"', "'api_key', which does not exist"),
        ("[profiles.default]\nurl = 3", "other than text"),
        ('[profiles.default]\nurl = "ftp://a"', "not an http"),
    ],
)
def test_a_file_that_cannot_be_used(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text)
    with pytest.raises(ConfigurationError, match=why) as caught:
        resolve(environ={}, config_file=path)
    shown = str(caught.value)
    assert "Canary" not in shown
    assert str(path) in shown or "profile 'default'" in shown
    assert caught.value.__cause__ is None or "Canary" not in repr(caught.value.__cause__)


def test_a_file_that_is_not_text(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigurationError, match="not UTF-8"):
        resolve(environ={}, config_file=path)


def test_a_folder_in_place_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be read"):
        resolve(environ={}, config_file=tmp_path)


def test_a_file_that_was_asked_for_must_exist(tmp_path: Path) -> None:
    missing = tmp_path / "none.toml"
    with pytest.raises(ConfigurationError, match="no configuration file at"):
        resolve(environ={"MLSTEWARD_CONFIG": str(missing)})
    with pytest.raises(ConfigurationError, match="no configuration file at"):
        resolve(environ={}, config_file=missing)
    assert resolve(environ={"XDG_CONFIG_HOME": str(tmp_path), "APPDATA": str(tmp_path)}).embedded or (
        sys.platform == "darwin"
    )


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the place of the file is another one there")
def test_where_the_file_is(tmp_path: Path, file: Path) -> None:
    home = tmp_path / "mlsteward"
    home.mkdir()
    (home / "config.toml").write_text('[profiles.default]\nworkspace = "ml"\n')
    assert resolve(environ={"XDG_CONFIG_HOME": str(tmp_path)}).workspace == "ml"
    assert (
        resolve(environ={"XDG_CONFIG_HOME": str(tmp_path), "MLSTEWARD_CONFIG": str(file)}).workspace == "from-default"
    )
    assert default_config_file({"XDG_CONFIG_HOME": "/x"}) == os.path.join("/x", "mlsteward", "config.toml")


@pytest.mark.skipif(os.name != "posix", reason="other systems have other permissions")
def test_a_key_that_others_can_read_is_warned_of_once(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(FILE)
    path.chmod(0o644)
    with pytest.warns(UserWarning, match="Others can read the API key") as caught:
        resolve(environ={}, config_file=path)
    assert "Canary" not in str(caught[0].message)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        resolve(environ={}, config_file=path)


@pytest.mark.skipif(os.name != "posix", reason="other systems have other permissions")
@pytest.mark.parametrize("mode", [0o620, 0o602])
def test_a_file_that_others_can_change_is_warned_of_once(tmp_path: Path, mode: int) -> None:
    # They could have the key sent to a server of their own.
    path = tmp_path / "config.toml"
    path.write_text('[profiles.default]\nurl = "https://a.example"\n')
    path.chmod(mode)
    with pytest.warns(UserWarning, match=f"Others can write {path}.*chmod go-w") as caught:
        resolve(environ={}, config_file=path)
    assert caught[0].filename == __file__
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        resolve(environ={}, config_file=path)


def test_what_is_no_file_is_not_warned_of() -> None:
    # Everybody can write to it; it is how people say that there is no configuration file.
    assert resolve(environ={"MLSTEWARD_CONFIG": os.devnull}).embedded


@pytest.mark.skipif(os.name != "posix", reason="other systems have other permissions")
def test_a_file_without_a_key_may_be_read_by_others(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[profiles.default]\nworkspace = "ml"\n')
    path.chmod(0o644)
    assert resolve(environ={}, config_file=path).workspace == "ml"


def test_toml_is_loaded_only_where_there_is_a_file(tmp_path: Path) -> None:
    script = "import sys\nfrom mlsteward.config import resolve\nresolve()\nprint('tomllib' in sys.modules)"
    environ = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path), "HOME": str(tmp_path), "APPDATA": str(tmp_path)}
    environ.pop("MLSTEWARD_CONFIG", None)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environ)
    assert done.stdout.strip() == "False"


# The result.


def test_it_does_not_change() -> None:
    config = plain(url="https://a.example")
    with pytest.raises(AttributeError):
        config.url = "https://b.example"
    with pytest.raises(AttributeError):
        config.anything = 1
    assert config.url == "https://a.example"


def test_another_key_makes_another_configuration() -> None:
    config = plain(url="https://a.example", workspace="ml")
    other = config.with_api_token(TOKEN)
    assert (revealed(config), revealed(other), other.workspace) == (None, TOKEN, "ml")
    with pytest.raises(ConfigurationError):
        config.with_api_token("two words")


def test_it_says_where_everything_came_from_and_shows_no_key(file: Path) -> None:
    config = resolve(workspace="ml", environ={"MLSTEWARD_API_TOKEN": OTHER}, config_file=file)
    assert config.describe().splitlines() == [
        "url = https://default.example.com (profile 'default')",
        "api_token = *** (MLSTEWARD_API_TOKEN)",
        "workspace = ml (argument)",
        "profile = default (profile 'default')",
    ]
    for shown in (repr(config), str(config), f"{config.api_token}", repr(config.api_token)):
        assert "Other" not in shown


def test_it_is_a_value(file: Path) -> None:
    config = resolve(environ={}, config_file=file)
    assert hash(resolve(environ={}, config_file=file)) == hash(config)
    assert plain() != config


def test_a_pickle_holds_no_key(file: Path) -> None:
    config = resolve(environ={}, config_file=file)
    with pytest.raises(TypeError, match="cannot be pickled") as caught:
        pickle.dumps(config)
    assert "MLSTEWARD_API_TOKEN or a profile" in str(caught.value)
    assert "Canary" not in str(caught.value)
    with pytest.raises(TypeError, match="cannot be pickled"):
        pickle.dumps(config.api_token)
    without = plain(url="https://a.example", workspace="ml")
    assert pickle.loads(pickle.dumps(without)) == without


def test_a_copy_holds_no_second_key(file: Path) -> None:
    config = resolve(environ={}, config_file=file)
    assert copy.copy(config) is copy.deepcopy(config) is config
    assert copy.deepcopy(config.api_token) is config.api_token


@pytest.mark.parametrize("spread", [pickle.dumps, copy.deepcopy])
@pytest.mark.parametrize("kind", [Steward, AsyncSteward])
def test_a_client_is_neither_pickled_nor_copied(spread: Callable[[object], object], kind: Any) -> None:
    steward = kind("https://a.example", api_token=TOKEN)
    for held in (steward, steward.projects, steward.as_account(OTHER)):
        with pytest.raises(TypeError, match="cannot be pickled or deep-copied"):
            spread(held)
