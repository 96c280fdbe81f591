"""Who takes part, in which role: invitations, imports, enrollment."""
