"""Keep the public surface as that of the version in `facade/mlsteward/_version.py`: the last thing before it goes out.

    python scripts/release.py

Later versions are compared with `tests/released/<version>/public_surface.txt`, and must run the scripts in `examples/`
next to it. What is new in a version deserves a script there. The recorded sessions with the server of this version are
kept in `sessions/`: later clients must still understand its answers, and it must still understand their requests.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import bundle_spec
import public_surface
from mlsteward._version import __version__

RELEASED = Path("tests/released")
SESSIONS = Path("tests/cassettes")
SPECS = Path("spec/released")


def keep(root: Path, version: str) -> Path:
    """Copy the surface that is checked in, and return the folder of the version.

    Raises:
        FileExistsError: The version is out already; what it promised does not change.
    """
    folder = root / RELEASED / version
    kept = folder / public_surface.FILE.name
    if kept.exists():
        raise FileExistsError(f"{kept.relative_to(root)} exists: set the next version in facade/mlsteward/_version.py")
    spec = root / bundle_spec.BUNDLE_YAML
    kept_spec = root / SPECS / f"{bundle_spec.load_yaml(spec)['info']['version']}.yaml"
    if kept_spec.exists() and kept_spec.read_bytes() != spec.read_bytes():
        raise FileExistsError(
            f"{kept_spec.relative_to(root)} differs: set the next `version` in spec/domains/common.yaml"
        )
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(spec, kept_spec)
    shutil.copyfile(root / public_surface.FILE, kept)
    sessions = folder / "sessions"
    shutil.copytree(root / SESSIONS / "recorded", sessions / "recorded", dirs_exist_ok=True)
    # pytest wants another name for each of these modules.
    shutil.copyfile(root / SESSIONS / "test_replay.py", sessions / f"test_replay_{version.replace('.', '_')}.py")
    return folder


def main(arguments: Sequence[str] | None = None) -> int:
    argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0]).parse_args(arguments)
    if public_surface.main(["--check"]):
        return 1
    try:
        folder = keep(public_surface.ROOT, __version__)
    except FileExistsError as error:
        print(f"release: {error}", file=sys.stderr)
        return 1
    print(f"{folder.relative_to(public_surface.ROOT)} holds the surface and the sessions of {__version__}.")
    print("Add scripts to its examples/ for what is new. Empty ANNOUNCED in tests/insulation/test_released.py, and")
    print("move the entries of BREAKING.md to the changelog.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
