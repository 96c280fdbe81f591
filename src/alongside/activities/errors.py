from alongside.foundation.errors import Conflict


class NotesChanged(Conflict):
    """Somebody wrote these notes anew while they were being edited. Nothing was overwritten."""
