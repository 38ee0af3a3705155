//! Changes that the user asks for: which plan they are for, and on what they were made.

use super::action::Action;
use super::history::Purpose;
use super::{Access, App, Effect, OpenPlan};
use crate::plan::{Change, Item, PlanKey, Task, TaskRef, Why};
use crate::words::Phrase;

/// Changes of one plan, and why they are made.
#[derive(Debug, Clone)]
pub struct Request {
    pub plan: PlanKey,
    pub changes: Vec<Change>,
    pub why: Why,
}

/// A task as it was when something was begun on it. That is what a change of it expects to find.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    pub plan: PlanKey,
    pub task: Box<Task>,
}

/// A request that is under way.
#[derive(Debug)]
pub(super) struct Pending {
    pub(super) purpose: Purpose,
    pub(super) request: Request,
}

impl Original {
    pub fn of(item: Item<'_>) -> Self {
        Self { plan: item.key, task: Box::new(item.task.clone()) }
    }

    pub fn name(&self) -> TaskRef {
        TaskRef { plan: self.plan, task: self.task.id.clone() }
    }
}

impl App {
    pub(super) fn commit(&mut self, plan: PlanKey, changes: Vec<Change>) -> Option<Effect> {
        self.commit_request(Request { plan, changes, why: Why::Untold })
    }

    /// Makes changes; what was asked for a marked task, for all that are marked.
    pub(super) fn commit_request(&mut self, request: Request) -> Option<Effect> {
        let request = self.for_all_marked(request);
        self.commit_for(Purpose::Change, request)
    }

    pub(super) fn commit_for(&mut self, purpose: Purpose, request: Request) -> Option<Effect> {
        if request.changes.is_empty()
            || self.is_read_only(request.plan)
            || self.is_undated(purpose, &request.changes)
            || self.is_done_later(purpose, &request)
        {
            return None;
        }
        if purpose == Purpose::Change
            && let Some(question) = self.about_the_gone(&request)
        {
            self.ask_unasked(question);
            return None;
        }
        let effect = self.effect_of(&request);
        self.pending = Some(Pending { purpose, request });
        Some(effect)
    }

    /// The request as the file is to have it: what is shown may be less than that, as of another day.
    pub(super) fn effect_of(&self, request: &Request) -> Effect {
        let Request { plan, changes, why } = request;
        let OpenPlan { plan: shown, in_file, .. } = &self.plans[plan.0];
        let changes = match (shown, in_file) {
            (Some(shown), Some(in_file)) => in_file.meant(shown, changes),
            _ => changes.clone(),
        };
        Effect::Commit(*plan, changes, why.clone(), self.calendar.today)
    }

    /// What was under way in a plan.
    pub(super) fn take_pending(&mut self, plan: PlanKey) -> Option<Pending> {
        self.pending.take_if(|pending| pending.request.plan == plan)
    }

    /// Whether an action that changes something would be refused in the plan that is looked at.
    pub fn refuses(&self, action: Action) -> bool {
        action.is_change() && self.open().is_some_and(|open| open.access == Access::ReadOnly)
    }

    /// Whether nothing can be changed in a plan, which is said.
    pub(super) fn is_read_only(&mut self, plan: PlanKey) -> bool {
        let is_read_only = self.plans[plan.0].access == Access::ReadOnly;
        if is_read_only {
            self.say(Phrase::new(
                "Tệp này chỉ đọc: không đổi được",
                "This file is read-only: nothing can be changed",
            ));
        }
        is_read_only
    }
}
