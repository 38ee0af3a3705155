//! The words, numbers and signs of a written time.

use std::str::Chars;

use super::Quarter;

/// One of them. Words are without tones and in lower case, with one word for those that mean the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Number(Number),
    Roman(Quarter),
    Word(&'a str),
    Mark(char),
}

/// A number as written: `05` is not `5` where years are told from months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) value: u32,
    pub(super) digits: usize,
}

impl Number {
    /// More than any calendar has where it does not fit.
    pub(super) fn read(digits: &str) -> Self {
        Self { value: digits.parse().unwrap_or(u32::MAX), digits: digits.len() }
    }
}

/// The tokens of a folded text. The stop at its end says nothing and is left out.
pub(super) fn tokens(folded: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = folded.trim_end_matches(['.', ',', ';', ' ']);
    while let Some(first) = rest.chars().next() {
        let end = end_of_run(first, rest.chars());
        let (run, behind) = rest.split_at(end);
        match first {
            ' ' => {}
            _ if first.is_ascii_digit() => tokens.push(Token::Number(Number::read(run))),
            _ if first.is_alphabetic() => enter_word(run, &mut tokens),
            _ => tokens.push(Token::Mark(sign(first))),
        }
        rest = behind;
    }
    tokens
}

/// Letters stand together and so do digits; every sign stands alone.
fn end_of_run(first: char, run: Chars<'_>) -> usize {
    let is_same = |letter: &char| match first {
        _ if first.is_ascii_digit() => letter.is_ascii_digit(),
        _ if first.is_alphabetic() => letter.is_alphabetic(),
        _ => false,
    };
    let rest: usize = run.skip(1).take_while(is_same).map(char::len_utf8).sum();
    first.len_utf8() + rest
}

fn sign(mark: char) -> char {
    match mark {
        ';' | '&' | '+' => ',',
        _ => mark,
    }
}

fn enter_word<'a>(word: &'a str, tokens: &mut Vec<Token<'a>>) {
    if let Some(quarter) = roman(word) {
        tokens.push(Token::Roman(quarter));
    } else if let Some(quarter) = word.strip_prefix("quy").or(word.strip_prefix('q')).and_then(roman) {
        tokens.extend([Token::Word("quy"), Token::Roman(quarter)]);
    } else if let Some(month) = month_named(word) {
        tokens.extend([Token::Word("thang"), Token::Number(Number { value: month, digits: 2 })]);
    } else {
        tokens.push(same_word(word));
    }
}

fn same_word(word: &str) -> Token<'_> {
    match word {
        "q" | "qui" | "quarter" => Token::Word("quy"),
        "t" | "thg" | "month" => Token::Word("thang"),
        "year" => Token::Word("nam"),
        "toi" | "to" => Token::Word("den"),
        "end" => Token::Word("cuoi"),
        "before" => Token::Word("truoc"),
        "moi" | "tung" | "every" => Token::Word("hang"),
        "va" | "and" | "hoac" => Token::Mark(','),
        _ => Token::Word(word),
    }
}

fn roman(word: &str) -> Option<Quarter> {
    Quarter::ALL.into_iter().find(|quarter| quarter.roman().eq_ignore_ascii_case(word))
}

/// An English month by its name or its first three letters.
fn month_named(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let at = MONTHS.iter().position(|month| *month == word || month[..3] == *word)?;
    Some(at as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_may_stand_close_to_its_number() {
        let expected = [Token::Word("quy"), Token::Roman(Quarter::Q2)];
        assert_eq!(tokens("quyii"), expected);
        assert_eq!(tokens("qii"), expected);
        assert_eq!(tokens("quy ii."), expected);
    }
}
