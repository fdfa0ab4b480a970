"""How well search finds the same need, measured beside simpler methods on sets of known answers."""
