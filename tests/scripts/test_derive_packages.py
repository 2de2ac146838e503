"""The lists of public names are what the modules say."""

from __future__ import annotations

from pathlib import Path

import derive_packages
import pytest

FILES = {
    "records/enums.py": "class Colour(str): ...\nColourLike: TypeAlias = Colour | str\n_private = 1\nx: int = 1\n",
    "records/wire.py": "class Reader: ...\n",
    "records/_hidden.py": "class Hidden: ...\n",
    "management/keys.py": '__all__ = ["make_key"]\ndef make_key(): ...\ndef helper(): ...\n',
    "management/exceptions.py": '__all__ = ["Failure"]\nclass Failure(Exception): ...\n',
    "_async/keys.py": (
        'class AsyncApiKeys(AsyncNamespace):\n    """API keys.\n\n    More.\n    """\n'
        "class AsyncParts(AsyncResource): ...\n"
    ),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / derive_packages.FACADE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_records_management_and_namespaces(root: Path) -> None:
    assert derive_packages.exports_of_records(root) == {"enums": ["Colour", "ColourLike"]}
    assert derive_packages.exports_of_management(root) == {"keys": ["make_key"]}
    assert derive_packages.namespaces(root) == [("api_keys", "AsyncApiKeys", "keys", "API keys.")]


def test_what_is_derived_is_checked(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--root", str(root)]
    assert derive_packages.main(["--check", *arguments]) == 1
    assert derive_packages.main(arguments) == 0
    assert derive_packages.main(["--check", *arguments]) == 0
    text = (root / derive_packages.FACADE / "records/_exports.py").read_text(encoding="utf-8")
    assert "from mlsteward.records.enums import ColourLike as ColourLike" in text
    assert '"ColourLike": "enums"' in text
    capsys.readouterr()
    (root / derive_packages.FACADE / "records/enums.py").write_text("class Other: ...\n", encoding="utf-8")
    assert derive_packages.main(["--check", *arguments]) == 1
    assert "make generate" in capsys.readouterr().err
