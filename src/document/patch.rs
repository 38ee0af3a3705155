//! Replacing parts of a text by their places.

use super::lex::Span;

#[derive(Debug, Clone)]
struct Patch {
    span: Span,
    text: String,
}

/// Replacements in one text. Their places are those of the text before any of them is made.
#[derive(Debug, Clone, Default)]
pub(super) struct Patches(Vec<Patch>);

impl Patches {
    pub(super) fn replace(&mut self, span: Span, text: impl Into<String>) {
        self.0.push(Patch { span, text: text.into() });
    }

    pub(super) fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.replace(at..at, text);
    }

    pub(super) fn delete(&mut self, span: Span) {
        self.replace(span, "");
    }

    pub(super) fn extend(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    pub(super) fn spans(&self) -> impl Iterator<Item = Span> {
        self.0.iter().map(|patch| patch.span.clone())
    }

    /// From the first replacement to the last, in the text as it is.
    pub(super) fn reach(&self) -> Option<Span> {
        let start = self.0.iter().map(|patch| patch.span.start).min()?;
        let end = self.0.iter().map(|patch| patch.span.end).max()?;
        Some(start..end)
    }

    /// The part of the text with the replacements made. Where they overlap none is made, for which of them was
    /// meant would be luck; but what is to go may well go twice.
    pub(super) fn apply(&self, text: &str, part: Span) -> Option<String> {
        let mut patches: Vec<_> = self.0.iter().collect();
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
