"""What a worker can meet. These never reach people."""


class LostLease(Exception):
    """The job was given to another worker meanwhile: whatever this one did for it must be undone."""

    def __init__(self, job_id: int) -> None:
        super().__init__(f"the lease of job {job_id} is lost")
