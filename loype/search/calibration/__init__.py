"""What was learnt about an embedder: how its raw vectors become comparable across languages.

One small versioned file an embedder, fitted by `loype search calibrate` from sentences that we
wrote (`sentences/`) and nobody's own texts. `Calibration` reads it.
"""
