//! Where the syllables of a text stand in it, so that what is found there can be shown.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::fold::is_of_word;
use super::is_hidden;
use super::letter::is_tone;

/// The words of a text as the keys of a search tell them apart: where each stands.
pub(super) fn stretches(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut goes_on = false;
    for (at, c) in text.char_indices() {
        if is_of_word(c) {
            let end = at + c.len_utf8();
            match found.last_mut().filter(|_| goes_on) {
                Some(last) => last.end = end,
                None if is_combining_mark(c) => continue,
                None => found.push(at..end),
            }
            goes_on = true;
        } else if !is_hidden(c) || c.is_whitespace() {
            goes_on = false;
        }
    }
    found
}

/// Letters of an abbreviation that may stand for it, and of the longest that there are.
const LEAST_END: usize = 3;
const LONGEST_ABBREVIATION: usize = 12;

/// Every letter of an abbreviation begins a word: the parts that go from one to the end.
pub(super) fn ends_of_abbreviations(text: &str, stretches: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut ends = Vec::new();
    // Where there is nothing but capitals, they do not tell an abbreviation from a word.
    if !text.chars().any(char::is_lowercase) {
        return ends;
    }
    for stretch in stretches {
        let word = &text[stretch.clone()];
        // Most words are none, and that shows at the second letter.
        if word.len() <= LEAST_END || !word.chars().all(|c| c.is_uppercase() || is_combining_mark(c)) {
            continue;
        }
        let letters: Vec<usize> =
            word.char_indices().filter(|(_, c)| !is_combining_mark(*c)).map(|(at, _)| at).collect();
        if letters.len() <= LONGEST_ABBREVIATION {
            let starts = letters.iter().skip(1).take(letters.len().saturating_sub(LEAST_END));
            ends.extend(starts.map(|start| stretch.start + start..stretch.end));
        }
    }
    ends
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
