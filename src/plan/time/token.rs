//! The words, numbers and signs of a written time.

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
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) value: u32,
    /// 0 where the number was written as a word.
    pub(super) digits: usize,
}

impl Number {
    /// More than any calendar has where it does not fit.
    fn read(digits: &str) -> Self {
        Self { value: digits.parse().unwrap_or(u32::MAX), digits: digits.len() }
    }

    pub(super) const fn of_word(value: u32) -> Self {
        Self { value, digits: 0 }
    }

    /// Some of its digits, the last of them so many places before the end: of `3006` the two at 2 are `30`.
    pub(super) const fn part(self, digits: u32, place: u32) -> Self {
        Self { value: self.value / 10_u32.pow(place) % 10_u32.pow(digits), digits: digits as usize }
    }
}

/// Words that are read as another, which is a sign for `và` and nothing at all for `của`.
const SAME: [(&str, &str); 11] = [
    ("cua|of", ""),
    ("q|qui|quarter", "quy"),
    ("t|thg|month|months", "thang"),
    ("week|weeks", "tuan"),
    ("day|days", "ngay"),
    ("year", "nam"),
    ("toi", "den"),
    ("end", "cuoi"),
    ("before", "truoc"),
    ("moi|tung|every", "hang"),
    ("va|and|hoac", "&"),
];

/// The numbers of months and quarters. Without its tone "tháng sáu" is "tháng sau".
const NUMBERS: &str = "mot hai ba tu|bon nam - bay tam chin muoi";

const MONTHS: &str = "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sep \
    october|oct november|nov december|dec";

/// The days from Monday on, the second of the week, behind `thứ` and in English.
const WEEKDAYS: &str = "hai ba tu nam sau bay";
const ENGLISH_WEEKDAYS: &str = "monday tuesday wednesday thursday friday saturday";

/// Where a word stands in a list, from 1.
fn number_in(list: &str, word: &str) -> Option<u32> {
    let at = list.split(' ').position(|names| is_one_of(names, word))?;
    Some(at as u32 + 1)
}

/// Whether a word is the beginning of one in a list.
fn begins_in(list: &str, word: &str) -> bool {
    list.split([' ', '|']).any(|it| it.starts_with(word))
}

/// The tokens of a folded text. The stop at its end says nothing and is left out.
pub(super) fn tokens(folded: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = folded.strip_suffix("./.").unwrap_or(folded).trim_end_matches(['.', ',', ';', ' ']);
    while let Some(first) = rest.chars().next() {
        // Letters stand together and so do digits; every sign stands alone.
        let length = match first {
            _ if first.is_ascii_digit() => rest.find(|c: char| !c.is_ascii_digit()),
            _ if first.is_alphabetic() => rest.find(|c: char| !c.is_alphabetic()),
            _ => Some(first.len_utf8()),
        };
        let (run, behind) = rest.split_at(length.unwrap_or(rest.len()));
        match first {
            ' ' => {}
            _ if first.is_ascii_digit() => enter_number(Number::read(run), &mut tokens),
            _ if first.is_alphabetic() => enter_word(run, &mut tokens),
            ';' => tokens.push(Token::Mark(',')),
            '[' => tokens.push(Token::Mark('(')),
            ']' => tokens.push(Token::Mark(')')),
            _ => tokens.push(Token::Mark(first)),
        }
        rest = behind;
    }
    tokens
}

fn enter_number(number: Number, tokens: &mut Vec<Token<'_>>) {
    drop_stop(tokens);
    match (tokens.last(), weekday_numbered(number.value)) {
        (Some(Token::Word("thu")), Some(weekday)) => replace_last(tokens, Token::Weekday(weekday)),
        _ => tokens.push(Token::Number(number)),
    }
}

fn enter_word<'a>(word: &'a str, tokens: &mut Vec<Token<'a>>) {
    let last = tokens.last().copied();
    if let Some(quarter) = roman(word) {
        drop_stop(tokens);
        tokens.push(Token::Roman(quarter));
    } else if let Some(quarter) = word.strip_prefix("quy").or(word.strip_prefix('q')).and_then(roman) {
        tokens.extend([Token::Word("quy"), Token::Roman(quarter)]);
    } else if let Some(value) = number_in(MONTHS, word) {
        tokens.extend([Token::Word("thang"), Token::Number(Number { value, digits: 2 })]);
    } else if let Some(weekday) = weekday_named(last, word) {
        if matches!(last, Some(Token::Word("thu" | "chu"))) {
            tokens.pop();
        }
        tokens.push(Token::Weekday(weekday));
    } else if let Some(value) = counted(last, word) {
        tokens.push(Token::Number(Number::of_word(value)));
    } else if let (Some(Token::Number(Number { value: 10, digits: 0 })), "mot" | "hai") = (last, word) {
        let value = if word == "mot" { 11 } else { 12 };
        replace_last(tokens, Token::Number(Number::of_word(value)));
    } else {
        match SAME.iter().find(|(others, _)| is_one_of(others, word)).map_or(word, |(_, same)| same) {
            "" => {}
            "&" => tokens.push(Token::Mark('&')),
            word => tokens.push(Token::Word(word)),
        }
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

fn roman(word: &str) -> Option<Quarter> {
    Quarter::ALL.into_iter().find(|quarter| quarter.roman().eq_ignore_ascii_case(word))
}

/// The number in words of a month or a quarter, which it stands behind: `tháng Mười`, `quý hai`.
fn counted(before: Option<Token<'_>>, word: &str) -> Option<u32> {
    let known = match before {
        Some(Token::Word("thang")) => 10,
        Some(Token::Word("quy")) => 4,
        _ => 0,
    };
    number_in(NUMBERS, word).filter(|&number| number <= known)
}

/// `thứ Hai`, `Chủ nhật`, `CN`, `Monday`.
fn weekday_named(before: Option<Token<'_>>, word: &str) -> Option<Weekday> {
    let is_behind = |first| before == Some(Token::Word(first));
    if matches!(word, "cn" | "sunday") || is_behind("chu") && word == "nhat" {
        return Some(Weekday::Sun);
    }
    let named = if is_behind("thu") { number_in(WEEKDAYS, word) } else { None };
    weekday_numbered(named.or_else(|| number_in(ENGLISH_WEEKDAYS, word))? + 1)
}

/// Monday is the second day of the week: `thứ 2`. Sunday has no number.
pub(super) fn weekday_numbered(number: u32) -> Option<Weekday> {
    let days_since_monday = u8::try_from(number.checked_sub(2)?).ok()?;
    Weekday::try_from(days_since_monday).ok().filter(|weekday| *weekday != Weekday::Sun)
}

/// Whether a word is one of those between `|`.
pub(super) fn is_one_of(words: &str, word: &str) -> bool {
    words.split('|').any(|it| it == word)
}

/// Whether the last word of a text, of which letters may still be missing, is the beginning of a word that is read
/// as this one, or of one that says nothing.
pub(super) fn begins_same(word: &str, whole: &str) -> bool {
    // One letter may be short for a word, and the first of another.
    let word = match word {
        "thang" => "t",
        "quy" => "q",
        word => word,
    };
    let is_same =
        |(others, same): &(&str, &str)| (*same == whole || same.is_empty()) && begins_in(others, word);
    whole.starts_with(word) || SAME.iter().any(is_same) || whole == "thang" && begins_in(MONTHS, word)
}

/// The same of a number in words.
pub(super) fn begins_number(word: &str) -> bool {
    begins_in(NUMBERS, if word == "thang" { "t" } else { word })
}

/// The same of the words for a weekday.
pub(super) fn begins_weekday(words: &[Token<'_>]) -> bool {
    match words {
        [Token::Word("chu"), Token::Word(word)] => "nhat".starts_with(word),
        [Token::Word("thu"), Token::Word(word)] => begins_in(WEEKDAYS, word),
        [Token::Word(word)] => begins_in(ENGLISH_WEEKDAYS, word) || begins_in("thu chu cn sunday", word),
        _ => false,
    }
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
