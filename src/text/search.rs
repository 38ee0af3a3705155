//! Finding text: what people type is compared with or without marks, as they typed it.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use super::fold::{marked_syllables, syllables};
use super::letter::{Letter, is_tone};
use super::places::{ends_of_abbreviations, merged, stretch, stretches};
use super::{fold, initials};

/// What is looked for. Every word must occur somewhere, at the beginning of a syllable: *hoi* is in *hội* and
/// not in *khối*. Quotes hold a phrase together. A syllable typed with marks means its marks; one without finds
/// any.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Needle {
    /// As it was typed.
    typed: String,
    words: Vec<Word>,
    marks: Marks,
}

/// How the marks of what was typed are meant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Marks {
    /// A syllable with a mark has all its marks: *thông* is not *thống*.
    #[default]
    All,
    /// A mark that was left out may be any: *đac* is *đặc*.
    Typed,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Word {
    /// Where syllables are with their marks they are also without them, and that is quicker to see.
    Syllables { plain: String, marked: Option<String> },
    /// A word without a letter or a figure is looked for as it stands.
    Signs(String),
}

/// Text in which is looked. What a word needs of it is made ready by the first one that needs it, and kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Haystack {
    text: String,
    plain: OnceCell<String>,
    marked: OnceCell<String>,
}

/// How well a text answers to what is looked for, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    Whole,
    Beginning,
    /// The words stand side by side, as they were typed.
    Together,
    Apart,
}

impl Haystack {
    /// The ends of abbreviations stand behind the text, so that *TĐKT* is found in *HĐTĐKT*.
    pub fn of(mut text: String) -> Self {
        for end in ends_of_abbreviations(&text) {
            text.push('\n');
            text.extend_from_within(end);
        }
        Self { text, ..Self::default() }
    }

    /// A name, which is found by its initials too.
    pub fn of_names<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let lines = names.flat_map(|name| [name.to_owned(), initials(name).to_uppercase()]);
        Self::of(lines.collect::<Vec<_>>().join("\n"))
    }

    /// Makes ready what a word without marks needs.
    pub fn prepare(&self) {
        self.plain();
    }

    /// Makes ready what a word with marks needs.
    pub fn prepare_marks(&self) {
        self.marked();
    }

    fn plain(&self) -> &str {
        self.plain.get_or_init(|| syllables(&self.text))
    }

    fn marked(&self) -> &str {
        self.marked.get_or_init(|| marked_syllables(&self.text))
    }

    fn has(&self, word: &Word, marks: Marks) -> bool {
        match word {
            Word::Signs(signs) => fold(&self.text).contains(signs),
            Word::Syllables { plain, marked } => {
                let is_there = |word| beginnings(self.marked()).any(|(_, rest)| agrees(rest, word, marks));
                self.plain().contains(plain) && marked.as_deref().is_none_or(is_there)
            }
        }
    }
}

impl Needle {
    pub fn parse(text: &str) -> Self {
        Self { typed: text.to_owned(), words: words(text).filter_map(Word::of).collect(), marks: Marks::All }
    }

    /// The text that it was made of.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// Whether nothing is looked for; such a needle is in every haystack.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether there are marks that could be left out to find more.
    pub fn has_marks(&self) -> bool {
        self.words.iter().any(|word| matches!(word, Word::Syllables { marked: Some(_), .. }))
    }

    /// The needle as it was probably meant: where nothing is found with just these marks, some may have been left out.
    pub fn meant(&self, is_found: impl Fn(&Self) -> bool) -> Cow<'_, Self> {
        if !self.has_marks() || is_found(self) {
            return Cow::Borrowed(self);
        }
        let loose = Self { marks: Marks::Typed, ..self.clone() };
        if is_found(&loose) { Cow::Owned(loose) } else { Cow::Borrowed(self) }
    }

    /// Whether each word is in one of the texts.
    pub fn matches<'a>(&self, haystacks: &(impl Iterator<Item = &'a Haystack> + Clone)) -> bool {
        self.words.iter().all(|word| haystacks.clone().any(|haystack| haystack.has(word, self.marks)))
    }

    /// The same for a text that is looked at once.
    pub fn matches_text(&self, text: &str) -> bool {
        self.matches(&std::iter::once(&Haystack::of(text.to_owned())))
    }

    /// Whether one of the words at least is in the text.
    pub fn finds_any(&self, haystack: &Haystack) -> bool {
        self.words.iter().any(|word| haystack.has(word, self.marks))
    }

    /// What is left to be found behind these texts.
    #[must_use]
    pub fn without(&self, texts: &[&str]) -> Self {
        let haystacks: Vec<_> = texts.iter().map(|text| Haystack::of((*text).to_owned())).collect();
        let is_left = |word: &&Word| !haystacks.iter().any(|haystack| haystack.has(word, self.marks));
        let words = self.words.iter().filter(is_left).cloned().collect();
        Self { typed: self.typed.clone(), words, marks: self.marks }
    }

    pub fn rank(&self, text: &str) -> Rank {
        let plain = self.words.iter().filter_map(|word| match word {
            Word::Syllables { plain, .. } => Some(plain.as_str()),
            Word::Signs(_) => None,
        });
        let (wanted, text) = (plain.collect::<String>(), syllables(text));
        match text.find(&wanted) {
            Some(0) if text == wanted => Rank::Whole,
            Some(0) => Rank::Beginning,
            Some(_) => Rank::Together,
            None => Rank::Apart,
        }
    }

    /// Where the words stand in a text, from the first to the last.
    pub fn found_in(&self, text: &str) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        if self.is_empty() {
            return found;
        }
        let mut places: Vec<Range<usize>> = stretches(text).collect();
        let ends = ends_of_abbreviations(text);
        places.extend(ends);
        let haystack = Haystack::of(text.to_owned());
        for word in &self.words {
            match word {
                Word::Signs(signs) => {
                    found.extend(text.match_indices(signs.as_str()).map(|(at, it)| at..at + it.len()));
                }
                Word::Syllables { plain, marked } => {
                    let word = marked.as_deref().unwrap_or(plain);
                    let here =
                        beginnings(haystack.marked()).filter(|(_, rest)| agrees(rest, word, self.marks));
                    found.extend(here.filter_map(|(nth, _)| stretch(text, places.get(nth..)?, word)));
                }
            }
        }
        found.sort_unstable_by_key(|range| (range.start, range.end));
        merged(found)
    }
}

impl Word {
    fn of(text: &str) -> Option<Self> {
        let plain = syllables(text);
        if plain.is_empty() {
            let signs = fold(text);
            return (!signs.is_empty()).then_some(Self::Signs(signs));
        }
        let marked = marked_syllables(text);
        Some(Self::Syllables { plain, marked: has_mark(&marked).then_some(marked) })
    }
}

/// The syllables of a key: which it is, and the key from there on.
fn beginnings(key: &str) -> impl Iterator<Item = (usize, &str)> {
    key.match_indices(' ').enumerate().map(|(nth, (at, _))| (nth, &key[at..]))
}

/// Whether the syllables of a word stand at the beginning of a key; the last of them may go on there.
fn agrees(key: &str, word: &str, marks: Marks) -> bool {
    let mut rest = key;
    for syllable in word.split(' ').skip(1) {
        let Some(syllable_there) = rest.strip_prefix(' ') else { return false };
        let agreed = if marks == Marks::All && has_mark(syllable) {
            syllable_there.strip_prefix(syllable)
        } else {
            strip_letters(syllable_there, syllable)
        };
        // *nghị* is no beginning of *nghiệp*, for there the tone is on another vowel.
        let goes_on = |behind: &&str| !syllable.contains(is_tone) || !behind.starts_with(is_vowel);
        let Some(behind) = agreed.filter(goes_on) else { return false };
        rest = behind;
    }
    true
}

/// What is behind the letters of a syllable, whatever marks are there that the syllable does not have.
fn strip_letters<'a>(key: &'a str, syllable: &str) -> Option<&'a str> {
    let mut letters = key.chars();
    for wanted in syllable.chars() {
        let there = letters.find(|&there| is_tone(wanted) || !is_tone(there))?;
        if there != wanted && Letter::of(there).is_none_or(|it| it.plain() != wanted) {
            return None;
        }
    }
    Some(letters.as_str())
}

fn is_vowel(c: char) -> bool {
    Letter::of(c).is_some_and(Letter::is_vowel)
}

fn has_mark(key: &str) -> bool {
    key.chars().any(|c| is_tone(c) || Letter::of(c).is_some_and(Letter::has_mark))
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
        let with_marks = marked_syllables(TITLE);
        let places: Vec<usize> = with_marks.char_indices().map(|(at, _)| at).collect();
        for (nth, &from) in places.iter().enumerate() {
            for &to in &places[nth..] {
                let part = &with_marks[from..to];
                assert!(syllables(TITLE).contains(&fold(part)), "{part}");
            }
        }
    }

    #[test]
    fn words_without_marks_find_words_with_them() {
        for query in
            ["so noi vu", "SO NOI", "ke hoach hoa binh", "57-nq/tw", "57–NQ", "57 tw", "thuong thi dua", "q"]
        {
            assert!(finds(query, TITLE), "{query}");
        }
        for query in ["so tai chinh", "noi vu 2024", "58-nq"] {
            assert!(!finds(query, TITLE), "{query}");
        }
    }

    #[test]
    fn a_word_is_found_at_the_beginning_of_a_syllable() {
        let khoi = "Khối doanh nghiệp thi đua";
        assert!(!finds("hoi", khoi) && !finds("hoi nghi", khoi) && finds("nghi", khoi));
        assert!(finds("hoi nghi", "Hội nghị") && finds("hoi", "(hỏi"));
        assert!(!finds("ở", "sở") && !finds("uy", "quy định") && !finds("24", "2024"));
        assert!(finds("2", "số 2024") && finds("nq", "57-NQ/TW"));
    }

    #[test]
    fn every_letter_of_an_abbreviation_begins_a_word() {
        let issuer = "kế hoạch 01/KH-HĐTĐKT";
        for query in ["tđkt", "tdkt", "hđtđkt", "hdtd", "dkt"] {
            assert!(finds(query, issuer), "{query}");
        }
        assert!(!finds("kt", issuer) && !finds("ong", "TỔNG KẾT") && !finds("oạch", issuer));
        assert!(!finds("aaa", &format!("x {}", "A".repeat(100)).replace(" A", " BA")));
    }

    #[test]
    fn words_with_marks_mean_them() {
        for query in ["sở", "Sở nội", "số 57", "hòa bình", "hoà bình", "khen thưởng", "mưu so"]
        {
            assert!(finds(query, TITLE), "{query}");
        }
        assert!(finds("sở", "Sở") && !finds("sở", "số") && !finds("số", "so"));
        assert!(finds("đao", "đao") && !finds("đao", "dao"));
        assert!(
            !finds("hóa bình", TITLE) && !finds("công", "cộng") && !finds("\"cong thông\"", "công thống")
        );
        assert!(finds("\"cong thông\"", "công thông"), "each syllable for itself");
    }

    #[test]
    fn marks_that_were_left_out_may_be_any_where_nothing_is_found_with_them() {
        let meant = |query: &str, text: &str| {
            let needle = Needle::parse(query);
            needle.meant(|needle| needle.matches_text(text)).matches_text(text)
        };
        for query in ["đac biet", "đăc biêt", "đặc biêt", "ĐAC", "\"đac biệt\""] {
            assert!(!finds(query, "đặc biệt") && meant(query, "đặc biệt"), "{query}");
        }
        for query in ["đắc biet", "đác", "đâc"] {
            assert!(!meant(query, "đặc biệt"), "{query}: what was typed is meant");
        }
        assert!(meant("hoà", "hòa") && !meant("hoá", "hòa"));
    }

    /// The words of a query that are found in a text, in brackets.
    fn shown(query: &str, text: &str) -> String {
        let mut shown = String::new();
        let mut from = 0;
        for range in Needle::parse(query).found_in(text) {
            shown.extend([&text[from..range.start], "[", &text[range.clone()], "]"]);
            from = range.end;
        }
        shown + &text[from..]
    }

    #[test]
    fn what_is_found_can_be_shown() {
        for (query, expected) in [
            ("hoi nghi", "[Hội] đồng, khối; [Hội] [nghị] và [nghi]ệp"),
            ("\"hoi nghi\"", "Hội đồng, khối; [Hội nghị] và nghiệp"),
            ("nghị", "Hội đồng, khối; Hội [nghị] và nghiệp"),
            (";", "Hội đồng, khối[;] Hội nghị và nghiệp"),
            ("", "Hội đồng, khối; Hội nghị và nghiệp"),
        ] {
            let text = expected.replace(['[', ']'], "");
            assert_eq!(shown(query, &text), expected, "{query}");
        }
        assert_eq!(shown("tdkt 01", "số 01/KH-HĐTĐKT"), "số [01]/KH-HĐ[TĐKT]");
        assert_eq!(shown("57-nq/t", TITLE), TITLE.replace("57-NQ/T", "[57-NQ/T]"));
        let decomposed = "So\u{31b}\u{309} No\u{323}\u{302}i";
        assert_eq!(shown("so no", decomposed), "[So\u{31b}\u{309}] [No\u{323}\u{302}]i");
    }

    #[test]
    fn what_is_found_is_what_can_be_shown() {
        let texts =
            [TITLE, "HĐND & UBND tỉnh; 12/BC-SNV", "So\u{31b}\u{309}\u{200b} \u{301}x", "TOÀN CHỮ HOA"];
        let starts = |text: &str| text.char_indices().map(|(at, _)| at).collect::<Vec<_>>();
        for text in texts {
            for &from in &starts(text) {
                for to in starts(text).into_iter().filter(|&to| to > from && to < from + 12) {
                    let query = format!("\"{}\"", text[from..to].replace(['“', '”'], " "));
                    for query in [fold(&query), query] {
                        let needle = Needle::parse(&query);
                        let is_found = needle.matches_text(text);
                        let is_shown = needle.is_empty() || !needle.found_in(text).is_empty();
                        assert_eq!(is_found, is_shown, "{query} in {text}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_best_comes_first() {
        let rank = |query: &str, text: &str| Needle::parse(query).rank(text);
        assert_eq!(rank("so noi vu", "Sở Nội vụ"), Rank::Whole);
        assert_eq!(rank("so noi", "Sở Nội vụ"), Rank::Beginning);
        assert_eq!(rank("noi vu", "Sở Nội vụ"), Rank::Together);
        assert_eq!(rank("vu so", "Sở Nội vụ"), Rank::Apart);
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
}
