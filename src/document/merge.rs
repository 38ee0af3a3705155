//! Three texts of a plan made one, with the comments, the layout and the unknown fields of both sides.
//!
//! What the plan is to say is decided first, task by task and field by field. The text is then put together of parts
//! of both, and changed until it says just that. Whatever the texts look like, the result is a plan, and no comment
//! is lost.

mod assembly;
mod losses;
mod others;
mod pieces;
mod strays;
mod tokens;

use std::borrow::Cow;

use super::Document;
use super::draft::{Course, Draughtsman, Way};
use super::edit;
use super::patch::Patches;
use super::read;
use super::schema::PLAN;
use super::sequence::{Flow, Piece, Sequence};
use super::tree::Value;
use super::write;
use crate::plan::merge::{Clash, Stretch, Three, diff3};
use crate::plan::{Plan, Stamp, TaskId};
use assembly::Assembly;
use losses::Losses;
use pieces::Pieces;

/// What became of two texts.
#[derive(Debug, Clone)]
pub struct Merged {
    pub document: Document,
    /// What both have set differently. The losers are in the histories; those that are no task's stand in comments at
    /// the end of the text.
    pub clashes: Vec<Clash>,
}

/// Merges two texts that came of `base`. The stamp is for what nobody can be said to have done, where nobody has done
/// anything else either.
pub fn merge(base: &Document, ours: &Document, theirs: &Document, stamp: &Stamp) -> Merged {
    let texts = Texts { base: &base.text, ours: &ours.text, theirs: &theirs.text };
    if texts.theirs == texts.base || texts.theirs == texts.ours {
        return Merged { document: ours.clone(), clashes: Vec::new() };
    }
    if texts.ours == texts.base {
        return Merged { document: theirs.clone(), clashes: Vec::new() };
    }
    let three = Three::aligned(&base.plan, &ours.plan, &theirs.plan);
    let stamp = three.last_moment(&read::normalized_stamp(stamp));
    let listed = [base, ours, theirs].map(with_tasks);
    let pieces = Pieces::of_all(listed.each_ref().map(Cow::as_ref), &three);
    let touched = pieces.as_ref().map(|pieces| assembly::touched(pieces, &three)).unwrap_or_default();
    let mut merged = three.merged(&touched, &stamp);
    let others =
        pieces.as_ref().map(|pieces| others::of_tasks(pieces, &mut merged, &stamp)).unwrap_or_default();
    // Lines of notes that have come together may have to be made alike.
    read::normalize_plan(&mut merged.plan);
    let wanted = Wanted { plan: merged.plan, losses: Losses::of(texts, &merged.clashes) };
    let plain = || texts.plain().and_then(|text| wanted.said_by(text));
    let assembled = || {
        let assembly = Assembly { pieces: pieces.as_ref()?, plan: &wanted.plan, others: &others };
        assembly.texts(texts).find_map(|text| wanted.written_into(text, &ids(&wanted.plan)))
    };
    let ours_changed = || wanted.written_into(ours.text.clone(), &ids(&three.ours));
    let document = plain().or_else(assembled).or_else(ours_changed).unwrap_or_else(|| wanted.anew());
    Merged { document, clashes: merged.clashes }
}

/// A text that has a list of tasks, though there may be none in it.
fn with_tasks(document: &Document) -> Cow<'_, Document> {
    let text = &document.text;
    let Some(body) = document.root().and_then(Value::fields) else { return Cow::Borrowed(document) };
    if body.field(text, "tasks").is_some() {
        return Cow::Borrowed(document);
    }
    let mut patches = Patches::default();
    let last = body.elements.len().checked_sub(1);
    Sequence { text, body }.insert(last, &[Piece::of("tasks: []")], Flow::Inline, &mut patches);
    let text = patches.apply(text, 0..text.len());
    let listed = text.and_then(|text| Document::read(text.into_bytes()).ok());
    listed.map_or(Cow::Borrowed(document), Cow::Owned)
}

fn ids(plan: &Plan) -> Vec<TaskId> {
    plan.tasks.iter().map(|task| task.id.clone()).collect()
}

#[derive(Debug, Clone, Copy)]
struct Texts<'a> {
    base: &'a str,
    ours: &'a str,
    theirs: &'a str,
}

impl Texts<'_> {
    /// Line by line, where no line was changed by both.
    fn plain(&self) -> Option<String> {
        let [base, ours, theirs] =
            [self.base, self.ours, self.theirs].map(|text| text.split_inclusive('\n').collect::<Vec<_>>());
        let stretches = diff3(&base, &ours, &theirs).into_iter();
        let lines = stretches.map(|stretch| match stretch {
            Stretch::Agreed(lines) => Some(lines.concat()),
            Stretch::Clash { .. } => None,
        });
        lines.collect()
    }
}

/// What the merged text must say, and what must be in it besides.
struct Wanted {
    /// The same id is the same task as in the plans that were merged.
    plan: Plan,
    losses: Losses,
}

impl Wanted {
    /// The plan as it is read from a text.
    fn as_read(&self) -> Plan {
        let mut plan = self.plan.clone();
        plan.tell_apart();
        plan
    }

    /// The text, if it says the plan already and all comments are in it.
    fn said_by(&self, text: String) -> Option<Document> {
        let document = Document::read_text(text).ok()?;
        let says_it = document.plan == self.as_read() && self.losses.in_text(&document.text).is_empty();
        says_it.then_some(document)
    }

    /// The text changed so that it says the plan, where `ids` are its tasks. None if it is no plan, or one that cannot
    /// be changed safely.
    fn written_into(&self, text: String, ids: &[TaskId]) -> Option<Document> {
        let document = Document::read_text(text).ok()?;
        if document.plan.tasks.len() != ids.len() {
            return None;
        }
        let course = Course::between(&document.plan, ids, &self.plan);
        let wanted = self.as_read();
        let mut ways = [Way::Fields, Way::Anew].into_iter();
        let rewritten = ways.find_map(|way| rewritten(&document, &wanted, &course, way))?;
        Some(self.completed(rewritten))
    }

    /// The document with the comments that got lost put at the end of its text.
    fn completed(&self, document: Document) -> Document {
        let lost = self.losses.in_text(&document.text);
        if lost.is_empty() {
            return document;
        }
        let completed = Document::read_text(losses::with_comments(&document.text, &lost)).ok();
        completed.filter(|it| it.plan == document.plan).unwrap_or(document)
    }

    /// A text in the layout of the house, with all comments at its end: where nothing finer can be done.
    fn anew(&self) -> Document {
        let plan = self.as_read();
        self.completed(Document::new(write::plan(&plan), plan))
    }
}

/// The document changed so that it says what is wanted.
fn rewritten(document: &Document, wanted: &Plan, course: &Course, way: Way) -> Option<Document> {
    let (text, root) = (&document.text, document.root()?);
    let mut draft = Draughtsman { text, root, plan: wanted, way }.draft(course)?;
    let sequence = Sequence { text, body: root.fields()? };
    let is_explicit = text[..root.start].contains("explicit_struct_names");
    let name = if is_explicit { "Agency" } else { "" };
    let write = |plan| move |field: &str| write::head(plan, field, name);
    let before = write(&document.plan);
    draft.patches.extend(edit::structure(sequence, &PLAN, way, before, write(wanted))?);
    document.verified(&draft, wanted)
}

/// The value that a text begins with, and its fields.
fn opened(text: &str) -> Option<Value> {
    Value::at(text, 0, 1)
}
