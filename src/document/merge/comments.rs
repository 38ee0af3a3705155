//! The comments that must be in a merged text, and those that stand for what cannot be in it otherwise.

use std::collections::{BTreeSet, HashMap};

use super::super::layout::{comments, line_ending, words_of};
use super::super::lex::{Lexer, TokenKind};
use super::super::write::quoted;
use super::{ThreeTexts, unknown};
use crate::plan::merge::{Clash, ClashPlace};

#[derive(Debug)]
pub(super) struct RequiredComments {
    /// Each comment by its words, as it stood in one of the texts, and how many times it must be there.
    comments: Vec<(String, String, usize)>,
    /// The comments for unknown fields that may have given way, and of which no history tells.
    fields: Vec<String>,
}

impl RequiredComments {
    /// All that either has written, and what neither has taken out. What had to give way and is no task's is said in a
    /// comment, because it would be nowhere else.
    pub(super) fn of(texts: ThreeTexts, clashes: &[Clash]) -> Self {
        let [base, ours, theirs] = texts.map(counted);
        let mut wanted = Vec::new();
        let both = ours.iter().chain(theirs.iter().filter(|(words, _)| !ours.contains_key(*words)));
        for (words, (comment, _)) in both {
            let count = |side: &HashMap<String, (&str, usize)>| side.get(words).map_or(0, |it| it.1);
            let (base, ours, theirs) = (count(&base), count(&ours), count(&theirs));
            let times = if base == 0 { ours.max(theirs) } else { (ours + theirs).saturating_sub(base) };
            wanted.push((words.clone(), (*comment).to_owned(), times.min(ours.max(theirs))));
        }
        for clash in clashes {
            let ClashPlace::Plan(field) = clash.place else { continue };
            let comment = format!("// {}: {}", field.name(), quoted(&clash.lost));
            wanted.push((words_of(&comment), comment, 1));
        }
        wanted.sort();
        Self { comments: wanted, fields: unknown::untold(texts) }
    }

    /// The comments that are not in the text, or not as many times as they must be.
    pub(super) fn missing_in(&self, text: &str) -> Vec<&str> {
        let there = counted(text);
        let missing = |(words, _, times): &'_ (String, String, usize)| {
            times.saturating_sub(there.get(words).map_or(0, |it| it.1))
        };
        let comments = self.comments.iter().flat_map(|it| std::iter::repeat_n(it.1.as_str(), missing(it)));
        let known = if self.fields.is_empty() { BTreeSet::new() } else { unknown::in_text(text) };
        let fields = self.fields.iter().map(String::as_str);
        let fields = fields.filter(|it| !known.contains(*it) && !there.contains_key(&words_of(it)));
        comments.chain(fields).collect()
    }
}

fn counted(text: &str) -> HashMap<String, (&str, usize)> {
    let start = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let mut counted = HashMap::new();
    for comment in comments(text, start..text.len()).unwrap_or_default() {
        let comment = &text[comment];
        counted.entry(words_of(comment)).or_insert((comment, 0)).1 += 1;
    }
    counted
}

/// The text with these comments behind it, each on lines of its own.
pub(super) fn put_behind(text: &str, comments: &[&str]) -> String {
    let eol = line_ending(text);
    let ends_in_comment = Lexer::at_start_of(text).last().is_some_and(|it| it.kind == TokenKind::LineComment);
    let first = if !text.ends_with('\n') || ends_in_comment { eol } else { "" };
    let lines: String = comments.iter().flat_map(|comment| [*comment, eol]).collect();
    format!("{text}{first}{lines}")
}
