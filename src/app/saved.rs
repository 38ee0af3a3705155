//! What came of a commit: what the user is told and asked, and what can be undone.

use super::history::Purpose;
use super::scroll::Scroll;
use super::{App, Detail, Effect, Next, Saved, Waiting, edits};
use crate::plan::{Change, Conflict, Field, Plan};
use crate::words::{Lang, Phrase, Spoken};

impl App {
    pub(super) fn take_in(&mut self, at: usize, saved: Saved) -> Option<Effect> {
        self.hold(at, &saved.made);
        let open = &mut self.plans[at];
        let news = open.replace(saved.plan, &saved.made);
        open.wait(saved.waiting);
        self.tell_of_overruled(at, &news);
        let next = self.next.take();
        let pending = self.pending.take()?;
        if let Some(remark) = saved.remark {
            self.notices.tell(remark);
        }
        if let Some(conflict) = saved.conflict {
            self.plans[at].history.forget(pending.purpose);
            self.tell_of_conflict(&conflict);
            if pending.purpose == Purpose::Change {
                self.next = next;
                return self.ask_about(&conflict, &pending.changes, pending.why);
            }
            return None;
        }
        self.follow(pending.purpose, &saved.made);
        if pending.purpose == Purpose::Change {
            self.go_on(next, &saved.made);
        }
        self.plans[at].history.record(pending.purpose, saved.made, pending.why);
        None
    }

    /// Says what was made, and does what was to be done behind it.
    fn go_on(&mut self, next: Option<Next>, made: &[Change]) {
        let whence = match &next {
            Some(Next::Open(_, whence)) => whence.clone(),
            _ => None,
        };
        if let Some(plan) = self.plan()
            && let Some(told) = edits::said(plan, made, whence.as_ref())
        {
            self.notices.answer(told);
        }
        match next {
            Some(Next::Open(task, _)) => {
                self.select(&task);
                self.detail = Some(Detail { task, scroll: Scroll::default() });
            }
            Some(Next::Select(task)) => self.select(&task),
            Some(Next::Complete(task, part)) => self.ask_for_completion(&task, part, made),
            None => {}
        }
    }

    /// Takes in the plan as it is on disk now, and says so when what has waited is in it.
    pub(super) fn reload(&mut self, at: usize, plan: Plan, waiting: Option<Waiting>) {
        let open = &mut self.plans[at];
        let waited = open.waiting.take();
        let news = open.replace(plan, &[]);
        open.wait(waiting);
        self.tell_of_overruled(at, &news);
        if let (Some(Waiting { count, .. }), None) = (waited, &self.plans[at].waiting) {
            self.tell(
                format!("Đã ghi vào tệp {count} thay đổi đang chờ"),
                format!("Changes that waited and are saved now: {count}"),
            );
        }
    }

    fn tell_of_brought_back(&mut self, count: usize) {
        if count == 0 {
            self.say("Không còn gì cần khôi phục", "There is nothing left to bring back");
        } else {
            self.say(format!("Đã khôi phục {count} thay đổi"), format!("Changes brought back: {count}"));
        }
    }

    fn tell_of_conflict(&mut self, conflict: &Conflict) {
        let Some(plan) = self.plan() else { return };
        let told = Spoken::of(|lang| conflict.told(plan, lang));
        self.notices.answer(told);
    }

    /// What undo and redo did is shown where it happened, and said.
    fn follow(&mut self, purpose: Purpose, made: &[Change]) {
        let word = match purpose {
            Purpose::Change => return,
            Purpose::Undo => Phrase::new("Đã hoàn tác", "Undone"),
            Purpose::Redo => Phrase::new("Đã làm lại", "Redone"),
            Purpose::BringBack => return self.tell_of_brought_back(made.len()),
        };
        let is_status = |change: &&Change| change.edit_in(Field::Status).is_some();
        let Some(change) = made.iter().find(is_status).or(made.first()) else {
            self.say(
                "Không còn gì để đổi: người khác đã sửa như vậy",
                "Nothing to change: someone has done so already",
            );
            return;
        };
        let was_open = self.detail.as_ref().map(|detail| detail.task.clone());
        if let Some(id) = change.task() {
            self.select(&id.clone());
        }
        let Some(plan) = self.plan() else { return };
        let no = edits::number(plan, change);
        let told = Spoken::of(|lang| match (purpose, change, lang) {
            (Purpose::Undo, Change::Add { .. }, Lang::Vi) => format!("Đã lấy lại việc {no}"),
            (Purpose::Undo, Change::Add { .. }, Lang::En) => format!("Task {no} is back"),
            (Purpose::Undo, Change::Remove { .. }, Lang::Vi) => format!("Đã bỏ việc {no} vừa thêm"),
            (Purpose::Undo, Change::Remove { .. }, Lang::En) => {
                format!("The new task {no} is taken out again")
            }
            _ => format!("{}: {}", word.say(lang), edits::told(plan, change, lang)),
        });
        // The screen of one task shows another now.
        let has_moved = self.detail.is_some() && was_open != self.detail.as_ref().map(|it| it.task.clone());
        let moved = Phrase::new("Chuyển sang việc", "Now at task");
        let told = if has_moved {
            Spoken::of(|lang| format!("{} {no} · {}", moved.say(lang), told.say(lang)))
        } else {
            told
        };
        self.notices.answer(told);
    }
}
