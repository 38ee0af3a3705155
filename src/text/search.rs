//! Finding text: what people type is compared with or without marks, as they typed it.

use std::cell::OnceCell;

use unicode_normalization::char::is_combining_mark;

use super::letter::Letter;
use super::{fold, marked, nfc};

/// What is looked for. Every word must occur somewhere, also inside a word; quotes hold a phrase
/// together. A word typed with marks means its marks; a word without finds any.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Needle {
    words: Vec<Word>,
}

/// Where a word is with its marks it is also without them, and that is quicker to see.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    plain: String,
    /// If the word was typed with marks.
    marked: Option<String>,
}

/// Text in which is looked. What a word needs of it is made ready by the first one that needs it, and kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Haystack {
    text: String,
    folded: OnceCell<String>,
    marked: OnceCell<String>,
}

impl Haystack {
    pub fn of(text: String) -> Self {
        Self { text, ..Self::default() }
    }

    /// Makes ready what a word without marks needs.
    pub fn prepare(&self) {
        self.folded();
    }

    fn folded(&self) -> &str {
        self.folded.get_or_init(|| fold(&self.text))
    }

    fn has(&self, word: &Word) -> bool {
        let marked = || self.marked.get_or_init(|| marked(&self.text));
        self.folded().contains(&word.plain) && word.marked.as_ref().is_none_or(|word| marked().contains(word))
    }
}

impl Needle {
    pub fn parse(text: &str) -> Self {
        Self { words: words(text).filter_map(Word::of).collect() }
    }

    /// Whether nothing is looked for; such a needle is in every haystack.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether each word is in one of the texts.
    pub fn matches<'a>(&self, haystacks: &(impl Iterator<Item = &'a Haystack> + Clone)) -> bool {
        self.words.iter().all(|word| haystacks.clone().any(|haystack| haystack.has(word)))
    }

    /// The same for a text that is looked at once.
    pub fn matches_text(&self, text: &str) -> bool {
        self.matches(&std::iter::once(&Haystack::of(text.to_owned())))
    }
}

impl Word {
    fn of(text: &str) -> Option<Self> {
        let has_mark = nfc(text).chars().filter_map(Letter::of).any(Letter::has_mark);
        let word = Self { plain: fold(text), marked: has_mark.then(|| marked(text)) };
        (!word.plain.is_empty()).then_some(word)
    }
}

/// The first letters of the words without marks, as in the numbers of documents: *snv* for *Sở Nội
/// vụ*. Abbreviations and numbers stay whole: *vpubndt* for *Văn phòng UBND tỉnh*.
pub fn initials(name: &str) -> String {
    let name = nfc(name);
    let words = || name.split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c));
    // Where there is nothing but capitals, they do not tell an abbreviation from a word.
    let capitals_tell = name.chars().any(char::is_lowercase) || !name.trim().contains(' ');
    let parts = words().map(|word| {
        let whole = capitals_tell && is_abbreviation(word) || is_number(word);
        let first = word.chars().next().map_or(0, char::len_utf8);
        if whole { word } else { &word[..first] }
    });
    fold(&parts.collect::<String>())
}

fn is_abbreviation(word: &str) -> bool {
    !word.chars().any(char::is_lowercase)
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

const QUOTES: [char; 3] = ['"', '“', '”'];

/// The words and the phrases of a query, in order. A quote that is not closed reaches to the end.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    let stretches = text.split(QUOTES).map(move |stretch| {
        quoted = !quoted;
        (stretch, !quoted)
    });
    stretches.flat_map(|(stretch, is_phrase)| {
        let between = move |c: char| !is_phrase && c.is_whitespace();
        stretch.split(between)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TITLE: &str = "Tham mưu Kế hoạch tổ chức phong trào “Thi đua – Khen thưởng” của Sở Nội vụ theo Nghị quyết số 57-NQ/TW, tỉnh Hoà Bình";

    fn finds(query: &str, text: &str) -> bool {
        Needle::parse(query).matches_text(text)
    }

    /// What spares the marks of most texts from being looked at.
    #[test]
    fn what_is_there_with_its_marks_is_there_without_them() {
        let with_marks = marked(TITLE);
        let places: Vec<usize> = with_marks.char_indices().map(|(at, _)| at).collect();
        for (nth, &from) in places.iter().enumerate() {
            for &to in &places[nth..] {
                assert!(fold(TITLE).contains(&fold(&with_marks[from..to])), "{}", &with_marks[from..to]);
            }
        }
    }

    #[test]
    fn words_without_marks_find_words_with_them() {
        for query in
            ["so noi vu", "SO NOI", "ke hoach hoa binh", "57-nq/tw", "57–NQ", "thuong thi dua", "ghi quyet"]
        {
            assert!(finds(query, TITLE), "{query}");
        }
        for query in ["so tai chinh", "noi vu 2024", "58-nq"] {
            assert!(!finds(query, TITLE), "{query}");
        }
    }

    #[test]
    fn words_with_marks_mean_them() {
        for query in ["sở", "Sở nội", "số 57", "hòa bình", "hoà bình", "khen thưởng", "mưu so"]
        {
            assert!(finds(query, TITLE), "{query}");
        }
        assert!(finds("sở", "Sở") && !finds("sở", "số") && !finds("số", "so"));
        assert!(finds("đao", "đao") && !finds("đao", "dao"));
        assert!(!finds("hóa bình", TITLE));
    }

    #[test]
    fn decomposed_text_is_found_and_finds() {
        assert!(finds("so\u{31b}\u{309}", "Sở"));
        assert!(finds("sở", "So\u{31b}\u{309}"));
        assert!(finds("so", "So\u{31b}\u{309}"));
    }

    #[test]
    fn a_phrase_holds_together() {
        assert!(finds("\"thi dua - khen thuong\"", TITLE));
        assert!(finds("“thi đua – khen” hoa", TITLE));
        assert!(finds("noi thi", TITLE) && !finds("\"noi thi\"", TITLE));
        assert!(finds("\"noi vu", TITLE), "a quote that is not closed yet");
        assert!(finds("binh\"noi vu\"mưu", TITLE));
    }

    #[test]
    fn nothing_is_in_everything() {
        for query in ["", "  \u{a0} ", "\"\"", "\" "] {
            assert!(Needle::parse(query).is_empty(), "{query:?}");
            assert!(finds(query, "") && finds(query, TITLE));
        }
        assert!(!finds("a", ""));
    }

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
