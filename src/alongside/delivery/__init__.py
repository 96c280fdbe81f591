"""Everything a person hears, on which channel, at which considerate moment."""
