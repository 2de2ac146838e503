"""What was released, held against today's client.

Examples are scripts: `tests/insulation/test_released.py` runs them. The sessions with the server of each version are
replayed as those in `tests/cassettes/` are.
"""

from tests.cassettes.conftest import _http_is_wanted, place, vcr_cassette_dir, vcr_config

__all__ = ["_http_is_wanted", "place", "vcr_cassette_dir", "vcr_config"]

collect_ignore_glob = ["*/examples/*"]
