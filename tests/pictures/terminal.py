"""A program in a pseudo-terminal, its keys, and the cells of its screen: as much of a terminal as tiendo asks for."""
import codecs
import copy
import fcntl
import os
import pty
import re
import select
import struct
import termios
import time
import unicodedata

QUIET = 0.4  # seconds without output after which a screen is taken to be whole
LONGEST = 20  # seconds after which it is taken as it is

KEYS = {
    "Up": "\x1b[A", "Down": "\x1b[B", "Right": "\x1b[C", "Left": "\x1b[D", "Enter": "\r", "Esc": "\x1b",
    "Home": "\x1b[H", "End": "\x1b[F", "F4": "\x1bOS", "F5": "\x1b[15~", "F6": "\x1b[17~", "F7": "\x1b[18~",
    "F8": "\x1b[19~",
}


class Style:
    """How a character looks. `None` is the terminal's own colour."""

    def __init__(self):
        self.fg = self.bg = None
        self.bold = self.dim = self.underlined = self.reversed = False

    def take(self, codes):
        codes = [int(code or 0) for code in codes.split(";")]
        while codes:
            code = codes.pop(0)
            if code == 0:
                self.__init__()
            elif code in (1, 2, 4, 7):
                setattr(self, {1: "bold", 2: "dim", 4: "underlined", 7: "reversed"}[code], True)
            elif code == 22:
                self.bold = self.dim = False
            elif code in (24, 27):
                setattr(self, {24: "underlined", 27: "reversed"}[code], False)
            elif code in (39, 49):
                setattr(self, {39: "fg", 49: "bg"}[code], None)
            elif code in (38, 48) and codes[:1] == [5]:
                setattr(self, {38: "fg", 48: "bg"}[code], codes[1])
                del codes[:2]
            else:
                raise SystemExit(f"pictures: no such colour or style: {code}")


class Screen:
    CONTROL = re.compile(r"\x1b\[([0-9;?<=>]*)([A-Za-z])|\x1b\]([^\x07\x1b]*)(?:\x07|\x1b\\)|\x1b([()].|[=>78A-Z])")

    def __init__(self, columns, rows):
        self.columns, self.rows = columns, rows
        self.style, self.x, self.y, self.shows_cursor = Style(), 0, 0, True
        self.decode = codecs.getincrementaldecoder("utf-8")().decode
        self.rest = ""
        self.cells = [self.blank() for _ in range(rows)]

    def blank(self):
        """A row of pairs of a character, with the marks that combine with it, and its style."""
        style = Style()
        style.bg = self.style.bg
        return [(" ", style)] * self.columns

    def feed(self, data):
        text, at = self.rest + self.decode(data), 0
        while at < len(text):
            if text[at] != "\x1b":
                self.put(text[at])
                at += 1
                continue
            control = self.CONTROL.match(text, at)
            if not control:
                break  # the rest of it is still to come
            if control[2]:
                self.control(control[1], control[2])
            at = control.end()
        self.rest = text[at:]

    def put(self, char):
        if char == "\r":
            self.x = 0
        elif char == "\n":
            self.y = min(self.y + 1, self.rows - 1)
        elif char == "\b":
            self.x = max(self.x - 1, 0)
        elif char < " ":
            pass
        elif unicodedata.combining(char):
            before, style = self.cells[self.y][self.x - 1]
            self.cells[self.y][self.x - 1] = (before + char, style)
        else:
            if self.x == self.columns:
                self.x, self.y = 0, min(self.y + 1, self.rows - 1)
            self.cells[self.y][self.x] = (char, copy.copy(self.style))
            self.x += 1

    def control(self, codes, letter):
        numbers = [int(number) for number in re.findall(r"\d+", codes)]
        first = numbers[0] if numbers else 1
        if letter == "m" and not codes.startswith((">", "?")):
            self.style.take(codes)
        elif letter == "H":
            row, column = (numbers + [1, 1])[:2] if len(numbers) != 1 else (first, 1)
            self.y, self.x = min(row, self.rows) - 1, min(column, self.columns) - 1
        elif letter in "ABCD":
            across, down = {"A": (0, -1), "B": (0, 1), "C": (1, 0), "D": (-1, 0)}[letter]
            self.x = min(max(self.x + across * first, 0), self.columns - 1)
            self.y = min(max(self.y + down * first, 0), self.rows - 1)
        elif letter == "J":
            self.cells = [self.blank() for _ in range(self.rows)]
        elif letter == "K":
            self.cells[self.y][self.x:] = self.blank()[self.x:]
        elif letter == "X":
            self.cells[self.y][self.x:self.x + first] = self.blank()[self.x:self.x + first]
        elif letter in "hl" and codes == "?25":
            self.shows_cursor = letter == "h"


def picture_of(command, columns, rows, environment, keys):
    """The screen after the keys: names of `KEYS`, or text in which `_` is a blank."""
    child, terminal = pty.fork()
    if child == 0:
        os.execvpe(command[0], command, environment)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    screen = Screen(columns, rows)
    settle(terminal, screen)
    for key in keys.split():
        os.write(terminal, KEYS.get(key, key.replace("_", " ")).encode())
        settle(terminal, screen)
    os.close(terminal)  # the line drops, and the program leaves
    os.waitpid(child, 0)
    return screen


def settle(terminal, screen):
    end = time.monotonic() + LONGEST
    while time.monotonic() < end and select.select([terminal], [], [], QUIET)[0]:
        try:
            screen.feed(os.read(terminal, 65536))
        except OSError:
            raise SystemExit("pictures: the program has left:\n" + "".join(c for r in screen.cells for c, _ in r))
