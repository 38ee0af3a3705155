//! The text cut into tokens, where `ron` 0.12.3 would cut it.
//!
//! Only what matters for finding values and comments is told apart: strings, characters, comments, brackets,
//! commas and colons. Whatever else a value is made of is a [`TokenKind::Word`], so that new kinds of numbers or
//! names do not matter here.

use std::ops::Range;

/// A part of the text, in bytes.
pub(super) type ByteSpan = Range<usize>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    Space,
    /// Up to the line break, no half of which is part of it.
    LineComment,
    BlockComment,
    /// Names and numbers.
    Word,
    /// A string of any kind: plain, raw, of bytes.
    Text,
    /// A character between two single quotes.
    Letter,
    Open(u8),
    Close(u8),
    Comma,
    Colon,
    /// One character that stands for nothing: a hash, a curly quote, a hard space.
    Other,
    /// A string or a block comment that goes on to the end of the text.
    Unclosed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RonToken {
    pub(super) kind: TokenKind,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl RonToken {
    pub(super) const fn span(&self) -> ByteSpan {
        self.start..self.end
    }

    /// Neither a value nor a part of one.
    pub(super) const fn is_trivia(&self) -> bool {
        matches!(self.kind, TokenKind::Space | TokenKind::LineComment | TokenKind::BlockComment)
    }

    pub(super) const fn is_comment(&self) -> bool {
        matches!(self.kind, TokenKind::LineComment | TokenKind::BlockComment)
    }
}

/// Cuts a text into tokens, from a place that is between two of them.
#[derive(Debug, Clone)]
pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(super) const fn new(text: &'a str, at: usize) -> Self {
        Self { text, at }
    }

    pub(super) fn at_start_of(text: &'a str) -> Self {
        Self::new(text, if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 })
    }

    /// From behind the attributes of a whole text. None if one of them is not closed.
    pub(super) fn behind_attributes(text: &'a str) -> Option<Self> {
        let mut lexer = Self::at_start_of(text);
        loop {
            let mut ahead = lexer.clone();
            if ahead.next_solid().is_none_or(|token| text[token.span()] != *"#") {
                return Some(lexer);
            }
            ahead.find(|token| token.kind == TokenKind::Close(b']'))?;
            lexer = ahead;
        }
    }

    /// The next token that is neither space nor comment.
    pub(super) fn next_solid(&mut self) -> Option<RonToken> {
        self.find(|token| !token.is_trivia())
    }
}

impl Iterator for Lexer<'_> {
    type Item = RonToken;

    fn next(&mut self) -> Option<RonToken> {
        let rest = &self.text[self.at..];
        let (kind, length) = token(rest)?;
        let start = self.at;
        self.at += length;
        Some(RonToken { kind, start, end: self.at })
    }
}

/// The first token of the text, and how many bytes it has.
fn token(rest: &str) -> Option<(TokenKind, usize)> {
    let bytes = rest.as_bytes();
    let single = |kind| Some((kind, 1));
    match *bytes.first()? {
        b'(' | b'[' | b'{' => single(TokenKind::Open(bytes[0])),
        b')' | b']' | b'}' => single(TokenKind::Close(bytes[0])),
        b',' => single(TokenKind::Comma),
        b':' => single(TokenKind::Colon),
        b'"' => Some(quoted(rest, 1)),
        b'\'' => Some(letter(rest, 1)),
        b'/' if bytes.get(1) == Some(&b'/') => Some(line_comment(rest)),
        b'/' if bytes.get(1) == Some(&b'*') => Some(block_comment(rest)),
        b'r' | b'b' => Some(prefixed(rest)),
        byte if is_word_byte(byte) => Some((TokenKind::Word, word_length(rest))),
        _ => Some(unusual(rest)),
    }
}

fn unusual(rest: &str) -> (TokenKind, usize) {
    let space = rest.find(|c| !is_space(c)).unwrap_or(rest.len());
    if space > 0 {
        return (TokenKind::Space, space);
    }
    match word_length(rest) {
        0 => (TokenKind::Other, rest.chars().next().map_or(0, char::len_utf8)),
        length => (TokenKind::Word, length),
    }
}

/// What `ron` takes for white space.
pub(super) const fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t'..='\r' | '\u{85}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}')
}

/// Characters that look like quotes. `ron` knows none of them.
pub(super) const fn is_curly_quote(c: char) -> bool {
    matches!(c, '\u{2018}'..='\u{201F}' | '«' | '»')
}

/// Characters that look like a space, or like nothing, and are no white space for `ron`.
pub(super) const fn is_false_space(c: char) -> bool {
    matches!(
        c,
        '\u{A0}' | '\u{1680}' | '\u{2000}'
            ..='\u{200D}' | '\u{202F}' | '\u{205F}' | '\u{2060}' | '\u{3000}' | '\u{FEFF}'
    )
}

const fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'+' | b'-' | b'.')
}

fn word_length(rest: &str) -> usize {
    let ascii = rest.bytes().position(|byte| !is_word_byte(byte)).unwrap_or(rest.len());
    if rest.as_bytes().get(ascii).is_none_or(u8::is_ascii) {
        return ascii;
    }
    let is_end = |c: char| match u8::try_from(c) {
        Ok(byte) if byte.is_ascii() => !is_word_byte(byte),
        _ => is_space(c) || is_curly_quote(c) || is_false_space(c),
    };
    rest.find(is_end).unwrap_or(rest.len())
}

/// What begins with `r` or `b`: a raw string, a string of bytes, a byte, a raw name, or only a word.
fn prefixed(rest: &str) -> (TokenKind, usize) {
    let marks = usize::from(rest.starts_with('b'));
    let bare = &rest[marks..];
    let raw = bare.strip_prefix('r').unwrap_or("");
    let hashes = raw.bytes().take_while(|&byte| byte == b'#').count();
    match bare.bytes().next() {
        _ if raw[hashes..].starts_with('"') => raw_string(rest, marks + 1, hashes),
        Some(b'r') if marks == 0 && hashes == 1 => (TokenKind::Word, 2 + word_length(&raw[1..])),
        Some(b'"') => quoted(rest, 2),
        Some(b'\'') => letter(rest, 2),
        _ => (TokenKind::Word, word_length(rest)),
    }
}

/// A string with escapes whose opening ends at `from`.
fn quoted(rest: &str, from: usize) -> (TokenKind, usize) {
    let bytes = rest.as_bytes();
    let mut at = from;
    while let Some(step) = bytes[at..].iter().position(|&byte| byte == b'"' || byte == b'\\') {
        at += step;
        if bytes[at] == b'"' {
            return (TokenKind::Text, at + 1);
        }
        at += 1 + char_length(rest, at + 1);
    }
    (TokenKind::Unclosed, rest.len())
}

fn char_length(text: &str, at: usize) -> usize {
    text[at..].chars().next().map_or(0, char::len_utf8)
}

fn raw_string(rest: &str, prefix: usize, hashes: usize) -> (TokenKind, usize) {
    let from = prefix + hashes + 1;
    let ending = format!("\"{}", "#".repeat(hashes));
    match rest[from..].find(&ending) {
        Some(length) => (TokenKind::Text, from + length + ending.len()),
        None => (TokenKind::Unclosed, rest.len()),
    }
}

/// A character whose opening ends at `from`; a single quote that opens none stands for nothing.
fn letter(rest: &str, from: usize) -> (TokenKind, usize) {
    let mut end = from + char_length(rest, from);
    if rest[from..].starts_with('\\') {
        end += char_length(rest, end);
        let digits = rest[end..].bytes().take(8);
        end += digits.take_while(|byte| byte.is_ascii_hexdigit() || matches!(byte, b'{' | b'}')).count();
    }
    let is_closed = end > from && rest[end..].starts_with('\'');
    if is_closed { (TokenKind::Letter, end + 1) } else { (TokenKind::Other, from) }
}

fn line_comment(rest: &str) -> (TokenKind, usize) {
    let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
    (TokenKind::LineComment, line.trim_end_matches('\r').len())
}

/// Block comments stand within each other.
fn block_comment(rest: &str) -> (TokenKind, usize) {
    let bytes = rest.as_bytes();
    let (mut level, mut at) = (1, 2);
    while let Some(step) = bytes[at..].iter().position(|&byte| byte == b'/' || byte == b'*') {
        at += step;
        match bytes.get(at..at + 2) {
            Some(b"/*") => (level, at) = (level + 1, at + 2),
            Some(b"*/") => (level, at) = (level - 1, at + 2),
            _ => at += 1,
        }
        if level == 0 {
            return (TokenKind::BlockComment, at);
        }
    }
    (TokenKind::Unclosed, rest.len())
}

/// The bracket that closes this one.
pub(super) const fn closing_of(bracket: u8) -> u8 {
    match bracket {
        b'(' => b')',
        b'[' => b']',
        _ => b'}',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn solid(text: &str) -> Vec<&str> {
        Lexer::new(text, 0).filter(|token| !token.is_trivia()).map(|token| &text[token.span()]).collect()
    }

    #[test]
    fn strings_end_where_ron_ends_them() {
        assert_eq!(solid(r#"a:"x\"y\\",b"#), ["a", ":", r#""x\"y\\""#, ",", "b"]);
        assert_eq!(
            solid(r###"r#"a"b"# br##"c"# "## b"d\"e""###),
            [r##"r#"a"b"#"##, r###"br##"c"# "##"###, r#"b"d\"e""#]
        );
        assert_eq!(solid("\"a\\\r\n   b\""), ["\"a\\\r\n   b\""]);
    }

    #[test]
    fn characters_and_raw_names_are_whole() {
        assert_eq!(
            solid(r#"'"' '\'' '\u{22}' b'"' r#title r##"#),
            [r#"'"'"#, r"'\''", r"'\u{22}'", r#"b'"'"#, "r#title", "r", "#", "#"]
        );
        assert_eq!(solid("'''"), ["'''"]);
    }

    #[test]
    fn comments_stand_within_each_other() {
        let text = "1 /* a /* b */ c */ 2 // d \" e\n3 /*/ */ 4 /**/ 5";
        assert_eq!(solid(text), ["1", "2", "3", "4", "5"]);
    }

    #[test]
    fn the_odd_white_space_of_ron_ends_a_word() {
        for space in ['\u{85}', '\u{200E}', '\u{200F}', '\u{2028}', '\u{2029}', '\u{B}', '\u{C}'] {
            assert_eq!(
                solid(&format!("r#name{space}:{space}1.5e+3{space},")),
                ["r#name", ":", "1.5e+3", ","]
            );
        }
        assert_eq!(solid("tên\u{A0}x“y”"), ["tên", "\u{A0}", "x", "“", "y", "”"]);
    }

    #[test]
    fn what_is_not_closed_goes_on_to_the_end() {
        for text in ["\"abc", "\"abc\\", "r#\"abc\"", "/* a /* b */", "b\"", "\"\\"] {
            let last = Lexer::new(text, 0).last().expect("a token");
            assert_eq!((last.kind, last.end), (TokenKind::Unclosed, text.len()), "{text}");
        }
    }
}
