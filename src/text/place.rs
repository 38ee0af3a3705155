//! The lines and columns of a text, as editors count them.

/// A place in the text, both from 1; the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub line: usize,
    pub column: usize,
}

impl Place {
    pub const START: Self = Self { line: 1, column: 1 };

    /// The byte of the text that stands there; its end if there is none.
    pub fn offset(self, text: &str) -> usize {
        let start: usize = text.split_inclusive('\n').take(self.line.saturating_sub(1)).map(str::len).sum();
        let rest = &text[start..];
        start + rest.char_indices().nth(self.column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at)
    }
}

/// Where the lines of a text begin, for a text that is asked for many places. A plan may also stand in one line.
#[derive(Debug, Clone)]
pub struct LineStarts {
    starts: Vec<usize>,
    /// How many characters stand before each block of the text.
    before: Vec<usize>,
}

/// Bytes that are counted anew for a place.
const BLOCK: usize = 1024;

impl LineStarts {
    pub fn of(text: &str) -> Self {
        let ends = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n');
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        let counts = text.as_bytes().chunks(BLOCK).scan(0, |before, block| {
            *before += characters(block);
            Some(*before)
        });
        Self { starts, before: std::iter::once(0).chain(counts).collect() }
    }

    /// The place of a byte. A mark of byte order is no column.
    pub fn place(&self, text: &str, at: usize) -> Place {
        let line = self.starts.partition_point(|&start| start <= at);
        let has_mark = line == 1 && at > 0 && text.starts_with('\u{FEFF}');
        let column = self.count(text, at) - self.count(text, self.starts[line - 1]) - usize::from(has_mark);
        Place { line, column: column + 1 }
    }

    /// How many characters begin before a byte.
    fn count(&self, text: &str, at: usize) -> usize {
        let block = at / BLOCK;
        self.before[block] + characters(&text.as_bytes()[block * BLOCK..at])
    }
}

fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_in_characters() {
        let text = "\u{FEFF}ệ(\r\n  đã";
        let lines = LineStarts::of(text);
        let place = |what: &str| lines.place(text, text.find(what).expect("a part of the text"));
        assert_eq!(place("("), Place { line: 1, column: 2 });
        assert_eq!(place("ã"), Place { line: 2, column: 4 });
        assert_eq!(&text[place("ã").offset(text)..], "ã");
        assert_eq!(Place { line: 2, column: 9 }.offset(text), text.len());
        assert_eq!(lines.place(text, 0), Place::START);
        assert_eq!(lines.place(text, 3), Place::START);
        assert_eq!(LineStarts::of("").place("", 0), Place::START);
    }

    #[test]
    fn columns_of_a_long_line_are_counted_from_its_beginning() {
        let text = format!("x\n{}", "đã ".repeat(3 * BLOCK));
        let lines = LineStarts::of(&text);
        for (column, (at, _)) in text[2..].char_indices().enumerate().step_by(97) {
            assert_eq!(lines.place(&text, at + 2), Place { line: 2, column: column + 1 });
        }
    }
}
