//! What came of a commit: what the user is told and asked, and what can be undone.

use super::history::Purpose;
use super::scroll::Scroll;
use super::{App, Detail, Effect, Next, Saved, Waiting, edits};
use crate::plan::{Change, Conflict, Edit, Plan};
use crate::words::{Phrase, Spoken};

impl App {
    pub(super) fn take_in(&mut self, at: usize, saved: Saved) -> Option<Effect> {
        let open = &mut self.plans[at];
        open.replace(saved.plan, &saved.made);
        open.wait(saved.waiting);
        let next = self.next.take();
        let pending = self.pending.take()?;
        if let Some(remark) = saved.remark {
            self.notice = Some(remark);
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
        self.plans[at].history.record(pending.purpose, saved.made, pending.why);
        match next {
            Some(Next::Open(task)) => {
                self.select(&task);
                self.detail = Some(Detail { task, scroll: Scroll::default() });
            }
            Some(Next::Select(task)) => self.select(&task),
            None => {}
        }
        None
    }

    /// Takes in the plan as it is on disk now, and says so when what has waited is in it.
    pub(super) fn reload(&mut self, at: usize, plan: Plan, waiting: Option<Waiting>) {
        let open = &mut self.plans[at];
        let waited = open.waiting.take();
        open.replace(plan, &[]);
        open.wait(waiting);
        if let (Some(Waiting { count, .. }), None) = (waited, &open.waiting) {
            self.say(
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
        self.notice = Some(Spoken::of(|lang| conflict.told(plan, lang)));
    }

    /// What undo and redo did is shown where it happened, and said.
    fn follow(&mut self, purpose: Purpose, made: &[Change]) {
        let word = match purpose {
            Purpose::Change => return,
            Purpose::Undo => Phrase::new("Đã hoàn tác", "Undone"),
            Purpose::Redo => Phrase::new("Đã làm lại", "Done again"),
            Purpose::BringBack => return self.tell_of_brought_back(made.len()),
        };
        let is_status = |change: &&Change| matches!(change, Change::Edit { edit: Edit::Status(_), .. });
        let Some(change) = made.iter().find(is_status).or(made.first()) else {
            self.say(
                "Không còn gì để đổi: người khác đã sửa như vậy",
                "Nothing to change: someone has done so already",
            );
            return;
        };
        self.select(&change.task().clone());
        let Some(plan) = self.plan() else { return };
        self.notice =
            Some(Spoken::of(|lang| format!("{}: {}", word.say(lang), edits::told(plan, change, lang))));
    }
}
