//! Fields that this version of the program does not know, merged by their names.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::patch::Patches;
use super::super::schema::{Schema, TASK};
use super::super::sequence::{Comments, Flow, Piece, Sequence};
use super::super::tree::{Body, Element, Value};
use super::opened;
use super::pieces::Pieces;
use crate::plan::merge::{Clash, Merged};
use crate::plan::{Entry, EntryKind, Stamp, TaskId};

/// Unknown fields: their names and values, as they stand in the text.
pub(super) type Others = Vec<(String, String)>;

/// What each task is to have of them, where somebody has changed any. A clash goes into the task's history.
pub(super) fn of_tasks(pieces: &Pieces, merged: &mut Merged, stamp: &Stamp) -> HashMap<TaskId, Others> {
    let mut others = HashMap::new();
    for task in &mut merged.plan.tasks {
        let [base, Some(ours), Some(theirs)] = pieces.of_task(&task.id) else { continue };
        if base.is_some_and(|base| base.text == ours.text || base.text == theirs.text) {
            continue;
        }
        let of = |text: &str| opened(text).and_then(|value| Some(others_in(text, value.fields()?, &TASK)));
        let base = base.and_then(|base| of(&base.text)).unwrap_or_default();
        let (Some(ours), Some(theirs)) = (of(&ours.text), of(&theirs.text)) else { continue };
        if ours == theirs {
            continue;
        }
        let (fields, clashes) = self::merged(&base, &ours, &theirs);
        let task = Arc::make_mut(task);
        for (field, lost, kept) in clashes {
            let kind = EntryKind::Unknown(field);
            task.history.push(Entry::clash(kind.clone(), &lost, &kept, stamp));
            merged.clashes.push(Clash::of_task(&task.id, kind, &lost, &kept));
        }
        task.history.sort_by_key(|entry| entry.at);
        others.insert(task.id.clone(), fields);
    }
    others
}

pub(super) fn others_in(text: &str, body: &Body, schema: &Schema) -> Others {
    let named = body.elements.iter().filter_map(|it| Some((it.name(text)?, it)));
    let unknown = named.filter(|(name, _)| schema.field(name).is_none());
    unknown.map(|(name, it)| (name.to_owned(), text[it.value.span()].to_owned())).collect()
}

type Clashes = Vec<(String, String, String)>;

/// Where both have set one differently, the same of the two stays on every machine.
pub(super) fn merged(base: &Others, ours: &Others, theirs: &Others) -> (Others, Clashes) {
    let value = |others: &Others, name: &str| others.iter().find(|it| it.0 == name).map(|it| it.1.clone());
    let mut names: Vec<&String> = ours.iter().map(|it| &it.0).collect();
    names.extend(theirs.iter().map(|it| &it.0).filter(|name| value(ours, name).is_none()));
    let (mut merged, mut clashes) = (Others::new(), Clashes::new());
    for name in names {
        let (base, ours, theirs) = (value(base, name), value(ours, name), value(theirs, name));
        let kept = match (ours, theirs) {
            (ours, theirs) if ours == theirs || theirs == base => ours,
            (ours, theirs) if ours == base => theirs,
            (Some(one), Some(other)) => {
                let (lost, kept) = if one < other { (one, other) } else { (other, one) };
                clashes.push((name.clone(), lost, kept.clone()));
                Some(kept)
            }
            (ours, theirs) => ours.or(theirs),
        };
        merged.extend(kept.map(|kept| (name.clone(), kept)));
    }
    (merged, clashes)
}

/// The text with these unknown fields in the struct that is its value.
pub(super) fn written_into(text: &str, value: &Value, schema: &Schema, wanted: &Others) -> Option<String> {
    let sequence = Sequence { text, body: value.fields()? };
    let mut patches = Patches::default();
    for (at, element) in sequence.body.elements.iter().enumerate() {
        let Some(name) = element.name(text).filter(|name| schema.field(name).is_none()) else { continue };
        match wanted.iter().find(|it| it.0 == name) {
            Some((_, value)) if text[element.value.span()] != **value => {
                patches.replace(element.value.span(), value);
            }
            Some(_) => {}
            None => sequence.remove(at, Comments::Stay, &mut patches),
        }
    }
    let is_missing = |it: &&(String, String)| {
        !sequence.body.elements.iter().any(|element: &Element| element.is_named(text, &it.0))
    };
    let missing = wanted.iter().filter(is_missing).map(|(name, value)| Piece::of(format!("{name}: {value}")));
    let last = sequence.body.elements.len().checked_sub(1);
    sequence.insert(last, &missing.collect::<Vec<_>>(), Flow::Inline, &mut patches);
    patches.apply(text, 0..text.len())
}
