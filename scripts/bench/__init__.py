"""How fast mlsteward is, as ratios to a reference that is measured in the same run.

    make bench          all figures, a few minutes
    make bench-small    the same with few repetitions, only to see that it works

Absolute times depend on the machine; ratios do not, much. Reference and subject take turns within each
round, and the figure is the median over the rounds. Client and server are pinned to a core each where
the system can do that.
"""
