//! The difference of two tasks, made in the text of the first.

use super::layout::{as_block, comments, line_ending};
use super::lex::ByteSpan;
use super::patch::Patches;
use super::schema::{Schema, TASK};
use super::sequence::{Flow, Piece, Sequence};
use super::tree::{Element, Node};
use super::write::{self, RonValue};
use crate::plan::Task;

/// How a task that was edited is brought into the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strategy {
    /// Only what has changed, and a field that has nothing any more is left out, as if it had never been there.
    Bare,
    /// Only what has changed.
    Fields,
    /// The whole task, where its layout withstands anything finer.
    Anew,
}

/// What has to be replaced in the text of a struct whose fields of these names were set, by what they were before and
/// are after.
pub(super) fn fields(
    sequence: Sequence,
    schema: &Schema,
    set: &[&str],
    strategy: Strategy,
    before: impl Fn(&str) -> RonValue,
    after: impl Fn(&str) -> RonValue,
) -> Option<Patches> {
    let mut patches = Patches::default();
    let (mut missing, mut left_out) = (Vec::new(), Vec::new());
    for field in schema.fields.iter().filter(|field| set.contains(&field.name)) {
        let (before, after) = (before(field.name), after(field.name));
        // What was set may have been set back.
        if before == after {
            continue;
        }
        let is_it = |element: &Element| element.is_named(sequence.text, field.name);
        match sequence.body.elements.iter().position(is_it) {
            // A history without an entry is one that the program has begun.
            Some(at) if after.is_absent() && (strategy == Strategy::Bare || field.name == "history") => {
                left_out.push(at);
            }
            Some(at) if strategy == Strategy::Anew => {
                set_value(sequence.text, &sequence.body.elements[at].value, &after, &mut patches)?;
            }
            Some(at) => set_field(sequence, at, &before, &after, &mut patches)?,
            None => missing.push((anchor(sequence, schema, field.name), field.name, after)),
        }
    }
    sequence.remove_all(&left_out, &mut patches);
    insert(sequence, &missing, &mut patches);
    Some(patches)
}

/// The field that a missing one goes behind: of those that the order of the file puts before it, the last.
fn anchor(sequence: Sequence, schema: &Schema, name: &str) -> Option<usize> {
    let limit = schema.place(name);
    let elements = sequence.body.elements.iter().enumerate();
    let placed = elements.filter_map(|(at, it)| Some((schema.place(it.name(sequence.text)?)?, at)));
    placed.filter(|&(place, _)| Some(place) < limit).max().map(|(_, at)| at)
}

fn insert(sequence: Sequence, missing: &[(Option<usize>, &str, RonValue)], patches: &mut Patches) {
    for group in missing.chunk_by(|one, other| one.0 == other.0) {
        let after = group[0].0;
        let piece = |(_, name, value): &(_, &str, RonValue)| {
            Piece::of(value.field(name, sequence.indent_behind(after), line_ending(sequence.text)))
        };
        sequence.insert(after, &group.iter().map(piece).collect::<Vec<_>>(), Flow::Inline, patches);
    }
}

fn set_field(
    sequence: Sequence,
    at: usize,
    before: &RonValue,
    after: &RonValue,
    patches: &mut Patches,
) -> Option<()> {
    let Sequence { text, body } = sequence;
    let value = &body.elements[at].value;
    if let (Some(list), Some(old), Some(new)) = (value.list(), before.elements(), after.elements()) {
        let inner = Sequence { text, body: list };
        let flow = match after {
            RonValue::Table(_) if sequence.indent_behind(Some(at)).is_some() => Flow::Lines,
            _ => Flow::Inline,
        };
        let is_bare = comments(text, value.span())?.is_empty();
        let old = as_they_stand(inner, old);
        if old.len() == list.elements.len() && !(new.is_empty() && is_bare) {
            set_elements(inner, &old, new, flow, patches);
            return Some(());
        }
    }
    set_value(text, value, after, patches)
}

/// The elements of the list as the program would write them. Names need no writing; they may stand in any
/// order, and twice.
fn as_they_stand(list: Sequence, written: &[String]) -> Vec<String> {
    let texts: Vec<_> = list.body.elements.iter().map(|it| list.text[it.value.span()].to_owned()).collect();
    let is_name = |text: &String| text.starts_with('Q');
    if texts.iter().all(is_name) { texts } else { written.to_vec() }
}

/// Changes single elements, so that the others keep their layout and their comments.
fn set_elements(list: Sequence, old: &[String], new: &[String], flow: Flow, patches: &mut Patches) {
    let head = old.iter().zip(new).take_while(|(one, other)| one == other).count();
    let rest = old[head..].iter().rev().zip(new[head..].iter().rev());
    let foot = rest.take_while(|(one, other)| one == other).count();
    let (old_end, new_end) = (old.len() - foot, new.len() - foot);
    let both = old_end.min(new_end);
    for (element, new) in list.body.elements[head..both].iter().zip(&new[head..both]) {
        replace(list.text, element.value.span(), new, patches);
    }
    list.remove_all(&(both..old_end).collect::<Vec<_>>(), patches);
    let pieces: Vec<_> = new[both..new_end].iter().map(Piece::of).collect();
    list.insert(both.checked_sub(1), &pieces, flow, patches);
}

fn set_value(text: &str, value: &Node, after: &RonValue, patches: &mut Patches) -> Option<()> {
    let inner = value.fields().filter(|body| text[value.start..body.open].starts_with("Some"));
    let span = match inner.and_then(|body| body.elements.first()).filter(|_| !after.is_absent()) {
        Some(wrapped) => wrapped.value.span(),
        None => value.span(),
    };
    replace(text, span, &after.in_line(), patches)
}

/// Replaces a value. Comments within it move in front.
fn replace(text: &str, span: ByteSpan, new: &str, patches: &mut Patches) -> Option<()> {
    replace_but(text, span, &[], new, patches)
}

/// The same where some parts of it are in the new value as they stand, with their comments.
fn replace_but(
    text: &str,
    span: ByteSpan,
    kept: &[ByteSpan],
    new: &str,
    patches: &mut Patches,
) -> Option<()> {
    let is_kept = |it: &ByteSpan| kept.iter().any(|part| part.start <= it.start && it.end <= part.end);
    let moved = comments(text, span.clone())?.into_iter().filter(|comment| !is_kept(comment));
    let moved: String = moved.map(|comment| as_block(&text[comment]) + " ").collect();
    patches.replace(span, moved + new);
    Some(())
}

/// Writes the whole task anew. Its comments go in front, and the fields that nobody knows stay as they are.
pub(super) fn anew(task: Sequence, span: ByteSpan, new: &Task, style: &write::Style) -> Option<Patches> {
    let Sequence { text, body } = task;
    let unknown =
        body.elements.iter().filter(|it| it.name(text).is_none_or(|name| TASK.place(name).is_none()));
    let unknown: Vec<_> = unknown.map(|it| it.start()..it.value.end).collect();
    let others: Vec<_> = unknown.iter().map(|span| text[span.clone()].to_owned()).collect();
    let mut patches = Patches::default();
    replace_but(text, span, &unknown, &write::task(new, &others, style), &mut patches)?;
    Some(patches)
}
