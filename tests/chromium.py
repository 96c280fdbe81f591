"""The browser of tests that need a real one: where it is, and the mark that skips them where there is none."""

import os
import shutil

import pytest

PHONE, DESK = (390, 844), (1280, 900)

CHROMIUM = os.environ.get("ALONGSIDE_CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
