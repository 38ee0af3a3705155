//! The words, numbers and signs of a written time.

use std::str::Chars;

use chrono::Weekday;

use super::Quarter;

/// One of them. Words are without tones and in lower case, with one word for those that mean the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Number(Number),
    Roman(Quarter),
    Weekday(Weekday),
    Word(&'a str),
    Mark(char),
}

/// A number as written: `05` is not `5` where years are told from months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) value: u32,
    /// 0 where the number was written as a word.
    pub(super) digits: usize,
}

impl Number {
    /// More than any calendar has where it does not fit.
    pub(super) fn read(digits: &str) -> Self {
        Self { value: digits.parse().unwrap_or(u32::MAX), digits: digits.len() }
    }

    /// Some of its digits, the last of them so many places before the end: of `3006` the two at 2 are `30`.
    pub(super) const fn part(self, digits: u32, place: u32) -> Self {
        Self { value: self.value / 10_u32.pow(place) % 10_u32.pow(digits), digits: digits as usize }
    }
}

/// The tokens of a folded text. The stop at its end says nothing and is left out, and so does `của`.
pub(super) fn tokens(folded: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = folded.strip_suffix("./.").unwrap_or(folded).trim_end_matches(['.', ',', ';', ' ']);
    while let Some(first) = rest.chars().next() {
        let end = end_of_run(first, rest.chars());
        let (run, behind) = rest.split_at(end);
        match first {
            ' ' => {}
            _ if first.is_ascii_digit() => enter_number(Number::read(run), &mut tokens),
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
        ';' => ',',
        '[' => '(',
        ']' => ')',
        _ => mark,
    }
}

fn enter_number(number: Number, tokens: &mut Vec<Token<'_>>) {
    drop_stop(tokens);
    match (tokens.last(), weekday_numbered(number.value)) {
        (Some(Token::Word("thu")), Some(weekday)) => replace_last(tokens, Token::Weekday(weekday)),
        _ => tokens.push(Token::Number(number)),
    }
}

fn enter_word<'a>(word: &'a str, tokens: &mut Vec<Token<'a>>) {
    let word_number = |value| Token::Number(Number { value, digits: 0 });
    let last = tokens.last().copied();
    if let Some(quarter) = roman(word) {
        drop_stop(tokens);
        tokens.push(Token::Roman(quarter));
    } else if let Some(quarter) = word.strip_prefix("quy").or(word.strip_prefix('q')).and_then(roman) {
        tokens.extend([Token::Word("quy"), Token::Roman(quarter)]);
    } else if let Some(month) = month_named(word) {
        tokens.extend([Token::Word("thang"), Token::Number(Number { value: month, digits: 2 })]);
    } else if let Some(weekday) = weekday_named(last, word) {
        if matches!(last, Some(Token::Word("thu" | "chu"))) {
            tokens.pop();
        }
        tokens.push(Token::Weekday(weekday));
    } else if let Some(value) = counted(last, word) {
        tokens.push(word_number(value));
    } else if let (Some(Token::Number(Number { value: 10, digits: 0 })), "mot" | "hai") = (last, word) {
        replace_last(tokens, word_number(if word == "mot" { 11 } else { 12 }));
    } else {
        tokens.extend(same_word(word));
    }
}

/// The stop of `Q.IV` and `T.5`.
fn drop_stop(tokens: &mut Vec<Token<'_>>) {
    if let [.., Token::Word("quy" | "thang"), Token::Mark('.')] = tokens.as_slice() {
        tokens.pop();
    }
}

fn replace_last<'a>(tokens: &mut Vec<Token<'a>>, token: Token<'a>) {
    tokens.pop();
    tokens.push(token);
}

fn same_word(word: &str) -> Option<Token<'_>> {
    Some(match word {
        "cua" | "of" => return None,
        "q" | "qui" | "quarter" => Token::Word("quy"),
        "t" | "thg" | "month" | "months" => Token::Word("thang"),
        "week" | "weeks" => Token::Word("tuan"),
        "day" | "days" => Token::Word("ngay"),
        "year" => Token::Word("nam"),
        "toi" => Token::Word("den"),
        "end" => Token::Word("cuoi"),
        "before" => Token::Word("truoc"),
        "moi" | "tung" | "every" => Token::Word("hang"),
        "va" | "and" | "hoac" => Token::Mark('&'),
        _ => Token::Word(word),
    })
}

fn roman(word: &str) -> Option<Quarter> {
    Quarter::ALL.into_iter().find(|quarter| quarter.roman().eq_ignore_ascii_case(word))
}

/// The number in words of a month or a quarter, which it stands behind: `tháng Mười`, `quý hai`.
fn counted(before: Option<Token<'_>>, word: &str) -> Option<u32> {
    const NUMBERS: [&[&str]; 10] = [
        &["mot"],
        &["hai"],
        &["ba"],
        &["tu", "bon"],
        &["nam"],
        // Without its tone "tháng sáu" is "tháng sau".
        &[],
        &["bay"],
        &["tam"],
        &["chin"],
        &["muoi"],
    ];
    let known = match before {
        Some(Token::Word("thang")) => 10,
        Some(Token::Word("quy")) => 4,
        _ => 0,
    };
    let at = NUMBERS[..known].iter().position(|names| names.contains(&word))?;
    Some(at as u32 + 1)
}

/// `thứ Hai`, `Chủ nhật`, `CN`, `Monday`.
fn weekday_named(before: Option<Token<'_>>, word: &str) -> Option<Weekday> {
    let number = match (before, word) {
        (Some(Token::Word("thu")), "hai") | (_, "monday") => 2,
        (Some(Token::Word("thu")), "ba") | (_, "tuesday") => 3,
        (Some(Token::Word("thu")), "tu") | (_, "wednesday") => 4,
        (Some(Token::Word("thu")), "nam") | (_, "thursday") => 5,
        (Some(Token::Word("thu")), "sau") | (_, "friday") => 6,
        (Some(Token::Word("thu")), "bay") | (_, "saturday") => 7,
        (Some(Token::Word("chu")), "nhat") | (_, "cn" | "sunday") => return Some(Weekday::Sun),
        _ => return None,
    };
    weekday_numbered(number)
}

/// Monday is the second day of the week: `thứ 2`.
pub(super) fn weekday_numbered(number: u32) -> Option<Weekday> {
    let days_since_monday = u8::try_from(number.checked_sub(2)?).ok()?;
    Weekday::try_from(days_since_monday).ok().filter(|weekday| *weekday != Weekday::Sun)
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
        for text in ["quyii", "qii", "quy ii.", "q.ii", "quy ii./."] {
            assert_eq!(tokens(text), expected, "{text}");
        }
    }

    #[test]
    fn a_number_may_be_a_word() {
        let number = |text| tokens(text).pop();
        assert_eq!(number("thang muoi"), Some(Token::Number(Number { value: 10, digits: 0 })));
        assert_eq!(number("thang muoi hai"), Some(Token::Number(Number { value: 12, digits: 0 })));
        assert_eq!(number("quy nam"), Some(Token::Word("nam")));
        assert_eq!(tokens("thu tu"), [Token::Weekday(Weekday::Wed)]);
        assert_eq!(tokens("thu 7"), [Token::Weekday(Weekday::Sat)]);
        assert_eq!(tokens("chu nhat"), [Token::Weekday(Weekday::Sun)]);
    }
}
