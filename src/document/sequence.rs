//! Putting elements between two brackets, and taking them out, in the manner of those that stand there.

use super::layout::{Tail, indentation, indentation_of_line, line_ending, line_start, tail};
use super::lex::{ByteSpan, is_space};
use super::patch::Patches;
use super::tree::{Element, NodeBody};

/// The elements of a struct or a list, in their text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sequence<'a> {
    pub(super) text: &'a str,
    pub(super) body: &'a NodeBody,
}

/// An element to be put in.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) text: String,
    /// Comments that stand behind it, on the same line.
    pub(super) tail: String,
}

impl Piece {
    pub(super) fn of(text: impl Into<String>) -> Self {
        Self { text: text.into(), tail: String::new() }
    }
}

/// How elements stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
    /// One after the other on a line.
    Inline,
    /// Each on lines of its own.
    Lines,
    /// Each on lines of its own, with an empty line between.
    Apart,
}

/// What becomes of the comments at the end of an element's line when the element goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comments {
    Go,
    Stay,
}

/// The indentation of a level below that of `indent`.
pub(super) fn deeper(indent: &str) -> String {
    format!("{indent}{}", if indent.ends_with('\t') { "\t" } else { "    " })
}

impl<'a> Sequence<'a> {
    fn element(&self, at: usize) -> &'a Element {
        &self.body.elements[at]
    }

    /// The indentation of the element, if it begins its line; else that of the next one.
    fn indent(&self, at: usize) -> Option<&'a str> {
        let next = || indentation(self.text, self.body.elements.get(at + 1)?.start());
        indentation(self.text, self.element(at).start()).or_else(next)
    }

    /// The indentation of a line put behind the element, or before the first. None if what is put there has to
    /// share a line with others.
    pub(super) fn indent_behind(&self, after: Option<usize>) -> Option<&'a str> {
        let Some(at) = after else {
            return indentation(self.text, self.body.elements.first()?.start());
        };
        let Element { value, comma, .. } = self.element(at);
        tail(self.text, comma.map_or(value.end, |comma| comma + 1)).next_line?;
        self.indent(at)
    }

    /// Whether an empty line stands between elements, as far as this one and its neighbours show.
    pub(super) fn is_apart(&self, at: usize) -> bool {
        let behind = |first: usize| {
            let next = self.body.elements.get(first + 1)?;
            let between = &self.text[self.element(first).value.end..next.start()];
            let (_, between) = between.split_once('\n')?;
            let lines = between.rsplit_once('\n').map(|(lines, _)| lines.split('\n'));
            Some(lines.is_some_and(|mut lines| lines.any(|line| line.chars().all(is_space))))
        };
        let is_block = || self.text[self.element(at).value.span()].contains('\n');
        behind(at).or_else(|| behind(at.checked_sub(1)?)).unwrap_or_else(is_block)
    }

    /// Puts the pieces behind an element, or before the first. `empty` says how they stand where there was none.
    pub(super) fn insert(&self, after: Option<usize>, pieces: &[Piece], empty: Flow, patches: &mut Patches) {
        if pieces.is_empty() {
            return;
        }
        match after {
            Some(at) => self.insert_behind(at, pieces, empty, patches),
            None if self.body.elements.is_empty() => self.insert_into_empty(pieces, empty, patches),
            None => self.insert_at_head(pieces, empty, patches),
        }
    }

    fn insert_behind(&self, at: usize, pieces: &[Piece], flow: Flow, patches: &mut Patches) {
        let Element { value, comma, .. } = self.element(at);
        let end = comma.map_or(value.end, |comma| comma + 1);
        if comma.is_none() {
            patches.insert(value.end, ",");
        }
        let line = tail(self.text, end).next_line.zip(self.indent(at));
        let last_comma = if comma.is_some() { "," } else { "" };
        let (text, gap) = self.joined(pieces, last_comma, line.map(|(_, indent)| indent), flow);
        patches.insert(line.map_or(end, |(start, _)| start), gap.to_owned() + &text);
    }

    fn insert_at_head(&self, pieces: &[Piece], flow: Flow, patches: &mut Patches) {
        let start = self.element(0).start();
        let indent = indentation(self.text, start);
        let (text, gap) = self.joined(pieces, ",", indent, flow);
        patches.insert(if indent.is_some() { line_start(self.text, start) } else { start }, text + gap);
    }

    fn insert_into_empty(&self, pieces: &[Piece], flow: Flow, patches: &mut Patches) {
        let NodeBody { open, close, .. } = *self.body;
        let indent = indentation_of_line(self.text, open);
        let (text, _) = match flow {
            Flow::Inline => self.joined(pieces, "", None, flow),
            Flow::Lines | Flow::Apart => self.joined(pieces, ",", Some(&deeper(indent)), flow),
        };
        let block = || format!("{}{text}{indent}", line_ending(self.text));
        let is_bare = self.text[open + 1..close].chars().all(is_space);
        match (flow, is_bare) {
            (Flow::Inline, true) => patches.replace(open + 1..close, text),
            (_, true) => patches.replace(open + 1..close, block()),
            (Flow::Inline, false) => patches.insert(close, format!(" {text}")),
            (_, false) if indentation(self.text, close).is_some() => {
                patches.insert(line_start(self.text, close), text);
            }
            (_, false) => patches.insert(close, block()),
        }
    }

    /// The pieces on lines with this indentation, or on one line where there is none; and what stands between them.
    fn joined(
        &self,
        pieces: &[Piece],
        last_comma: &str,
        indent: Option<&str>,
        flow: Flow,
    ) -> (String, &'static str) {
        let eol = line_ending(self.text);
        let gap = match (indent, flow) {
            (None, _) => " ",
            (Some(_), Flow::Apart) => eol,
            (Some(_), Flow::Inline | Flow::Lines) => "",
        };
        let part = |(at, Piece { text, tail }): (usize, &Piece)| {
            let comma = if at + 1 == pieces.len() { last_comma } else { "," };
            let end = if indent.is_some() || tail.contains("//") { eol } else { "" };
            format!("{}{text}{comma}{tail}{end}", indent.unwrap_or(""))
        };
        (pieces.iter().enumerate().map(part).collect::<Vec<_>>().join(gap), gap)
    }

    /// The element as it can be put in elsewhere: its text, here with `patches` made in it, and the comments
    /// behind it on its line.
    pub(super) fn cut(&self, at: usize, patches: &Patches) -> Option<Piece> {
        let text = patches.apply(self.text, self.element(at).start()..self.element(at).value.end)?;
        let comments = self.rear(at).comments;
        Some(Piece { text, tail: comments.into_iter().flat_map(|span| [" ", &self.text[span]]).collect() })
    }

    /// The comments that are the element's own: behind it, with nothing else on the line.
    fn rear(&self, at: usize) -> Tail {
        let Element { value, comma, .. } = self.element(at);
        let comma = comma.filter(|&comma| !self.text[value.end..comma].contains('\n'));
        let end = comma.map_or(value.end, |comma| comma + 1);
        let before = tail(self.text, value.end).comments.into_iter().filter(|comment| comment.end < end);
        let mut rear = tail(self.text, end);
        if rear.next_line.is_none() {
            rear = Tail { comments: Vec::new(), end, next_line: None };
        }
        rear.comments.splice(0..0, before);
        rear
    }

    /// Takes the element out, with its comma.
    pub(super) fn remove(&self, at: usize, comments: Comments, patches: &mut Patches) {
        let element = self.element(at);
        let start = element.start();
        let rear = self.rear(at);
        let keeps = comments == Comments::Stay && !rear.comments.is_empty();
        let far_comma = element.comma.filter(|&comma| keeps || comma > rear.end);
        if let Some(comma) = far_comma {
            patches.delete(start..if keeps { element.value.end } else { rear.end });
            patches.delete(comma..comma + 1);
        } else if keeps {
            patches.delete(start..element.value.end);
        } else if let (Some(_), Some(next_line)) = (indentation(self.text, start), rear.next_line) {
            patches.delete(self.with_empty_line(at, line_start(self.text, start)..next_line));
        } else {
            patches.delete(self.with_gap(at, start..rear.end));
        }
    }

    /// Takes these elements out; comments stay. Where the last one had no comma, none stays behind.
    pub(super) fn remove_all(&self, places: &[usize], patches: &mut Patches) {
        for &at in places {
            self.remove(at, Comments::Stay, patches);
        }
        let elements = &self.body.elements;
        let last_kept = (0..elements.len()).rev().find(|at| !places.contains(at));
        let has_bare_end = elements.last().is_some_and(|last| last.comma.is_none());
        let bared = last_kept.filter(|&last| last + 1 < elements.len() && has_bare_end);
        if let Some(comma) = bared.and_then(|last| elements[last].comma) {
            patches.delete(comma..comma + 1);
        }
    }

    /// Whole lines, with one of the two empty lines that would come together.
    fn with_empty_line(&self, at: usize, lines: ByteSpan) -> ByteSpan {
        let rest = &self.text[lines.end..];
        let next = &rest[..rest.find('\n').map_or(rest.len(), |end| end + 1)];
        let before = line_start(self.text, lines.start.saturating_sub(1));
        let is_empty = |line: &str| line.chars().all(is_space);
        if at == 0 {
            // A heading that follows keeps its distance from what stands above the first element.
            let goes = is_empty(next) && !rest.trim_start().starts_with('/');
            return lines.start..lines.end + if goes { next.len() } else { 0 };
        }
        let is_last = at + 1 == self.body.elements.len();
        if is_empty(&self.text[before..lines.start]) && (is_empty(next) || is_last) {
            return before..lines.end;
        }
        lines
    }

    /// A part of a line, with the space that parted it from its neighbour.
    fn with_gap(&self, at: usize, part: ByteSpan) -> ByteSpan {
        let is_gap = |c: char| c == ' ' || c == '\t';
        if at == 0 {
            let rest = &self.text[part.end..self.body.close];
            return part.start..part.end + (rest.len() - rest.trim_start_matches(is_gap).len());
        }
        let before = self.text[..part.start].trim_end_matches(is_gap);
        if before.ends_with(',') { before.len()..part.end } else { part }
    }
}
