//! Where the syllables of a text stand in it, so that what is found there can be shown.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::fold::is_of_word;
use super::is_hidden;
use super::letter::{Case, Letter, is_tone};

/// The words of a text as the keys of a search tell them apart: where each stands.
pub(super) fn stretches(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut chars = text.char_indices();
    std::iter::from_fn(move || {
        let (start, first) = chars.find(|&(_, c)| is_of_word(c) && !is_combining_mark(c))?;
        let mut end = start + first.len_utf8();
        for (at, c) in chars.by_ref() {
            if is_of_word(c) {
                end = at + c.len_utf8();
            } else if !is_hidden(c) || c.is_whitespace() {
                break;
            }
        }
        Some(start..end)
    })
}

/// Letters of an abbreviation that may stand for it, and of the longest that there are.
const LEAST_END: usize = 3;
const LONGEST_ABBREVIATION: usize = 12;

/// Every letter of an abbreviation begins a word: the parts that go from one to the end.
pub(super) fn ends_of_abbreviations(text: &str) -> Vec<Range<usize>> {
    // Where there is nothing but capitals, they do not tell an abbreviation from a word.
    if !text.chars().any(char::is_lowercase) {
        return Vec::new();
    }
    stretches(text).flat_map(|word| ends_of_word(text, &word)).collect()
}

fn ends_of_word(text: &str, word: &Range<usize>) -> Vec<Range<usize>> {
    let letters = || text[word.clone()].char_indices().filter(|(_, c)| !is_combining_mark(*c));
    if !letters().all(|(_, c)| is_capital(c)) || letters().count() > LONGEST_ABBREVIATION {
        return Vec::new();
    }
    let ends = letters().count().saturating_sub(LEAST_END);
    letters().skip(1).take(ends).map(|(at, _)| word.start + at..word.end).collect()
}

fn is_capital(c: char) -> bool {
    Letter::of(c).map_or_else(|| c.is_uppercase(), |letter| letter.case == Case::Upper)
}

/// Where the syllables of a word are that stands at the first of these places.
pub(super) fn stretch(text: &str, places: &[Range<usize>], word: &str) -> Option<Range<usize>> {
    let syllables: Vec<&str> = word.split(' ').skip(1).collect();
    let (first, last) = (places.first()?, places.get(syllables.len() - 1)?);
    let mut wanted = syllables.last()?.chars().filter(|&c| !is_tone(c)).count();
    let letters = &text[last.clone()];
    let end = letters.char_indices().find(|&(_, c)| {
        let is_behind = wanted == 0 && !is_combining_mark(c);
        wanted = wanted.saturating_sub(usize::from(!is_combining_mark(c) && !is_hidden(c)));
        is_behind
    });
    Some(first.start..last.start + end.map_or(letters.len(), |(at, _)| at))
}

pub(super) fn merged(ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut().filter(|last| range.start <= last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => merged.push(range),
        }
    }
    merged
}
