"""What a firm is known by, on every page: its name, mark and colours, and where its site lies."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from generator.settings import Settings

FOLDER = "assets/brand"
MARK = "assets/mark.svg"
"""Our own mark, where the firm sets none; mkdocs.yml names it too."""
_WHITE, _BLACK = (255, 255, 255), (0, 0, 0)
_DARK_PAGE = (30, 33, 41)
"""The background of pages in the dark scheme."""
READABLE = 4.5
"""The contrast that small text needs (WCAG 2.2, AA)."""
_STEP = 0.04

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class BrandFile:
    """A picture of the firm's own: where it lies, and where the site has it."""

    source: str
    """From the root of the workspace."""
    path: str
    where: str
    """file:line of the setting that names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """What stands around all pages."""

    name: str
    description: str
    site_url: str | None
    logo: BrandFile | None
    favicon: BrandFile | None

    @property
    def files(self) -> tuple[BrandFile, ...]:
        """The pictures that the site carries."""
        return tuple(file for file in (self.logo, self.favicon) if file)


def brand_of(settings: Settings) -> Brand:
    """What site.yaml says of the firm."""
    site = settings.site
    return Brand(
        name=site.name,
        description=site.description,
        site_url=site.site_url,
        logo=_file(settings, "logo", site.logo),
        favicon=_file(settings, "favicon", site.favicon),
    )


def _file(settings: Settings, key: str, source: str | None) -> BrandFile | None:
    if source is None:
        return None
    ending = PurePosixPath(source).suffix.lower()
    return BrandFile(
        source=source, path=f"{FOLDER}/{key}{ending}", where=settings.where("site", key)
    )


def brand_css(settings: Settings) -> str:
    """The style of the firm's colours, for both schemes; '' where they are ours.

    Text on them, and links in them, are made as light or dark as it takes to be read.
    """
    colors = settings.site.colors
    rules: list[str] = []
    if colors and colors.primary:
        rules += _primary(_colour(colors.primary))
    if colors and colors.accent:
        rules += _accent(_colour(colors.accent))
    return "".join(f"{rule}\n" for rule in rules)


def _primary(colour: Colour) -> tuple[str, str]:
    text = max((_WHITE, _BLACK), key=lambda sign: contrast(sign, colour))
    bar = (
        f"--md-primary-fg-color: {_hex(colour)};"
        f" --md-primary-fg-color--light: {_hex(_mixed(colour, _WHITE, 0.15))};"
        f" --md-primary-fg-color--dark: {_hex(_mixed(colour, _BLACK, 0.15))};"
        f" --md-primary-bg-color: {_hex(text)}; --md-primary-bg-color--light: {_hex(text)}"
    )
    light, dark = _readable(colour, _WHITE), _readable(colour, _DARK_PAGE)
    return (
        f'[data-md-color-primary="indigo"] {{ {bar}; --md-typeset-a-color: {_hex(light)} }}',
        (
            '[data-md-color-scheme="slate"][data-md-color-primary="indigo"]'
            f" {{ {bar}; --md-typeset-a-color: {_hex(dark)} }}"
        ),
    )


def _accent(colour: Colour) -> tuple[str, str]:
    def rule(selector: str, shade: Colour) -> str:
        value = _hex(shade)
        return (
            f"{selector} {{ --md-accent-fg-color: {value};"
            f" --md-accent-fg-color--transparent: {value}1a }}"
        )

    accent = '[data-md-color-accent="indigo"]'
    return (
        rule(accent, _readable(colour, _WHITE)),
        rule(f'[data-md-color-scheme="slate"]{accent}', _readable(colour, _DARK_PAGE)),
    )


def _colour(text: str) -> Colour:
    """The red, green and blue of '#1a2b3c' or '#abc'."""
    digits = text.removeprefix("#")
    whole = digits if len(digits) > len("abc") else "".join(digit * 2 for digit in digits)
    red, green, blue = (int(whole[place : place + 2], 16) for place in (0, 2, 4))
    return red, green, blue


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{part:02x}" for part in colour)


def _mixed(colour: Colour, other: Colour, share: float) -> Colour:
    """A colour with a share of another one in it."""
    red, green, blue = (
        round(own + (its - own) * share) for own, its in zip(colour, other, strict=True)
    )
    return red, green, blue


def _readable(colour: Colour, page: Colour) -> Colour:
    """The colour, darker or lighter until small text in it can be read on a page."""
    towards = _BLACK if page == _WHITE else _WHITE
    share, shade = 0.0, colour
    while contrast(shade, page) < READABLE and share < 1:
        share += _STEP
        shade = _mixed(colour, towards, min(share, 1.0))
    return shade


def contrast(one: Colour, other: Colour) -> float:
    """How two colours stand out from each other, 1 to 21, as WCAG has it."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    """How much light a part of a colour gives, as sRGB has it."""
    is_dark = part <= 0.04045
    return part / 12.92 if is_dark else float(((part + 0.055) / 1.055) ** 2.4)
