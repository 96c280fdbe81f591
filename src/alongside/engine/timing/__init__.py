"""When people may be disturbed, which hours they share, and when a rhythm falls due.

Pure functions of their arguments: no clock, no database, no framework, no zone files of the host.
Read in this order: `instants`, `windows`, `zones`, `hours`, `quiet`; then `overlap`, `cadence`, `reachable`.
"""
