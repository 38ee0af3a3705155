//! Names in the words of a sentence: in any case, without their tones, with some of their words as initials.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::Directory;
use crate::text;

/// A word as it is written.
#[derive(Debug, Clone)]
pub(in crate::plan) struct SpelledWord {
    /// Its bytes in the text.
    pub(in crate::plan) range: Range<usize>,
    pub(in crate::plan) case: LetterCase,
    folded: String,
    /// None in a text without any marks: there a word may have all of them.
    marked: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::plan) enum LetterCase {
    Number,
    Lower,
    /// The first letter is a capital.
    Capital,
    /// Two letters and more, and all of them capitals: an abbreviation, where there are small letters beside it.
    Capitals,
}

/// The words of a text.
pub(in crate::plan) fn spelled(text: &str) -> Vec<SpelledWord> {
    let mut words: Vec<SpelledWord> = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(char::is_alphanumeric) {
        let word = &rest[start..];
        let word = &word[..word.find(|c: char| !c.is_alphanumeric()).unwrap_or(word.len())];
        let from = text.len() - rest.len() + start;
        words.push(SpelledWord::of(word, from));
        rest = &text[from + word.len()..];
    }
    if words.iter().all(|word| word.marked() == word.folded) {
        for word in &mut words {
            word.marked = None;
        }
    }
    words
}

impl SpelledWord {
    fn of(word: &str, from: usize) -> Self {
        let (folded, marked) = (text::fold(word), Some(text::marked(word)));
        Self { range: from..from + word.len(), case: LetterCase::of(word), folded, marked }
    }

    /// Without marks, in lower case.
    pub(in crate::plan) fn folded(&self) -> &str {
        &self.folded
    }

    fn marked(&self) -> &str {
        self.marked.as_deref().unwrap_or(&self.folded)
    }

    /// Whether it is this word of a name.
    fn is(&self, named: &Self) -> bool {
        self.folded == named.folded && (self.marked.is_none() || self.marked() == named.marked())
    }

    /// What a short name takes of it.
    fn initials(&self) -> &str {
        match self.case {
            LetterCase::Lower | LetterCase::Capital if self.folded == "va" => "",
            LetterCase::Lower | LetterCase::Capital => {
                &self.folded[..self.folded.chars().next().map_or(0, char::len_utf8)]
            }
            LetterCase::Number | LetterCase::Capitals => &self.folded,
        }
    }
}

impl LetterCase {
    fn of(word: &str) -> Self {
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if first.is_numeric() => Self::Number,
            Some(first) if !first.is_uppercase() => Self::Lower,
            _ if letters.clone().next().is_some() && letters.all(char::is_uppercase) => Self::Capitals,
            _ => Self::Capital,
        }
    }
}

/// What phrases mean, to be found at the head of words.
#[derive(Debug)]
pub(in crate::plan) struct Phrasebook<T> {
    phrases: Vec<(Vec<SpelledWord>, T)>,
    /// The phrases of each key.
    keys: HashMap<String, Vec<usize>>,
    /// The words that they begin with: most words of a text are none of them.
    beginnings: HashSet<String>,
    /// The most words that a phrase has.
    longest: usize,
}

/// A phrase that stands at the head of words.
#[derive(Debug, Clone, Copy)]
pub(in crate::plan) struct PhraseMatch<'a, T> {
    /// So many words of the text.
    pub(in crate::plan) count: usize,
    pub(in crate::plan) meaning: T,
    pub(in crate::plan) phrase: &'a [SpelledWord],
}

impl<T> Default for Phrasebook<T> {
    fn default() -> Self {
        Self { phrases: Vec::new(), keys: HashMap::new(), beginnings: HashSet::new(), longest: 0 }
    }
}

impl<T: Copy + PartialEq> Phrasebook<T> {
    /// Phrases that are found with all their words.
    pub(in crate::plan) fn of<'a>(phrases: impl IntoIterator<Item = (&'a str, T)>) -> Self {
        let mut book = Self::default();
        for (phrase, meaning) in phrases {
            book.enter(spelled(phrase), meaning, &[SpelledKey::Words]);
        }
        book
    }

    /// Names, which are found by initials too, and with what their abbreviations stand for.
    pub(in crate::plan) fn of_names<'a>(names: impl IntoIterator<Item = (&'a str, T)>) -> Self {
        let mut book = Self::default();
        for (name, meaning) in names {
            book.enter(spelled(name), meaning, &SpelledKey::ALL);
            if let Some(name) = written_out(name) {
                book.enter(spelled(&name), meaning, &SpelledKey::ALL);
            }
        }
        book
    }

    fn enter(&mut self, phrase: Vec<SpelledWord>, meaning: T, keys: &[SpelledKey]) {
        self.longest = self.longest.max(phrase.len());
        self.beginnings.extend(phrase.first().map(|first| first.folded.clone()));
        for key in keys {
            self.keys.entry(key.of(&phrase).0).or_default().push(self.phrases.len());
        }
        self.phrases.push((phrase, meaning));
    }

    /// The longest phrase at the head of the words. There is none where it may mean one thing or another.
    pub(in crate::plan) fn at(&self, words: &[SpelledWord]) -> Option<PhraseMatch<'_, T>> {
        let first = words.first()?;
        if first.case != LetterCase::Capitals && !self.beginnings.contains(&first.folded) {
            return None;
        }
        let words = &words[..words.len().min(self.longest)];
        let keys = SpelledKey::ALL.map(|key| key.of(words));
        let found = (1..=words.len()).rev().find_map(|count| {
            let mut found =
                keys.iter().map(|(key, ends)| self.meant(&key[..ends[count - 1]], &words[..count]));
            found.find(|found| !found.is_empty()).map(|found| (count, found))
        })?;
        let (count, found) = found;
        let (phrase, meaning) = found[0];
        let is_clear = found.iter().all(|(_, other)| other == meaning);
        is_clear.then_some(PhraseMatch { count, meaning: *meaning, phrase })
    }

    /// The phrases of a key that the words are.
    fn meant(&self, key: &str, words: &[SpelledWord]) -> Vec<&(Vec<SpelledWord>, T)> {
        let phrases = self.keys.get(key).into_iter().flatten().map(|&at| &self.phrases[at]);
        phrases.filter(|(phrase, _)| is_written(words, phrase)).collect()
    }
}

/// What phrases are looked up by.
#[derive(Debug, Clone, Copy)]
enum SpelledKey {
    Words,
    Initials,
}

impl SpelledKey {
    const ALL: [Self; 2] = [Self::Words, Self::Initials];

    /// The key of the words, and where in it the key of the first of them ends, of the first two, and so on.
    fn of(self, words: &[SpelledWord]) -> (String, Vec<usize>) {
        let mut key = String::new();
        let ends = words.iter().map(|word| {
            match self {
                Self::Words => key.extend([" ", word.folded.as_str()]),
                Self::Initials => key.push_str(word.initials()),
            }
            key.len()
        });
        let ends = ends.collect();
        (key, ends)
    }
}

/// Whether words are a name, of which some words may be shortened to their initials.
fn is_written(words: &[SpelledWord], name: &[SpelledWord]) -> bool {
    let Some((word, rest)) = words.split_first() else { return name.is_empty() };
    match name {
        [named, others @ ..] if word.is(named) => is_written(rest, others),
        _ if word.case == LetterCase::Capitals => {
            behind_initials(&word.folded, name).is_some_and(|others| is_written(rest, others))
        }
        _ => false,
    }
}

/// What is left of a name behind the words of which these are the initials. They pass over `và`.
fn behind_initials<'a>(mut letters: &str, mut name: &'a [SpelledWord]) -> Option<&'a [SpelledWord]> {
    while !letters.is_empty() {
        let (first, others) = name.split_first()?;
        letters = letters.strip_prefix(first.initials())?;
        name = others;
    }
    Some(name)
}

/// Abbreviations that names are written with and without.
const ABBREVIATIONS: [(&str, &str); 9] = [
    ("UBND", "Ủy ban nhân dân"),
    ("HĐND", "Hội đồng nhân dân"),
    ("MTTQ", "Mặt trận Tổ quốc"),
    ("TĐKT", "Thi đua Khen thưởng"),
    ("HĐTĐKT", "Hội đồng Thi đua Khen thưởng"),
    ("ĐBQH", "Đại biểu Quốc hội"),
    ("TNCS", "Thanh niên Cộng sản"),
    ("BHXH", "Bảo hiểm xã hội"),
    ("TW", "Trung ương"),
];

/// The name without its abbreviations, if it has some.
fn written_out(name: &str) -> Option<String> {
    if !ABBREVIATIONS.iter().any(|(short, _)| name.contains(short)) {
        return None;
    }
    let mut full = name.to_owned();
    for word in spelled(name).into_iter().rev() {
        if let Some((_, long)) = ABBREVIATIONS.iter().find(|(short, _)| *short == &name[word.range.clone()]) {
            full.replace_range(word.range, long);
        }
    }
    (full != name).then_some(full)
}

impl Directory {
    /// The names of the bodies and their places, to be found in a sentence.
    pub(in crate::plan) fn names(&self) -> &Phrasebook<usize> {
        self.names.get_or_init(|| {
            let bodies = self.bodies.iter().enumerate();
            Phrasebook::of_names(bodies.flat_map(|(at, body)| body.names().map(move |name| (name, at))))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book() -> Phrasebook<&'static str> {
        let names =
            ["Sở Giáo dục và Đào tạo", "Sở Tài chính", "Sở Tại chỗ", "Văn phòng UBND tỉnh", "Sở Nội vụ"];
        Phrasebook::of_names(names.map(|name| (name, name)))
    }

    #[track_caller]
    fn finds(text: &str, expected: impl Into<Option<(usize, &'static str)>>) {
        let found = book().at(&spelled(text)).map(|found| (found.count, found.meaning));
        assert_eq!(found, expected.into(), "{text}");
    }

    #[test]
    fn a_name_is_found_as_people_write_it() {
        finds("Sở Nội vụ chủ trì", (3, "Sở Nội vụ"));
        finds("SỞ NỘI VỤ", (3, "Sở Nội vụ"));
        finds("so noi vu chu tri", (3, "Sở Nội vụ"));
        finds("SNV chủ trì", (1, "Sở Nội vụ"));
        finds("Sở GD&ĐT", (3, "Sở Giáo dục và Đào tạo"));
        finds("Sở GDĐT", (2, "Sở Giáo dục và Đào tạo"));
        finds("Văn phòng Ủy ban nhân dân tỉnh", (7, "Văn phòng UBND tỉnh"));
        finds("VPUBND tỉnh", (2, "Văn phòng UBND tỉnh"));
    }

    #[test]
    fn another_word_is_another_name() {
        finds("Số Nội vụ", None);
        finds("Sở Noi vụ", None);
        finds("Nội vụ", None);
        finds("Sở", None);
        finds("", None);
    }

    /// `Sở TC` may be either of two.
    #[test]
    fn what_may_be_two_is_neither() {
        finds("Sở TC", None);
        finds("Sở Tài chính", (3, "Sở Tài chính"));
    }
}
