//! Lines and columns.

/// A place in the text, both from 1; the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub line: usize,
    pub column: usize,
}

impl Place {
    pub(super) const START: Self = Self { line: 1, column: 1 };
}

/// Where the lines of a text begin, for a text that is asked for many places.
#[derive(Debug, Clone)]
pub(super) struct Lines(Vec<usize>);

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        let ends = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n');
        Self(std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect())
    }

    /// The place of a byte. A mark of byte order is no column.
    pub(super) fn place(&self, text: &str, at: usize) -> Place {
        let line = self.0.partition_point(|&start| start <= at);
        let before = &text[self.0[line - 1]..at];
        let before = before.strip_prefix('\u{FEFF}').filter(|_| line == 1).unwrap_or(before);
        Place { line, column: before.chars().count() + 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_in_characters() {
        let text = "\u{FEFF}ệ(\r\n  đã";
        let lines = Lines::of(text);
        let place = |what: &str| lines.place(text, text.find(what).expect("a part of the text"));
        assert_eq!(place("("), Place { line: 1, column: 2 });
        assert_eq!(place("ã"), Place { line: 2, column: 4 });
        assert_eq!(lines.place(text, 0), Place::START);
        assert_eq!(lines.place("", 0), Place::START);
    }
}
