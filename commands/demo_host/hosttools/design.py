"""A site's design: a short, compliant specification, the same for the same domain every time."""

import os
import zlib

DIRECTORY = os.path.join(".smbatcher", "designs")
PALETTES = (
    ("#1F3A5F", "#F4F1DE", "#E07A5F", "#3D405B"),
    ("#264653", "#F8F9FA", "#2A9D8F", "#1B1B1E"),
    ("#5B2A86", "#FFF8F0", "#F2A541", "#2B2D42"),
    ("#0B3D2E", "#FBFBF2", "#C9A227", "#22333B"),
    ("#7A1E3A", "#FFFDF9", "#D9BF77", "#1D1A26"),
    ("#003459", "#F1FAEE", "#00A8E8", "#14213D"),
)
FACES = ("Inter", "Source Serif 4", "Work Sans", "Fraunces", "IBM Plex Sans", "Karla")
LAYOUTS = (
    "a split hero over a three-column grid of offers",
    "one long column of 68 characters with wide margins",
    "a masonry of case studies under a fixed header",
    "a 12-column grid, hero image right, contact panel left",
)
VOICES = ("plain and warm", "precise, a little dry", "confident, short sentences", "curious and friendly")


def number(domain: str, choices: int) -> int:
    """A choice below `choices` that depends on the domain alone."""
    return zlib.crc32(domain.encode()) % choices


def path(root: str, domain: str) -> str:
    """Where a site's design lies."""
    return os.path.join(root, DIRECTORY, f"{domain}-DESIGN.md")


def name(domain: str) -> str:
    """The site's name as people read it: `copper-quay.studio` is Copper Quay."""
    return domain.rpartition(".")[0].replace("-", " ").title()


def text(domain: str) -> str:
    """The design document."""
    primary, ground, accent, ink = PALETTES[number(domain, len(PALETTES))]
    face = FACES[number(domain + "f", len(FACES))]
    return f"""# {domain}: design

{name(domain)} speaks to visitors who decide within ten seconds. Voice: {VOICES[number(domain + "v", len(VOICES))]}.

## Color

| role | value |
|---|---|
| primary | {primary} |
| background | {ground} |
| accent | {accent} |
| text | {ink} |

Text on background keeps a contrast of at least 7:1; the accent is for one action a screen.

## Typography

Headings in {face}, 600; body in system-ui at 17px on a 1.6 line. Scale 1.25, four steps.

## Layout

{LAYOUTS[number(domain + "l", len(LAYOUTS))].capitalize()}. Breakpoints at 480 and 960 pixels; nothing scrolls sideways.

## Pages

- `index.html`: hero, three offers, a quote, contact
- `style.css`, `script.js`: no framework, under 50 KB together
"""
