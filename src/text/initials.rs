//! The words of a name, and what its abbreviation takes of them: *SNV* for *Sở Nội vụ*.

use unicode_normalization::char::is_combining_mark;

use super::{fold, nfc};

/// A word of a name, folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameWord {
    pub letters: String,
    pub is_abbreviation: bool,
}

impl NameWord {
    /// The first letter; abbreviations and numbers stay whole.
    pub fn initials(&self) -> &str {
        let is_whole = self.is_abbreviation || self.letters.starts_with(|c: char| c.is_ascii_digit());
        let first = self.letters.chars().next().map_or(0, char::len_utf8);
        if is_whole { &self.letters } else { &self.letters[..first] }
    }
}

pub fn name_words(name: &str) -> Vec<NameWord> {
    let name = nfc(name);
    // Where there is nothing but capitals, they do not tell an abbreviation from a word.
    let capitals_tell = name.chars().any(char::is_lowercase) || !name.trim().contains(' ');
    let words = name.split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c)).map(|word| {
        let is_number = word.starts_with(|c: char| c.is_ascii_digit());
        let is_abbreviation = capitals_tell && !is_number && !word.chars().any(char::is_lowercase);
        NameWord { letters: fold(word), is_abbreviation }
    });
    words.filter(|word| !word.letters.is_empty()).collect()
}

/// The first letters of the words without marks, as in the numbers of documents: *snv* for *Sở Nội
/// vụ*. Abbreviations and numbers stay whole: *vpubndt* for *Văn phòng UBND tỉnh*.
pub fn initials(name: &str) -> String {
    name_words(name).iter().map(NameWord::initials).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_those_of_document_numbers() {
        for (name, short) in [
            ("Sở Nội vụ", "snv"),
            ("Văn phòng UBND tỉnh", "vpubndt"),
            ("Ủy ban nhân dân", "ubnd"),
            ("Đài Phát thanh - Truyền hình", "dptth"),
            ("Sở Y tế", "syt"),
            ("Ban TĐ-KT", "btdkt"),
            ("UBND", "ubnd"),
            ("SỞ NỘI VỤ", "snv"),
            ("Khối thi đua số 12", "ktds12"),
            ("Sở Văn hóa, Thể thao và Du lịch", "svhttvdl"),
            ("U\u{309}y ban", "ub"),
            ("", ""),
        ] {
            assert_eq!(initials(name), short, "{name}");
        }
    }
}
