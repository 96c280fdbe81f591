from django.db import models


class JobState(models.IntegerChoices):
    READY = 0
    RUNNING = 1
    DONE = 2
    GIVEN_UP = 3  # after the last attempt: stays, with its error, until an administrator looks
