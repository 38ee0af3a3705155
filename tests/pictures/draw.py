#!/usr/bin/env python3
"""Draws the pictures of the README: the real program in a pseudo-terminal, on a plan in mid-year, on a fixed day.

    cargo build --release && python3 tests/pictures/draw.py [NAME…]

Needs Pillow (`apt-get install python3-pil` or `pip install pillow`), the free fonts JetBrains Mono and, for the circle that it
lacks, DejaVu Sans Mono (`apt-get install fonts-jetbrains-mono fonts-dejavu-core`), and unshare of util-linux. Nothing of
this is asked for by `cargo test` or `.ci/run`.
"""
import os
import re
import sys
import tempfile
import unicodedata
from pathlib import Path

from terminal import picture_of

try:
    from PIL import Image, ImageDraw, ImageFont
except ImportError:
    sys.exit("pictures: Pillow is missing: apt-get install python3-pil, or pip install pillow")

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PROGRAM = Path(os.environ.get("TIENDO", ROOT / "target/release/tiendo"))
FOLDER = Path("/usr/share/fonts/truetype")
# Each in its usual and its bold weight; a later one has the signs that the first one lacks.
FONTS = [
    [FOLDER / f"jetbrains-mono/JetBrainsMono-{weight}.ttf" for weight in ("Regular", "Bold")],
    [FOLDER / f"dejavu/DejaVuSansMono{weight}.ttf" for weight in ("", "-Bold")],
]
FONT_SIZE = 20  # one of the sizes in which the letters of this font are as wide as whole pixels

# The terminal's own text and ground.
GROUNDS = {"dark": ((218, 218, 218), (18, 18, 18)), "light": ((18, 18, 18), (255, 255, 255))}

# Name, size, plan, day, keys.
PICTURES = [
    ("board", (120, 40), "hung-yen-2024", "2024-05-20", "Down Down Down"),
    ("panel", (200, 50), "hung-yen-2024", "2024-05-20", "Left Down Down"),
    ("deadlines", (120, 40), "hung-yen-2024", "2024-05-20", "F5 Down"),
    ("summary", (120, 40), "ha-giang-2021", "2021-08-15", "F6 F6 Down Down Right Right Right Right"),
    ("filter", (120, 40), "ha-giang-2021", "2021-08-15", "F4 ubnd"),
    ("meeting", (80, 24), "hung-yen-2024", "2024-05-20", "F8 Enter Right Right"),
]

# What has been done by mid-year, task by task.
DONE, DOING = 'status: Done, done_on: "{}"', "status: Doing"
HISTORY = 'history: [(at: "{}T09:10:00+07:00", by: "{}", field: "status", from: "Todo", to: "{}")]'
MID_YEAR = {
    "hung-yen-2024": {
        **{f"hy24-{no}": DONE.format(f"2024-03-{10 + no}") for no in (1, 2, 5, 6)},
        "hy24-3": f'{DOING}, note: "Chờ Văn phòng UBND tỉnh cho ý kiến", '
        'officer: "Trần Thị Lan", leader: "Phó Chủ tịch Nguyễn Duy Hưng", '
        'extensions: [(to: "2024-05-10", on: "2024-03-29", doc: "Công văn 812/UBND-NC")], '
        'progress: [(on: "2024-05-14", by: "Ban TĐKT", text: "Đã có 9 trên 14 Cụm, Khối gửi bản đăng ký", '
        'stuck: "Khối doanh nghiệp chưa thống nhất Khối trưởng", '
        'ask: "Lãnh đạo tỉnh chỉ định Khối trưởng trước ngày 31/5")], '
        + HISTORY.format("2024-03-18", "lan", "Doing"),
        "hy24-4": 'status: Paused, note: "Tạm dừng đến khi chia tách xong", '
        + HISTORY.format("2024-04-02", "hùng", "Paused"),
        "hy24-9": DOING,
        "hy24-13": f'{DOING}, due: "2024-05-24"',
        "hy24-14": f'{DOING}, note: "Đã gửi giấy mời ngày 15/5", ' + HISTORY.format("2024-05-06", "lan", "Doing"),
        "hy24-20": DOING,
    },
    "ha-giang-2021": {
        **{f"hg21-1-{no}": DONE.format(f"2021-03-{8 + 2 * no}") for no in range(1, 9)},
        **{f"hg21-2-{no}": DONE.format(f"2021-06-{2 + 3 * no:02}") for no in (1, 2, 4, 5, 6)},
        "hg21-2-3": 'status: Paused, note: "Chờ hướng dẫn của Trung ương"',
        "hg21-2-8": DOING,
        "hg21-3-1": DOING,
        "hg21-3-2": DOING,
    },
}


def plan_in_mid_year(name, folder):
    text = (ROOT / f"data/{name}.ron").read_text()
    for task, fields in MID_YEAR[name].items():
        text, count = re.subn(rf'(id: "{task}",.*?)status: Todo', lambda found: found[1] + fields, text, 1, re.S)
        if count != 1:
            sys.exit(f"pictures: no task {task} in {name}")
    path = Path(folder) / f"{name}.ron"
    path.write_text(text)
    return path


def screen_of(picture, palette):
    _, (columns, rows), plan, day, keys = picture
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "tiendo").mkdir()
        (Path(folder) / "tiendo/config.ron").write_text(f'(theme: "{palette}")')
        path = plan_in_mid_year(plan, folder)
        environment = {
            "TERM": "xterm-256color", "LANG": "C.UTF-8", "USER": "lan", "HOME": folder,
            "XDG_CONFIG_HOME": folder, "XDG_STATE_HOME": folder,
        }
        # Under a number that has no account the name is that of $USER: the same in the picture, whoever draws it.
        command = ["unshare", "--user", "--map-user=54321", str(PROGRAM), str(path), "--today", day, "--lang", "vi"]
        return picture_of(command, columns, rows, environment, keys)


class Letters:
    """Characters one by one: no ligatures, and no letter put together from two."""

    def __init__(self):
        missing = [str(path) for font in FONTS for path in font if not path.exists()]
        if missing:
            sys.exit(f"pictures: no {missing[0]}: apt-get install fonts-jetbrains-mono fonts-dejavu-core")
        basic = ImageFont.Layout.BASIC
        self.fonts = [[ImageFont.truetype(str(path), FONT_SIZE, layout_engine=basic) for path in font] for font in FONTS]
        self.width, self.height = round(self.fonts[0][0].getlength("M")), sum(self.fonts[0][0].getmetrics())

    def font_of(self, char, weight):
        for font in self.fonts:
            if bytes(font[weight].getmask(char)) != bytes(font[weight].getmask("\U0010fffd")):
                return font[weight]
        sys.exit(f"pictures: no font has {char!r}")


def rgb(index, own):
    if index is None:
        return own
    if index < 16:
        sys.exit(f"pictures: colour {index} is the terminal's to choose")
    if index >= 232:
        return (8 + 10 * (index - 232),) * 3
    index -= 16
    return tuple(step and 55 + 40 * step for step in (index // 36, index // 6 % 6, index % 6))


def colours(style, palette):
    text, ground = (rgb(index, own) for index, own in zip((style.fg, style.bg), GROUNDS[palette]))
    if style.dim:
        text = tuple((a + b) // 2 for a, b in zip(text, ground))
    return (ground, text) if style.reversed else (text, ground)


def drawn(screen, palette):
    letters = Letters()
    width, height = letters.width, letters.height
    image = Image.new("RGB", (screen.columns * width, screen.rows * height), GROUNDS[palette][1])
    draw = ImageDraw.Draw(image)
    for y, row in enumerate(screen.cells):
        for x, (char, style) in enumerate(row):
            left, top = x * width, y * height
            text, ground = colours(style, palette)
            draw.rectangle((left, top, left + width - 1, top + height - 1), fill=ground)
            if char != " ":
                char = unicodedata.normalize("NFC", char)
                draw.text((left, top), char, fill=text, font=letters.font_of(char, style.bold))
            if style.underlined:
                draw.line((left, top + height - 3, left + width - 1, top + height - 3), fill=text)
    return image.quantize(160, dither=Image.Dither.NONE)


def main():
    if not PROGRAM.exists():
        sys.exit(f"pictures: {PROGRAM} is missing: cargo build --release, or set TIENDO")
    wanted = sys.argv[1:]
    names = [f"{picture[0]}-{palette}" for picture in PICTURES for palette in GROUNDS]
    if unknown := set(wanted) - set(names):
        sys.exit(f"pictures: no {', '.join(sorted(unknown))} among {', '.join(names)}")
    for picture in PICTURES:
        for palette in GROUNDS:
            path = HERE / f"{picture[0]}-{palette}.png"
            if not wanted or path.stem in wanted:
                drawn(screen_of(picture, palette), palette).save(path, optimize=True)
                print(path.relative_to(ROOT), f"{path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
