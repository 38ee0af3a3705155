//! What came of a commit: what the user is told and asked, and what can be undone.

use super::history::Purpose;
use super::{App, Detail, Effect, Next, Pending, Saved, Waiting, edits};
use crate::plan::{Change, Conflict, Plan, PlanKey, TaskRef};
use crate::words::{Phrase, tr};

impl App {
    pub(super) fn take_in(&mut self, plan: PlanKey, saved: Saved) -> Option<Effect> {
        self.hold(plan, &saved.made);
        self.replace(plan, saved.plan, &saved.made, saved.waiting);
        let Pending { purpose, request } = self.take_pending(plan)?;
        let next = self.next.take();
        if let Some(remark) = saved.remark {
            self.notices.tell(remark.say(self.lang).to_owned());
        }
        if let Some(conflict) = saved.conflict {
            self.plans[plan.0].history.forget(purpose);
            self.tell_of_conflict(plan, &conflict);
            if purpose == Purpose::Change {
                self.next = next;
                return self.ask_about(&conflict, request);
            }
            return None;
        }
        self.note_again();
        self.follow(purpose, plan, &saved.made);
        if purpose == Purpose::Change {
            self.go_on(next, plan, &saved.made);
        }
        self.plans[plan.0].history.record(purpose, saved.made, request.why);
        None
    }

    /// Takes in the plan as it is on disk now.
    fn replace(&mut self, plan: PlanKey, content: Plan, ours: &[Change], waiting: Option<Waiting>) {
        let open = &mut self.plans[plan.0];
        let news = open.replace(content, ours, self.calendar.today);
        open.wait(waiting);
        self.work_out();
        self.tell_of_overruled(plan, &news);
    }

    /// Says what was made, and does what was to be done behind it.
    fn go_on(&mut self, next: Option<Next>, plan: PlanKey, made: &[Change]) {
        let whence = match &next {
            Some(Next::Open(_, whence)) => whence.as_deref(),
            _ => None,
        };
        let told = self.plan_of(plan).and_then(|plan| edits::said(plan, made, whence, self.lang));
        if let Some(told) = told {
            self.notices.answer(told);
        }
        match next {
            Some(Next::Open(task, _)) => {
                self.select(&task);
                self.detail = Some(Detail::of(task));
            }
            Some(Next::Select(task)) => self.select(&task),
            Some(Next::Complete(task, field)) => self.ask_for_completion(&task, field, made),
            None => {}
        }
    }

    /// The same where others have changed the file. Says so when what has waited is in it.
    pub(super) fn reload(&mut self, plan: PlanKey, content: Plan, waiting: Option<Waiting>) {
        let waited = self.plans[plan.0].waiting.take();
        self.replace(plan, content, &[], waiting);
        if let (Some(Waiting { count, .. }), None) = (waited, &self.plans[plan.0].waiting) {
            let told = tr!(
                self.lang,
                "Đã ghi vào tệp {count} thay đổi đang chờ",
                "Changes that waited and are saved now: {count}"
            );
            self.notices.tell(told);
        }
    }

    fn tell_of_conflict(&mut self, plan: PlanKey, conflict: &Conflict) {
        if let Some(told) = self.plan_of(plan).map(|plan| conflict.told(plan, self.lang)) {
            self.notices.answer(told);
        }
    }

    /// What undo and redo did is shown where it happened, and said.
    fn follow(&mut self, purpose: Purpose, plan: PlanKey, made: &[Change]) {
        let word = match purpose {
            Purpose::Change => return,
            Purpose::Undo => Phrase::new("Đã hoàn tác", "Undone"),
            Purpose::Redo => Phrase::new("Đã làm lại", "Redone"),
            Purpose::BringBack => return self.tell_of_brought_back(made.len()),
        };
        let Some(change) = self.nearest(made) else {
            self.say(Phrase::new(
                "Không còn gì để đổi: người khác đã sửa như vậy",
                "Nothing to change: someone has done so already",
            ));
            return;
        };
        let was_open = self.detail.as_ref().map(|detail| detail.task.clone());
        if let Some(id) = change.task() {
            self.select(&TaskRef { plan, task: id.clone() });
        }
        let (lang, Some(content)) = (self.lang, self.plan_of(plan)) else { return };
        let no = edits::number(content, change);
        let told = match (purpose, change) {
            (Purpose::Undo, Change::Add { .. }) => tr!(lang, "Đã lấy lại việc {no}", "Task {no} is back"),
            (Purpose::Undo, Change::Remove { .. }) => {
                tr!(lang, "Đã bỏ việc {no} vừa thêm", "The new task {no} is taken out again")
            }
            _ => format!("{}: {}", word.say(lang), edits::told(content, change, made, lang)),
        };
        // The screen of one task shows another now.
        let is_elsewhere = was_open.is_some() && was_open != self.detail.as_ref().map(|it| it.task.clone());
        let moved = Phrase::new("Chuyển sang việc", "Now at task").say(lang);
        self.notices.answer(if is_elsewhere { format!("{moved} {no} · {told}") } else { told });
    }

    /// What changes that were made together are told by: the chosen task's if they are about it, and its status first.
    fn nearest<'a>(&self, made: &'a [Change]) -> Option<&'a Change> {
        let here = self.selected().map(|item| item.task.id.clone());
        let is_elsewhere = |change: &&Change| here.is_none() || change.task() != here.as_ref();
        made.iter().min_by_key(|change| (is_elsewhere(change), !edits::is_status(change)))
    }

    fn tell_of_brought_back(&mut self, count: usize) {
        if count == 0 {
            self.say(Phrase::new("Không còn gì cần khôi phục", "There is nothing left to bring back"));
        } else {
            let told = tr!(self.lang, "Đã khôi phục {count} thay đổi", "Changes brought back: {count}");
            self.notices.answer(told);
        }
    }
}
