//! What is wrong with the brackets, quotes and commas of a text: where it was opened, not where it hurt.

use super::lex::{Lexer, RonToken, TokenKind, closing_of, is_curly_quote, is_false_space};
use super::problem::{FieldFlaw, Flaw, Located};
use super::schema::Holds;
use crate::plan::Quarter;
use crate::text::LineStarts;

/// The first flaw in the structure of a text that `ron` refused, and where it is.
pub(super) fn flaw(text: &str) -> Located {
    if let Some(at) = conflict_mark(text) {
        return Some((at, Flaw::CONFLICT_MARK));
    }
    let mut scan = Scan { text, frame: OpenBracket::new(b'[', 0), outer: Vec::new() };
    // Where an attribute is not closed, `ron` knows best what is wrong with it.
    let mut lexer = Lexer::behind_attributes(text)?;
    while let Some(token) = lexer.next_solid() {
        if let Some(flaw) = scan.step(token) {
            return Some(flaw);
        }
    }
    scan.end()
}

/// Where git has left two versions of a line beside each other.
fn conflict_mark(text: &str) -> Option<usize> {
    let is_line = |&(at, mark): &(usize, &str)| {
        let rest = &text[at + mark.len()..];
        (at == 0 || text[..at].ends_with('\n')) && (rest.is_empty() || rest.starts_with([' ', '\r', '\n']))
    };
    let marks = ["<<<<<<<", ">>>>>>>"].into_iter().filter_map(|mark| text.match_indices(mark).find(is_line));
    marks.map(|(at, _)| at).min()
}

/// A bracket that is open, and how far its contents have come.
#[derive(Clone, Copy)]
struct OpenBracket {
    bracket: u8,
    at: usize,
    /// Whether it has a field with a name, as a struct has.
    is_named: bool,
    state: FrameState,
}

#[derive(Clone, Copy)]
enum FrameState {
    /// An element or the closing bracket may come.
    Start,
    /// A word has come: the name of a field, the name of a struct, or a value.
    Word(RonToken),
    /// The name of a field and its colon.
    Colon(RonToken),
    /// The name of a field, and a word behind its colon.
    Value(RonToken, RonToken),
    /// A whole value, ended by this token.
    Done(RonToken),
}

impl OpenBracket {
    const fn new(bracket: u8, at: usize) -> Self {
        Self { bracket, at, is_named: false, state: FrameState::Start }
    }
}

struct Scan<'a> {
    text: &'a str,
    /// The innermost.
    frame: OpenBracket,
    /// Those around it; the first stands for the text as a whole.
    outer: Vec<OpenBracket>,
}

impl Scan<'_> {
    fn step(&mut self, token: RonToken) -> Located {
        match (token.kind, self.frame.state) {
            (TokenKind::Unclosed, _) => Some(self.unclosed(token)),
            (TokenKind::Other, _) => Some(self.stray(token)),
            (TokenKind::Close(bracket), _) => self.close(token, bracket),
            // Within braces anything may come.
            (TokenKind::Open(bracket), _) if self.frame.bracket == b'{' => self.open(token, bracket),
            _ if self.frame.bracket == b'{' => None,
            (_, FrameState::Start) => self.start(token),
            (_, FrameState::Word(word)) => self.after_word(word, token),
            (_, FrameState::Colon(name)) => self.after_colon(name, token),
            (_, FrameState::Value(name, word)) => self.after_value_word(name, word, token),
            (_, FrameState::Done(last)) => self.after_value(last, token),
        }
    }

    fn words(&self, token: RonToken) -> String {
        self.text[token.span()].to_owned()
    }

    const fn is_whole(&self) -> bool {
        self.outer.is_empty()
    }

    fn are_on_line(&self, last: RonToken, next: RonToken) -> bool {
        !self.text[last.end..next.start].contains('\n')
    }

    const fn go(&mut self, state: FrameState) -> Located {
        self.frame.state = state;
        None
    }

    fn open(&mut self, token: RonToken, bracket: u8) -> Located {
        self.outer.push(std::mem::replace(&mut self.frame, OpenBracket::new(bracket, token.start)));
        None
    }

    /// The bracket should have been closed before what was found there.
    fn open_at(&self, found: String, at: usize) -> (usize, Flaw) {
        let place = LineStarts::of(self.text).place(self.text, at);
        (self.frame.at, Flaw::Unclosed(self.frame.bracket, Some((found, place))))
    }

    fn unclosed(&self, token: RonToken) -> (usize, Flaw) {
        if self.text[token.start..].starts_with("/*") {
            return (token.start, Flaw::UNCLOSED_COMMENT);
        }
        match self.frame.state {
            FrameState::Done(last) if self.swallows(last, token) => (last.start, Flaw::UNCLOSED_TEXT),
            _ => (token.start, Flaw::UNCLOSED_TEXT),
        }
    }

    /// Whether a string that goes over lines, and is followed on its last one by something else, has taken a
    /// later opening for its end.
    fn swallows(&self, last: RonToken, next: RonToken) -> bool {
        let is_text = last.kind == TokenKind::Text;
        is_text && self.are_on_line(last, next) && self.text[last.span()].contains('\n')
    }

    fn stray(&self, token: RonToken) -> (usize, Flaw) {
        let c = self.text[token.start..].chars().next().unwrap_or(' ');
        let flaw = match (c, self.frame.state) {
            _ if is_curly_quote(c) => Flaw::CurlyQuote(c),
            _ if is_false_space(c) => Flaw::FalseSpace(c),
            ('=', FrameState::Word(name)) => Flaw::MissingColon(self.words(name)),
            (';', FrameState::Word(_) | FrameState::Value(..) | FrameState::Done(_)) => Flaw::SEMICOLON,
            ('\'', _) => Flaw::SINGLE_QUOTE,
            _ => Flaw::Stray(c),
        };
        (token.start, flaw)
    }

    fn start(&mut self, token: RonToken) -> Located {
        match token.kind {
            TokenKind::Word => self.go(FrameState::Word(token)),
            TokenKind::Open(_) if self.frame.is_named => Some(self.open_at(self.words(token), token.start)),
            TokenKind::Open(bracket) => self.open(token, bracket),
            TokenKind::Text if self.frame.is_named => Some((token.start, Flaw::MISSING_NAME)),
            TokenKind::Comma => Some((token.start, Flaw::Stray(','))),
            TokenKind::Colon => Some((token.start, Flaw::Stray(':'))),
            _ => self.go(FrameState::Done(token)),
        }
    }

    fn after_word(&mut self, word: RonToken, token: RonToken) -> Located {
        let is_struct = self.frame.bracket == b'(';
        match token.kind {
            TokenKind::Colon if self.is_whole() => Some((word.start, Flaw::NO_PLAN)),
            TokenKind::Colon if !is_struct => Some(self.open_at(self.words(word) + ":", word.start)),
            TokenKind::Colon => {
                self.frame.is_named = true;
                self.go(FrameState::Colon(word))
            }
            TokenKind::Open(b'(') => self.open(token, b'('),
            TokenKind::Comma if self.frame.is_named => {
                Some((word.start, Flaw::MissingColon(self.words(word))))
            }
            TokenKind::Comma => self.after_value(word, token),
            _ if self.is_whole() => Some((word.start, Flaw::NO_PLAN)),
            _ if is_struct => Some((word.end, Flaw::MissingColon(self.words(word)))),
            _ => Some(self.unquoted_or_no_comma("", word, token)),
        }
    }

    fn after_colon(&mut self, name: RonToken, token: RonToken) -> Located {
        match token.kind {
            TokenKind::Word => self.go(FrameState::Value(name, token)),
            TokenKind::Text | TokenKind::Letter => self.go(FrameState::Done(token)),
            TokenKind::Open(bracket) => self.open(token, bracket),
            TokenKind::Comma => Some((name.start, Flaw::MissingValue(self.words(name)))),
            _ => Some((token.start, Flaw::Stray(':'))),
        }
    }

    fn after_value_word(&mut self, name: RonToken, word: RonToken, token: RonToken) -> Located {
        match token.kind {
            TokenKind::Open(b'(') => self.open(token, b'('),
            TokenKind::Comma => self.go(FrameState::Start),
            _ => Some(self.unquoted_or_no_comma(&self.text[name.span()], word, token)),
        }
    }

    fn unquoted_or_no_comma(&self, field: &str, word: RonToken, token: RonToken) -> (usize, Flaw) {
        let is_name = Quarter::ALL.iter().any(|quarter| quarter.name() == &self.text[word.span()]);
        let goes_on = matches!(token.kind, TokenKind::Word | TokenKind::Colon);
        if is_name || !goes_on || !self.are_on_line(word, token) {
            return (word.end, Flaw::MISSING_COMMA);
        }
        if field != "status" {
            return (word.start, Flaw::Unquoted(self.words(word)));
        }
        let line = self.text[word.start..].split([',', ')', '\n']).next().unwrap_or("");
        let found = line.chars().take(40).collect::<String>().trim().to_owned();
        (word.start, Flaw::Fields(FieldFlaw::Value("status", Holds::Status, found)))
    }

    fn after_value(&mut self, last: RonToken, token: RonToken) -> Located {
        if self.is_whole() {
            return Some((token.start, Flaw::TOO_MUCH));
        }
        if token.kind == TokenKind::Comma {
            return self.go(FrameState::Start);
        }
        let next = || Lexer::new(self.text, token.end).next_solid();
        let begins_field = token.kind == TokenKind::Word
            && last.end < token.start
            && next().is_some_and(|next| next.kind == TokenKind::Colon);
        if last.kind != TokenKind::Text || !self.are_on_line(last, token) || begins_field {
            return Some((last.end, Flaw::MISSING_COMMA));
        }
        if self.swallows(last, token) {
            return Some((last.start, Flaw::UNCLOSED_TEXT));
        }
        Some((last.end - 1, Flaw::QUOTE_WITHIN))
    }

    fn close(&mut self, token: RonToken, closing: u8) -> Located {
        let Some(&outer) = self.outer.last() else {
            return Some((token.start, Flaw::ClosesNothing(closing)));
        };
        if closing_of(self.frame.bracket) != closing {
            return Some(self.open_at(self.words(token), token.start));
        }
        match self.frame.state {
            FrameState::Colon(name) => return Some((name.start, Flaw::MissingValue(self.words(name)))),
            FrameState::Word(word) if self.frame.is_named => {
                return Some((word.end, Flaw::MissingColon(self.words(word))));
            }
            _ => {}
        }
        self.outer.pop();
        self.frame = OpenBracket { state: FrameState::Done(token), ..outer };
        None
    }

    fn end(&self) -> Located {
        let OpenBracket { bracket, at, .. } = self.frame;
        (!self.is_whole()).then_some((at, Flaw::Unclosed(bracket, None)))
    }
}
