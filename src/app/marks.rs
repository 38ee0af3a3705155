//! Tasks that are marked, so that what is done next is done to all of them: one commit, one undo.

use std::collections::HashSet;

use super::editor::{Edited, Editor};
use super::history::Purpose;
use super::keymap::Mode;
use super::{App, Effect, OpenPlan, Original, Request, edits};
use crate::plan::{Field, Item, PlanKey, Status, TaskId, Why};
use crate::words::{Lang, Phrase, tr};

/// One step of a status, and which tasks take it first where they are at different ones: nobody is set done together
/// with what was not begun.
#[derive(Debug, Clone, Copy)]
pub(super) struct StatusStep {
    pub(super) step: fn(Status) -> Status,
    first: [Status; 4],
}

impl StatusStep {
    pub(super) const ON: Self =
        Self { step: Status::next, first: [Status::Todo, Status::Doing, Status::Paused, Status::Dropped] };
    pub(super) const BACK: Self = Self {
        step: Status::previous,
        first: [Status::Done, Status::Doing, Status::Paused, Status::Dropped],
    };
}

impl OpenPlan {
    /// How many tasks are marked.
    pub fn marked(&self) -> usize {
        self.marks.len()
    }

    pub fn is_marked(&self, id: &TaskId) -> bool {
        self.marks.contains(id)
    }

    /// What is in the plan no more is not marked any more.
    pub(super) fn unmark_the_gone(&mut self) {
        let Some(plan) = self.plan.as_ref().filter(|_| !self.marks.is_empty()) else { return };
        let mut marks = std::mem::take(&mut self.marks);
        marks.retain(|id| self.index.position(plan, id).is_some());
        self.marks = marks;
    }
}

impl App {
    /// Marks the chosen task, or takes its mark away.
    pub(super) fn mark_task(&mut self) {
        let Some(name) = self.selected().map(|item| item.name()) else { return };
        let marks = &mut self.plans[name.plan.0].marks;
        if !marks.remove(&name.task) {
            marks.insert(name.task);
        }
    }

    /// Marks all that is shown, beside what was marked before.
    pub(super) fn mark_all(&mut self) {
        let current = self.current;
        let shown: HashSet<TaskId> =
            self.shown().rows.iter().map(|row| self.item(*row).task.id.clone()).collect();
        self.plans[current.0].marks.extend(shown);
    }

    /// Takes all marks away; says so, for they may have been the work of many keys.
    pub(super) fn unmark(&mut self) {
        let count = std::mem::take(&mut self.plans[self.current.0].marks).len();
        self.notices.answer(tr!(self.lang, "Đã bỏ đánh dấu {count} việc", "Marks taken away: {count}"));
    }

    pub fn is_marked(&self, item: Item<'_>) -> bool {
        self.plans[item.key.0].is_marked(&item.task.id)
    }

    /// Marks count where lists of tasks are looked at. In a meeting the task that is shown is meant, and no other.
    fn heeds_marks(&self) -> bool {
        [Mode::Board, Mode::Deadlines, Mode::Review].into_iter().any(|mode| self.is_in(mode))
    }

    pub(super) fn has_marks(&self) -> bool {
        self.heeds_marks() && self.open().is_some_and(|open| open.marked() > 0)
    }

    /// How many tasks are marked in the plan that is looked at, in words; nothing if none is.
    pub fn told_marks(&self, lang: Lang) -> Option<String> {
        let count = self.open().filter(|_| self.heeds_marks())?.marked();
        (count > 0).then(|| tr!(lang, "{count} việc được đánh dấu", "{count} marked"))
    }

    /// How many tasks a change of a field of this task goes to, where that is more than itself.
    fn taken_along(&self, plan: PlanKey, task: &TaskId, field: Field) -> Option<usize> {
        let is_taken_along = field.is_shared() && self.goes_to_all_marked(plan, task);
        is_taken_along.then(|| self.plans[plan.0].marked())
    }

    /// What a field is headed by where it is changed: with how many tasks, where that is more than one.
    pub fn with_marked(&self, of: &Original, field: Field, label: Phrase) -> String {
        self.counted(of.plan, &of.task.id, field, label.say(self.lang).to_owned())
    }

    pub fn heading_of(&self, editor: &Editor) -> String {
        let heading = editor.heading(self.lang);
        match &editor.subject {
            Edited::Field(of, field) => match self.taken_along(of.plan, &of.task.id, *field) {
                None if self.has_to_be_named(of) => format!("{}: {heading}", of.task.no),
                _ => self.counted(of.plan, &of.task.id, *field, heading),
            },
            Edited::Reason(_, request) => match request.changes.first().map(|it| (it.task(), it.field())) {
                Some((Some(task), Some(field))) => self.counted(request.plan, task, field, heading),
                _ => heading,
            },
            _ => heading,
        }
    }

    /// Whether a window has to say whose field it is: it stands over a list.
    fn has_to_be_named(&self, of: &Original) -> bool {
        self.detail.is_none() && !self.is_in(Mode::Meeting) && !of.task.no.is_empty()
    }

    fn counted(&self, plan: PlanKey, task: &TaskId, field: Field, heading: String) -> String {
        match self.taken_along(plan, task, field) {
            None => heading,
            Some(count) => tr!(self.lang, "{count} việc · {heading}", "{count} tasks · {heading}"),
        }
    }

    /// The task that a change is begun on: the chosen one; where others are marked and it is not, the first of these. A
    /// task that is opened is meant itself.
    pub(super) fn subject(&self) -> Option<Item<'_>> {
        let selected = self.selected();
        if self.detail.is_some() || !self.has_marks() {
            return selected;
        }
        selected.filter(|item| self.is_marked(*item)).or_else(|| self.marked_items().next())
    }

    /// The same for a change of a field, which each task may have for itself, as the task is now. Nothing where its
    /// plan is read-only, which is said.
    pub(super) fn begin_on(&mut self, field: Field) -> Option<Original> {
        let subject = if field.is_shared() { self.subject() } else { self.selected() };
        let of = Original::of(subject?);
        (!self.is_read_only(of.plan)).then_some(of)
    }

    /// Whether a key is about what is marked, wherever the cursor is.
    pub(super) fn acts_on_marked(&self) -> bool {
        let Some(item) = self.subject() else { return false };
        self.goes_to_all_marked(item.key, &item.task.id)
    }

    /// The task that a status is set of: of the marked ones, one that does not have it yet.
    pub(super) fn subject_without(&self, status: Status) -> Option<Item<'_>> {
        if !self.acts_on_marked() {
            return self.subject();
        }
        self.marked_items().find(|item| item.task.status != status).or_else(|| self.subject())
    }

    /// In the order of the plan.
    fn marked_items(&self) -> impl Iterator<Item = Item<'_>> {
        let key = self.current;
        let open = self.open().and_then(|open| Some((open, open.plan.as_ref()?)));
        open.into_iter().flat_map(move |(open, plan)| {
            let marked = plan.tasks.iter().filter(|task| open.is_marked(&task.id));
            marked.map(move |task| Item { key, plan, task })
        })
    }

    /// Whether a change of this task goes to all that are marked.
    pub(super) fn goes_to_all_marked(&self, plan: PlanKey, task: &TaskId) -> bool {
        let open = &self.plans[plan.0];
        self.heeds_marks() && open.is_marked(task) && open.marked() > 1
    }

    /// What was asked for one task, for all that are marked with it.
    pub(super) fn for_all_marked(&self, request: Request) -> Request {
        let open = &self.plans[request.plan.0];
        let is_several = self.heeds_marks() && open.marked() > 1;
        let Some(plan) = open.plan.as_ref().filter(|_| is_several) else { return request };
        let changes = plan.spread(&request.changes, &request.why, |id| open.is_marked(id));
        Request { changes, ..request }
    }

    /// One step for those of the marked tasks whose turn it is.
    pub(super) fn step_marked(&mut self, step: StatusStep) -> Option<Effect> {
        let first = step
            .first
            .into_iter()
            .find(|status| self.marked_items().any(|item| item.task.status == *status))?;
        let (status, today) = ((step.step)(first), self.calendar.today);
        let turn = self.marked_items().filter(|item| item.task.status == first);
        let changes = turn.flat_map(|item| edits::status(item.task, status, today)).collect();
        let request = Request { plan: self.current, changes, why: Why::Untold };
        self.commit_for(Purpose::Change, request)
    }
}
