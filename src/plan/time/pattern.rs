//! Patterns of tokens, read from the head of a text. A text that ends within a pattern may become a time with the
//! next key; that is known here, and nowhere else.
//!
//! Several patterns are parted by `;`, and the first that fits counts. The parts of one stand between blanks; what may
//! stand in one place is parted by `|`. A part is a word or a sign as it is, or one of these:
//!
//! | | |
//! |---|---|
//! | `#` | a number |
//! | `D` | a number of at most two digits |
//! | `Y`, `y`, `z` | a year of four digits, of two (above 12, for it might be a month), or of either |
//! | `Z` | a number of two digits or more |
//! | `Q` | the number of a quarter, in figures of either kind |
//! | `W` | a weekday, as a number: Monday is 2, Sunday 8 |
//! | `S`, `±` | a word, a sign that says on which side of today |
//! | `X`, `A` | any word, a word that is of no time |
//! | `$` | the end of the text |
//!
//! What stands behind `>` must follow, and is not taken.

use std::cell::Cell;

use super::lead::is_of_time;
use super::token::{Number, Token, begins_number, begins_same, begins_weekday, is_one_of};

/// The rest of a text, which is read from its head on.
#[derive(Debug, Clone, Copy)]
pub(super) struct PatternCursor<'a> {
    pub(super) tokens: &'a [Token<'a>],
    /// Whether the text has ended within a pattern, where its end is that of all that was typed.
    expects_more: Option<&'a Cell<bool>>,
}

/// What a pattern has found at the head of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct PatternMatch {
    /// So many tokens.
    pub(super) length: usize,
    /// The numbers of the pattern; 1 for those that it does not have.
    pub(super) numbers: [Number; 3],
    /// -1 for what lies before, 1 for what comes.
    pub(super) side: i64,
}

impl<'a> PatternCursor<'a> {
    pub(super) const fn new(tokens: &'a [Token<'a>], expects_more: &'a Cell<bool>) -> Self {
        Self { tokens, expects_more: Some(expects_more) }
    }

    pub(super) const fn is_empty(self) -> bool {
        self.tokens.is_empty()
    }

    /// What is left behind so many tokens.
    pub(super) fn after(self, count: usize) -> Self {
        Self { tokens: &self.tokens[count..], ..self }
    }

    /// So many tokens and no more.
    pub(super) fn head(self, count: usize) -> Self {
        Self { tokens: &self.tokens[..count], expects_more: None }
    }

    /// The same text, where it does not matter what it may become.
    pub(super) fn as_it_is(self) -> Self {
        self.head(self.tokens.len())
    }

    pub(super) fn behind_marks(self) -> Self {
        self.after(self.tokens.iter().take_while(|token| matches!(token, Token::Mark(_))).count())
    }

    pub(super) fn find(self, patterns: &str) -> Option<PatternMatch> {
        // Most words of prose are in no pattern, and no pattern begins with just any word.
        if let [Token::Word(word), _, _, ..] = self.tokens
            && !patterns.contains(word)
        {
            return None;
        }
        patterns.split(';').find_map(|pattern| self.fit(pattern))
    }

    fn fit(self, pattern: &str) -> Option<PatternMatch> {
        let mut found = PatternMatch { length: 0, numbers: [Number::of_word(1); 3], side: 1 };
        let mut numbers = found.numbers.iter_mut();
        for (at, part) in pattern.split(' ').enumerate() {
            let (kinds, length) = part.strip_prefix('>').map_or((part, 1), |kinds| (kinds, 0));
            let mut kinds = kinds.split('|');
            match self.tokens.get(at).map(|token| kinds.clone().find_map(|kind| fits(kind, token))) {
                Some(Some(PatternValue::None)) => {}
                Some(Some(PatternValue::Side(side))) => found.side = side,
                Some(Some(PatternValue::Number(value))) => {
                    numbers.next().into_iter().for_each(|number| *number = value);
                }
                None if kinds.clone().any(|kind| kind == "$") => continue,
                None | Some(None) => {
                    if self.tokens.len() == at || kinds.any(|kind| begins(kind, &self.tokens[at..])) {
                        self.expect_more();
                    }
                    return None;
                }
            }
            found.length += length;
        }
        Some(found)
    }

    pub(super) fn begins(self, pattern: &str) -> bool {
        self.find(pattern).is_some()
    }

    /// Whether it stands anywhere in the text. Within prose only a whole word begins it.
    pub(super) fn has(self, pattern: &str) -> bool {
        let (first, _) = pattern.split_once(' ').unwrap_or((pattern, ""));
        let is_there = |at| self.as_it_is().after(at).begins(first) && self.after(at).begins(pattern);
        self.begins(pattern) || (1..self.tokens.len()).any(is_there)
    }

    /// Remembers that the text has ended where more was expected.
    pub(super) fn expect_more(self) {
        self.expects_more.inspect(|expects_more| expects_more.set(true));
    }

    /// Forgets it: all of the text has been read.
    pub(super) fn expect_no_more(self) {
        self.expects_more.inspect(|expects_more| expects_more.set(false));
    }

    pub(super) fn take(&mut self, pattern: &str) -> Option<PatternMatch> {
        let found = self.find(pattern)?;
        self.skip(found.length);
        Some(found)
    }

    pub(super) fn eat(&mut self, pattern: &str) -> bool {
        self.take(pattern).is_some()
    }

    pub(super) fn skip(&mut self, count: usize) {
        *self = self.after(count);
    }
}

/// What a token says in its place of a pattern.
enum PatternValue {
    None,
    Number(Number),
    Side(i64),
}

fn fits(kind: &str, token: &Token<'_>) -> Option<PatternValue> {
    let number = match (kind, *token) {
        ("D", Token::Number(number)) if number.digits < 3 => number,
        ("Y", Token::Number(number)) if number.digits == 4 => number,
        ("Z", Token::Number(number)) if number.digits > 1 => number,
        ("y" | "z", Token::Number(number)) if number.digits == 2 && number.value > 12 => number,
        ("z", Token::Number(number)) if number.digits > 2 => number,
        ("#" | "Q", Token::Number(number)) => number,
        ("Q", Token::Roman(quarter)) => Number::of_word(quarter.number() as u32),
        ("W", Token::Weekday(weekday)) => Number::of_word(weekday.number_from_monday() + 1),
        ("S", Token::Word(word)) => return side(word),
        ("±", Token::Mark('-')) => return Some(PatternValue::Side(-1)),
        ("±", Token::Mark('+')) => return Some(PatternValue::Side(1)),
        ("A", Token::Word(word)) if !is_of_time(word) => return Some(PatternValue::None),
        ("X", Token::Word(_)) => return Some(PatternValue::None),
        (_, Token::Word(word)) if word == kind => return Some(PatternValue::None),
        ("," | "/" | "-" | "." | "+" | "&" | "(" | ")" | ":", Token::Mark(mark))
            if kind.starts_with(mark) =>
        {
            return Some(PatternValue::None);
        }
        _ => return None,
    };
    Some(PatternValue::Number(number))
}

/// Which of the days, weeks or months: the last, this one or the next.
const SIDES: [(&str, i64); 3] = [("truoc|qua|ago|last", -1), ("nay", 0), ("sau|den|nua|next", 1)];

fn side(word: &str) -> Option<PatternValue> {
    SIDES.iter().find(|(words, _)| is_one_of(words, word)).map(|(_, side)| PatternValue::Side(*side))
}

/// Whether the end of the text may become this with the next key.
fn begins(kind: &str, end: &[Token<'_>]) -> bool {
    match (kind, end) {
        ("W", words) => begins_weekday(words),
        ("Y", [Token::Number(number)]) => begins_year(*number),
        ("y" | "Z" | "z", [Token::Number(number)]) => number.digits == 1 && number.value > 0,
        ("S", end) => SIDES.iter().any(|(words, _)| words.split('|').any(|word| begins(word, end))),
        ("#" | "D" | "Q", [Token::Word(word)]) => begins_number(word),
        (_, [Token::Word(word)]) => begins_same(word, kind),
        _ => false,
    }
}

/// A year of which digits are missing.
fn begins_year(number: Number) -> bool {
    match number.digits {
        1 => matches!(number.value, 1 | 2),
        2 => (19..=21).contains(&number.value),
        3 => (190..=219).contains(&number.value),
        _ => false,
    }
}
