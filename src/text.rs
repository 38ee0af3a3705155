//! Vietnamese text: folding, order, cutting to cells, cleaning what must not reach a terminal.
//!
//! Everything here is a pure function of a string. Text is composed ([`nfc`]) on every way into the
//! program, so that one letter is one `char` and equal names are equal strings; the functions below
//! are fast for such text and still right for any other.
//!
//! | to … | see |
//! |---|---|
//! | find text as people type it | [`Needle`], [`Haystack`], [`Rank`] |
//! | tell how a name is abbreviated | [`initials`], [`name_words`] |
//! | compare text with or without its tones | [`fold`], [`marked`], [`name_key`] |
//! | guess the word that was meant | [`nearest`], [`slips`] |
//! | sort as a Vietnamese dictionary does | [`order`] |
//! | show text from a file safely | [`clean`], [`line`], [`markdown`], [`to_ascii`], [`is_hidden`] |
//! | fit text into cells | [`width`], [`cut`], [`cut_within`], [`wrap`], [`wrap_to`] |
//! | edit text | [`Field`] |
//! | say where something stands in a text | [`Place`], [`LineStarts`] |
//! | move by what a reader calls a letter | [`next_grapheme`], [`previous_grapheme`], [`previous_word`] |

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc as is_composed};

mod clean;
mod field;
mod fold;
mod initials;
mod letter;
mod nearest;
mod order;
mod place;
mod places;
mod search;
mod width;
mod wrap;

pub use clean::{clean, is_hidden, line, markdown, to_ascii};
pub use field::{Field, Lines, Taken};
pub use fold::{fold, marked, name_key};
pub use initials::{NameWord, initials, name_words};
pub use nearest::{nearest, slips};
pub use order::{SortKey, order};
pub use place::{LineStarts, Place};
pub use search::{Haystack, Needle, Rank};
pub use width::{cut, cut_within, next_grapheme, previous_grapheme, previous_word, width};
pub use wrap::{Wrap, wrap, wrap_to};

/// The text with its marks composed. Borrows if it already is, as nearly all text is.
pub fn nfc(text: &str) -> Cow<'_, str> {
    if is_nfc(text) { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

pub fn is_nfc(text: &str) -> bool {
    text.chars().all(never_composes) || is_composed(text)
}

/// With a capital letter at its beginning.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Characters that neither decompose in NFC nor join with one before them: all that Vietnamese
/// text usually has. Asking this first spares the tables of Unicode.
fn never_composes(c: char) -> bool {
    matches!(c, '\0'..='\u{2FF}' | '\u{1E00}'..='\u{1EFF}' | '\u{2010}'..='\u{203F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn composed_text_is_borrowed() {
        assert!(matches!(nfc("Sở Nội vụ – “Điều 5”…"), Cow::Borrowed(_)));
        assert!(matches!(nfc("ไทย"), Cow::Borrowed(_)));
    }

    #[test]
    fn decomposed_text_is_composed() {
        let decomposed: String = "Sở Nội vụ".nfd().collect();
        assert_eq!((decomposed.chars().count(), nfc(&decomposed).chars().count()), (14, 9));
        assert_eq!(nfc(&decomposed), "Sở Nội vụ");
        assert_eq!(nfc("e\u{302}\u{323}"), "ệ");
        assert_eq!(nfc("ê\u{323}"), "ệ");
        assert!(!is_nfc("ê\u{323}"));
    }

    #[test]
    fn what_never_composes_is_left_alone_by_unicode() {
        let simple: String = ('\0'..='\u{203F}').filter(|&c| never_composes(c)).collect();
        assert_eq!(simple.nfc().collect::<String>(), simple);
        let followed = simple.chars().all(|c| is_composed(&format!("a{c}")));
        assert!(followed, "none joins with a letter before it");
    }
}
