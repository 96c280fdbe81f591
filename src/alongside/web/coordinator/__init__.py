"""Program set-up, people, matching, follow-up, report."""
