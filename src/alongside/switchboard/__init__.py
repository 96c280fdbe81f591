"""The top: what is plugged into what. Wiring, schedule, server, commands."""
