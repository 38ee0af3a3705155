//! How much two names of agencies are alike.

use crate::text::{self, NameWord};

/// From the surest to the most doubtful.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// Nothing differs but perhaps the case of the first letter, which hangs on where a name stands.
    Same,
    /// Case, dashes, blanks or the place of a tone: one agency for the program as well.
    SpelledOtherwise,
    /// A tone is missing, two words are run together, or one letter is wrong.
    NearlySpelled,
    /// Words of the one are the initials of words of the other: `HĐ TĐKT` and `Hội đồng TĐKT`.
    Abbreviated,
}

/// A name with what is compared of it.
pub(super) struct Name<'a> {
    pub(super) text: &'a str,
    key: String,
    words: Vec<NameWord>,
    /// The words run together.
    letters: String,
    /// The first letters of words; abbreviations are that already.
    initials: String,
}

impl<'a> Name<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        // Abbreviations leave it out.
        let is_told = |word: &NameWord| word.letters != "va";
        let words: Vec<_> = text::name_words(text).into_iter().filter(is_told).collect();
        Self {
            text,
            key: text::name_key(text),
            letters: words.iter().map(|word| word.letters.as_str()).collect(),
            initials: words.iter().map(NameWord::initials).collect(),
            words,
        }
    }

    pub(super) fn likeness(&self, other: &Self) -> Option<Likeness> {
        if self.key == other.key {
            let is_same = is_same_but_first(self.text, other.text);
            return Some(if is_same { Likeness::Same } else { Likeness::SpelledOtherwise });
        }
        if self.letters == other.letters || is_one_letter_off(&self.words, &other.words) {
            return Some(Likeness::NearlySpelled);
        }
        let is_short = self.initials == other.initials && stand_for_each_other(&self.words, &other.words);
        is_short.then_some(Likeness::Abbreviated)
    }
}

fn is_same_but_first(one: &str, other: &str) -> bool {
    let (mut one, mut other) = (one.trim().chars(), other.trim().chars());
    let first = (one.next(), other.next());
    let is_first_same = match first {
        (Some(one), Some(other)) => one.to_lowercase().eq(other.to_lowercase()),
        _ => false,
    };
    is_first_same && one.as_str() == other.as_str()
}

/// The shortest words in which one wrong letter is doubted: `Hà` and `Hải`, `Mỹ` and `Mô` are places of their own.
const SHORTEST: usize = 4;

/// Whether all words are the same but for a letter of one: one too many, one too few, another, or two exchanged.
/// First letters and numbers are never slips: `Quảng Ninh` and `Quảng Bình`, `Khối 1` and `Khối 2`.
fn is_one_letter_off(one: &[NameWord], other: &[NameWord]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let mut different = one.iter().zip(other).filter(|(one, other)| one.letters != other.letters);
    match (different.next(), different.next()) {
        (Some((one, other)), None) => is_slip(&one.letters, &other.letters),
        _ => false,
    }
}

fn is_slip(one: &str, other: &str) -> bool {
    let is_roman = |word: &str| word.chars().all(|letter| "ivxlc".contains(letter));
    let has_digit = |word: &str| word.contains(|letter: char| letter.is_ascii_digit());
    let may_slip = |word: &&str| word.chars().count() >= SHORTEST && !has_digit(word) && !is_roman(word);
    let is_first_same = one.chars().next() == other.chars().next();
    is_first_same && [one, other].iter().all(may_slip) && text::slips(one, other) == 1
}

/// Whether every word has its like in the other name: itself, or words that it is the initials of.
fn stand_for_each_other(mut one: &[NameWord], mut other: &[NameWord]) -> bool {
    while let ([first, one_rest @ ..], [second, other_rest @ ..]) = (one, other) {
        if first.letters == second.letters {
            (one, other) = (one_rest, other_rest);
        } else if let Some(count) = words_meant(first, other) {
            (one, other) = (one_rest, &other[count..]);
        } else if let Some(count) = words_meant(second, one) {
            (one, other) = (&one[count..], other_rest);
        } else {
            return false;
        }
    }
    one.is_empty() && other.is_empty()
}

/// How many of the words an abbreviation stands for.
fn words_meant(short: &NameWord, words: &[NameWord]) -> Option<usize> {
    let mut letters = short.letters.as_str();
    for (at, word) in words.iter().enumerate().filter(|_| short.is_abbreviation) {
        letters = letters.strip_prefix(word.initials())?;
        if letters.is_empty() {
            return (at > 0).then_some(at + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn are(one: &str, other: &str, expected: Option<Likeness>) {
        assert_eq!(Name::of(one).likeness(&Name::of(other)), expected, "{one} | {other}");
        assert_eq!(Name::of(other).likeness(&Name::of(one)), expected, "{other} | {one}");
    }

    #[test]
    fn one_name_may_be_spelled_in_many_ways() {
        for (one, other) in [
            ("Văn Phòng UBND tỉnh", "Văn phòng UBND tỉnh"),
            ("Khối- Cụm thi đua", "Khối – Cụm thi đua"),
            ("Uỷ ban nhân dân", "Ủy ban nhân dân"),
            ("Sở Tư pháp.", "Sở Tư pháp"),
        ] {
            are(one, other, Some(Likeness::SpelledOtherwise));
        }
        are("các cơ quan liên quan", "Các cơ quan liên quan", Some(Likeness::Same));
    }

    #[test]
    fn a_slip_is_seen() {
        for (one, other) in [
            ("Sở Nội vụ", "Sở Nội vu"),
            ("Các Khối GUTĐ", "Các Khối GƯTĐ"),
            ("Sở Nộivụ", "Sở Nội vụ"),
            ("Sở GD&ĐT", "Sở GDĐT"),
            ("Ban TĐ-KT", "Ban TĐKT"),
            ("Hội đồng SK - ĐTKH tỉnh", "Hội đồng SK - ĐTKT tỉnh"),
            ("Văn phòng UBND tỉnh", "Văn phòg UBND tỉnh"),
            ("Sở Thông tin", "Sở Thôgn tin"),
        ] {
            are(one, other, Some(Likeness::NearlySpelled));
        }
    }

    #[test]
    fn initials_stand_for_words() {
        for (one, other) in [
            ("SNV", "Sở Nội vụ"),
            ("UBND tỉnh", "Ủy ban nhân dân tỉnh"),
            ("Thành viên HĐ TĐKT tỉnh", "Thành viên Hội đồng TĐKT tỉnh"),
            ("Thành viên HĐTĐKT tỉnh", "Thành viên Hội đồng TĐKT tỉnh"),
            ("Ban TĐKT", "Ban Thi đua - Khen thưởng"),
            ("Sở GD&ĐT", "Sở Giáo dục và Đào tạo"),
        ] {
            are(one, other, Some(Likeness::Abbreviated));
        }
    }

    #[test]
    fn other_bodies_are_not_alike() {
        for (one, other) in [
            ("Sở Nội vụ", "Sở Nội vụ Hải Dương"),
            ("UBND tỉnh", "Văn phòng UBND tỉnh"),
            ("UBND tỉnh Quảng Ninh", "UBND tỉnh Quảng Bình"),
            ("UBND huyện Yên Mỹ", "UBND huyện Yên Mô"),
            ("Khối thi đua số 1", "Khối thi đua số 2"),
            ("Khối thi đua 2023", "Khối thi đua 2024"),
            ("Cụm XVII", "Cụm XVIII"),
            ("Ban TĐKT", "Ban TĐKT TW"),
            ("Sở Y tế", "Sở Tư pháp"),
            ("SNV", "Sở Y tế"),
            ("SỞ NỘI VỤ", "Sở Nông nghiệp và Vận tải"),
            ("", "Sở Y tế"),
        ] {
            are(one, other, None);
        }
    }
}
