"""What a change of the spec costs the facade: a laboratory that makes the change and looks.

Each case of `cases/*.toml` is an edit of the bundled document. The client is regenerated from it in a temporary
folder, and a public story and tests of one domain run in four ways: the client of today and that of tomorrow, each
against the wire of today and that of tomorrow. What must come out stands in the case. Anything else fails, also what
is better. `docs/insulation.md` is the table of it.

    python -m churn                       # all cases (with scripts/ on the path)
    python -m churn --only field-renamed  # one of them, or several
    python -m churn --write               # all of them, and write docs/insulation.md
"""
