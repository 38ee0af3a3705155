//! The letters of Vietnamese: what each is made of, looked up in a table.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

/// One letter, taken apart: its place in the alphabet, its tone, its case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Letter {
    place: u8,
    /// Index into [`TONES`]; 0 is the level tone, which has no mark.
    pub(super) tone: u8,
    pub(super) case: Case,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    Lower,
    Upper,
}

impl Letter {
    /// The letters of English and Vietnamese in one character each; `None` for anything else.
    pub(super) fn of(c: char) -> Option<Self> {
        LETTERS[cell(c)?]
    }

    /// Rank in the alphabet, from 0: a ă â b c d đ … z.
    pub(super) fn rank(self) -> u8 {
        self.place
    }

    /// The letter in lower case and without tone: ă for Ắ, đ for Đ.
    pub(super) fn base(self) -> char {
        ALPHABET[usize::from(self.place)]
    }

    /// The letter in lower case and without any mark: a for Ắ, d for Đ.
    pub(super) fn plain(self) -> char {
        char::from(PLAIN[usize::from(self.place)])
    }

    /// Whether the letter carries a vowel's tone or could: also `y`.
    pub(super) fn is_vowel(self) -> bool {
        matches!(self.plain(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
    }

    /// Whether there is something to be lost in folding: a tone, a horn, a breve, a hat, a stroke.
    pub(super) fn has_mark(self) -> bool {
        self.tone > 0 || !self.base().is_ascii()
    }
}

/// The tones in the order of dictionaries: ma, mà, mả, mã, má, mạ.
pub(super) const TONES: [char; 6] = ['\0', '\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'];

pub(super) fn is_tone(c: char) -> bool {
    TONES.contains(&c)
}

/// Every dash that plans and keyboards write where a hyphen is meant.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// The eth of Icelandic, which scanners and old fonts put for đ; it looks the same in capitals.
pub(super) fn mend_eth(c: char) -> char {
    match c {
        'ð' => 'đ',
        'Ð' | 'Ɖ' => 'Đ',
        c => c,
    }
}

#[rustfmt::skip]
const ALPHABET: [char; 33] = [
    'a', 'ă', 'â', 'b', 'c', 'd', 'đ', 'e', 'ê', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm',
    'n', 'o', 'ô', 'ơ', 'p', 'q', 'r', 's', 't', 'u', 'ư', 'v', 'w', 'x', 'y', 'z',
];
const PLAIN: [u8; 33] = *b"aaabcddeefghijklmnooopqrstuuvwxyz";

// The letters stand in two ranges: up to ư, and the block that Unicode made for the tones.
const LOW_END: usize = 'ư' as usize + 1;
const HIGH_START: usize = 'Ạ' as usize;
const HIGH_END: usize = 'ỹ' as usize + 1;

fn cell(c: char) -> Option<usize> {
    match c as usize {
        code @ ..LOW_END => Some(code),
        code @ HIGH_START..HIGH_END => Some(LOW_END + code - HIGH_START),
        _ => None,
    }
}

/// Each letter in its cell. A search folds every character of a plan, and cannot ask the tables of Unicode for each.
static LETTERS: LazyLock<[Option<Letter>; LOW_END + HIGH_END - HIGH_START]> = LazyLock::new(|| {
    let mut letters = [None; LOW_END + HIGH_END - HIGH_START];
    for place in 0..ALPHABET.len() as u8 {
        let level = Letter { place, tone: 0, case: Case::Lower };
        for tone in 0..if level.is_vowel() { TONES.len() as u8 } else { 1 } {
            let marks = TONES.get(usize::from(tone)).filter(|_| tone > 0);
            let small = [level.base()].into_iter().chain(marks.copied()).nfc();
            let capital = small.clone().flat_map(char::to_uppercase);
            for (c, case) in small.map(|c| (c, Case::Lower)).chain(capital.map(|c| (c, Case::Upper))) {
                letters[cell(c).expect("the letters stand in the two ranges")] =
                    Some(Letter { place, tone, case });
            }
        }
    }
    letters
});

/// Every character that is a Vietnamese or an English letter, for tests that try them all.
#[cfg(test)]
pub(super) fn every_letter() -> impl Iterator<Item = char> {
    ('A'..='ỹ').filter(|&c| Letter::of(c).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn all_letters_are_there() {
        let marked = every_letter().filter(|c| !c.is_ascii()).count();
        assert_eq!(marked, 134, "12 vowels in 6 tones and đ, both cases, without the ASCII ones");
        assert_eq!(every_letter().count(), 134 + 52);
    }

    #[test]
    fn each_letter_is_what_unicode_says() {
        for c in every_letter() {
            let letter = Letter::of(c).unwrap();
            let tone = (letter.tone > 0).then(|| TONES[usize::from(letter.tone)]);
            let lower: String = [letter.base()].into_iter().chain(tone).nfc().collect();
            let upper = letter.case == Case::Upper;
            assert_eq!(c.is_uppercase(), upper, "{c}");
            assert_eq!(c.to_lowercase().collect::<String>(), lower, "{c}");
            let base: char = letter.base().nfd().next().unwrap();
            assert_eq!(letter.plain(), if base == 'đ' { 'd' } else { base }, "{c}");
        }
    }

    #[test]
    fn other_characters_are_no_letters() {
        for c in ['0', ' ', '-', 'ñ', 'ç', 'ß', 'я', '…', '\u{301}', 'ỿ', '₫'] {
            assert_eq!(Letter::of(c), None, "{c}");
        }
    }
}
