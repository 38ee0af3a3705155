//! The text of a plan after a change: what has to be replaced in the text before it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::edit::{self, Strategy};
use super::layout::{indentation, indentation_of_line, line_ending};
use super::lex::{Lexer, TokenKind};
use super::patch::Patches;
use super::schema::{PLAN, TASK};
use super::sequence::{Comments, Flow, Piece, Sequence, deeper};
use super::tree::{DEEPEST, Node, TO_TASKS};
use super::write::{self, Shape, Style};
use crate::plan::{Change, Field, Plan, Task, TaskId, compare};

/// What changes have made of a plan, as far as its text has to follow.
#[derive(Debug)]
pub(super) struct Alignment {
    /// The plan's own fields that were set, by their names in the file.
    head: Vec<&'static str>,
    /// Of each task of the changed plan.
    tasks: Vec<AlignedTask>,
    /// How many tasks there were.
    count: usize,
}

#[derive(Debug)]
struct AlignedTask {
    /// Where it stood before.
    from: Option<usize>,
    /// Whether it is still in line with those around it.
    stays: bool,
    /// Its fields that were set, by their names in the file.
    fields: Vec<&'static str>,
}

impl Alignment {
    /// From a plan, whose tasks have these ids, to what the changes and what was recorded of them have made of it.
    pub(super) fn of(before: &Plan, ids: &[TaskId], plan: &Plan, made: &[Change]) -> Self {
        let places: HashMap<_, _> = ids.iter().enumerate().map(|(at, id)| (id, at)).collect();
        let mut changes: HashMap<&TaskId, Vec<&Change>> = HashMap::new();
        for (id, change) in made.iter().filter_map(|change| Some((change.task()?, change))) {
            changes.entry(id).or_default().push(change);
        }
        let mut last = None;
        let tasks = plan.tasks.iter().map(|task| {
            let from = places.get(&task.id).copied();
            let made = changes.get(&task.id).map_or(&[][..], Vec::as_slice);
            let is_put = made.iter().any(|it| matches!(it, Change::Add { .. } | Change::Move { .. }));
            let stays = from.is_some() && from > last && !is_put;
            last = if stays { from } else { last };
            let fields = from.map_or_else(Vec::new, |at| fields(&before.tasks[at], task, made));
            AlignedTask { from, stays, fields }
        });
        let tasks = tasks.collect();
        let head = made.iter().filter_map(|change| match change {
            Change::Head(edit) => Some(edit.field.name()),
            _ => None,
        });
        let version = (before.version != plan.version).then_some("version");
        Self { head: head.chain(version).collect(), tasks, count: ids.len() }
    }

    /// From one plan to another. The tasks of the first are those that have these ids in the other.
    pub(super) fn between(before: &Plan, ids: &[TaskId], after: &Plan) -> Self {
        let mut renamed = before.clone();
        for (task, id) in renamed.tasks.iter_mut().zip(ids).filter(|(task, id)| task.id != **id) {
            Arc::make_mut(task).id = id.clone();
        }
        Self::of(before, ids, after, &compare(&renamed, after))
    }
}

/// The fields of a task that were set. Of one that was taken out and added again that may be any.
fn fields(old: &Arc<Task>, new: &Arc<Task>, made: &[&Change]) -> Vec<&'static str> {
    if Arc::ptr_eq(old, new) {
        return Vec::new();
    }
    let is_set = |field: &&Field| {
        made.iter().any(|it| matches!(it, Change::Add { .. }) || it.field() == Some(**field))
    };
    let id = (old.id.text() != new.id.text()).then_some("id");
    let history = (old.history != new.history).then_some("history");
    id.into_iter().chain(Field::ALL.iter().filter(is_set).map(|field| field.name())).chain(history).collect()
}

/// A text, and the plan that it is to say.
#[derive(Debug)]
pub(super) struct Patcher<'a> {
    pub(super) text: &'a str,
    /// The text, opened as far as the tasks.
    pub(super) root: &'a Node,
    /// The plan that it says now.
    pub(super) before: &'a Plan,
    pub(super) plan: &'a Plan,
    pub(super) alignment: &'a Alignment,
    pub(super) strategy: Strategy,
}

impl Patcher<'_> {
    /// What has to be replaced so that the text says the plan. None if it is not laid out as a plan.
    pub(super) fn patches(&self) -> Option<Patches> {
        let plan = Sequence { text: self.text, body: self.root.fields()? };
        let mut patches = match plan.body.field(self.text, "tasks") {
            Some(tasks) => self.tasks(Sequence { text: self.text, body: tasks.value.list()? })?,
            None if self.alignment.count == 0 => self.first_tasks(plan),
            None => return None,
        };
        let agency_name = self.struct_name("Agency");
        let write = |plan| move |field: &str| write::head(plan, field, agency_name);
        let (before, after) = (write(self.before), write(self.plan));
        patches.extend(edit::fields(plan, &PLAN, &self.alignment.head, self.strategy, before, after)?);
        Some(patches)
    }

    /// Edits the tasks that were set, takes out those that are no more, and puts in those that are new or stand
    /// elsewhere, each behind the last of those that stayed.
    fn tasks(&self, list: Sequence) -> Option<Patches> {
        if list.body.elements.len() != self.alignment.count {
            return None;
        }
        let mut patches = Patches::default();
        let kept: HashSet<_> = self.alignment.tasks.iter().filter_map(|task| task.from).collect();
        for at in (0..self.alignment.count).filter(|at| !kept.contains(at)) {
            let mut removal = Patches::default();
            list.remove(at, Comments::Go, &mut removal);
            patches.extend_with_loss(removal);
        }
        let (mut behind, mut pieces) = (None, Vec::new());
        for (task, aligned) in self.plan.tasks.iter().zip(&self.alignment.tasks) {
            let Some(from) = aligned.from else {
                pieces.push(Piece::of(write::task(task, &[], &self.style_behind(list, behind))));
                continue;
            };
            let edits = self.edited(list, from, task, &aligned.fields)?;
            if aligned.stays {
                patches.extend(edits);
                insert(list, behind, &std::mem::take(&mut pieces), &mut patches);
                behind = aligned.from;
            } else {
                pieces.push(list.cut(from, &edits)?);
                list.remove(from, Comments::Go, &mut patches);
            }
        }
        insert(list, behind, &pieces, &mut patches);
        Some(patches)
    }

    fn edited(&self, list: Sequence, from: usize, new: &Task, fields: &[&str]) -> Option<Patches> {
        if fields.is_empty() {
            return Some(Patches::default());
        }
        let start = list.body.elements[from].value.start;
        let value = Node::at(self.text, start, DEEPEST - TO_TASKS)?;
        let task = Sequence { text: self.text, body: value.fields()? };
        if self.strategy == Strategy::Anew {
            return edit::anew(task, value.span(), new, &self.style(&value));
        }
        let write = |task| move |name: &str| write::field(task, name, self.struct_name("Entry"));
        edit::fields(task, &TASK, fields, self.strategy, write(&self.before.tasks[from]), write(new))
    }

    fn style_behind(&self, list: Sequence, behind: Option<usize>) -> Style {
        let Some(neighbour) = list.body.elements.get(behind.unwrap_or(0)) else {
            return self.style_of_house(&deeper(indentation_of_line(self.text, list.body.open)));
        };
        let opened = Node::at(self.text, neighbour.value.start, 1);
        let mut style = self.style(opened.as_ref().unwrap_or(&neighbour.value));
        if list.indent_behind(behind).is_none() {
            style.shape = Shape::Line;
        }
        style
    }

    /// The style of a task in the text.
    fn style(&self, value: &Node) -> Style {
        let text = self.text;
        let mut style = self.style_of_house(indentation_of_line(text, value.start));
        let Some(body) = value.fields() else { return style };
        let name = Lexer::new(text, value.start).next().filter(|token| token.kind == TokenKind::Word);
        style.name = name.map_or_else(String::new, |token| text[token.span()].to_owned());
        let is_block = text[value.span()].contains('\n');
        match (&mut style.shape, body.elements.as_slice()) {
            (shape, _) if !is_block => *shape = Shape::Line,
            (Shape::Block { inner, comma, .. }, [first, .., last]) => {
                if let Some(indent) = indentation(text, first.start()) {
                    indent.clone_into(inner);
                }
                *comma = if last.comma.is_some() { "," } else { "" };
            }
            _ => {}
        }
        style
    }

    fn style_of_house(&self, indent: &str) -> Style {
        let (name, entry_name) = (self.struct_name("Task").to_owned(), self.struct_name("Entry"));
        Style { name, entry_name, ..Style::block(indent, line_ending(self.text)) }
    }

    /// Some files ask for the names of all structs.
    fn struct_name(&self, name: &'static str) -> &'static str {
        if self.text[..self.root.start].contains("explicit_struct_names") { name } else { "" }
    }

    /// The list of tasks, where the text had none.
    fn first_tasks(&self, plan: Sequence) -> Patches {
        let mut patches = Patches::default();
        if !self.plan.tasks.is_empty() {
            let last = plan.body.elements.len().checked_sub(1);
            let indent = plan.indent_behind(last).unwrap_or("");
            let tasks = write::tasks(&self.plan.tasks, indent, &self.style_of_house(&deeper(indent)));
            plan.insert(last, &[Piece::of(format!("tasks: {tasks}"))], Flow::Lines, &mut patches);
        }
        patches
    }
}

fn insert(list: Sequence, behind: Option<usize>, pieces: &[Piece], patches: &mut Patches) {
    let is_apart = list.body.elements.is_empty() || list.is_apart(behind.unwrap_or(0));
    list.insert(behind, pieces, if is_apart { Flow::Apart } else { Flow::Lines }, patches);
}
