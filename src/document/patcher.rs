//! The text of a plan after a change: what has to be replaced in the text before it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::edit::{self, Strategy, TaskText};
use super::layout::{comments, indentation, indentation_of_line, line_ending, words_of};
use super::lex::{Lexer, Span, TokenKind};
use super::patch::Patches;
use super::read;
use super::schema::PLAN;
use super::sequence::{Comments, Flow, Piece, Sequence, deeper};
use super::tree::{DEEPEST, Node, TO_TASKS};
use super::write::{self, Shape, Style};
use crate::plan::merge::moved;
use crate::plan::{Change, Plan, Task, TaskId};

/// Where each task of a plan stood before the plan was changed.
#[derive(Debug)]
pub(super) struct Alignment {
    /// Of each task of the changed plan.
    from: Vec<Option<usize>>,
    /// Whether the task is still in line with those around it.
    stays: Vec<bool>,
    /// Whether the task may say something else than before.
    touched: Vec<bool>,
    /// How many tasks there were.
    count: usize,
}

impl Alignment {
    /// From a plan to what became of it.
    pub(super) fn of(before: &Plan, plan: &Plan, made: &[Change]) -> Self {
        let is_elsewhere = |change: &&Change| matches!(change, Change::Add { .. } | Change::Move { .. });
        let elsewhere: HashSet<_> = made.iter().filter(is_elsewhere).filter_map(Change::task).collect();
        let touched: HashSet<_> = made.iter().filter_map(Change::task).collect();
        let places: HashMap<_, _> =
            before.tasks.iter().enumerate().map(|(at, task)| (&task.id, at)).collect();
        let from: Vec<_> = plan.tasks.iter().map(|task| places.get(&task.id).copied()).collect();
        let mut last = None;
        let stays = plan.tasks.iter().zip(&from).map(|(task, &at)| {
            let stays = at.is_some() && at > last && !elsewhere.contains(&task.id);
            last = if stays { at } else { last };
            stays
        });
        Self {
            stays: stays.collect(),
            touched: plan.tasks.iter().map(|task| touched.contains(&task.id)).collect(),
            from,
            count: before.tasks.len(),
        }
    }

    /// From one plan to another. The tasks of the first are those that have these ids in the other.
    pub(super) fn between(before: &Plan, ids: &[TaskId], after: &Plan) -> Self {
        let new_ids: Vec<_> = after.tasks.iter().map(|task| task.id.clone()).collect();
        let moved = moved(ids, &new_ids);
        let places: HashMap<_, _> = ids.iter().enumerate().map(|(at, id)| (id, at)).collect();
        let from: Vec<_> = new_ids.iter().map(|id| places.get(id).copied()).collect();
        let is_other = |old: &Task, new: &Task| {
            let renamed = Task { id: new.id.clone(), ..old.clone() };
            old.id.text() != new.id.text() || renamed != *new
        };
        let tasks = || after.tasks.iter().zip(&from);
        Self {
            stays: tasks().map(|(task, from)| from.is_some() && !moved.contains(&task.id)).collect(),
            touched: tasks()
                .map(|(it, from)| from.is_some_and(|at| is_other(&before.tasks[at], it)))
                .collect(),
            from,
            count: before.tasks.len(),
        }
    }
}

/// Replacements, and what they take away on purpose.
#[derive(Debug)]
pub(super) struct PatchSet {
    pub(super) patches: Patches,
    /// The tasks that were removed, with the comments that are theirs.
    pub(super) gone: Vec<Span>,
}

impl PatchSet {
    /// Takes out the tasks that are no more.
    fn remove(&mut self, list: Sequence, alignment: &Alignment) {
        let kept: HashSet<_> = alignment.from.iter().flatten().collect();
        for at in (0..alignment.count).filter(|at| !kept.contains(at)) {
            let mut patches = Patches::default();
            list.remove(at, Comments::Go, &mut patches);
            self.gone.extend(patches.spans());
            self.patches.extend(patches);
        }
    }

    fn insert(&mut self, list: Sequence, behind: Option<usize>, pieces: &[Piece]) {
        let is_apart = list.body.elements.is_empty() || list.is_apart(behind.unwrap_or(0));
        let flow = if is_apart { Flow::Apart } else { Flow::Lines };
        list.insert(behind, pieces, flow, &mut self.patches);
    }

    /// Whether every comment of the old text is in the new one, but for those that went with their tasks.
    /// Only the part that was rewritten has to be looked at, if the new text is in step again behind it.
    pub(super) fn keeps_comments(&self, old: &str, new: &str) -> bool {
        let Some(reach) = self.patches.reach() else { return true };
        let rewritten = reach.start..(reach.end + new.len()).saturating_sub(old.len());
        let (Some(before), Some(after)) = (comments(old, reach), comments(new, rewritten)) else {
            return false;
        };
        let is_gone =
            |comment: &Span| self.gone.iter().any(|it| it.start <= comment.start && comment.end <= it.end);
        let mut missing: HashMap<String, isize> = HashMap::new();
        for comment in before.into_iter().filter(|comment| !is_gone(comment)) {
            *missing.entry(words_of(&old[comment])).or_default() += 1;
        }
        for comment in after {
            *missing.entry(words_of(&new[comment])).or_default() -= 1;
        }
        missing.values().all(|&count| count <= 0)
    }
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
    pub(super) strategy: Strategy,
}

impl Patcher<'_> {
    /// What has to be replaced so that the text says the plan. None if it is not laid out as a plan.
    pub(super) fn draft(&self, alignment: &Alignment) -> Option<PatchSet> {
        let mut draft = self.tasks(alignment)?;
        draft.patches.extend(self.head()?);
        Some(draft)
    }

    /// The plan's own fields.
    fn head(&self) -> Option<Patches> {
        let sequence = Sequence { text: self.text, body: self.root.fields()? };
        let agency_name = if self.has_struct_names() { "Agency" } else { "" };
        let write = |plan| move |field: &str| write::head(plan, field, agency_name);
        edit::structure(sequence, &PLAN, self.strategy, write(self.before), write(self.plan))
    }

    fn tasks(&self, alignment: &Alignment) -> Option<PatchSet> {
        let plan = self.root.fields()?;
        let Some(tasks) = plan.field(self.text, "tasks") else {
            return (alignment.count == 0).then(|| self.first_tasks());
        };
        let list = Sequence { text: self.text, body: tasks.value.list()? };
        if list.body.elements.len() != alignment.count {
            return None;
        }
        let mut draft = PatchSet { patches: Patches::default(), gone: Vec::new() };
        draft.remove(list, alignment);
        let pieces = self.edit(list, alignment, &mut draft)?;
        self.insert(list, alignment, pieces, &mut draft);
        Some(draft)
    }

    /// Edits the tasks that were touched. Answers with those that stand elsewhere now, by their new places.
    fn edit(
        &self,
        list: Sequence,
        alignment: &Alignment,
        draft: &mut PatchSet,
    ) -> Option<HashMap<usize, Piece>> {
        let mut pieces = HashMap::new();
        for (at, from) in alignment.from.iter().enumerate() {
            let Some(from) = *from else { continue };
            let patches =
                if alignment.touched[at] { self.edited(list, from, at)? } else { Patches::default() };
            if alignment.stays[at] {
                draft.patches.extend(patches);
            } else {
                pieces.insert(at, list.cut(from, &patches)?);
                list.remove(from, Comments::Go, &mut draft.patches);
            }
        }
        Some(pieces)
    }

    fn edited(&self, list: Sequence, from: usize, at: usize) -> Option<Patches> {
        let start = list.body.elements[from].value.start;
        let value = Node::at(self.text, start, DEEPEST - TO_TASKS)?;
        let place = TaskText { text: self.text, value: &value, entry_name: self.entry_name() };
        let new = &self.plan.tasks[at];
        match self.strategy {
            Strategy::Bare | Strategy::Fields => {
                edit::fields(place, &read::task(&self.text[value.span()])?, new, self.strategy)
            }
            Strategy::Anew => edit::anew(place, new, &self.style(&value)),
        }
    }

    /// Puts in the tasks that are new or stand elsewhere, each behind the last of those that stayed.
    fn insert(
        &self,
        list: Sequence,
        alignment: &Alignment,
        mut moved: HashMap<usize, Piece>,
        draft: &mut PatchSet,
    ) {
        let mut behind = None;
        let mut pieces: Vec<Piece> = Vec::new();
        for (at, task) in self.plan.tasks.iter().enumerate() {
            if alignment.stays[at] {
                draft.insert(list, behind, &std::mem::take(&mut pieces));
                behind = alignment.from[at];
            } else {
                let style = || self.style_behind(list, behind);
                let new = || Piece::of(write::task(task, &[], &style()));
                pieces.push(moved.remove(&at).unwrap_or_else(new));
            }
        }
        draft.insert(list, behind, &pieces);
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
        let entry_name = self.entry_name();
        Style {
            name: if entry_name.is_empty() { "" } else { "Task" }.to_owned(),
            entry_name,
            shape: Shape::Block { indent: indent.to_owned(), inner: deeper(indent), comma: "," },
            eol: line_ending(self.text),
        }
    }

    /// Some files ask for the names of all structs.
    fn entry_name(&self) -> &'static str {
        if self.has_struct_names() { "Entry" } else { "" }
    }

    fn has_struct_names(&self) -> bool {
        self.text[..self.root.start].contains("explicit_struct_names")
    }

    /// The list of tasks, where the text had none.
    fn first_tasks(&self) -> PatchSet {
        let mut patches = Patches::default();
        if let Some(body) = self.root.fields().filter(|_| !self.plan.tasks.is_empty()) {
            let plan = Sequence { text: self.text, body };
            let last = body.elements.len().checked_sub(1);
            let indent = plan.indent_behind(last).unwrap_or("");
            let style = self.style_of_house(&deeper(indent));
            let line = |task: &Arc<Task>| {
                format!("{}{},{}", deeper(indent), write::task(task, &[], &style), style.eol)
            };
            let lines = self.plan.tasks.iter().map(line).collect::<Vec<_>>().join(style.eol);
            let field = Piece::of(format!("tasks: [{}{lines}{indent}]", style.eol));
            plan.insert(last, &[field], Flow::Lines, &mut patches);
        }
        PatchSet { patches, gone: Vec::new() }
    }
}
