//! Three texts of a plan made one, with the comments, the layout and the unknown fields of both sides.
//!
//! What the plan is to say is decided first, task by task and field by field. A text is then merged line by line, or
//! token by token, where ours stands at a place that both have changed; and it is changed until it says just that plan.
//! Whatever the texts look like, the result is a plan, and no comment is lost.

mod comments;
mod unknown;

use std::collections::HashMap;
use std::sync::OnceLock;

use super::Document;
use super::edit::Strategy;
use super::layout::tail;
use super::lex::Lexer;
use super::patcher::Alignment;
use super::read;
use super::tree::Node;
use super::write;
use crate::plan::merge::{Clash, Hunk, Three, diff3};
use crate::plan::{Plan, Stamp, TaskId};
use comments::RequiredComments;
use unknown::UnknownFields;

/// What became of two texts.
#[derive(Debug, Clone)]
pub struct MergedText {
    pub document: Document,
    /// What both have set differently. The losers are in the histories; those that are no task's stand in comments at
    /// the end of the text.
    pub clashes: Vec<Clash>,
}

/// Merges two texts that came of `base`. The stamp is for what nobody can be said to have done, where nobody has done
/// anything else either.
pub fn merge(base: &Document, ours: &Document, theirs: &Document, stamp: &Stamp) -> MergedText {
    let texts = [base, ours, theirs].map(|document| document.text.as_str());
    if theirs.text == base.text || theirs.text == ours.text {
        return MergedText { document: ours.clone(), clashes: Vec::new() };
    }
    if ours.text == base.text {
        return MergedText { document: theirs.clone(), clashes: Vec::new() };
    }
    let three = Three::aligned(&base.plan, &ours.plan, &theirs.plan);
    let stamp = three.last_moment(&read::normalized_stamp(stamp));
    let sides = [(base, &three.base), (ours, &three.ours), (theirs, &three.theirs)]
        .map(|(document, plan)| SideText::of(document, plan));
    let mut merged = three.merged(&unknown::touched(&sides), &stamp);
    let unknown = UnknownFields::merged(&sides, &mut merged, &stamp);
    // Lines of notes that have come together may have to be made alike.
    read::normalize_plan(&mut merged.plan);
    let wanted =
        Wanted { plan: merged.plan, unknown, comments: RequiredComments::of(texts, &merged.clashes) };
    let is_as_read = three.ours.tasks == ours.plan.tasks && three.theirs.tasks == theirs.plan.tasks;
    let joined = || if is_as_read { wanted.joined(texts) } else { None };
    let document =
        joined().or_else(|| wanted.written_into(ours, &three.ours.ids())).unwrap_or_else(|| wanted.anew());
    MergedText { document, clashes: merged.clashes }
}

/// Base, ours and theirs.
type ThreeTexts<'a> = [&'a str; 3];

/// The three in parts, put together again: as the one side has it that has changed a part, and as we have it where
/// both have.
fn joined<'a>(texts: ThreeTexts<'a>, parts: fn(&'a str) -> Vec<&'a str>) -> String {
    let [base, ours, theirs] = texts.map(parts);
    let joined = diff3(&base, &ours, &theirs).into_iter().map(|hunk| match hunk {
        Hunk::Agreed(parts) | Hunk::Clash { ours: parts, .. } => parts.concat(),
    });
    joined.collect()
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

fn tokens(text: &str) -> Vec<&str> {
    Lexer::new(text, 0).map(|token| &text[token.span()]).collect()
}

/// One of the texts, with the plan in which the same id is the same task as in the others.
struct SideText<'a> {
    text: &'a str,
    /// The plan's own fields, as far as its tasks.
    root: Option<&'a Node>,
    /// The text of each task, with the comments behind it on its line, by its id in that plan.
    tasks: HashMap<&'a TaskId, &'a str>,
}

impl<'a> SideText<'a> {
    fn of(document: &'a Document, plan: &'a Plan) -> Self {
        let (text, root) = (document.text.as_str(), document.root());
        let list = root.and_then(|root| root.fields()?.field(text, "tasks")?.value.list());
        let elements = list.map_or(&[][..], |list| &list.elements);
        let tasks = plan.tasks.iter().zip(elements);
        let tasks = tasks.map(|(task, element)| {
            let end = element.comma.map_or(element.value.end, |comma| comma + 1);
            (&task.id, &text[element.start()..tail(text, end).end])
        });
        let tasks = tasks.collect();
        Self { text, root, tasks }
    }
}

/// What the merged text must say, and what must be in it besides.
struct Wanted {
    /// The same id is the same task as in the plans that were merged.
    plan: Plan,
    unknown: UnknownFields,
    comments: RequiredComments,
}

impl Wanted {
    /// The plan as it is read from a text.
    fn as_read(&self) -> Plan {
        let mut plan = self.plan.clone();
        plan.tell_apart();
        plan
    }

    /// The texts joined, the finest way that comes to a plan and loses the fewest comments.
    fn joined(&self, texts: ThreeTexts) -> Option<Document> {
        let joined = [lines, tokens].into_iter().filter_map(|parts| {
            let document = Document::read_text(joined(texts, parts)).ok()?;
            let lost = self.comments.missing_in(&document.text).len();
            if document.plan == self.as_read() && lost == 0 && self.unknown.are_in(&document) {
                return Some((0, document));
            }
            Some((lost + 1, self.written_into(&document, &document.plan.ids())?))
        });
        joined.min_by_key(|(lost, _)| *lost).map(|(_, document)| document)
    }

    /// A text changed so that it says the plan, where `ids` are its tasks. None if it cannot be changed safely.
    fn written_into(&self, document: &Document, ids: &[TaskId]) -> Option<Document> {
        let alignment = Alignment::between(&document.plan, ids, &self.plan);
        let wanted = self.as_read();
        let rewritten = document.rewritten(&alignment, &wanted, &[Strategy::Fields, Strategy::Anew]);
        rewritten.map(|document| self.completed(document))
    }

    /// The document with the unknown fields that it is to have, and the comments that got lost at the end of its text.
    fn completed(&self, document: Document) -> Document {
        let complete = |document: &Document, text: Option<String>| {
            let completed = Document::read_text(text?).ok()?;
            (completed.plan == document.plan).then_some(completed)
        };
        let with_fields = self.unknown.written_into(&document, &self.plan);
        let document = complete(&document, with_fields).unwrap_or(document);
        let lost = self.comments.missing_in(&document.text);
        if lost.is_empty() {
            return document;
        }
        let with_comments = comments::put_behind(&document.text, &lost);
        complete(&document, Some(with_comments)).unwrap_or(document)
    }

    /// A text in the layout of the house, with all comments at its end: where nothing finer can be done.
    fn anew(&self) -> Document {
        let plan = self.as_read();
        self.completed(Document::new(write::plan(&plan), plan, OnceLock::new()))
    }
}
