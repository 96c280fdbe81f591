"""Landing page, program page, invitations."""
