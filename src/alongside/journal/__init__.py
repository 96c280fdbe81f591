"""What happened: an append-only entry for everything that changes, and the outbox of reactions to it."""
