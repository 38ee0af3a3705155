//! What may reach a terminal: text without anything that acts on it or hides in it.

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_normalization::char::decompose_canonical;

use super::letter::{Case, Letter, is_dash, mend_eth};
use super::{nfc, width};

/// The text as it may be shown: composed, a tab as one blank, a line break kept, and every other
/// control, direction sign or hidden character as its number in angle brackets, as vim shows them:
/// `<1B>` for Escape, `<202E>` for what turns the direction round.
pub fn clean(text: &str) -> Cow<'_, str> {
    let text = nfc(text);
    if !text.chars().any(is_hidden) {
        return text;
    }
    let mut shown = String::with_capacity(text.len() + 16);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\t' => shown.push(' '),
            '\r' if rest.peek() == Some(&'\n') => {}
            c if is_hidden(c) => {
                write!(shown, "<{:02X}>", c as u32).expect("a string takes all that is written");
            }
            c => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

/// Whether a character acts or hides instead of being seen. The joiners U+200C and U+200D are not
/// meant, some scripts need them; nor are marks, blanks and the line break.
#[expect(clippy::match_same_arms, reason = "each line of the list has its own reason")]
pub fn is_hidden(c: char) -> bool {
    match c {
        '\n' | ' '..='~' => false,
        // Controls, the soft hyphen, the Arabic letter mark, the byte order mark.
        '\0'..='\u{9F}' | '\u{AD}' | '\u{61C}' | '\u{FEFF}' => true,
        // Blanks without width, signs of direction, separators and tags.
        '\u{180E}'
        | '\u{200B}'
        | '\u{200E}'..='\u{200F}'
        | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' => true,
        '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}' => true,
        _ => false,
    }
}

/// The text in the characters of ASCII and in as many cells, for terminals and window titles that
/// know no others: *Ke hoach* for *Kế hoạch*. What has no likeness becomes `?`.
pub fn to_ascii(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|it| matches!(it, b' '..=b'~' | b'\n')) {
        return Cow::Borrowed(text);
    }
    let mut ascii = String::with_capacity(text.len());
    nfc(text).chars().for_each(|c| push_ascii(c, &mut ascii));
    Cow::Owned(ascii)
}

fn push_ascii(c: char, ascii: &mut String) {
    match c {
        '\n' | ' '..='~' => ascii.push(c),
        '\u{2028}' | '\u{2029}' | '\0'..='\x1F' | '\x7F' => ascii.push('?'),
        '…' => ascii.push('~'),
        '“' | '”' | '„' | '«' | '»' => ascii.push('"'),
        '‘' | '’' | '‚' | '′' => ascii.push('\''),
        '·' | '•' => ascii.push('-'),
        '×' => ascii.push('x'),
        '→' => ascii.push('>'),
        '←' => ascii.push('<'),
        c if is_dash(c) => ascii.push('-'),
        c if c.is_whitespace() => ascii.push(' '),
        c => push_likeness(c, ascii),
    }
}

/// The letter under the marks; as many `?` as the character has cells if there is none.
fn push_likeness(c: char, ascii: &mut String) {
    let mut likeness = None;
    decompose_canonical(mend_eth(c), |part| likeness = likeness.or(Letter::of(part)));
    match likeness {
        Some(letter) if letter.case == Case::Upper => ascii.push(letter.plain().to_ascii_uppercase()),
        Some(letter) => ascii.push(letter.plain()),
        None => ascii.extend(std::iter::repeat_n('?', width(c.encode_utf8(&mut [0; 4])))),
    }
}

/// A text in one line, safe to show.
pub fn line(text: &str) -> Cow<'_, str> {
    let clean = clean(text);
    if clean.contains('\n') {
        Cow::Owned(clean.split_whitespace().collect::<Vec<_>>().join(" "))
    } else {
        clean
    }
}

/// A text in one line for Markdown, which shows it as it stands whatever signs of Markdown or HTML are in it.
pub fn markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in line(text).chars() {
        if matches!(c, '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '~' | '&' | '!') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn markdown_shows_signs_as_they_stand() {
        assert_eq!(markdown("Sở A & B *gấp*\n&lt;"), r"Sở A \& B \*gấp\* \&lt;");
    }

    #[test]
    fn ordinary_text_is_borrowed() {
        for text in ["Sở Nội vụ\nĐiều 5 – “khoản 2”…", "30\u{a0}%", "नमस्ते ক\u{200d}ষ ไทย"]
        {
            assert!(matches!(clean(text), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn nothing_that_acts_on_a_terminal_gets_through() {
        assert_eq!(clean("a\x1b[31mb\x07"), "a<1B>[31mb<07>");
        assert_eq!(clean("\u{9b}2J\x7f\0"), "<9B>2J<7F><00>");
        assert_eq!(clean("\u{202e}x\u{2066}\u{200f}\u{2029}"), "<202E>x<2066><200F><2029>");
        assert_eq!(clean("\u{feff}Sở\u{200b}"), "<FEFF>Sở<200B>");
    }

    #[test]
    fn no_character_that_is_left_is_hidden() {
        let every: String = ('\0'..=char::MAX).collect();
        assert!(!clean(&every).chars().any(is_hidden));
        let left = every.chars().filter(|&c| c.is_control() && !is_hidden(c)).collect::<String>();
        assert_eq!(left, "\n");
    }

    #[test]
    fn lines_and_tabs_stay_readable() {
        assert_eq!(clean("một\r\nhai\tba\n"), "một\nhai ba\n");
        assert_eq!(clean("một\rhai"), "một<0D>hai");
    }

    #[test]
    fn shown_text_is_composed() {
        assert_eq!(clean(&"Sở Nội vụ".nfd().collect::<String>()), "Sở Nội vụ");
    }

    #[test]
    fn ascii_keeps_letters_case_and_width() {
        for (text, ascii) in [
            ("Kế hoạch", "Ke hoach"),
            ("ĐIỆN BIÊN Ðắk", "DIEN BIEN Dak"),
            ("Thi đua – Khen thưởng · “Quý I”…", "Thi dua - Khen thuong - \"Quy I\"~"),
            ("30\u{a0}%", "30 %"),
            ("日 ñ ₫", "?? n ?"),
        ] {
            assert_eq!(to_ascii(text), ascii);
            assert_eq!(width(text), width(ascii), "{text}");
        }
        assert_eq!(to_ascii(&"Kế hoạch".nfd().collect::<String>()), "Ke hoach");
        assert!(matches!(to_ascii("Ke hoach\n"), Cow::Borrowed(_)));
    }

    #[test]
    fn ascii_is_ascii() {
        let every: String = ('\0'..=char::MAX).collect();
        assert!(to_ascii(&every).bytes().all(|it| matches!(it, b' '..=b'~' | b'\n')));
    }
}
