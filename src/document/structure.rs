//! What is wrong with the brackets, quotes and commas of a text: where it was opened, not where it hurt.

use super::lex::{Lexer, Token, TokenKind, closing_of, is_curly_quote, is_false_space};
use super::problem::{Flaw, Located};
use super::schema::Holds;
use crate::plan::Quarter;

/// The first flaw in the structure of a text that `ron` refused, and where it is.
pub(super) fn flaw(text: &str) -> Option<(usize, Flaw)> {
    if let Some(at) = conflict_mark(text) {
        return Some((at, Flaw::CONFLICT_MARK));
    }
    let mut scan = Scan { text, frames: vec![OpenBracket::new(b'[', 0)] };
    let mut lexer = Lexer::at_start_of(text);
    skip_attributes(text, &mut lexer)?;
    while let Some(token) = lexer.next_solid() {
        if let Some(flaw) = scan.step(token, &lexer) {
            return Some(flaw);
        }
    }
    scan.end()
}

/// Where git has left two versions of a line beside each other.
fn conflict_mark(text: &str) -> Option<usize> {
    let is_mark = |line: &str| {
        line.strip_prefix("<<<<<<<")
            .or_else(|| line.strip_prefix(">>>>>>>"))
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\r']))
    };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if is_mark(line.trim_end_matches('\n')) {
            return Some(at);
        }
        at += line.len();
    }
    None
}

/// None if an attribute is not closed: `ron` knows best what is wrong with it.
fn skip_attributes(text: &str, lexer: &mut Lexer) -> Option<()> {
    let mut ahead = lexer.clone();
    while ahead.next_solid().is_some_and(|token| text[token.span()] == *"#") {
        ahead.find(|token| token.kind == TokenKind::Close(b']'))?;
        *lexer = ahead.clone();
    }
    Some(())
}

/// A bracket that is open, and how far its contents have come.
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
    Word(Token),
    /// The name of a field and its colon.
    Colon(Token),
    /// The name of a field, and a word behind its colon.
    Value(Token, Token),
    /// A whole value, ended by this token.
    Done(Token),
}

impl OpenBracket {
    const fn new(bracket: u8, at: usize) -> Self {
        Self { bracket, at, is_named: false, state: FrameState::Start }
    }

    const fn is_struct(&self) -> bool {
        self.bracket == b'('
    }
}

struct Scan<'a> {
    text: &'a str,
    /// The first stands for the text as a whole.
    frames: Vec<OpenBracket>,
}

impl Scan<'_> {
    fn step(&mut self, token: Token, rest: &Lexer) -> Located {
        match token.kind {
            TokenKind::Unclosed => return Some(self.unclosed(token)),
            TokenKind::Other => return Some(self.stray(token)),
            TokenKind::Close(bracket) => return self.close(token, bracket),
            _ => {}
        }
        let frame = self.frames.last()?;
        if frame.bracket == b'{' {
            self.pass(token);
            return None;
        }
        match frame.state {
            FrameState::Start => self.start(token),
            FrameState::Word(word) => self.after_word(word, token),
            FrameState::Colon(name) => self.after_colon(name, token),
            FrameState::Value(name, word) => self.after_value_word(name, word, token),
            FrameState::Done(last) => self.after_value(last, token, rest),
        }
    }

    fn words(&self, token: Token) -> String {
        self.text[token.span()].to_owned()
    }

    fn frame(&mut self) -> &mut OpenBracket {
        self.frames.last_mut().expect("the frame of the whole text is never closed")
    }

    fn go(&mut self, state: FrameState) -> Located {
        self.frame().state = state;
        None
    }

    fn open(&mut self, token: Token, bracket: u8) -> Located {
        self.frames.push(OpenBracket::new(bracket, token.start));
        None
    }

    /// Within braces anything may come.
    fn pass(&mut self, token: Token) {
        if let TokenKind::Open(bracket) = token.kind {
            self.open(token, bracket);
        }
    }

    fn unclosed(&self, token: Token) -> (usize, Flaw) {
        if self.text[token.start..].starts_with("/*") {
            return (token.start, Flaw::UNCLOSED_COMMENT);
        }
        match self.frames.last().map(|frame| frame.state) {
            Some(FrameState::Done(last)) if self.swallows(last, token) => (last.start, Flaw::UNCLOSED_TEXT),
            _ => (token.start, Flaw::UNCLOSED_TEXT),
        }
    }

    /// Whether a string that goes over lines, and is followed on its last one by something else, has taken a
    /// later opening for its end.
    fn swallows(&self, last: Token, next: Token) -> bool {
        let is_on_line = !self.text[last.end..next.start].contains('\n');
        last.kind == TokenKind::Text && is_on_line && self.text[last.span()].contains('\n')
    }

    fn stray(&self, token: Token) -> (usize, Flaw) {
        let c = self.text[token.start..].chars().next().unwrap_or(' ');
        let state = self.frames.last().map(|frame| frame.state);
        let flaw = match (c, state) {
            _ if is_curly_quote(c) => Flaw::CurlyQuote(c),
            _ if is_false_space(c) => Flaw::FalseSpace(c),
            ('=', Some(FrameState::Word(name))) => Flaw::MissingColon(self.words(name)),
            (';', Some(FrameState::Word(_) | FrameState::Value(..) | FrameState::Done(_))) => Flaw::SEMICOLON,
            ('\'', _) => Flaw::SINGLE_QUOTE,
            _ => Flaw::Stray(c),
        };
        (token.start, flaw)
    }

    fn start(&mut self, token: Token) -> Located {
        let frame = self.frame();
        let (bracket, at, is_named) = (frame.bracket, frame.at, frame.is_named);
        match token.kind {
            TokenKind::Word => self.go(FrameState::Word(token)),
            TokenKind::Open(_) if is_named => {
                Some((at, Flaw::Unclosed { bracket, found: Some((self.words(token), token.start)) }))
            }
            TokenKind::Open(bracket) => self.open(token, bracket),
            TokenKind::Text if is_named => Some((token.start, Flaw::MISSING_NAME)),
            TokenKind::Comma => Some((token.start, Flaw::Stray(','))),
            TokenKind::Colon => Some((token.start, Flaw::Stray(':'))),
            _ => self.go(FrameState::Done(token)),
        }
    }

    fn after_word(&mut self, word: Token, token: Token) -> Located {
        let (is_struct, at, bracket, is_whole) =
            (self.frame().is_struct(), self.frame().at, self.frame().bracket, self.frames.len() == 1);
        match token.kind {
            TokenKind::Colon if is_whole => Some((word.start, Flaw::NO_PLAN)),
            TokenKind::Colon if !is_struct => {
                Some((at, Flaw::Unclosed { bracket, found: Some((self.words(word) + ":", word.start)) }))
            }
            TokenKind::Colon => {
                self.frame().is_named = true;
                self.go(FrameState::Colon(word))
            }
            TokenKind::Open(b'(') => self.open(token, b'('),
            TokenKind::Comma if self.frame().is_named => {
                Some((word.start, Flaw::MissingColon(self.words(word))))
            }
            TokenKind::Comma => self.after_value(word, token, &Lexer::new(self.text, token.end)),
            _ if is_whole => Some((word.start, Flaw::NO_PLAN)),
            _ if is_struct => Some((word.end, Flaw::MissingColon(self.words(word)))),
            _ => Some(self.unquoted_or_no_comma("", word, token)),
        }
    }

    fn after_colon(&mut self, name: Token, token: Token) -> Located {
        match token.kind {
            TokenKind::Word => self.go(FrameState::Value(name, token)),
            TokenKind::Text | TokenKind::Letter => self.go(FrameState::Done(token)),
            TokenKind::Open(bracket) => self.open(token, bracket),
            TokenKind::Comma => Some((name.start, Flaw::MissingValue(self.words(name)))),
            _ => Some((token.start, Flaw::Stray(':'))),
        }
    }

    fn after_value_word(&mut self, name: Token, word: Token, token: Token) -> Located {
        match token.kind {
            TokenKind::Open(b'(') => self.open(token, b'('),
            TokenKind::Comma => self.go(FrameState::Start),
            _ => Some(self.unquoted_or_no_comma(&self.words(name), word, token)),
        }
    }

    fn unquoted_or_no_comma(&self, field: &str, word: Token, token: Token) -> (usize, Flaw) {
        let is_on_line = !self.text[word.end..token.start].contains('\n');
        let is_name = Quarter::ALL.iter().any(|quarter| quarter.name() == &self.text[word.span()]);
        if is_name || !is_on_line || !matches!(token.kind, TokenKind::Word | TokenKind::Colon) {
            return (word.end, Flaw::MISSING_COMMA);
        }
        if field != "status" {
            return (word.start, Flaw::Unquoted(self.words(word)));
        }
        let line = self.text[word.start..].split([',', ')', '\n']).next().unwrap_or("");
        let found = line.chars().take(40).collect::<String>().trim().to_owned();
        (word.start, Flaw::Value { field: "status", holds: Holds::Status, found })
    }

    fn after_value(&mut self, last: Token, token: Token, rest: &Lexer) -> Located {
        if token.kind == TokenKind::Comma {
            if self.frames.len() == 1 {
                return Some((token.start, Flaw::TOO_MUCH));
            }
            return self.go(FrameState::Start);
        }
        if self.frames.len() == 1 {
            return Some((token.start, Flaw::TOO_MUCH));
        }
        let is_on_line = !self.text[last.end..token.start].contains('\n');
        let begins_field = token.kind == TokenKind::Word
            && last.end < token.start
            && rest.clone().next_solid().is_some_and(|next| next.kind == TokenKind::Colon);
        if last.kind != TokenKind::Text || !is_on_line || begins_field {
            return Some((last.end, Flaw::MISSING_COMMA));
        }
        if self.swallows(last, token) {
            return Some((last.start, Flaw::UNCLOSED_TEXT));
        }
        Some((last.end - 1, Flaw::QUOTE_WITHIN))
    }

    fn close(&mut self, token: Token, closing: u8) -> Located {
        let is_whole = self.frames.len() == 1;
        let (bracket, at, is_named, state) =
            (self.frame().bracket, self.frame().at, self.frame().is_named, self.frame().state);
        if is_whole {
            return Some((token.start, Flaw::ClosesNothing(closing)));
        }
        if closing_of(bracket) != closing {
            return Some((at, Flaw::Unclosed { bracket, found: Some((self.words(token), token.start)) }));
        }
        match state {
            FrameState::Colon(name) => return Some((name.start, Flaw::MissingValue(self.words(name)))),
            FrameState::Word(word) if is_named => {
                return Some((word.end, Flaw::MissingColon(self.words(word))));
            }
            _ => {}
        }
        self.frames.pop();
        self.go(FrameState::Done(token))
    }

    fn end(&self) -> Located {
        let frame = self.frames.last().filter(|_| self.frames.len() > 1)?;
        Some((frame.at, Flaw::Unclosed { bracket: frame.bracket, found: None }))
    }
}
