"""Examples are scripts: `tests/insulation/test_released.py` runs them."""

collect_ignore_glob = ["*/examples/*"]
