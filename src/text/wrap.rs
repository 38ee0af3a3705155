//! Text broken into lines as Vietnamese offices write it: `số 57-NQ/TW` and `Quý I` stay together. Other wrappers
//! know only where a line may be broken, and not where it had better not be.

use std::borrow::Cow;

use super::letter::is_dash;
use super::width::{Grapheme, fitting, graphemes};

/// The lines of the text, none wider than so many cells (of which there is at least one). Lines
/// break at blanks, which are dropped there, and inside a word only if it is wider than a line, if
/// possible behind its last hyphen or slash; never at U+00A0, before a dash, nor between *Quý*, *số*,
/// *ngày* … and their number, if these fit on a line.
pub fn wrap(text: &str, cells: usize) -> Wrap<'_> {
    Wrap { rest: text, cells: cells.max(1) }
}

/// The lines of [`wrap`]; nothing is copied.
#[derive(Debug, Clone)]
pub struct Wrap<'a> {
    rest: &'a str,
    cells: usize,
}

impl<'a> Iterator for Wrap<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        if self.rest.is_empty() {
            return None;
        }
        let line = first_line(self.rest, self.cells);
        let shown = &self.rest[..line.end];
        self.rest = &self.rest[line.next..];
        Some(shown)
    }
}

/// At most so many lines of [`wrap`]; `…` at the end of the last says that there is more.
pub fn wrap_to(text: &str, cells: usize, lines: usize) -> Vec<Cow<'_, str>> {
    let mut wrapped = wrap(text, cells);
    let mut shown = Vec::with_capacity(lines.min(8));
    while shown.len() < lines {
        let from = wrapped.rest;
        let Some(line) = wrapped.next() else { break };
        let is_last = shown.len() + 1 == lines && !wrapped.rest.trim().is_empty();
        shown.push(if is_last { unfinished(from, wrapped.cells) } else { Cow::Borrowed(line) });
    }
    shown
}

/// A line of a text that goes on: broken one cell earlier to have room for the sign.
fn unfinished(text: &str, cells: usize) -> Cow<'_, str> {
    if cells == 1 {
        return Cow::Borrowed("…");
    }
    let line = &text[..first_line(text, cells - 1).end];
    let fits = &line[..fitting(line, cells - 1)];
    Cow::Owned(format!("{fits}…"))
}

/// One line of a text: what is shown of it ends at `end`, the following begins at `next`. Between
/// them are only blanks and at most one line break.
pub(super) struct WrappedLine {
    pub(super) end: usize,
    pub(super) next: usize,
}

pub(super) fn first_line(text: &str, cells: usize) -> WrappedLine {
    let mut places = Places::default();
    let mut column = 0;
    for it in graphemes(text) {
        if it.first == '\n' || it.first == '\r' {
            return WrappedLine { end: places.word_end, next: it.at + it.bytes };
        }
        column += it.cells;
        if is_blank(it.first) {
            places.blank(text, it.at);
            continue;
        }
        // The first of a line is taken however wide it is, for there must be an end to it.
        if column > cells && it.at > 0 {
            return places.best(it.at);
        }
        places.word(it);
    }
    WrappedLine { end: places.word_end, next: text.len() }
}

/// Where a line could end, found while walking along it.
#[derive(Default)]
struct Places {
    /// The end of what has been seen, without the blanks after it.
    word_end: usize,
    in_blanks: Option<Joint>,
    free: Option<WrappedLine>,
    glued: Option<WrappedLine>,
    /// Behind the last hyphen and the last slash within a word.
    hyphen: Option<WrappedLine>,
    slash: Option<WrappedLine>,
}

#[derive(Clone, Copy)]
enum Joint {
    Free,
    Glued,
}

impl Places {
    fn blank(&mut self, text: &str, at: usize) {
        // Blanks at the head of a line are an indent, not a place to break.
        if self.in_blanks.is_none() && self.word_end > 0 {
            self.in_blanks = Some(joint(text, at));
        }
    }

    fn word(&mut self, it: Grapheme) {
        let is_within = self.in_blanks.is_none() && self.word_end > 0;
        self.end_blanks(it.at);
        self.word_end = it.at + it.bytes;
        let here = Some(WrappedLine { end: self.word_end, next: self.word_end });
        match it.first {
            '/' if is_within => self.slash = here,
            c if is_within && is_dash(c) => self.hyphen = here,
            _ => {}
        }
    }

    /// Remembers the blanks before `at`, if there are any, as a place to break.
    fn end_blanks(&mut self, at: usize) {
        let place = Some(WrappedLine { end: self.word_end, next: at });
        match self.in_blanks.take() {
            Some(Joint::Free) => self.free = place,
            Some(Joint::Glued) => self.glued = place,
            None => {}
        }
    }

    /// The place for a line that is full before `at`: inside the word if need be. (An indent as wide
    /// as the line is a line by itself.)
    fn best(mut self, at: usize) -> WrappedLine {
        self.end_blanks(at);
        let within = self.hyphen.or(self.slash).unwrap_or(WrappedLine { end: self.word_end, next: at });
        self.free.or(self.glued).unwrap_or(within)
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{A0}' | '\u{2007}' | '\u{202F}')
}

/// Words that stand before a number and belong to it.
const BEFORE_NUMBERS: [&str; 9] = ["số", "quý", "quí", "điều", "khoản", "ngày", "tháng", "năm", "mục"];

/// Whether the blank at this byte holds together what stands around it.
fn joint(text: &str, at: usize) -> Joint {
    let after = text[at..].trim_start_matches(is_blank);
    let glued = match after.bytes().next() {
        Some(b'%') => text[..at].ends_with(|c: char| c.is_ascii_digit()),
        Some(b'0'..=b'9') => belongs_to_number(&text[..at]),
        Some(b'I' | b'V' | b'X') => begins_with_roman(after) && belongs_to_number(&text[..at]),
        _ => begins_with_dash(after),
    };
    if glued { Joint::Glued } else { Joint::Free }
}

fn belongs_to_number(before: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or(before);
    let mut letters = word.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    BEFORE_NUMBERS.contains(&first.chain(letters).collect::<String>().as_str())
}

/// A dash that stands alone begins no line: it belongs to what it stands behind.
fn begins_with_dash(text: &str) -> bool {
    let rest = text.trim_start_matches(is_dash);
    rest.len() < text.len() && !rest.starts_with(|c: char| !is_blank(c))
}

fn begins_with_roman(text: &str) -> bool {
    let rest = text.trim_start_matches(['I', 'V', 'X']);
    !rest.starts_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::super::width;
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    const TITLE: &str = "Tham mưu ban hành Kế hoạch thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 trong Quý I năm 2025, đạt 30 % theo Điều 5";

    fn lines(text: &str, cells: usize) -> Vec<&str> {
        wrap(text, cells).collect()
    }

    #[test]
    fn lines_break_at_blanks() {
        assert_eq!(lines("Sở Nội vụ chủ trì", 9), ["Sở Nội vụ", "chủ trì"]);
        assert_eq!(lines("Sở Nội vụ chủ trì", 10), ["Sở Nội vụ", "chủ trì"]);
        assert_eq!(lines("Sở Nội   vụ", 8), ["Sở Nội", "vụ"]);
        assert_eq!(lines("Sở Nội vụ  ", 9), ["Sở Nội vụ"]);
        assert_eq!(lines("một-hai ba", 8), ["một-hai", "ba"]);
    }

    #[test]
    fn every_width_holds_and_loses_nothing() {
        let texts = [TITLE.to_owned(), TITLE.nfd().collect(), format!("  {TITLE}\n\n日本語日本語 {TITLE}")];
        for text in texts {
            for cells in 1..140 {
                let lines = lines(&text, cells);
                assert!(lines.iter().all(|line| width(line) <= cells.max(2)), "{cells}: {lines:?}");
                let letters = |it: &str| it.split_whitespace().collect::<String>();
                assert_eq!(letters(&lines.concat()), letters(&text), "{cells}");
            }
        }
    }

    #[test]
    fn composed_and_decomposed_break_alike() {
        let text = "Phát động phong trào thi đua yêu nước của các cơ quan, đơn vị";
        let decomposed: String = text.nfd().collect();
        for cells in 1..70 {
            let again: Vec<String> = wrap(&decomposed, cells).map(|line| line.nfc().collect()).collect();
            assert_eq!(again, lines(text, cells), "{cells}");
        }
    }

    #[test]
    fn numbers_stay_with_their_word() {
        for pair in ["số 57-NQ/TW", "ngày 22/12/2024", "Quý I", "năm 2025,", "30 %", "Điều 5"] {
            for cells in width(pair)..120 {
                let whole = lines(TITLE, cells).iter().any(|line| line.contains(pair));
                assert!(whole, "{pair} at {cells}: {:?}", lines(TITLE, cells));
            }
        }
        assert_eq!(lines("xong (tháng 5)", 11), ["xong", "(tháng 5)"]);
        assert_eq!(lines("hết quí IV/2025", 9), ["hết", "quí", "IV/2025"]);
        assert_eq!(lines("trong  KHOẢN 2", 13), ["trong  KHOẢN", "2"]);
    }

    #[test]
    fn other_words_stay_free() {
        assert_eq!(lines("tổng số Việt", 9), ["tổng số", "Việt"]);
        assert_eq!(lines("dân số\u{a0}5 2", 9), ["dân số\u{a0}5", "2"]);
        assert_eq!(lines("biển hiệu 5", 10), ["biển hiệu", "5"]);
        assert_eq!(lines("hai mươi %", 9), ["hai mươi", "%"]);
    }

    #[test]
    fn what_is_wider_than_a_line_is_broken_all_the_same() {
        assert_eq!(lines("xem https://vi.dụ/ở", 6), ["xem", "https:", "//", "vi.dụ/", "ở"]);
        assert_eq!(lines("số 123456789", 9), ["số", "123456789"]);
        assert_eq!(lines("a\u{a0}b\u{a0}c", 3), ["a\u{a0}b", "\u{a0}c"]);
        assert_eq!(lines("日本", 1), ["日", "本"]);
        assert_eq!(lines("ab", 0), ["a", "b"]);
    }

    #[test]
    fn what_is_wider_than_a_line_breaks_behind_a_sign() {
        assert_eq!(lines("(11/6/1948-11/6/2023)", 20), ["(11/6/1948-", "11/6/2023)"]);
        assert_eq!(lines("57/2023/NQ-HĐND", 12), ["57/2023/NQ-", "HĐND"]);
        assert_eq!(lines("57/2023/NQ", 9), ["57/2023/", "NQ"]);
        assert_eq!(lines("a-b abc-def", 6), ["a-b", "abc-", "def"]);
        assert_eq!(lines("-123456", 4), ["-123", "456"]);
    }

    #[test]
    fn no_line_begins_with_a_dash() {
        assert_eq!(lines("Thi đua - Khen thưởng", 8), ["Thi", "đua -", "Khen", "thưởng"]);
        assert_eq!(lines("Thi đua – Khen", 9), ["Thi đua –", "Khen"]);
        assert_eq!(lines("- một\n- hai", 5), ["- một", "- hai"]);
        assert_eq!(lines("gồm -5 độ", 4), ["gồm", "-5", "độ"]);
        for cells in 6..60 {
            let dashed = "Hội đồng Thi đua - Khen thưởng tỉnh, kinh tế – xã hội, Khối - Cụm thi đua";
            assert!(lines(dashed, cells).iter().all(|line| !line.starts_with(['-', '–'])), "{cells}");
        }
    }

    #[test]
    fn line_breaks_and_indents_are_kept() {
        assert_eq!(lines("một\n\n  hai ba\n", 7), ["một", "", "  hai", "ba"]);
        assert_eq!(lines("một \r\nhai", 9), ["một", "hai"]);
        assert_eq!(lines("     hai", 4), ["", "hai"]);
        assert_eq!(lines("", 9), [""; 0]);
        assert_eq!(lines("\n", 9), [""]);
    }

    #[test]
    fn the_last_line_says_that_there_is_more() {
        let text = "Sở Nội vụ chủ trì, phối hợp";
        assert_eq!(wrap_to(text, 9, 3), ["Sở Nội vụ", "chủ trì,", "phối hợp"]);
        assert_eq!(wrap_to(text, 9, 2), ["Sở Nội vụ", "chủ trì,…"]);
        assert_eq!(wrap_to(text, 9, 1), ["Sở Nội…"]);
        assert_eq!(wrap_to(text, 1, 2), ["S", "…"]);
        assert_eq!(wrap_to(text, 40, 1), [text]);
        assert!(wrap_to(text, 9, 0).is_empty());
        assert_eq!(wrap_to("một  \n", 3, 1), ["một"]);
        assert_eq!(wrap_to("日本", 2, 1), ["…"]);
        assert!(matches!(wrap_to(text, 9, 2)[0], Cow::Borrowed(_)));
    }
}
