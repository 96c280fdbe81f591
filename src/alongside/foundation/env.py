"""Every setting an administrator can make, typed and documented, read from the environment or a `.env` file."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Env(BaseSettings):
    """Settings of one installation. Names in the environment carry the prefix `ALONGSIDE_`."""

    model_config = SettingsConfigDict(env_prefix="ALONGSIDE_", env_file=".env", extra="ignore")

    home: Path = Field(Path("var"), description="Folder for database, uploads and keys")
    secret_key: SecretStr | None = Field(
        None, description="Signs sessions; made and kept in `home` when unset"
    )
    vault_key: SecretStr | None = Field(
        None,
        description="Master key (base64, 32 bytes) that wraps the keys of talks; made and kept in `home` when unset",
    )
    push_key: SecretStr | None = Field(
        None,
        description="Secret (base64, 32 bytes) that notes to devices are signed with; made and kept in `home` when unset",
    )
    push_services: str = Field(
        "",
        description="Push services of one's own that need not be public, such as http://127.0.0.1:9000, separated by commas",
    )
    database_url: str = Field("", description="postgresql://… ; empty means SQLite in `home`")
    base_url: str = Field("http://127.0.0.1:8000", description="Address people reach this installation at")
    allowed_hosts: str = Field("", description="Further host names, separated by commas")
    demo: bool = Field(False, description="Demo program with one-click sign-in; never with real people")
    debug: bool = Field(False, description="For work on the code only")
    organization: str = Field("", description="Name of the organization, shown on pages and in mails")
    mail_url: str = Field(
        "", description="smtp://user:password@host:587 ; empty: mails land on the demo page or in the log"
    )
    mail_from: str = Field("Alongside <alongside@localhost>", description="Sender of mails")
    reply_address: str = Field(
        "",
        description="Address that answers go to, such as reply@example.org; answers to mails become messages",
    )
    reply_listen: str = Field(
        "", description="smtp://127.0.0.1:2525 or lmtp://127.0.0.1:2424 : where the worker takes answers"
    )
    reply_mailbox: SecretStr | None = Field(
        None, description="imaps://user:password@host/INBOX : mailbox in which the worker looks for answers"
    )
    default_zone: str = Field("UTC", description="Zone for programs until they choose their own")
    page_threads: int = Field(2, ge=1, le=16, description="Threads that make pages in one process")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="How much is logged")

    @field_validator("base_url")
    @classmethod
    def _no_trailing_slash(cls, value: str) -> str:
        return value.rstrip("/")
