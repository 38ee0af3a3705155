//! From text to plan, with every string in the one form that the program works with.

use std::sync::Arc;

use ron::extensions::Extensions;
use serde::de::DeserializeOwned;
use unicode_normalization::UnicodeNormalization;

use crate::plan::{
    Change, Edit, Entry, EntryKind, Field, FieldOf, Plan, PlanField, Stamp, Task, TaskId, Why,
};
use crate::text::is_nfc;

/// The text as `ron` reads it, without a mark of byte order, which `ron` refuses.
pub(super) fn value<T: DeserializeOwned>(text: &str) -> Result<T, ron::error::SpannedError> {
    value_within(0, text)
}

/// The same for what stands so many levels deep in a text.
fn value_within<T: DeserializeOwned>(levels: usize, text: &str) -> Result<T, ron::error::SpannedError> {
    let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    let options = options.with_recursion_limit(DEEPEST - levels);
    options.from_str(text.strip_prefix('\u{FEFF}').unwrap_or(text))
}

/// How deep values may be nested: what `ron` has where nothing else is said.
const DEEPEST: usize = 128;

pub(super) fn plan(text: &str) -> Result<Plan, ron::error::SpannedError> {
    let mut plan: Plan = value(text)?;
    if !is_normal(text) {
        normalize_plan(&mut plan);
    }
    plan.tell_apart();
    Ok(plan)
}

/// Some tasks of a plan's text, as they stand in its list, where the text begins with these attributes.
pub(super) fn tasks(attributes: &str, text: &str) -> Option<Vec<Arc<Task>>> {
    let mut tasks: Vec<Task> = value_within(1, &format!("{attributes}[{text}]")).ok()?;
    if !is_normal(text) {
        tasks.iter_mut().for_each(normalize_task);
    }
    Some(tasks.into_iter().map(Arc::new).collect())
}

/// The changes with all of their strings in the form that they have in a plan.
pub(super) fn normalized(changes: &[Change]) -> Vec<Change> {
    let mut changes = changes.to_vec();
    for change in &mut changes {
        match change {
            Change::Edit { edit, .. } => normalize_edit(edit),
            Change::Head(edit) => normalize_edit(edit),
            Change::Add { task, .. } | Change::Remove { task, .. } => normalize_task(task),
            Change::Move { .. } => {}
        }
    }
    changes
}

/// The stamp in the form in which a history has it.
pub(super) fn normalized_stamp(stamp: &Stamp) -> Stamp {
    let mut stamp = stamp.clone();
    normalize(&mut stamp.by);
    match &mut stamp.why {
        Why::Reason(reason) | Why::Extension(reason) => normalize(reason),
        Why::Untold | Why::Clash | Why::Undo => {}
    }
    stamp
}

/// Whether all strings in the text are composed (NFC) and end their lines with a line feed alone. An escape may stand
/// for anything.
pub(super) fn is_normal(text: &str) -> bool {
    let mut escapes = text.split('\\').skip(1);
    // Of two backslashes the first is an escape, and nothing stands between them.
    while let Some(escaped) = escapes.next() {
        if escaped.is_empty() {
            escapes.next();
        } else if escaped.starts_with(['u', 'x', 'r']) {
            return false;
        }
    }
    !text.contains('\r') && is_nfc(text)
}

pub(super) fn normalize(text: &mut String) {
    if !is_normal(text) {
        *text = with_line_feeds(text).nfc().collect();
    }
}

/// However many carriage returns stand before a line feed, none is left, so that doing it again does nothing.
fn with_line_feeds(text: &str) -> String {
    let (lines, last) = text.rsplit_once('\n').map_or((None, text), |(lines, last)| (Some(lines), last));
    let lines = lines.into_iter().flat_map(|lines| lines.split('\n'));
    lines.flat_map(|line| [line.trim_end_matches('\r'), "\n"]).chain([last]).collect()
}

pub(super) fn normalize_plan(plan: &mut Plan) {
    normalize_fields::<PlanField>(plan);
    plan.tasks.iter_mut().for_each(|task| normalize_task(Arc::make_mut(task)));
}

fn normalize_task(task: &mut Task) {
    if task.id.is_alone() && !is_normal(task.id.text()) {
        let mut id = task.id.text().to_owned();
        normalize(&mut id);
        task.id = TaskId::new(id);
    }
    normalize_fields::<Field>(task);
    task.history.iter_mut().for_each(normalize_entry);
}

fn normalize_fields<F: FieldOf>(owner: &mut F::Owner) {
    for &field in F::ALL {
        let mut value = field.of(owner);
        value.texts_mut().into_iter().for_each(normalize);
        field.set(owner, value);
    }
}

fn normalize_entry(entry: &mut Entry) {
    let Entry { by, kind, from, to, note, done_on, on, .. } = entry;
    [by, from, to, note, done_on, on].into_iter().for_each(normalize);
    if let EntryKind::Unknown(name) = kind {
        normalize(name);
    }
}

fn normalize_edit<F: FieldOf>(edit: &mut Edit<F>) {
    edit.before.texts_mut().into_iter().chain(edit.after.texts_mut()).for_each(normalize);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quick_look_never_takes_for_normal_what_is_not() {
        for c in '\0'..=char::MAX {
            let text = format!("ệ{c}a");
            let composed: String = text.nfc().collect();
            assert!(!is_normal(&text) || (composed == text && c != '\r'), "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn normal_text_stays_as_it_is() {
        for (text, normal) in [("a\r\r\nb\rc\r\n\n\r", "a\nb\rc\n\n\r"), ("\r", "\r"), ("\n", "\n"), ("", "")]
        {
            let mut once = text.to_owned();
            normalize(&mut once);
            assert_eq!(once, normal);
            normalize(&mut once);
            assert_eq!(once, normal);
        }
    }

    #[test]
    fn vietnamese_plans_are_seen_to_be_normal() {
        assert!(is_normal("Ủy ban nhân dân – “Kế hoạch” \\\\u\n\t…"));
        assert!(!is_normal("So\u{31b}\u{309}"), "decomposed");
        assert!(!is_normal("a\r\nb"));
        assert!(!is_normal("\\u{301}"));
    }
}
