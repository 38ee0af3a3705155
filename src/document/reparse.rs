//! Reading a text again of which most is known: only the tasks around what is different are parsed.
//!
//! The result is that of reading it anew. Up to the comma before those tasks, and from the one behind them, the text
//! is byte for byte what `ron` has taken for a plan, so that it stands in the same place of the same list when it
//! comes to them; and no task has a say in how another is read.

use std::ops::Range;
use std::sync::Arc;

use super::lex::Span;
use super::read::{self, TextForm};
use super::tree::{self, Node, NodeBody};
use crate::plan::{Plan, Task};

/// A text that was read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parsed<'a> {
    pub(super) text: &'a str,
    pub(super) plan: &'a Plan,
    pub(super) form: TextForm,
    /// The text, opened as far as the tasks.
    pub(super) root: &'a Node,
}

/// What another text comes to.
#[derive(Debug)]
pub(super) struct Reparsed {
    pub(super) plan: Plan,
    pub(super) form: TextForm,
    pub(super) root: Node,
}

impl Parsed<'_> {
    /// None if the text is no plan, or is different in more than some tasks: then it has to be read anew.
    pub(super) fn read(&self, text: &str) -> Option<Reparsed> {
        let list = self.root.fields()?.field(self.text, "tasks")?.value.list()?;
        if list.elements.len() != self.plan.tasks.len() {
            return None;
        }
        let (same_before, same_behind) = same(self.text.as_bytes(), text.as_bytes());
        let old = Region::around(list, same_before..self.text.len() - same_behind)?;
        let new = old.span.start..text.len() - (self.text.len() - old.span.end);
        let tasks = self.tasks(text, &new)?;
        let place = |at| if at < old.span.end { at } else { at + new.end - old.span.end };
        let mut root = self.root.moved(&place);
        let elements = tree::elements(text, new.clone())?;
        if elements.len() != tasks.len() {
            return None;
        }
        root.list_mut(text, "tasks")?.elements.splice(old.elements.clone(), elements);
        let mut plan = self.plan.clone();
        plan.tasks.splice(old.elements, tasks);
        plan.tell_apart();
        let form = self.form.with(&text[new]);
        Some(Reparsed { plan, form, root })
    }

    /// The tasks that stand in a part of the list. The comma that it ends with is one, and no part of a comment: that
    /// would swallow the bracket that is put behind it.
    fn tasks(&self, text: &str, part: &Span) -> Option<Vec<Arc<Task>>> {
        let attributes = &text[..self.root.start];
        read::tasks(attributes, &text[part.clone()])
    }
}

/// Some tasks of a list, with all that stands between the commas before and behind them.
struct Region {
    elements: Range<usize>,
    /// From behind a comma, or the opening bracket, to behind a comma, or before the closing bracket.
    span: Span,
}

impl Region {
    /// The least that has all of the changed part in it, neither of the two commas being in that.
    fn around(list: &NodeBody, changed: Span) -> Option<Self> {
        if changed.start <= list.open || list.close < changed.end {
            return None;
        }
        let comma = |at: usize| list.elements.get(at).and_then(|element| element.comma);
        let before = |end: usize| list.elements.partition_point(|it| it.comma.is_some_and(|at| at < end));
        let first = before(changed.start);
        let ending = before(changed.end).max(first);
        let start =
            first.checked_sub(1).map_or(list.open, |at| comma(at).expect("it stands before the change"));
        Some(match comma(ending) {
            Some(end) => Self { elements: first..ending + 1, span: start + 1..end + 1 },
            None => Self { elements: first..list.elements.len(), span: start + 1..list.close },
        })
    }
}

/// How many bytes two texts have in common at their beginnings, and how many of the rest at their ends.
fn same(one: &[u8], other: &[u8]) -> (usize, usize) {
    let before = same_beginning(one.chunks(CHUNK), other.chunks(CHUNK), |(one, other)| {
        one.iter().zip(other).take_while(|(one, other)| one == other).count()
    });
    let (one, other) = (&one[before..], &other[before..]);
    let behind = same_beginning(one.rchunks(CHUNK), other.rchunks(CHUNK), |(one, other)| {
        one.iter().rev().zip(other.iter().rev()).take_while(|(one, other)| one == other).count()
    });
    (before, behind)
}

/// So many bytes are compared at once.
const CHUNK: usize = 4096;

fn same_beginning<'a>(
    one: impl Iterator<Item = &'a [u8]>,
    other: impl Iterator<Item = &'a [u8]>,
    within: impl Fn((&'a [u8], &'a [u8])) -> usize,
) -> usize {
    let mut same = 0;
    for (one, other) in one.zip(other) {
        if one != other {
            return same + within((one, other));
        }
        same += one.len();
    }
    same
}
