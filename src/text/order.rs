//! The order of a Vietnamese dictionary: letters first, then tones, then case. A collator for every language would
//! bring the data of all of them for this one.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use super::letter::{Case, Letter, mend_eth};
use super::{is_hidden, nfc};

/// Text made comparable; see [`order`]. Worth keeping where many are sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SortKey(Box<[u8]>);

/// The key that sorts text as the Vietnamese locale of CLDR does: a ă â b c d đ …, and among equal
/// letters ma mà mả mã má mạ, and among these the small letters first. Numbers count by their value:
/// *Phòng 2* is before *Phòng 10*. Blanks come first, then signs, digits, letters.
pub fn order(text: &str) -> SortKey {
    let mut key = Levels::default();
    for c in nfc(text).chars().map(mend_eth) {
        match Letter::of(c) {
            Some(letter) => key.letter(letter),
            None => key.other(c),
        }
    }
    key.close()
}

// First bytes of what stands in `Levels::letters`. Each tells how many bytes follow it, so that keys
// which differ do so at the same thing; 0 ends the level and thus sorts a beginning before the whole.
const BLANK: u8 = 1;
const SIGN: u8 = 2;
const NUMBER: u8 = 3;
const LETTER: u8 = 4;
const FOREIGN: u8 = u8::MAX;

/// A level is looked at only if all before it are equal. A number waits until it is complete, a blank
/// until something follows.
#[derive(Default)]
struct Levels {
    letters: Vec<u8>,
    tones: Vec<u8>,
    cases: Vec<u8>,
    number: Vec<u8>,
    blank: bool,
}

impl Levels {
    fn letter(&mut self, letter: Letter) {
        self.finish_waiting();
        self.letters.push(LETTER + letter.rank());
        self.tones.push(1 + letter.tone);
        self.cases.push(if letter.case == Case::Lower { 1 } else { 2 });
    }

    fn other(&mut self, c: char) {
        if c.is_ascii_digit() {
            self.finish_blank();
            self.number.push(c as u8);
        } else if c.is_whitespace() {
            self.finish_number();
            self.blank = true;
        } else if !is_hidden(c) {
            decompose_canonical(c, |part| self.part(part));
        }
    }

    /// A part of a foreign letter: *ç* sorts after *c* as if its mark were a tone beyond ours.
    fn part(&mut self, c: char) {
        if let Some(letter) = Letter::of(c) {
            self.letter(letter);
        } else if is_combining_mark(c) {
            self.tones.push(u8::MAX);
        } else {
            self.finish_waiting();
            self.letters.push(if c.is_alphanumeric() { FOREIGN } else { SIGN });
            self.letters.extend(&(c as u32).to_be_bytes()[1..]);
        }
    }

    /// Either waits, never both.
    fn finish_waiting(&mut self) {
        self.finish_blank();
        self.finish_number();
    }

    /// One blank, however many there were, and none at the head.
    fn finish_blank(&mut self) {
        if std::mem::take(&mut self.blank) && !self.letters.is_empty() {
            self.letters.push(BLANK);
        }
    }

    /// The longer number is the greater, once the zeros at its head are gone.
    fn finish_number(&mut self) {
        if self.number.is_empty() {
            return;
        }
        let zeros = self.number.iter().take_while(|&&digit| digit == b'0').count();
        let value = &self.number[zeros..];
        self.letters.extend([NUMBER, value.len().min(255) as u8]);
        self.letters.extend(value);
        self.number.clear();
    }

    fn close(mut self) -> SortKey {
        self.finish_number();
        let mut key = self.letters;
        for mut level in [self.tones, self.cases] {
            // The lowest value at the end says nothing: what is missing sorts just as low.
            level.truncate(level.iter().rposition(|&it| it > 1).map_or(0, |last| last + 1));
            key.push(0);
            key.append(&mut level);
        }
        SortKey(key.into_boxed_slice())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    /// The texts are given in their order; each must sort before all that follow.
    fn are_in_order(texts: &[&str]) {
        for (i, one) in texts.iter().enumerate() {
            for other in &texts[i + 1..] {
                assert!(order(one) < order(other), "{one:?} before {other:?}");
                assert!(order(other) > order(one), "{one:?} before {other:?}");
            }
        }
    }

    #[test]
    fn the_alphabet_is_vietnamese() {
        are_in_order(&[
            "a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "g", "h", "i", "k", "l", "m", "n", "o", "ô", "ơ",
            "p", "q", "r", "s", "t", "u", "ư", "v", "x", "y",
        ]);
        are_in_order(&["ang", "ăn", "âm", "ba"]);
    }

    #[test]
    fn tones_come_after_letters_and_case_after_tones() {
        are_in_order(&["ma", "Ma", "mà", "mả", "mã", "má", "mạ", "mab", "mac"]);
        are_in_order(&["má an", "ma bn"]);
        are_in_order(&["sở", "Sở", "SỞ", "sớ"]);
    }

    #[test]
    fn agencies_stand_where_people_look_for_them() {
        are_in_order(&[
            "Ban Tổ chức Tỉnh ủy",
            "Công an tỉnh",
            "Đài Phát thanh - Truyền hình",
            "Sở Công Thương",
            "Sở Nội vụ",
            "Sở Tài chính",
            "Ủy ban Mặt trận Tổ quốc",
            "Văn phòng UBND tỉnh",
        ]);
    }

    #[test]
    fn numbers_count_by_value() {
        are_in_order(&["Phòng", "Phòng 2", "Phòng 10", "Phòng 010a", "Phòng 11", "Phòng ba"]);
        are_in_order(&["III.2", "III.10", "IV.1"]);
        are_in_order(&["1", "1.1", "2", "9", "10", "100", "99999999999999999999999"]);
        assert_eq!(order("Phòng 02"), order("Phòng 2"));
        are_in_order(&["0", "1"]);
    }

    #[test]
    fn blanks_come_first_and_do_not_add_up() {
        are_in_order(&["Sở Y", "Sở-Y", "Sở1", "Sởa"]);
        assert_eq!(order(" Sở  Nội\u{a0}vụ "), order("Sở Nội vụ"));
        are_in_order(&["", " a", "a b", "aa"]);
    }

    #[test]
    fn foreign_letters_have_a_place() {
        are_in_order(&["ça", "canh", "cha", "zoo", "да", "日本"]);
        are_in_order(&["ca", "ça", "cb"]);
    }

    #[test]
    fn composed_and_decomposed_are_one() {
        let name = "Ủy ban nhân dân thành phố Huế";
        assert_eq!(order(&name.nfd().collect::<String>()), order(name));
        assert_eq!(order("Ðiện Biên"), order("Điện Biên"));
    }
}
