"""The geometry of the drawings: plain numbers that templates only put in place."""
