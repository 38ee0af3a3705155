//! A sentence as words with signs between them.

use std::ops::Range;

use crate::plan::agency::{LetterCase, PhraseMatch, Phrasebook, SpelledWord, spelled};

/// Beyond so many words there is no name.
const LONGEST_NAME: usize = 32;

#[derive(Debug)]
pub(super) struct Sentence<'a> {
    pub(super) text: &'a str,
    pub(super) words: Vec<SpelledWord>,
    /// What stands before each word, and behind the last of them.
    signs: Vec<&'a str>,
    /// Whether capitals tell a name from other words.
    has_small_letters: bool,
}

impl<'a> Sentence<'a> {
    /// Of a text that is composed.
    pub(super) fn of(text: &'a str) -> Self {
        let words = spelled(text);
        let starts = words.iter().map(|word| word.range.start).chain([text.len()]);
        let ends = [0].into_iter().chain(words.iter().map(|word| word.range.end));
        let is_blank = |c: char| c.is_whitespace() && c != '\n';
        let signs = ends.zip(starts).map(|(end, start)| text[end..start].trim_matches(is_blank)).collect();
        let has_small_letters = words.iter().any(|word| word.case == LetterCase::Lower);
        Self { text, words, signs, has_small_letters }
    }

    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// What stands before a word. The bracket that a name has closed says nothing.
    pub(super) fn sign(&self, at: usize) -> &'a str {
        self.signs[at].trim_start_matches(')').trim_start()
    }

    /// Whether the word stands behind nothing but a blank.
    pub(super) fn is_joined(&self, at: usize) -> bool {
        at < self.len() && self.signs[at].is_empty()
    }

    /// All that stands before a word, as it stands there.
    pub(super) fn gap(&self, at: usize) -> &'a str {
        let end = at.checked_sub(1).map_or(0, |before| self.words[before].range.end);
        &self.text[end..self.start(at)]
    }

    /// Whether the word stands between quotation marks.
    pub(super) fn is_quoted(&self, at: usize) -> bool {
        let before = &self.text[..self.start(at)];
        let plain = before.matches('"').count();
        before.matches('“').count() > before.matches('”').count() || plain % 2 == 1
    }

    pub(super) fn has_case(&self) -> bool {
        self.has_small_letters
    }

    pub(super) fn case(&self, at: usize) -> Option<LetterCase> {
        self.words.get(at).map(|word| word.case)
    }

    /// The bytes of the words, with the signs between them.
    pub(super) fn bytes(&self, words: Range<usize>) -> Range<usize> {
        self.words[words.start].range.start..self.words[words.end - 1].range.end
    }

    pub(super) fn slice(&self, words: Range<usize>) -> &'a str {
        &self.text[self.bytes(words)]
    }

    /// Where the word begins; behind the last of them the text ends.
    pub(super) fn start(&self, at: usize) -> usize {
        self.words.get(at).map_or(self.text.len(), |word| word.range.start)
    }

    /// Reads a phrase, and answers which word stands behind it.
    pub(super) fn behind<T: Copy + PartialEq>(&self, book: &Phrasebook<T>, at: usize) -> Option<usize> {
        self.phrase(book, at).map(|found| at + found.count)
    }

    pub(super) fn has<T: Copy + PartialEq>(&self, book: &Phrasebook<T>, at: usize) -> bool {
        self.phrase(book, at).is_some()
    }

    /// The phrase that stands here, with nothing but blanks in it.
    pub(super) fn phrase<'b, T: Copy + PartialEq>(
        &self,
        book: &'b Phrasebook<T>,
        at: usize,
    ) -> Option<PhraseMatch<'b, T>> {
        book.at(self.run(at, str::is_empty))
    }

    /// The name that stands here. Names have signs in them.
    pub(super) fn name<'b, T: Copy + PartialEq>(
        &self,
        book: &'b Phrasebook<T>,
        at: usize,
    ) -> Option<PhraseMatch<'b, T>> {
        book.at(self
            .run(at, |sign| sign.chars().all(|c| matches!(c, ' ' | ',' | '-' | '–' | '&' | '/' | '(' | ')'))))
    }

    /// The words from here on, as far as the signs between them are such.
    fn run(&self, at: usize, is_within: impl Fn(&str) -> bool) -> &[SpelledWord] {
        if at >= self.len() {
            return &[];
        }
        let most = self.len().min(at + LONGEST_NAME);
        let end = (at + 1..most).find(|&next| !is_within(self.signs[next])).unwrap_or(most);
        &self.words[at..end]
    }
}
