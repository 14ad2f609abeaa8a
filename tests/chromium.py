"""The real Chromium of this machine, by one way of starting it."""

import shutil

# The headless build renders the same pages with less than half of the processor time; the full one does where it lacks.
CHROMIUM = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
