//! Fields that this version of the program does not know: those of tasks and of the plan are merged by their names, and
//! those of bodies and of entries are kept, if need be, as comments.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::super::Document;
use super::super::lex::{Lexer, RonToken, TokenKind};
use super::super::patch::Patches;
use super::super::read;
use super::super::schema::{ENTRY, PLAN, Schema, TASK};
use super::super::sequence::{Comments, Flow, Piece, Sequence};
use super::super::tree::{DEEPEST, Element, Node, NodeBody};
use super::{SideText, ThreeTexts};
use crate::plan::merge::{Clash, Merged};
use crate::plan::{Entry, EntryKind, Plan, Stamp, TaskId};

/// Names and values, as they stand in a text.
type NamedTexts = Vec<(String, String)>;

/// What the plan and its tasks are to have of them, where somebody has changed any.
pub(super) struct UnknownFields {
    plan: Option<NamedTexts>,
    tasks: HashMap<TaskId, NamedTexts>,
}

impl UnknownFields {
    /// A clash goes into the task's history.
    pub(super) fn merged(sides: &[SideText; 3], merged: &mut Merged, stamp: &Stamp) -> Self {
        let mut tasks = HashMap::new();
        for task in &mut merged.plan.tasks {
            let texts = sides.each_ref().map(|side| side.tasks.get(&task.id).copied());
            if texts[1] == texts[2] {
                continue;
            }
            let fields = |text: &str| Some(fields_in(text, Node::at(text, 0, 1)?.fields()?, &TASK));
            let [base, ours, theirs] = texts.map(|text| text.and_then(fields));
            let base = base.unwrap_or_default();
            // Where one has no such task, the other's stays as it is.
            let (ours, theirs) = (ours.as_ref().unwrap_or(&base), theirs.as_ref().unwrap_or(&base));
            let (fields, clashes) = by_names(&base, ours, theirs);
            let task = Arc::make_mut(task);
            for (field, lost, kept) in clashes {
                let kind = EntryKind::Unknown(field);
                task.history.push(Entry::clash(kind.clone(), &lost, &kept, stamp));
                merged.clashes.push(Clash::of_task(&task.id, kind, &lost, &kept));
            }
            task.history.sort_by_key(|entry| entry.at);
            tasks.insert(task.id.clone(), fields);
        }
        let of_plan = sides.each_ref().map(|side| Some(fields_in(side.text, side.root?.fields()?, &PLAN)));
        let plan = match of_plan {
            [Some(base), Some(ours), Some(theirs)] => Some(by_names(&base, &ours, &theirs).0),
            _ => None,
        };
        Self { plan, tasks }
    }

    /// The text of a document that says the plan, with these fields in it. None where nothing has to be changed.
    pub(super) fn written_into(&self, document: &Document, plan: &Plan) -> Option<String> {
        let (text, root) = (document.text.as_str(), document.root()?);
        let mut patches = Patches::default();
        if let Some(wanted) = &self.plan {
            set(text, root.fields()?, &PLAN, wanted, &mut patches);
        }
        let list = root.fields()?.field(text, "tasks").and_then(|tasks| tasks.value.list());
        for (task, element) in plan.tasks.iter().zip(list.map_or(&[][..], |list| &list.elements)) {
            if let Some(wanted) = self.tasks.get(&task.id) {
                let value = Node::at(text, element.value.start, 1)?;
                set(text, value.fields()?, &TASK, wanted, &mut patches);
            }
        }
        patches.reach()?;
        patches.apply(text, 0..text.len())
    }

    /// Whether a document whose tasks have the ids of the merged plan has all of them.
    pub(super) fn are_in(&self, document: &Document) -> bool {
        self.written_into(document, &document.plan).is_none()
    }
}

/// Makes the unknown fields of a struct be these.
fn set(text: &str, body: &NodeBody, schema: &Schema, wanted: &NamedTexts, patches: &mut Patches) {
    let sequence = Sequence { text, body };
    for (at, element) in body.elements.iter().enumerate() {
        let Some(name) = element.name(text).filter(|name| schema.field(name).is_none()) else { continue };
        match wanted.iter().find(|it| it.0 == name) {
            Some((_, value)) if text[element.value.span()] != **value => {
                patches.replace(element.value.span(), value);
            }
            Some(_) => {}
            None => sequence.remove(at, Comments::Stay, patches),
        }
    }
    let is_missing = |it: &&(String, String)| body.field(text, &it.0).is_none();
    let missing = wanted.iter().filter(is_missing).map(|(name, value)| Piece::of(format!("{name}: {value}")));
    let missing: Vec<_> = missing.collect();
    sequence.insert(body.elements.len().checked_sub(1), &missing, Flow::Inline, patches);
}

fn fields_in(text: &str, body: &NodeBody, schema: &Schema) -> NamedTexts {
    let named = body.elements.iter().filter_map(|it| Some((it.name(text)?, it)));
    let unknown = named.filter(|(name, _)| schema.field(name).is_none());
    unknown.map(|(name, it)| (name.to_owned(), text[it.value.span()].to_owned())).collect()
}

type Clashes = Vec<(String, String, String)>;

/// Where both have set one differently, the same of the two stays on every machine.
fn by_names(base: &NamedTexts, ours: &NamedTexts, theirs: &NamedTexts) -> (NamedTexts, Clashes) {
    let value =
        |fields: &NamedTexts, name: &str| fields.iter().find(|it| it.0 == name).map(|it| it.1.clone());
    let mut names: Vec<&String> = ours.iter().map(|it| &it.0).collect();
    names.extend(theirs.iter().map(|it| &it.0).filter(|name| value(ours, name).is_none()));
    let (mut merged, mut clashes) = (NamedTexts::new(), Clashes::new());
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

/// The tasks that one has taken out while the other has changed something of them that only the text shows.
pub(super) fn touched([base, ours, theirs]: &[SideText; 3]) -> HashSet<TaskId> {
    let is_touched = |(id, base): &(&&TaskId, &&str)| match (ours.tasks.get(**id), theirs.tasks.get(**id)) {
        (Some(left), None) | (None, Some(left)) => differ(base, left),
        _ => false,
    };
    base.tasks.iter().filter(is_touched).map(|(&id, _)| id.clone()).collect()
}

/// Whether two texts differ in more than white space.
fn differ(one: &str, other: &str) -> bool {
    let solid = |text| Lexer::new(text, 0).filter(|token: &RonToken| token.kind != TokenKind::Space);
    one != other && !solid(one).map(|it| &one[it.span()]).eq(solid(other).map(|it| &other[it.span()]))
}

/// What either has written of the fields that no history tells of: those of the plan itself, of its bodies, and of what
/// tasks remember. Each is known by the comment that would take its place.
pub(super) fn untold(texts: ThreeTexts) -> Vec<String> {
    let [known, ours, theirs] = texts.map(in_text);
    ours.union(&theirs).filter(|field| !known.contains(*field)).cloned().collect()
}

/// All of those that are in a text.
pub(super) fn in_text(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    if let Some(plan) = Node::root(text, DEEPEST).as_ref().and_then(Node::fields) {
        gather(text, plan, &PLAN, "", &mut found);
        gather_rows(text, plan, &PLAN, "", &mut found);
        for task in structs(text, plan, "tasks") {
            let owner = words(text, task, &["id"]);
            gather_rows(text, task, &TASK, &owner, &mut found);
            for entry in structs(text, task, "history") {
                let owner = owner.clone() + &words(text, entry, &["field", "at", "by"]);
                gather(text, entry, &ENTRY, &owner, &mut found);
            }
        }
    }
    found
}

/// The same of the rows of tables: each is told by its first column.
fn gather_rows(text: &str, body: &NodeBody, schema: &Schema, owner: &str, found: &mut BTreeSet<String>) {
    for (name, table) in schema.tables() {
        for row in structs(text, body, name) {
            let owner = owner.to_owned() + &words(text, row, &[table.fields[0].name]);
            gather(text, row, table, &owner, found);
        }
    }
}

fn structs<'a>(text: &str, body: &'a NodeBody, field: &str) -> Vec<&'a NodeBody> {
    body.field(text, field).map(|it| it.value.structs().collect()).unwrap_or_default()
}

/// What the fields say, each with a blank behind it.
fn words(text: &str, body: &NodeBody, fields: &[&str]) -> String {
    let said = |it: &Element| read::value::<String>(&text[it.value.span()]).ok();
    let fields = fields.iter().filter_map(|field| said(body.field(text, field)?));
    fields.map(|words| words.replace(['\n', '\r'], " ") + " ").collect()
}

fn gather(text: &str, body: &NodeBody, schema: &Schema, owner: &str, found: &mut BTreeSet<String>) {
    let owner = if owner.is_empty() { String::new() } else { format!("{}: ", owner.trim_end()) };
    for (name, value) in fields_in(text, body, schema) {
        found.insert(format!("// {owner}{name}: {}", on_one_line(&value)));
    }
}

/// The value without its layout and its comments, which are looked after by themselves.
fn on_one_line(value: &str) -> String {
    let mut line = String::new();
    for token in Lexer::new(value, 0).filter(|it| it.kind != TokenKind::Space && !it.is_comment()) {
        line += &value[token.span()].replace('\r', "\\r").replace('\n', "\\n");
        if token.kind == TokenKind::Comma {
            line.push(' ');
        }
    }
    line.trim_end().to_owned()
}
