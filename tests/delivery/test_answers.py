"""What somebody wrote themselves, told from what their mail program put around it."""

import time
from email.message import EmailMessage

import pytest

from alongside.delivery.answers import own_words, read_answer, receivers_of

QUOTE = """On Wed, 4 Mar 2026 at 10:03, Alongside <hello@alongside.example> wrote:

> Ben wrote to you
>
> Topic: Visa question
"""


def mail(body: str = "Yes, gladly.", **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = "Chi <Chi.9@example.org>", "reply+abc@example.org"
    message["Message-ID"] = "<one@example.org>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(body)
    return message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Yes, gladly.", "Yes, gladly."),
        (f"Yes, gladly.\n\nWednesday suits.\n\n{QUOTE}", "Yes, gladly.\n\nWednesday suits."),
        (f"Yes, gladly.\r\n\r\n{QUOTE}".replace("\n", "\r\n"), "Yes, gladly."),
        ("Gern.\n\nAm Mi., 4. März 2026 um 10:03 Uhr schrieb Alongside <a@b.example>:\n\n> Ben\n", "Gern."),
        ("D'accord.\n\nLe mer. 4 mars 2026 à 10:03, Alongside <a@b.example> a écrit :\n\n> Ben\n", "D'accord."),
        ("Yes.\n\n-----Original Message-----\nFrom: Alongside <a@b.example>\nSent: Wednesday\nTo: Chi\n\nText", "Yes."),
        ("Yes.\n\nFrom: Alongside <a@b.example>\nSent: Wednesday, March 4, 2026 10:03\nTo: Chi\nSubject: Ben\n\nText", "Yes."),
        ("Yes.\n\nSent from my iPhone", "Yes."),
        ("Yes.\n\n-- \nChi Rao\n+91 00 0000", "Yes."),
        (f"{QUOTE}\nYes, gladly.", "Yes, gladly."),
        ("> Would Wednesday suit?\nYes, it would.\n> And at nine?\nRather at ten.", "Yes, it would.\nRather at ten."),
        ("Three things:\n- one\n- two\n\nSee you on Wednesday", "Three things:\n- one\n- two\n\nSee you on Wednesday"),
        (QUOTE, ""),
        ("", ""),
        ("\n \n", ""),
    ],
)  # fmt: skip
def test_own_words_are_left(text: str, words: str) -> None:
    assert own_words(text) == words


def test_a_long_text_after_thanks_is_no_signature() -> None:
    text = "Hello Ben\n\nBest wishes are on their way.\n" + "\n".join(
        f"Thought {n} about it." for n in range(20)
    )

    assert own_words(text) == text


def test_a_long_answer_is_read_whole() -> None:
    text = "\n\n".join(f"Thought {number}, which goes on for a while." for number in range(500))

    assert own_words(f"{text}\n\n> quoted") == text


@pytest.mark.parametrize(
    "piece",
    [" \t", "\n", "On a ", "\n> ", "From: a\n", "Am ", "Am 1 schrieb ", "_", "Best\n", "This email and any "],
)
def test_a_hostile_text_takes_no_long_time(piece: str) -> None:
    begun = time.process_time()

    own_words(piece * 200_000)

    assert time.process_time() - begun < 10


@pytest.mark.parametrize("charset", ["idna", "undefined", "no-such", "utf-7"])
def test_letters_of_an_alphabet_that_is_none_become_question_marks(charset: str) -> None:
    raw = f"Content-Type: text/plain; charset={charset}\n\nYes \xe9 +2AA- gladly".encode("latin-1")

    read_answer(raw).words.encode()


def test_bytes_in_headers_are_no_hindrance() -> None:
    raw = b"Message-ID: <\xff@example.org>\nTo: <reply+\xe9@example.org>\n\nYes"

    assert len(read_answer(raw).key) == 43
    assert [address.encode() for address in receivers_of(raw)] != []


def test_a_mail_is_known_by_sender_receivers_words_and_key() -> None:
    message = mail(X_Original_To="reply+def@example.org", Cc="Ben <ben@example.org>")

    answer, again = read_answer(message.as_bytes()), read_answer(message.as_bytes())

    assert answer == again
    assert answer.sender == "chi.9@example.org"
    assert set(receivers_of(message.as_bytes())) == {
        "reply+abc@example.org",
        "reply+def@example.org",
        "ben@example.org",
    }
    assert (answer.words, answer.files, answer.is_automatic, len(answer.key)) == (
        "Yes, gladly.",
        0,
        False,
        43,
    )
    assert answer.key != read_answer(mail(Subject="x").as_bytes().replace(b"<one@", b"<two@")).key


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated; x=1"},
        {"Precedence": "bulk"},
        {"Return_Path": "<>"},
        {"X_Autoreply": "yes"},
        {"List_Id": "<news.example.org>"},
    ],
)
def test_a_machine_is_known_by_its_headers(headers: dict[str, str]) -> None:
    assert read_answer(mail(**headers).as_bytes()).is_automatic


def test_a_person_who_says_so_is_no_machine() -> None:
    assert not read_answer(mail(Auto_Submitted="no").as_bytes()).is_automatic


def test_html_alone_is_read_without_its_quote() -> None:
    message = mail()
    message.set_content(
        "<html><head><style>p {}</style></head><body><p>Yes, &quot;gladly&quot;.</p><div>Wednesday<br>suits.</div>"
        "<blockquote><p>Ben wrote</p></blockquote></body></html>",
        subtype="html",
    )

    assert read_answer(message.as_bytes()).words == 'Yes, "gladly".\n\nWednesday\nsuits.'


def test_files_are_counted_and_the_words_are_found_beside_them() -> None:
    message = mail()
    message.add_attachment(b"x" * 10, maintype="image", subtype="png", filename="a.png")
    message.add_attachment(b"x" * 10, maintype="application", subtype="pdf", filename="b.pdf")

    assert (read_answer(message.as_bytes()).words, read_answer(message.as_bytes()).files) == (
        "Yes, gladly.",
        2,
    )


def test_lines_broken_to_fit_are_whole_again() -> None:
    message = mail()
    message.set_content("A long thought that goes \non here.\n", params={"format": "flowed"})

    assert read_answer(message.as_bytes()).words == "A long thought that goes on here."


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe\x00",
        b"From: \xff <a@b\nTo: ,,,\n\nwords",
        b"Content-Type: text/plain; charset=nowhere\n\nw\xf6rter",
        b"Content-Type: multipart/mixed\n\nno boundary",
        b"Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: message/rfc822\n\n--x",
        b"Content-Transfer-Encoding: base64\nFrom: =?broken\n\n%%%",
    ],
)
def test_a_broken_mail_is_read_as_far_as_it_goes(raw: bytes) -> None:
    assert isinstance(read_answer(raw).words, str)
