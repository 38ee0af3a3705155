//! Replacing parts of a text by their places.

use std::collections::HashMap;

use super::layout::{comments, words_of};
use super::lex::ByteSpan;

#[derive(Debug, Clone)]
struct Patch {
    span: ByteSpan,
    text: String,
}

/// Replacements in one text. Their places are those of the text before any of them is made.
#[derive(Debug, Clone, Default)]
pub(super) struct Patches {
    patches: Vec<Patch>,
    /// What they take away on purpose, with the comments in it.
    gone: Vec<ByteSpan>,
}

impl Patches {
    pub(super) fn replace(&mut self, span: ByteSpan, text: impl Into<String>) {
        self.patches.push(Patch { span, text: text.into() });
    }

    pub(super) fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.replace(at..at, text);
    }

    pub(super) fn delete(&mut self, span: ByteSpan) {
        self.replace(span, "");
    }

    pub(super) fn extend(&mut self, others: Self) {
        self.patches.extend(others.patches);
    }

    /// The same for those that may take comments away.
    pub(super) fn extend_with_loss(&mut self, others: Self) {
        self.gone.extend(others.patches.iter().map(|patch| patch.span.clone()));
        self.extend(others);
    }

    /// From the first replacement to the last, in the text as it is.
    pub(super) fn reach(&self) -> Option<ByteSpan> {
        let start = self.patches.iter().map(|patch| patch.span.start).min()?;
        let end = self.patches.iter().map(|patch| patch.span.end).max()?;
        Some(start..end)
    }

    /// The part of the text with the replacements made. Where they overlap none is made, for which of them was
    /// meant would be luck; but what is to go may well go twice.
    pub(super) fn apply(&self, text: &str, part: ByteSpan) -> Option<String> {
        let mut patches: Vec<_> = self.patches.iter().collect();
        patches.sort_by_key(|patch| (patch.span.start, patch.span.end));
        let added: usize = patches.iter().map(|patch| patch.text.len()).sum();
        let mut result = String::with_capacity(part.len() + added);
        let mut done = part.start;
        let mut after_deletion = false;
        for patch in patches {
            let deletes = patch.text.is_empty();
            if !(deletes && after_deletion && patch.span.start < done) {
                result += text.get(done..patch.span.start)?;
            }
            result += &patch.text;
            (done, after_deletion) = (done.max(patch.span.end), deletes);
        }
        result += text.get(done..part.end)?;
        Some(result)
    }

    /// Whether every comment of the old text is in the new one, but for those that were taken away on purpose.
    /// Only the part that was rewritten has to be looked at, if the new text is in step again behind it.
    pub(super) fn keeps_comments(&self, old: &str, new: &str) -> bool {
        let Some(reach) = self.reach() else { return true };
        let rewritten = reach.start..(reach.end + new.len()).saturating_sub(old.len());
        let (Some(before), Some(after)) = (comments(old, reach), comments(new, rewritten)) else {
            return false;
        };
        let is_gone = |comment: &ByteSpan| {
            self.gone.iter().any(|it| it.start <= comment.start && comment.end <= it.end)
        };
        let mut missing: HashMap<String, isize> = HashMap::new();
        for comment in before.into_iter().filter(|comment| !is_gone(comment)) {
            *missing.entry(words_of(&old[comment])).or_default() += 1;
        }
        for comment in after {
            *missing.entry(words_of(&new[comment])).or_default() -= 1;
        }
        missing.values().all(|&count| count <= 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replacements_that_overlap_are_refused() {
        let mut patches = Patches::default();
        patches.replace(1..3, "x");
        patches.insert(3, "y");
        assert_eq!(patches.apply("abcde", 0..5).as_deref(), Some("axyde"));
        patches.delete(3..5);
        patches.delete(4..5);
        assert_eq!(patches.apply("abcde", 0..5).as_deref(), Some("axy"));
        patches.insert(2, "z");
        assert_eq!(patches.apply("abcde", 0..5), None);
    }
}
