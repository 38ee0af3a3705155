//! What is asked in one line.

use super::editor::Editor;
use super::{App, Draft};
use crate::plan::{Change, Task, TaskId, Why};
use crate::text;
use crate::words::{Lang, Spoken, tr};

/// A question that Enter answers with yes, Esc with no, and some an F-key with something else. No text is lost by Esc.
#[derive(Debug, Clone)]
pub enum Question {
    Delete(TaskId),
    /// What was typed would be lost.
    Discard(Box<Editor>),
    Clash(Box<Clash>),
    /// Somebody has deleted the task, as it was here: whether our changes are to bring it back.
    Gone(Box<Task>, Vec<Change>, Why),
    /// Our changes could not be saved: whether to try again.
    Retry(Spoken, Vec<Change>, Why),
    /// Somebody has saved an older version of this plan over newer changes.
    Missing(usize),
    /// Text from the last time: whether to go on with it.
    Draft(Draft),
}

/// Somebody has set the same field: whether ours is to stand all the same.
#[derive(Debug, Clone)]
pub struct Clash {
    pub told: Spoken,
    /// Our changes, as they would be made on the task as it is now.
    pub ours: Vec<Change>,
    /// The same with both texts, where there is room for both.
    pub both: Option<Vec<Change>>,
    pub why: Why,
}

impl Question {
    pub fn text(&self, app: &App) -> String {
        let lang = app.lang;
        match (self, lang) {
            (Self::Delete(id), _) => {
                let no = app.plan().and_then(|plan| plan.task(id)).map_or("", |task| task.no.as_str());
                tr!(
                    lang,
                    "Xóa việc {no}? Enter: xóa · Esc: không",
                    "Delete task {no}? Enter: delete · Esc: keep it"
                )
            }
            (Self::Discard(_), Lang::Vi) => "Bỏ phần vừa gõ? Enter: bỏ · Esc: gõ tiếp".to_owned(),
            (Self::Discard(_), Lang::En) => {
                "Throw away what was typed? Enter: throw away · Esc: go on".to_owned()
            }
            (Self::Clash(clash), _) => clash.told.say(lang).to_owned(),
            (Self::Retry(told, ..), _) => told.say(lang).to_owned(),
            (Self::Gone(task, changes, _), _) => app.asked_about_the_gone(task, changes),
            (Self::Missing(at), _) => app.asked_about_missing(*at),
            (Self::Draft(draft), Lang::Vi) => {
                format!("Lần trước đang gõ dở “{}”. Enter: gõ tiếp · F8: bỏ hẳn · Esc: để sau", known(draft))
            }
            (Self::Draft(draft), Lang::En) => {
                format!(
                    "Last time you were typing “{}”. Enter: go on · F8: give up · Esc: later",
                    known(draft)
                )
            }
        }
    }
}

/// So much of a draft that one knows it again, and the keys stay in sight.
fn known(draft: &Draft) -> String {
    text::cut(&text::line(&draft.text), 40).into_owned()
}
