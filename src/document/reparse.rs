//! Reading a text again of which most is known: only the tasks around what is different are parsed.
//!
//! The result is that of reading it anew. Up to the comma before those tasks, and from the one behind them, the text
//! is byte for byte what `ron` has taken for a plan, so that it stands in the same place of the same list when it
//! comes to them; and no task has a say in how another is read.

use std::ops::Range;

use super::lex::ByteSpan;
use super::read;
use super::tree::{self, Node, NodeBody};
use crate::plan::Plan;

/// The plan that another text says, and where its tasks stand in it. Known is an earlier text with its plan, and its
/// tree as far as the tasks. None if the text is no plan, or is different in more than some tasks: then it has to be
/// read anew.
pub(super) fn read(known: &str, plan: &Plan, root: &Node, text: &str) -> Option<(Plan, Node)> {
    let list = root.fields()?.field(known, "tasks")?.value.list()?;
    if list.elements.len() != plan.tasks.len() {
        return None;
    }
    let (same_before, same_behind) = same(known.as_bytes(), text.as_bytes());
    let old = Region::around(list, same_before..known.len() - same_behind)?;
    let new = old.span.start..text.len() - (known.len() - old.span.end);
    // The comma that the part ends with is one, and no part of a comment: that would swallow the bracket that is put
    // behind it.
    let tasks = read::tasks(&text[..root.start], &text[new.clone()])?;
    let place = |at| if at < old.span.end { at } else { at + new.end - old.span.end };
    let mut root = root.clone();
    root.shift(&place);
    let elements = tree::elements(text, new)?;
    if elements.len() != tasks.len() {
        return None;
    }
    root.list_mut(text, "tasks")?.elements.splice(old.elements.clone(), elements);
    let mut plan = plan.clone();
    plan.tasks.splice(old.elements, tasks);
    plan.tell_apart();
    Some((plan, root))
}

/// Some tasks of a list, with all that stands between the commas before and behind them.
struct Region {
    elements: Range<usize>,
    /// From behind a comma, or the opening bracket, to behind a comma, or before the closing bracket.
    span: ByteSpan,
}

impl Region {
    /// The least that has all of the changed part in it, neither of the two commas being in that.
    fn around(list: &NodeBody, changed: ByteSpan) -> Option<Self> {
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

/// How many bytes two texts have in common at their beginnings, and how many of the rest at their ends. Whole blocks are
/// compared before bytes, which is quicker.
fn same(one: &[u8], other: &[u8]) -> (usize, usize) {
    let (mut before, mut behind) = (0, 0);
    for block in [4096, 1] {
        before += alike(one[before..].chunks(block), other[before..].chunks(block));
    }
    let (one, other) = (&one[before..], &other[before..]);
    for block in [4096, 1] {
        let [one, other] = [one, other].map(|text| text[..text.len() - behind].rchunks(block));
        behind += alike(one, other);
    }
    (before, behind)
}

fn alike<'a>(one: impl Iterator<Item = &'a [u8]>, other: impl Iterator<Item = &'a [u8]>) -> usize {
    one.zip(other).take_while(|(one, other)| one == other).map(|(one, _)| one.len()).sum()
}
