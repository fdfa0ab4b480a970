"""How long a giver waits for what: targets, clocks, the forecast, and what is done in time.

`targets` says what was promised, `reading` loads a council's cases and meetings, `forecast` is the
arithmetic, `planning` lets the proposed meeting be planned, `escalating` tells who must know.
"""
