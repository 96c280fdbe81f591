"""Questions and answers, for enrollment forms and surveys alike."""
