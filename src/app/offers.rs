//! What is offered and never asked: changes that an older version has overwritten, and text from the last time. A mark
//! tells of it, and a key of its own leads there.

use std::collections::BTreeSet;

use super::editor::Editor;
use super::history::Purpose;
use super::keymap::Mode;
use super::{App, Draft, Effect, OpenPlan, Original, Panel, Pending, Question, Request, edits};
use crate::plan::{Change, Commit, Field, PlanKey, Why};
use crate::words::{Lang, Phrase, tr};

impl OpenPlan {
    /// What is offered, in the few words of a mark; nothing, if nothing is.
    pub fn offered(&self, lang: Lang) -> Option<String> {
        const OVERWRITTEN: Phrase = Phrase::new("bị ghi đè", "overwritten");
        const HALF_TYPED: Phrase = Phrase::new("gõ dở", "half typed");
        let overwritten = || format!("{} {}", self.overwritten().count(), OVERWRITTEN.say(lang));
        let missing = (!self.missing.is_empty()).then(overwritten);
        let draft = (!self.drafts.is_empty()).then(|| HALF_TYPED.say(lang).to_owned());
        let offered: Vec<String> = missing.into_iter().chain(draft).collect();
        (!offered.is_empty()).then(|| offered.join(", "))
    }

    fn overwritten(&self) -> impl Iterator<Item = &Change> {
        self.missing.iter().flat_map(|commit| &commit.changes)
    }
}

impl App {
    /// Asks about the first thing that is offered.
    pub(super) fn show_offer(&mut self) {
        // What comes of it is looked at where tasks are.
        if self.is_in(Mode::Summary) {
            self.enter(Mode::Board);
        }
        let Some(open) = self.open() else { return };
        if !open.missing.is_empty() {
            self.ask(Question::Missing(self.current));
        } else if let Some(draft) = open.drafts.last().cloned() {
            self.ask(Question::Draft(self.current, draft));
        } else {
            self.say(Phrase::new("Không có gì cần khôi phục", "There is nothing to bring back"));
        }
    }

    /// How much is missing, whose it is, and in which tasks.
    pub(super) fn asked_about_missing(&self, key: PlanKey) -> String {
        let open = &self.plans[key.0];
        let people: BTreeSet<&str> = open.missing.iter().map(|commit| commit.stamp.by.as_str()).collect();
        let number = |change| open.plan.as_ref().map(|plan| edits::number(plan, change));
        let tasks: BTreeSet<String> = open.overwritten().filter_map(number).collect();
        let (count, people) = (open.overwritten().count(), people.into_iter().collect::<Vec<_>>().join(", "));
        let tasks = tasks.into_iter().collect::<Vec<_>>().join(", ");
        tr!(
            self.lang,
            "Một bản cũ đã ghi đè {count} thay đổi của {people} (việc {tasks}). \
             Enter: khôi phục · F8: bỏ hẳn, cho mọi người · Esc: để sau",
            "An old version overwrote {count} changes of {people} (task {tasks}). \
             Enter: bring back · F8: give up, for everybody · Esc: later"
        )
    }

    /// Takes in what is missing now. A question about it goes when somebody else has answered it.
    pub(super) fn hear_of_missing(&mut self, plan: PlanKey, missing: Vec<Commit>) {
        let is_asked = matches!(self.panel, Some(Panel::Ask(Question::Missing(asked))) if asked == plan);
        if is_asked && missing.is_empty() {
            self.panel = None;
            self.say(Phrase::new("Đã có người trả lời", "Somebody has answered already"));
        }
        self.plans[plan.0].missing = missing;
    }

    pub(super) fn bring_back(&mut self, plan: PlanKey) -> Option<Effect> {
        if self.is_read_only(plan) {
            return None;
        }
        let request = Request { plan, changes: Vec::new(), why: Why::Untold };
        self.pending = Some(Pending { purpose: Purpose::BringBack, request });
        Some(Effect::BringBack(plan))
    }

    /// What is offered is not wanted any more, by anybody.
    pub(super) fn give_up(&mut self) -> Option<Effect> {
        match self.panel.take() {
            Some(Panel::Ask(Question::Missing(plan))) => self.leave_missing(plan),
            Some(Panel::Ask(Question::Draft(plan, draft))) => Some(self.forget(plan, draft)),
            panel => {
                self.panel = panel;
                None
            }
        }
    }

    fn leave_missing(&mut self, plan: PlanKey) -> Option<Effect> {
        if self.is_read_only(plan) {
            return None;
        }
        let count = self.plans[plan.0].overwritten().count();
        self.plans[plan.0].missing.clear();
        let told =
            tr!(self.lang, "Đã bỏ hẳn {count} thay đổi bị ghi đè", "Overwritten changes given up: {count}");
        self.notices.answer(told);
        Some(Effect::LeaveMissing(plan))
    }

    pub(super) fn go_on_with(&mut self, plan: PlanKey, draft: Draft) -> Effect {
        self.panel = Some(self.panel_of(plan, &draft));
        self.forget(plan, draft)
    }

    /// Opens the task again that the text was for. What is expected to stand there is what was seen then.
    fn panel_of(&mut self, plan: PlanKey, draft: &Draft) -> Panel {
        let editor = match &draft.task {
            // Only what is given in a meeting is begun with its source.
            None if draft.field == Field::Source => {
                return Panel::Form(Box::new(self.conclusion_of_draft(plan, draft)));
            }
            None => {
                let after = self.cursor.task().filter(|task| task.plan == plan);
                Editor::of_new(plan, self.cursor.column(), after.map(|task| task.task.clone()))
            }
            Some(seen) => {
                let seen = Original { plan, task: seen.clone() };
                self.open_as_seen(&seen, draft.field);
                if let Some(form) = self.form_of_draft(seen.clone(), draft) {
                    return Panel::Form(Box::new(form));
                }
                self.editor_of_field(seen, draft.field)
            }
        };
        Panel::Edit(editor.with_text(draft.texts.first().map_or("", String::as_str)))
    }

    fn forget(&mut self, plan: PlanKey, draft: Draft) -> Effect {
        self.plans[plan.0].drafts.retain(|other| *other != draft);
        Effect::Forget(plan, draft)
    }
}
