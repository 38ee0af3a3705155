//! Text measured in cells of the terminal, and walked by grapheme: what a reader calls one letter.

use std::borrow::Cow;

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};
use unicode_width::UnicodeWidthStr;

/// How many cells the text takes in a row of a terminal. A line break takes none.
pub fn width(text: &str) -> usize {
    if text.chars().all(is_simple) {
        return text.chars().count();
    }
    graphemes(text).map(|it| it.cells).sum()
}

/// The first line of the text as far as it goes into so many cells; `…` at the end says that there
/// is more. Syllables stay whole, unless there is not even one.
pub fn cut(text: &str, cells: usize) -> Cow<'_, str> {
    let line = text.find('\n').map_or(text, |end| &text[..end]);
    if line.len() == text.len() && (text.len() <= cells || width(text) <= cells) {
        return Cow::Borrowed(text);
    }
    if cells == 0 {
        return Cow::Borrowed("");
    }
    let kept = whole_syllables(line, fitting(line, cells - 1));
    Cow::Owned(format!("{}…", kept.trim_end()))
}

/// The same where the last syllables tell one text from others that begin alike: it is the middle that goes.
pub fn cut_within(text: &str, cells: usize) -> Cow<'_, str> {
    let mut ends = text.match_indices(' ').map(|(at, _)| &text[at + 1..]);
    match ends.find(|end| width(end) <= cells / 2).filter(|_| width(text) > cells) {
        Some(end) => Cow::Owned(format!("{}{end}", cut(text, cells - width(end)))),
        None => cut(text, cells),
    }
}

/// Letters of the longest syllable, *nghiêng*. What is longer is a number or a path, and may be cut anywhere.
const LONGEST_SYLLABLE: usize = 7;

/// As much of what fits as ends with a syllable.
fn whole_syllables(line: &str, end: usize) -> &str {
    let is_letter = |it: &Grapheme| it.first.is_alphabetic();
    let fits = &line[..end];
    let cut_off = graphemes(&line[end..]).take_while(is_letter).take(LONGEST_SYLLABLE + 1).count();
    if cut_off == 0 || cut_off > LONGEST_SYLLABLE {
        return fits;
    }
    let mut start = end;
    for _ in 0..=LONGEST_SYLLABLE - cut_off {
        let before = previous_grapheme(line, start);
        if start == 0 || !graphemes(&line[before..]).next().is_some_and(|it| is_letter(&it)) {
            return if line[..start].trim_end().is_empty() { fits } else { &line[..start] };
        }
        start = before;
    }
    fits
}

/// How many bytes of the text, in whole graphemes, fit into so many cells.
pub(super) fn fitting(text: &str, cells: usize) -> usize {
    let mut left = cells;
    let over = graphemes(text).find(|it| match left.checked_sub(it.cells) {
        Some(rest) => {
            left = rest;
            false
        }
        None => true,
    });
    over.map_or(text.len(), |it| it.at)
}

/// The end of the grapheme that begins at this byte; the end of the text stays.
pub fn next_grapheme(text: &str, at: usize) -> usize {
    graphemes(&text[at..]).next().map_or(at, |it| at + it.bytes)
}

/// The beginning of the grapheme that ends at this byte; the beginning of the text stays.
pub fn previous_grapheme(text: &str, at: usize) -> usize {
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    let before = cursor.prev_boundary(text, 0).expect("the whole text is at hand");
    before.unwrap_or(0)
}

/// The beginning of the word before this byte, or the beginning of the text. Words stand between blanks, so that
/// `57-NQ/TW` and `15/3/2024` are one each.
pub fn previous_word(text: &str, at: usize) -> usize {
    let mut beginning = 0;
    let mut in_word = false;
    for it in graphemes(&text[..at]) {
        if !in_word && !it.is_blank() {
            beginning = it.at;
        }
        in_word = !it.is_blank();
    }
    beginning
}

/// One grapheme of a text: where it begins, how long it is, how wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Grapheme {
    pub(super) at: usize,
    pub(super) bytes: usize,
    pub(super) cells: usize,
    pub(super) first: char,
}

impl Grapheme {
    fn is_blank(&self) -> bool {
        self.first.is_whitespace()
    }
}

pub(super) fn graphemes(text: &str) -> impl Iterator<Item = Grapheme> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &text[at..];
        let mut chars = rest.chars();
        let first = chars.next()?;
        let is_letter = is_simple(first) && chars.next().is_none_or(is_simple);
        let (bytes, cells) = if is_letter { (first.len_utf8(), 1) } else { measured(rest, first) };
        at += bytes;
        Some(Grapheme { at: at - bytes, bytes, cells, first })
    })
}

/// The first grapheme of a text, by the tables of Unicode: its bytes and its cells.
fn measured(text: &str, first: char) -> (usize, usize) {
    let whole = text.graphemes(true).next().unwrap_or(text);
    (whole.len(), if first.is_control() { 0 } else { whole.width() })
}

/// Characters of one cell that are a grapheme by themselves when another such follows: all that
/// Vietnamese text usually has. Asking this first spares the tables of Unicode.
fn is_simple(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{A0}'..='\u{AC}' | '\u{AE}'..='\u{2FF}' | '\u{1E00}'..='\u{1EFF}' | '\u{2010}'..='\u{2027}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn simple_characters_are_what_unicode_says() {
        let simple: String = ('\0'..='\u{2FFF}').filter(|&c| is_simple(c)).collect();
        assert_eq!(simple.graphemes(true).count(), simple.chars().count());
        assert!(simple.chars().all(|c| c.to_string().width() == 1));
    }

    #[test]
    fn composed_and_decomposed_are_equally_wide() {
        for text in ["Sở Nội vụ", "Ủy ban nhân dân tỉnh Điện Biên", "ế", "“Quý I” – 30 %…"]
        {
            let decomposed: String = text.nfd().collect();
            assert_eq!(width(text), text.chars().count());
            assert_eq!(width(&decomposed), width(text));
        }
        assert_eq!((width(""), width("日本"), width("a\nb")), (0, 4, 2));
    }

    #[test]
    fn text_is_cut_between_graphemes() {
        assert_eq!(cut("Sở Nội vụ", 9), "Sở Nội vụ");
        assert_eq!(cut("Sở Nội vụ", 8), "Sở Nội…");
        assert_eq!(cut("Sở Nội vụ", 4), "Sở…");
        assert_eq!(cut("Sở Nội vụ", 1), "…");
        assert_eq!(cut("Sở Nội vụ", 0), "");
        assert_eq!(cut("", 0), "");
        let decomposed: String = "ệệệ".nfd().collect();
        assert_eq!(cut(&decomposed, 2), format!("{}…", "ệ".nfd()));
        assert_eq!(cut("日本語", 4), "日…");
        assert_eq!(cut("日本語", 2), "…");
    }

    #[test]
    fn texts_that_begin_alike_are_told_apart_by_their_ends() {
        let name = "Ủy ban nhân dân huyện Văn Lâm";
        assert_eq!(cut_within(name, 29), name);
        assert_eq!(cut_within(name, 28), "Ủy ban nhân…huyện Văn Lâm");
        assert_eq!(cut_within(name, 19), "Ủy ban nhân…Văn Lâm");
        assert_eq!(cut_within(name, 7), "Ủy…Lâm");
        assert_eq!(cut_within("một-từ-rất-dài", 9), cut("một-từ-rất-dài", 9));
        for cells in 0..40 {
            assert!(width(&cut_within(name, cells)) <= cells);
        }
    }

    #[test]
    fn syllables_are_not_cut() {
        for (text, cells, expected) in [
            ("Sở Nội vụ", 5, "Sở…"),
            ("ban hành báo cáo", 12, "ban hành…"),
            ("ban hành báo cáo", 13, "ban hành báo…"),
            ("Khối thi (đua)", 11, "Khối thi (…"),
            ("Nghị quyết 57-NQ/TW", 16, "Nghị quyết 57-…"),
            ("nghiêng", 4, "ngh…"),
            ("số 123456789", 8, "số 1234…"),
            ("kehoachcongtacnam.ron", 12, "kehoachcong…"),
            ("xem kehoachcongtacnam.ron", 12, "xem kehoach…"),
            ("số 2024a", 8, "số 2024a"),
        ] {
            assert_eq!(cut(text, cells), expected, "{text} in {cells}");
        }
        let decomposed: String = "ban hành báo cáo".nfd().collect();
        assert_eq!(cut(&decomposed, 12), "ban hành…".nfd().collect::<String>());
    }

    #[test]
    fn only_the_first_line_is_kept() {
        assert_eq!(cut("một\nhai", 20), "một…");
        assert_eq!(cut("một\nhai", 3), "mộ…");
        assert_eq!(cut("một\nhai", 4), "một…");
        assert!(matches!(cut("một", 3), Cow::Borrowed("một")));
    }

    #[test]
    fn steps_are_whole_letters() {
        let text = "e\u{302}\u{301}đ👨\u{200d}👩x";
        let mut steps = vec![0];
        while steps[steps.len() - 1] < text.len() {
            steps.push(next_grapheme(text, steps[steps.len() - 1]));
        }
        assert_eq!(steps, [0, 5, 7, 18, 19]);
        for pair in steps.windows(2) {
            assert_eq!(previous_grapheme(text, pair[1]), pair[0]);
        }
        assert_eq!((next_grapheme(text, text.len()), previous_grapheme(text, 0)), (text.len(), 0));
    }

    #[test]
    fn jumps_go_to_the_beginning_of_words() {
        let text = "số 57-NQ/TW  về ";
        let beginnings: Vec<_> = [0, 4, 5, 9, 15, text.len()].map(|at| previous_word(text, at)).into();
        assert_eq!(beginnings, [0, 0, 0, 5, 5, 15]);
        assert_eq!(previous_word("\u{a0}\u{323}5", 4), 0, "a mark on a blank is not a place to stand");
    }
}
