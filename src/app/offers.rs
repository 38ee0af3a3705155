//! What is offered and never asked: changes that an older version has overwritten, and text from the last time. A mark
//! tells of it, and a key of its own leads there.

use super::editor::{Editor, FIELDS};
use super::history::Purpose;
use super::{App, Draft, Effect, OpenPlan, Panel, Pending, Question};
use crate::plan::Why;
use crate::words::{Lang, Phrase, Spoken, tr};

/// Changes that were saved and that an older version has overwritten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    pub count: usize,
    /// How many, whose, and in which tasks.
    pub told: Spoken,
}

impl OpenPlan {
    /// What is offered, in the few words of a mark; nothing, if nothing is.
    pub fn offered(&self, lang: Lang) -> Option<String> {
        const OVERWRITTEN: Phrase = Phrase::new("bị ghi đè", "overwritten");
        const HALF_TYPED: Phrase = Phrase::new("gõ dở", "half typed");
        let missing = self.missing.as_ref().map(|it| format!("{} {}", it.count, OVERWRITTEN.say(lang)));
        let draft = (!self.drafts.is_empty()).then(|| HALF_TYPED.say(lang).to_owned());
        let offered: Vec<String> = missing.into_iter().chain(draft).collect();
        (!offered.is_empty()).then(|| offered.join(", "))
    }
}

impl App {
    /// Asks about the first thing that is offered.
    pub(super) fn show_offer(&mut self) {
        let Some(open) = self.open() else { return };
        if open.missing.is_some() {
            self.ask(Question::Missing(self.current));
        } else if let Some(draft) = open.drafts.last().cloned() {
            self.ask(Question::Draft(draft));
        } else {
            self.say("Không có gì cần khôi phục", "There is nothing to bring back");
        }
    }

    pub(super) fn asked_about_missing(&self, at: usize) -> String {
        let told = self.plans[at].missing.as_ref().map_or("", |missing| missing.told.say(self.lang));
        tr!(
            self.lang,
            "{told} Enter: khôi phục · F8: bỏ hẳn, cho mọi người · Esc: để sau",
            "{told} Enter: bring back · F8: give up, for everybody · Esc: later"
        )
    }

    /// Takes in what is missing now. A question about it goes when somebody else has answered it.
    pub(super) fn hear_of_missing(&mut self, at: usize, missing: Option<Missing>) {
        let is_asked = matches!(self.panel, Some(Panel::Ask(Question::Missing(asked))) if asked == at);
        if is_asked && missing.is_none() {
            self.panel = None;
            self.say("Đã có người trả lời", "Somebody has answered already");
        }
        self.plans[at].missing = missing;
    }

    pub(super) fn bring_back(&mut self, at: usize) -> Option<Effect> {
        if self.is_read_only() {
            return None;
        }
        let (purpose, changes) = (Purpose::BringBack, Vec::new());
        self.pending = Some(Pending { purpose, changes, why: Why::Untold });
        Some(Effect::BringBack(at))
    }

    /// What is offered is not wanted any more, by anybody.
    pub(super) fn give_up(&mut self) -> Option<Effect> {
        match self.panel.take() {
            Some(Panel::Ask(Question::Missing(at))) => self.leave_missing(at),
            Some(Panel::Ask(Question::Draft(draft))) => Some(self.forget(draft)),
            panel => {
                self.panel = panel;
                None
            }
        }
    }

    fn leave_missing(&mut self, at: usize) -> Option<Effect> {
        if self.is_read_only() {
            return None;
        }
        let count = self.plans[at].missing.take()?.count;
        self.say(
            format!("Đã bỏ hẳn {count} thay đổi bị ghi đè"),
            format!("Overwritten changes given up: {count}"),
        );
        Some(Effect::LeaveMissing(at))
    }

    pub(super) fn go_on_with(&mut self, draft: Draft) -> Effect {
        self.panel = Some(Panel::Edit(self.editor_of(&draft)));
        self.forget(draft)
    }

    /// Opens the task again that the text was for. What is expected to stand there is what was seen then.
    fn editor_of(&mut self, draft: &Draft) -> Editor {
        let editor = match &draft.task {
            None => Editor::of_new(self.cursor.column(), self.cursor.task().cloned()),
            Some(seen) => {
                let row = FIELDS.iter().position(|field| *field == draft.field).unwrap_or_default();
                self.open_as_seen(seen, row);
                Editor::of_field(seen, draft.field)
            }
        };
        editor.with_text(&draft.text)
    }

    fn forget(&mut self, draft: Draft) -> Effect {
        self.plans[self.current].drafts.retain(|other| *other != draft);
        Effect::Forget(self.current, draft)
    }
}
