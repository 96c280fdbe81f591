from django.apps import AppConfig


class SwitchboardConfig(AppConfig):
    name = "alongside.switchboard"

    def ready(self) -> None:
        from alongside.journal.actions import connect  # noqa: PLC0415 - rooms can be imported once apps are loaded
        from alongside.switchboard import wiring  # noqa: PLC0415

        connect(at_once=wiring.AT_ONCE, afterwards=wiring.AFTERWARDS)
