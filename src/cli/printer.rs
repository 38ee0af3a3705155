//! What the program prints on. Whatever is sent to a terminal is cleaned here, so that nobody can forget it.

use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

use super::printed;
use crate::plan::Signs;
use crate::text;

/// A standard stream.
pub struct Printer<'a> {
    stream: &'a mut dyn Write,
    reader: Recipient,
    /// The characters that the reader's terminal has.
    signs: Signs,
    /// What a terminal has not been sent yet: the beginning of a line.
    line: Vec<u8>,
}

/// Who gets what is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recipient {
    /// A person. Nothing that acts on the terminal or hides on it is sent, but for the colours that are ours.
    Terminal,
    /// A program or a file, which get the very bytes.
    Program,
}

impl Recipient {
    /// Who is at the other end of a stream.
    pub fn of(stream: &impl IsTerminal) -> Self {
        if stream.is_terminal() { Self::Terminal } else { Self::Program }
    }
}

/// A colour of words, as ECMA-48 numbers it. The background stays the terminal's own, so that no word becomes a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Colour(&'static str);

impl Colour {
    /// Bold too, because red alone is dark on many terminals.
    pub(super) const RED: Self = Self("1;31");
    pub(super) const YELLOW: Self = Self("33");
    pub(super) const GREEN: Self = Self("32");
    pub(super) const CYAN: Self = Self("36");
    pub(super) const BLUE: Self = Self("34");
}

impl<'a> Printer<'a> {
    pub fn new(stream: &'a mut dyn Write, reader: Recipient) -> Self {
        Self { stream, reader, signs: Signs::Unicode, line: Vec::new() }
    }

    /// Keeps lines to these characters from now on; see [`Self::line`].
    pub(super) fn keep_to(&mut self, signs: Signs) {
        self.signs = signs;
    }

    /// Prints a line of words in the characters that the reader has.
    pub(super) fn line(&mut self, line: impl AsRef<str>) -> io::Result<()> {
        let line = self.printable(line.as_ref());
        writeln!(self, "{line}")
    }

    pub(super) fn lines<L: AsRef<str>>(&mut self, lines: impl IntoIterator<Item = L>) -> io::Result<()> {
        lines.into_iter().try_for_each(|line| self.line(line))
    }

    /// A line about a file or a folder, whose name is printed as it is, so that it can be copied.
    pub(super) fn line_about(&mut self, path: &Path, line: &str) -> io::Result<()> {
        write!(self, "{}: ", printed::path(path))?;
        self.line(line)
    }

    pub(super) fn printable<'l>(&self, line: &'l str) -> Cow<'l, str> {
        match self.signs {
            Signs::Unicode => Cow::Borrowed(line),
            Signs::Ascii => text::to_ascii(line),
        }
    }

    pub(super) const fn reader(&self) -> Recipient {
        self.reader
    }

    /// Prints words in a colour. It is for whoever calls to know that colours are wanted.
    pub(super) fn write_coloured(&mut self, colour: Colour, words: &str) -> io::Result<()> {
        self.send(self.line.len())?;
        write!(self.stream, "\x1b[{}m{}\x1b[0m", colour.0, text::clean(words))
    }

    /// Sends so many bytes of what has not been sent yet.
    fn send(&mut self, length: usize) -> io::Result<()> {
        let rest = self.line.split_off(length);
        let line = std::mem::replace(&mut self.line, rest);
        self.stream.write_all(text::clean(&String::from_utf8_lossy(&line)).as_bytes())
    }
}

/// To a terminal whole lines are sent: half a letter could not be told from what is no letter.
impl Write for Printer<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.reader == Recipient::Program {
            return self.stream.write(bytes);
        }
        self.line.extend_from_slice(bytes);
        if let Some(end) = bytes.iter().rposition(|&byte| byte == b'\n') {
            self.send(self.line.len() - bytes.len() + end + 1)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.send(self.line.len())?;
        self.stream.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(reader: Recipient, parts: &[&[u8]]) -> Vec<u8> {
        let mut sent = Vec::new();
        let mut printer = Printer::new(&mut sent, reader);
        for part in parts {
            printer.write_all(part).unwrap();
        }
        printer.flush().unwrap();
        sent
    }

    #[test]
    fn a_terminal_gets_nothing_that_acts_on_it() {
        let seen =
            sent(Recipient::Terminal, &[b"a\x1b[2J\r\n\tb\x07\xff", "\u{9b}\u{202e}".as_bytes(), b"\n"]);
        assert_eq!(String::from_utf8(seen).unwrap(), "a<1B>[2J\n b<07>\u{fffd}<9B><202E>\n");
    }

    #[test]
    fn a_letter_may_come_in_parts() {
        let (first, second) = "Sở\nNội".as_bytes().split_at(3);
        assert_eq!(sent(Recipient::Terminal, &[first, second]), "Sở\nNội".as_bytes());
    }

    #[test]
    fn a_program_gets_every_byte() {
        let bytes = b"\xef\xbb\xbfa\x1b\r\n\xff";
        assert_eq!(sent(Recipient::Program, &[&bytes[..4], &bytes[4..]]), bytes);
    }

    #[test]
    fn what_is_coloured_is_cleaned_too() {
        let mut sent = Vec::new();
        let mut printer = Printer::new(&mut sent, Recipient::Terminal);
        write!(printer, "x ").unwrap();
        printer.write_coloured(Colour::GREEN, "a\x1b[31m").unwrap();
        writeln!(printer, " y").unwrap();
        assert_eq!(String::from_utf8(sent).unwrap(), "x \x1b[32ma<1B>[31m\x1b[0m y\n");
    }
}
