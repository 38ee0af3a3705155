//! The value of a text field: a text, a cursor in it, and what keys and pastes do to them. Vietnamese input methods
//! take letters back and send them anew in parts, so the text is composed again at each key.

use std::borrow::Cow;
use std::ops::Range;

use super::width::{fitting, graphemes, next_grapheme, previous_grapheme, previous_word, width};
use super::wrap::first_line;
use super::{is_hidden, is_nfc, nfc};

/// Text being edited. It is composed at all times, and the cursor stands between two graphemes, so
/// that input methods may send their letters in parts and take them back one by one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Field {
    text: String,
    cursor: usize,
    lines: Lines,
    /// Where the cursor wants to be while it passes shorter rows on its way up or down.
    column: Option<usize>,
    /// Whether all of the text is chosen: what is typed next stands in its place.
    is_selected: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Lines {
    #[default]
    One,
    Many,
}

/// How much of an insertion there was room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    All,
    /// The rest was beyond [`Lines::most_bytes`].
    Part,
}

impl Lines {
    /// Longer than anything a plan holds; a paste beyond it is an accident.
    pub const fn most_bytes(self) -> usize {
        match self {
            Self::One => 4 << 10,
            Self::Many => 64 << 10,
        }
    }
}

impl Field {
    /// The cursor is at the end. What a field cannot hold is left out: controls and hidden
    /// characters, and for line breaks in one line stands a blank. However long, nothing is cut.
    pub fn of(text: &str, lines: Lines) -> Self {
        let text = match lines {
            Lines::One => in_one_line(text),
            Lines::Many => Cow::Borrowed(text),
        };
        let text = nfc(&acceptable(&text)).into_owned();
        Self { cursor: text.len(), text, lines, column: None, is_selected: false }
    }

    /// The same, with all of the text chosen.
    #[must_use]
    pub fn selected(self) -> Self {
        Self { is_selected: !self.text.is_empty(), ..self }
    }

    pub const fn is_selected(&self) -> bool {
        self.is_selected
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text without blanks around it.
    pub fn trimmed(&self) -> String {
        self.text.trim().to_owned()
    }

    pub fn into_text(self) -> String {
        self.text
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// In bytes.
    pub fn cursor(&self) -> usize {
        self.cursor
    }
}

/// Typing and pasting.
impl Field {
    pub fn insert(&mut self, c: char) -> Taken {
        self.insert_str(c.encode_utf8(&mut [0; 4]))
    }

    /// Puts a paste before the cursor: into a field of one line, its lines joined.
    pub fn insert_str(&mut self, pasted: &str) -> Taken {
        let accepted = match self.lines {
            Lines::One => acceptable(&in_one_line(pasted)),
            Lines::Many => acceptable(pasted),
        };
        let composed = nfc(&accepted);
        let kept = if self.is_selected { 0 } else { self.text.len() };
        let room = self.lines.most_bytes().saturating_sub(kept);
        let fits = whole_graphemes(&composed, room);
        self.replace(self.cursor..self.cursor, fits);
        if fits.len() == composed.len() { Taken::All } else { Taken::Part }
    }

    /// Begins a line; nothing in a field of one.
    pub fn newline(&mut self) -> Taken {
        self.insert('\n')
    }

    /// Deletes the grapheme before the cursor. Input methods take letters back with it, also from
    /// fields that are empty.
    pub fn backspace(&mut self) {
        self.replace(previous_grapheme(&self.text, self.cursor)..self.cursor, "");
    }

    /// Deletes the grapheme after the cursor.
    pub fn delete(&mut self) {
        self.replace(self.cursor..next_grapheme(&self.text, self.cursor), "");
    }

    pub fn delete_word_before(&mut self) {
        self.replace(previous_word(&self.text, self.cursor)..self.cursor, "");
    }

    /// Deletes from the beginning of the line to the cursor.
    pub fn clear_before(&mut self) {
        self.replace(self.line_start()..self.cursor, "");
    }

    fn replace(&mut self, range: Range<usize>, with: &str) {
        let range = if self.is_selected { 0..self.text.len() } else { range };
        self.text.replace_range(range.clone(), with);
        self.go(range.start + with.len());
        self.compose();
    }

    /// A mark may join the letter before it across the cursor, or across what has been deleted.
    fn compose(&mut self) {
        if !is_nfc(&self.text) {
            self.cursor = nfc(&self.text[..self.cursor]).len();
            self.text = nfc(&self.text).into_owned();
        }
        self.cursor = boundary_from(&self.text, self.cursor);
    }
}

/// Moving.
impl Field {
    pub fn left(&mut self) {
        self.go(previous_grapheme(&self.text, self.cursor));
    }

    pub fn right(&mut self) {
        self.go(next_grapheme(&self.text, self.cursor));
    }

    /// To the beginning of the line.
    pub fn home(&mut self) {
        self.go(self.line_start());
    }

    /// To the end of the line.
    pub fn end(&mut self) {
        let rest = &self.text[self.cursor..];
        self.go(self.cursor + rest.find('\n').unwrap_or(rest.len()));
    }

    /// To the row above as the field is shown in so many cells; false if there is none.
    pub fn up(&mut self, cells: usize) -> bool {
        let (_, row) = self.place(cells);
        row > 0 && self.enter_row(row - 1, cells)
    }

    /// To the row below as the field is shown in so many cells; false if there is none.
    pub fn down(&mut self, cells: usize) -> bool {
        let (_, row) = self.place(cells);
        self.enter_row(row + 1, cells)
    }

    fn enter_row(&mut self, row: usize, cells: usize) -> bool {
        self.is_selected = false;
        let rows = self.rows(cells);
        let Some(entered) = rows.get(row) else { return false };
        let (here, _) = self.place(cells);
        let column = *self.column.get_or_insert(here);
        let mut at = entered.start + fitting(&self.text[entered.clone()], column);
        // The end of a row that goes on is the beginning of the next, and is shown there.
        if rows.get(row + 1).is_some_and(|next| next.start == at) {
            at = previous_grapheme(&self.text, at);
        }
        self.cursor = at;
        true
    }

    fn line_start(&self) -> usize {
        self.text[..self.cursor].rfind('\n').map_or(0, |at| at + 1)
    }

    fn go(&mut self, to: usize) {
        self.cursor = to;
        self.column = None;
        self.is_selected = false;
    }
}

/// Being shown.
impl Field {
    /// The rows of the field in so many cells, as bytes of the text; there is always one. They break
    /// as in [`wrap`](super::wrap), but one cell stays free for the cursor at the end of a row, and
    /// no blank is dropped: those at a break hang over the edge.
    pub fn rows(&self, cells: usize) -> Vec<Range<usize>> {
        let room = cells.saturating_sub(1).max(1);
        let mut rows = Vec::new();
        let mut start = 0;
        loop {
            let next = start + first_line(&self.text[start..], room).next;
            let row = self.text[start..next].trim_end_matches('\n');
            rows.push(start..start + row.len());
            if next == self.text.len() && start + row.len() == next {
                return rows;
            }
            start = next;
        }
    }

    /// Column and row of the cursor in [`rows`](Self::rows).
    pub fn place(&self, cells: usize) -> (usize, usize) {
        let rows = self.rows(cells);
        let row = rows.partition_point(|row| row.start <= self.cursor).saturating_sub(1);
        let column = width(&self.text[rows[row].start..self.cursor]);
        (column.min(cells.saturating_sub(1)), row)
    }

    /// For a field in a single row: the part of the text around the cursor that fits into so many
    /// cells, and the column of the cursor in it.
    pub fn window(&self, cells: usize) -> (&str, usize) {
        let before = &self.text[..self.cursor];
        let mut over = (width(before) + 1).saturating_sub(cells);
        let mut start = 0;
        for it in graphemes(before) {
            if over == 0 {
                break;
            }
            over = over.saturating_sub(it.cells);
            start = it.at + it.bytes;
        }
        let rest = &self.text[start..];
        (&rest[..fitting(rest, cells)], width(&before[start..]))
    }
}

/// Terminals send the line breaks of a paste as carriage returns.
fn is_line_break(c: char) -> bool {
    matches!(c, '\n'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// A title that was broken by the layout of its page is one title: its lines are joined by a blank.
fn in_one_line(text: &str) -> Cow<'_, str> {
    if !text.contains(is_line_break) {
        return Cow::Borrowed(text);
    }
    let mut joined = String::with_capacity(text.len());
    for line in text.split(is_line_break).filter(|line| !line.trim().is_empty()) {
        if joined.is_empty() {
            joined.push_str(line);
        } else {
            joined.truncate(joined.trim_end().len());
            joined.push(' ');
            joined.push_str(line.trim_start());
        }
    }
    Cow::Owned(joined)
}

fn acceptable(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let kept = text.chars().filter_map(|c| match c {
        '\t' => Some(' '),
        c if is_line_break(c) => Some('\n'),
        c => (!is_hidden(c)).then_some(c),
    });
    kept.collect()
}

/// As much of the beginning as so many bytes hold.
fn whole_graphemes(text: &str, bytes: usize) -> &str {
    if text.len() <= bytes {
        return text;
    }
    let end = graphemes(text).map(|it| it.at).take_while(|&at| at <= bytes).last();
    &text[..end.unwrap_or(0)]
}

/// This place or the first after it that is between two graphemes.
fn boundary_from(text: &str, at: usize) -> usize {
    graphemes(text).map(|it| it.at).find(|&boundary| boundary >= at).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::super::wrap;
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    /// What a terminal receives, key by key; ⌫ is a Backspace.
    fn receive(field: &mut Field, keys: &str) {
        for key in keys.chars() {
            match key {
                '⌫' => field.backspace(),
                c => assert_eq!(field.insert(c), Taken::All),
            }
        }
    }

    fn typed(keys: &str) -> String {
        let mut field = Field::of("", Lines::One);
        receive(&mut field, keys);
        assert_eq!(field.cursor(), field.text().len());
        field.into_text()
    }

    /// The text with `|` at the cursor.
    fn shown(field: &Field) -> String {
        let (before, after) = field.text().split_at(field.cursor());
        format!("{before}|{after}")
    }

    fn with_cursor(text: &str, lines: Lines) -> Field {
        let (before, after) = text.split_once('|').unwrap();
        let mut field = Field::of(&format!("{before}{after}"), lines);
        field.cursor = before.len();
        field
    }

    #[test]
    fn vietnamese_is_typed_as_input_methods_send_it() {
        for (keys, text) in [
            ("vie⌫êt⌫⌫ệt", "việt"),
            ("d⌫đu⌫ưo⌫ơc⌫⌫ợc", "được"),
            ("d⌫đ⌫dd", "dd"),
            ("a⌫ạ⌫aj", "aj"),
            ("a⌫âe⌫êo⌫ô", "âêô"),
            ("ươư", "ươư"),
            ("a⌫ád⌫đ", "áđ"),
            ("so⌫ơ⌫ở no⌫ô⌫ội vu⌫ụ", "sở nội vụ"),
        ] {
            assert_eq!(typed(keys), text);
        }
    }

    #[test]
    fn backspace_in_an_empty_field_is_silent() {
        assert_eq!(typed("⌫⌫á"), "á");
        let mut field = with_cursor("|ab", Lines::One);
        field.backspace();
        assert_eq!(shown(&field), "|ab");
        field.end();
        field.delete();
        assert_eq!(shown(&field), "ab|");
    }

    #[test]
    fn letters_may_come_in_parts() {
        assert_eq!(typed("vie\u{302}\u{323}t"), "việt");
        assert_eq!(typed(&"Sở Nội vụ".nfd().collect::<String>()), "Sở Nội vụ");
        assert_eq!(typed("ê\u{301}⌫x"), "x");
        let mut field = with_cursor("ê|m", Lines::One);
        field.insert('\u{301}');
        assert_eq!(shown(&field), "ế|m");
    }

    #[test]
    fn a_mark_joins_a_letter_across_the_cursor() {
        let mut field = with_cursor("|\u{301}m", Lines::One);
        field.insert('ê');
        assert_eq!(shown(&field), "ế|m");
        let mut field = with_cursor("ê|\n\u{301}", Lines::Many);
        field.delete();
        assert_eq!(shown(&field), "ế|");
    }

    #[test]
    fn deleting_takes_whole_letters_and_words() {
        let mut field = with_cursor("Sở Nội vụ|, 15/3", Lines::One);
        field.backspace();
        assert_eq!(shown(&field), "Sở Nội v|, 15/3");
        field.delete_word_before();
        assert_eq!(shown(&field), "Sở Nội |, 15/3");
        field.delete();
        assert_eq!(shown(&field), "Sở Nội | 15/3");
        field.clear_before();
        assert_eq!(shown(&field), "| 15/3");
        let mut field = with_cursor("một\nhai|\nba", Lines::Many);
        field.clear_before();
        field.clear_before();
        assert_eq!(shown(&field), "một\n|\nba");
    }

    #[test]
    fn the_cursor_goes_by_letters_and_lines() {
        let mut field = with_cursor("kế hoạch|\nnăm 2024", Lines::Many);
        let mut goes = |step: fn(&mut Field), to: &str| {
            step(&mut field);
            assert_eq!(shown(&field), to);
        };
        goes(Field::left, "kế hoạc|h\nnăm 2024");
        goes(Field::left, "kế hoạ|ch\nnăm 2024");
        goes(Field::home, "|kế hoạch\nnăm 2024");
        goes(Field::left, "|kế hoạch\nnăm 2024");
        goes(Field::end, "kế hoạch|\nnăm 2024");
        goes(Field::right, "kế hoạch\n|năm 2024");
        goes(Field::end, "kế hoạch\nnăm 2024|");
        goes(Field::right, "kế hoạch\nnăm 2024|");
    }

    #[test]
    fn a_paste_keeps_what_can_be_seen() {
        let mut field = Field::of("", Lines::One);
        assert_eq!(field.insert_str("\r\nSở\tNội\x1b vụ\u{200b}\r\n"), Taken::All);
        assert_eq!(field.text(), "Sở Nội vụ");
        assert_eq!(field.insert_str(" và\r\n\n  Sở Tài chính\r"), Taken::All);
        assert_eq!(field.text(), "Sở Nội vụ và Sở Tài chính");
        assert_eq!((field.newline(), field.text()), (Taken::All, "Sở Nội vụ và Sở Tài chính"));

        let mut notes = Field::of("", Lines::Many);
        assert_eq!(notes.insert_str("một\r\nhai\rba\u{2028}bốn\n"), Taken::All);
        notes.newline();
        assert_eq!(notes.text(), "một\nhai\nba\nbốn\n\n");
    }

    #[test]
    fn a_field_is_not_flooded() {
        for lines in [Lines::One, Lines::Many] {
            let mut field = Field::of("", lines);
            assert_eq!(field.insert_str(&"ệ".repeat(50_000)), Taken::Part);
            assert_eq!(field.text().len(), lines.most_bytes() / 3 * 3);
            assert_eq!(field.insert_str("đầy"), Taken::Part);
        }
        let long = "x".repeat(5000);
        let mut field = Field::of(&long, Lines::One);
        assert_eq!((field.insert('y'), field.text()), (Taken::Part, long.as_str()));
    }

    #[test]
    fn a_text_that_was_there_is_kept() {
        assert_eq!(Field::of("một\r\nhai\tba\n", Lines::Many).text(), "một\nhai ba\n");
        assert_eq!(Field::of("một\nhai\n", Lines::One).text(), "một hai");
        assert_eq!(shown(&Field::of("e\u{302}\u{301}", Lines::One)), "ế|");
    }

    #[test]
    fn rows_hold_every_byte_and_break_as_text_does() {
        let text = "Tham mưu ban hành  Kế hoạch số 57-NQ/TW\n\n  trong Quý I năm 2025 日本語日本語 ";
        for cells in 0..60 {
            let field = Field::of(text, Lines::Many);
            let rows = field.rows(cells);
            let mut end = 0;
            for row in &rows {
                assert!(text[end..row.start].chars().all(|c| c == '\n'), "{cells}");
                end = row.end;
            }
            assert_eq!(end, text.len());
            let shown = rows.iter().map(|row| text[row.clone()].trim_end());
            assert!(shown.eq(wrap(text, cells.saturating_sub(1).max(1))), "{cells}");
        }
        assert_eq!(Field::of("", Lines::One).rows(9), vec![0..0; 1]);
        assert_eq!(Field::of("a\n", Lines::Many).rows(9), [0..1, 2..2]);
        assert_eq!(Field::of("\n\n", Lines::Many).rows(9), [0..0, 1..1, 2..2]);
    }

    #[test]
    fn the_cursor_is_where_the_next_letter_appears() {
        for (text, place) in [
            ("|", (0, 0)),
            ("Sở Nội| vụ", (6, 0)),
            ("Sở Nội |vụ", (0, 1)),
            ("Sở Nội vụ|", (2, 1)),
            ("một|\nhai", (3, 0)),
            ("một\n|hai", (0, 1)),
            ("một\n|", (0, 1)),
            ("một         |", (8, 0)),
            ("12345678|", (8, 0)),
            ("12345678|9", (0, 1)),
        ] {
            assert_eq!(with_cursor(text, Lines::Many).place(9), place, "{text}");
        }
        assert_eq!(with_cursor("ab|", Lines::One).place(0), (0, 1));
    }

    #[test]
    fn up_and_down_keep_the_column() {
        let mut field = with_cursor("một hai|\nba\nbốn năm sáu", Lines::Many);
        assert!(field.down(20));
        assert_eq!(shown(&field), "một hai\nba|\nbốn năm sáu");
        assert!(field.down(20));
        assert_eq!(shown(&field), "một hai\nba\nbốn năm| sáu");
        assert!(!field.down(20));
        assert!(field.up(20) && field.up(20) && !field.up(20));
        assert_eq!(shown(&field), "một hai|\nba\nbốn năm sáu");
    }

    #[test]
    fn up_and_down_go_through_wrapped_rows() {
        let text = "Tham mưu ban hành Kế hoạch số 57-NQ/TW 日本語日本語\n\nhết";
        for cells in 2..40 {
            let mut field = Field::of(text, Lines::Many);
            let rows = field.rows(cells).len();
            for row in (0..rows - 1).rev() {
                assert!(field.up(cells));
                assert_eq!(field.place(cells).1, row, "{cells}");
            }
            for row in 1..rows {
                assert!(field.down(cells));
                assert_eq!(field.place(cells).1, row, "{cells}");
            }
        }
    }

    #[test]
    fn the_cursor_is_always_in_the_window() {
        let field = with_cursor("Sở Nội vụ chủ| trì", Lines::One);
        assert_eq!(field.window(40), ("Sở Nội vụ chủ trì", 13));
        assert_eq!(field.window(8), (" vụ chủ ", 7));
        assert_eq!(field.window(1), (" ", 0));
        assert_eq!(field.window(0), ("", 0));
        assert_eq!(Field::of("日本語", Lines::One).window(4), ("語", 2));
        assert_eq!(with_cursor("|Sở Nội", Lines::One).window(3), ("Sở ", 0));
    }
}
