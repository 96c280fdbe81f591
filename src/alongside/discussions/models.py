"""Topics and messages. Title, takeaway and bodies are sealed."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from alongside.discussions.enums import Expectation, Intention, TopicState, Urgency
from alongside.foundation.models import Row
from alongside.mentorships.models import Mentorship


class Topic(Row):
    mentorship = models.ForeignKey(Mentorship, on_delete=models.CASCADE, related_name="topics")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    title_sealed = models.BinaryField()
    intention = models.CharField(max_length=12, choices=Intention.choices, default=Intention.SHARING)
    state = models.CharField(max_length=8, choices=TopicState.choices, default=TopicState.OPEN)
    takeaway_sealed = models.BinaryField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)
    last_message_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["mentorship", "last_message_at"], name="discussions_of_pair"),)


class Message(Row):
    """`sent_at` is null until a message scheduled for later is due. `client_key` makes a repeated send one message."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    body_sealed = models.BinaryField(null=True)
    expectation = models.CharField(max_length=10, choices=Expectation.choices, default=Expectation.WHENEVER)
    reply_by = models.DateField(null=True)
    urgency = models.CharField(max_length=10, choices=Urgency.choices, default=Urgency.QUIET, blank=True)
    send_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    client_key = models.CharField(max_length=43, blank=True)

    class Meta:
        indexes = (models.Index(fields=["topic", "sent_at"], name="discussions_by_time"),)
        constraints = (
            models.UniqueConstraint(
                fields=["topic", "author", "client_key"],
                condition=~Q(client_key=""),
                name="discussions_sent_once",
            ),
        )


class Read(models.Model):
    """Until where one of the two has read a topic. Only for their own "new" mark: never shown to the partner."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="reads")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    until_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["topic", "person"], name="discussions_one_read_mark"),)

    def __str__(self) -> str:
        return f"{self.person_id} read {self.topic_id}"
