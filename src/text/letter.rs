//! The letters of Vietnamese: what each is made of, looked up in a table made at compile time.

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
        match c as usize {
            code @ ..LOW_END => LOW[code],
            code @ HIGH_START..HIGH_END => HIGH[code - HIGH_START],
            _ => None,
        }
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
#[rustfmt::skip]
const CAPITALS: [char; 33] = [
    'A', 'Ă', 'Â', 'B', 'C', 'D', 'Đ', 'E', 'Ê', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M',
    'N', 'O', 'Ô', 'Ơ', 'P', 'Q', 'R', 'S', 'T', 'U', 'Ư', 'V', 'W', 'X', 'Y', 'Z',
];
const PLAIN: [u8; 33] = *b"aaabcddeefghijklmnooopqrstuuvwxyz";

/// The vowels by tone, in the order of [`TONES`], small and capital.
#[rustfmt::skip]
const VOWELS: [([char; 6], [char; 6]); 12] = [
    (['a', 'à', 'ả', 'ã', 'á', 'ạ'], ['A', 'À', 'Ả', 'Ã', 'Á', 'Ạ']),
    (['ă', 'ằ', 'ẳ', 'ẵ', 'ắ', 'ặ'], ['Ă', 'Ằ', 'Ẳ', 'Ẵ', 'Ắ', 'Ặ']),
    (['â', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ'], ['Â', 'Ầ', 'Ẩ', 'Ẫ', 'Ấ', 'Ậ']),
    (['e', 'è', 'ẻ', 'ẽ', 'é', 'ẹ'], ['E', 'È', 'Ẻ', 'Ẽ', 'É', 'Ẹ']),
    (['ê', 'ề', 'ể', 'ễ', 'ế', 'ệ'], ['Ê', 'Ề', 'Ể', 'Ễ', 'Ế', 'Ệ']),
    (['i', 'ì', 'ỉ', 'ĩ', 'í', 'ị'], ['I', 'Ì', 'Ỉ', 'Ĩ', 'Í', 'Ị']),
    (['o', 'ò', 'ỏ', 'õ', 'ó', 'ọ'], ['O', 'Ò', 'Ỏ', 'Õ', 'Ó', 'Ọ']),
    (['ô', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ'], ['Ô', 'Ồ', 'Ổ', 'Ỗ', 'Ố', 'Ộ']),
    (['ơ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ'], ['Ơ', 'Ờ', 'Ở', 'Ỡ', 'Ớ', 'Ợ']),
    (['u', 'ù', 'ủ', 'ũ', 'ú', 'ụ'], ['U', 'Ù', 'Ủ', 'Ũ', 'Ú', 'Ụ']),
    (['ư', 'ừ', 'ử', 'ữ', 'ứ', 'ự'], ['Ư', 'Ừ', 'Ử', 'Ữ', 'Ứ', 'Ự']),
    (['y', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ'], ['Y', 'Ỳ', 'Ỷ', 'Ỹ', 'Ý', 'Ỵ']),
];

// The letters stand in two ranges: up to ư, and the block that Unicode made for the tones.
const LOW_END: usize = 'ư' as usize + 1;
const HIGH_START: usize = 'Ạ' as usize;
const HIGH_END: usize = 'ỹ' as usize + 1;

static LOW: [Option<Letter>; LOW_END] = table(0);
static HIGH: [Option<Letter>; HIGH_END - HIGH_START] = table(HIGH_START);

/// The part of Unicode from `start`, as far as `N` reaches. (A constant cannot use `for` yet.)
const fn table<const N: usize>(start: usize) -> [Option<Letter>; N] {
    let mut table = [None; N];
    let mut place = 0;
    while place < ALPHABET.len() {
        table = with(table, start, ALPHABET[place], letter(place, 0, Case::Lower));
        table = with(table, start, CAPITALS[place], letter(place, 0, Case::Upper));
        place += 1;
    }
    let mut cell = 0;
    while cell < VOWELS.len() * TONES.len() {
        let (small, capital) = VOWELS[cell / TONES.len()];
        let tone = cell % TONES.len();
        let place = place_of(small[0]);
        table = with(table, start, small[tone], letter(place, tone, Case::Lower));
        table = with(table, start, capital[tone], letter(place, tone, Case::Upper));
        cell += 1;
    }
    table
}

const fn with<const N: usize>(
    mut table: [Option<Letter>; N],
    start: usize,
    c: char,
    letter: Letter,
) -> [Option<Letter>; N] {
    let code = c as usize;
    if code >= start && code - start < N {
        table[code - start] = Some(letter);
    }
    table
}

const fn letter(place: usize, tone: usize, case: Case) -> Letter {
    Letter { place: place as u8, tone: tone as u8, case }
}

const fn place_of(vowel: char) -> usize {
    let mut place = 0;
    while ALPHABET[place] != vowel {
        place += 1;
    }
    place
}

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
