"""litdb.toml."""

import pytest

from litdb.errors import ConfigError
from litdb.files.place import Place
from litdb.files.settings import Settings, settings_for
from litdb.model import Name


def read_settings(folders):
    return settings_for(Place(folders[-1] / "litdb.db"), folders)


def test_without_a_file_the_defaults_hold(tmp_path):
    assert read_settings([tmp_path]) == Settings()


def test_settings_are_read_from_the_first_folder_that_has_them(tmp_path):
    (tmp_path / "none").mkdir()
    for name, contact in (("a", "a@example.org"), ("b", "b@example.org")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "litdb.toml").write_text(f'contact = "{contact}"\n[aliases]\nevhub = "Evan Hubinger"\n')
    found = read_settings([tmp_path / "none", tmp_path / "b", tmp_path / "a"])
    assert (found.contact, found.aliases) == ("b@example.org", {"evhub": Name("Hubinger", "Evan")})


@pytest.mark.parametrize(
    ("text", "says"),
    [("contact = ", "not valid TOML"), ("contcat = 'x'", "contcat"), ("contact = 3", "no str"), ("\xff", "not UTF-8")],
)
def test_a_broken_file_is_told_with_its_name(tmp_path, text, says):
    (tmp_path / "litdb.toml").write_bytes(text.encode("latin-1"))
    with pytest.raises(ConfigError, match=says) as caught:
        read_settings([tmp_path])
    assert "litdb.toml" in str(caught.value)


def test_headers_name_environment_variables(tmp_path):
    (tmp_path / "litdb.toml").write_text('[headers."api.example.org"]\nX-Api-Key = "$EXAMPLE_KEY"\n')
    assert read_settings([tmp_path]).headers == {"api.example.org": {"X-Api-Key": "EXAMPLE_KEY"}}


@pytest.mark.parametrize("value", ["'s3cr3t'", "'$1'", "3", "'$KEY and more'"])
def test_a_secret_in_the_file_is_refused_without_quoting_it(tmp_path, value):
    (tmp_path / "litdb.toml").write_text(f'[headers."api.example.org"]\nX-Api-Key = {value}\n')
    with pytest.raises(ConfigError, match="environment variable") as caught:
        read_settings([tmp_path])
    assert "s3cr3t" not in str(caught.value)


def test_headers_without_a_host_are_told(tmp_path):
    (tmp_path / "litdb.toml").write_text('[headers]\nX-Api-Key = "$EXAMPLE_KEY"\n')
    with pytest.raises(ConfigError, match="no table"):
        read_settings([tmp_path])
