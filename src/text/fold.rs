//! Keys by which text is compared: without its marks, or with them wherever they were put.
//! What is searched is cut into its syllables as well.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use super::letter::{Letter, TONES, is_dash, mend_eth};
use super::{is_hidden, nfc};

/// The text as people type it who leave the marks out: no marks, lower case, `đ` as `d`; every dash
/// is `-` with no blank beside it, every stretch of white space one blank, none at the ends.
pub fn fold(text: &str) -> String {
    folded(text, FoldKey::with_room(text, FoldSigns::Kept))
}

/// The syllables of [`fold`], a blank before each: ` 57 nq tw` for `57-NQ/TW`. What is neither a letter nor a
/// figure parts them, so that what begins with a blank is found at the beginning of a syllable alone.
pub(super) fn syllables(text: &str) -> String {
    folded(text, FoldKey::with_room(text, FoldSigns::Part))
}

fn folded(text: &str, mut key: FoldKey) -> String {
    for c in text.chars() {
        match Letter::of(c) {
            Some(letter) => key.push(letter.plain()),
            None if c == ' ' => key.blank = true,
            None => fold_other(c, &mut key),
        }
    }
    key.text
}

/// The text with its marks, in lower case, the tone always before the vowels that it belongs to, so
/// that *hoà* = *hòa* and *thuỷ* = *thủy*, while *sở* ≠ *số*. Dashes and blanks are as in [`fold`].
///
/// The tone stands first and not last so that the beginning of a syllable is the beginning of its
/// key: *hoà* is found in *hoàng* while the rest is still being typed.
pub fn marked(text: &str) -> String {
    with_marks(text, FoldKey::with_room(text, FoldSigns::Kept))
}

/// The syllables of [`marked`], as [`syllables`] are those of [`fold`].
pub(super) fn marked_syllables(text: &str) -> String {
    with_marks(text, FoldKey::with_room(text, FoldSigns::Part))
}

fn with_marks(text: &str, mut key: FoldKey) -> String {
    let mut vowels = None;
    for c in nfc(text).chars().map(mend_eth) {
        match Letter::of(c) {
            Some(letter) if letter.is_vowel() => vowels = Some(key.push_vowel(letter, vowels)),
            Some(letter) => {
                vowels = None;
                key.push(letter.base());
            }
            None => {
                vowels = None;
                key.push_other(c);
            }
        }
    }
    key.text
}

/// What is equal for two spellings of one name: case, dashes, blanks, the place of a tone, a dash
/// before it in a list and a stop, comma or semicolon after it make no difference. Tones do.
pub fn name_key(name: &str) -> String {
    let key = marked(name);
    let name = key.trim_start_matches('-').trim_end_matches([' ', '.', ',', ';']);
    name.to_owned()
}

/// A character that is not a letter of the table. Marks are dropped whatever their order, so the
/// text as a whole need not be decomposed.
fn fold_other(c: char, key: &mut FoldKey) {
    if c.is_ascii() {
        return key.push_other(c);
    }
    decompose_canonical(mend_eth(c), |part| match Letter::of(part) {
        Some(letter) => key.push(letter.plain()),
        None if is_combining_mark(part) => {}
        None => key.push_other(part),
    });
}

/// Whether a character stands in a word: a letter, a figure, or a mark on one.
pub(super) fn is_of_word(c: char) -> bool {
    // Asked first, it spares the tables of Unicode.
    Letter::of(c).is_some() || c.is_alphanumeric() || is_combining_mark(c)
}

/// A key while it is made. A blank waits until it is known what comes after it.
struct FoldKey {
    text: String,
    blank: bool,
    signs: FoldSigns,
}

/// What becomes of a character that is neither a letter nor a figure.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FoldSigns {
    Kept,
    /// It stands between two syllables, as a blank does.
    Part,
}

impl FoldKey {
    fn with_room(text: &str, signs: FoldSigns) -> Self {
        Self { text: String::with_capacity(text.len() + 1), blank: signs == FoldSigns::Part, signs }
    }

    #[inline]
    fn push(&mut self, c: char) {
        if self.blank {
            self.blank = false;
            if self.signs == FoldSigns::Part || !self.text.is_empty() && !self.text.ends_with('-') {
                self.text.push(' ');
            }
        }
        self.text.push(c);
    }

    /// Puts the tone before the first of the vowels that stand together. Answers where that is.
    fn push_vowel(&mut self, letter: Letter, first: Option<usize>) -> usize {
        let tone = (letter.tone > 0).then(|| TONES[usize::from(letter.tone)]);
        match (first, tone) {
            (Some(first), Some(tone)) => self.text.insert(first, tone),
            (None, Some(tone)) => self.push(tone),
            (_, None) => {}
        }
        self.push(letter.base());
        first.unwrap_or_else(|| self.text.len() - letter.base().len_utf8() - tone.map_or(0, char::len_utf8))
    }

    fn push_other(&mut self, c: char) {
        if c == ' ' || c.is_whitespace() {
            self.blank = true;
        } else if self.signs == FoldSigns::Part && !is_of_word(c) {
            self.blank |= !is_hidden(c);
        } else if self.signs == FoldSigns::Part && self.blank && is_combining_mark(c) {
            // A mark on nothing is no syllable.
        } else if is_dash(c) {
            self.blank = false;
            self.text.push('-');
        } else if !is_hidden(c) {
            c.to_lowercase().for_each(|c| self.push(c));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::letter::every_letter;
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    /// The definition, letter by letter through Unicode's tables.
    fn fold_slowly(text: &str) -> String {
        let plain: String = text
            .nfd()
            .filter(|&c| !is_combining_mark(c) && (c.is_whitespace() || !is_hidden(c)))
            .map(|c| match mend_eth(c) {
                'đ' => 'd',
                'Đ' => 'D',
                c if is_dash(c) => '-',
                c => c,
            })
            .collect();
        let plain: String = plain.chars().flat_map(char::to_lowercase).collect();
        let blanks = plain.split_whitespace().collect::<Vec<_>>().join(" ");
        blanks.replace(" -", "-").replace("- ", "-")
    }

    #[test]
    fn every_letter_folds_as_it_is_defined() {
        for c in every_letter() {
            for text in [c.to_string(), c.nfd().collect(), format!("x{c} {c}y")] {
                assert_eq!(fold(&text), fold_slowly(&text), "{text}");
                assert!(fold(&text).is_ascii(), "{text}");
            }
        }
    }

    #[test]
    fn any_character_folds_as_it_is_defined() {
        for c in '\0'..=char::MAX {
            let text = format!("a{c}B – {c}");
            assert_eq!(fold(&text), fold_slowly(&text), "{c:?}");
        }
    }

    #[test]
    fn folded_text_has_no_marks() {
        assert_eq!(fold("Sở Nội vụ"), "so noi vu");
        assert_eq!(fold("Ủy ban"), fold("Uỷ ban"));
        assert_eq!(fold("ĐIỆN BIÊN Ðiện ðiện"), "dien bien dien dien");
        assert_eq!(marked("Ðiện ðiện"), marked("điện Điện"));
        for word in ["hòa", "hoà", "hóa", "hoá", "HOA"] {
            assert_eq!(fold(word), "hoa");
        }
    }

    #[test]
    fn dashes_and_blanks_are_one() {
        for text in [
            "Thi đua - Khen thưởng",
            "Thi đua – Khen thưởng",
            "thi đua\u{a0}—khen  thưởng",
            " Thi đua\u{2011} Khen\tthưởng\n",
        ] {
            assert_eq!(fold(text), "thi dua-khen thuong", "{text:?}");
            assert_eq!(marked(text), marked("Thi đua-khen thưởng"), "{text:?}");
        }
        assert_eq!(fold("57 -NQ/TW"), "57-nq/tw");
    }

    #[test]
    fn hidden_characters_hide_nothing() {
        assert_eq!(fold("\u{feff}Sở\u{200b} Nội\u{202e} vụ"), "so noi vu");
        assert_eq!(marked("\u{feff}Sở\u{200b}"), marked("sở"));
    }

    #[test]
    fn the_place_of_a_tone_makes_no_difference() {
        for (old, new) in [
            ("hoà", "hòa"),
            ("thuỷ", "thủy"),
            ("khoá", "khóa"),
            ("Uỷ", "ủy"),
            ("xoá", "xóa"),
            ("hoạ", "họa"),
            ("thuở", "thủơ"),
        ] {
            assert_eq!(marked(old), marked(new));
            let decomposed: String = old.nfd().collect();
            assert_eq!(marked(&decomposed), marked(new));
        }
    }

    #[test]
    fn tones_and_marks_make_a_difference() {
        let words = ["sở", "số", "so", "sơ", "sổ", "sờ", "sợ", "sớ", "sỡ"];
        for (i, one) in words.iter().enumerate() {
            for other in &words[i + 1..] {
                assert_ne!(marked(one), marked(other));
            }
        }
        assert_ne!(marked("dân"), marked("đân"));
        assert_ne!(marked("hoa"), marked("hòa"));
    }

    #[test]
    fn the_beginning_of_a_syllable_is_found() {
        for (part, whole) in
            [("hoà", "Hoàng"), ("ở", "sở"), ("quỳ", "quỳnh"), ("thủ", "thuỷ"), ("tỉ", "tỉnh")]
        {
            assert!(marked(whole).contains(&marked(part)), "{part} in {whole}");
        }
    }

    #[test]
    fn syllables_stand_apart() {
        for (text, key) in [
            ("Sở Nội vụ", " so noi vu"),
            ("57–NQ/TW, ngày 22/12", " 57 nq tw ngay 22 12"),
            ("“Thi đua - Khen thưởng”…", " thi dua khen thuong"),
            ("  a\u{200b}b  ", " ab"),
            ("& \u{301}", ""),
            ("", ""),
        ] {
            assert_eq!(syllables(text), key, "{text:?}");
            assert_eq!(fold(&marked_syllables(text)), key.trim(), "{text:?}");
        }
    }

    #[test]
    fn one_agency_has_one_key() {
        let spellings = [
            ["Văn Phòng UBND tỉnh", "Văn phòng UBND tỉnh;"],
            ["Khối- Cụm thi đua", "- Khối – Cụm thi đua."],
            ["Uỷ ban nhân dân", "Ủy ban  nhân dân ,"],
            ["Sở Văn hoá, Thể thao và Du lịch", "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH"],
        ];
        for [one, other] in spellings {
            assert_eq!(name_key(one), name_key(other));
        }
        assert_ne!(name_key("Sở Nội vụ"), name_key("Số Nội vụ"));
        assert_ne!(name_key("Khối 1"), name_key("Khối 2"));
        assert_eq!(name_key(" - "), "");
    }
}
