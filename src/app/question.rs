//! What is asked in one line.

use super::action::Action;
use super::editor::Editor;
use super::form::FormWindow;
use super::{App, Draft, Request};
use crate::plan::meeting::MeetingOrder;
use crate::plan::{Change, PlanKey, Task, TaskRef};
use crate::text;
use crate::words::{Phrase, tr};

/// A question that Enter answers with yes, Esc with no, and some an F-key with something else. No text is lost by Esc.
#[derive(Debug, Clone)]
pub enum Question {
    Delete(TaskRef),
    /// What was typed would be lost.
    Discard(Box<Editor>),
    DiscardForm(Box<FormWindow>),
    /// The deadline was extended before: whether it is to be once more.
    Again(Box<FormWindow>),
    /// A meeting was broken off: whether another is to begin in its place.
    Meeting(MeetingOrder),
    Clash(Box<ClashQuestion>),
    /// Somebody has deleted the task, as it was here: whether our changes are to bring it back.
    Gone(Box<Task>, Request),
    /// Our changes could not be saved: whether to try again.
    Retry(String, Request),
    /// Somebody has saved an older version of this plan over newer changes.
    Missing(PlanKey),
    /// Text from the last time: whether to go on with it.
    Draft(PlanKey, Draft),
}

/// Somebody has set the same field: whether ours is to stand all the same.
#[derive(Debug, Clone)]
pub struct ClashQuestion {
    pub told: String,
    /// Our changes, as they would be made on the task as it is now.
    pub ours: Request,
    /// The same with both texts, where there is room for both.
    pub both: Option<Vec<Change>>,
}

impl Question {
    /// What it is about, in two or three words.
    pub const fn heading(&self) -> Phrase {
        match self {
            Self::Delete(_) => Action::Delete.label(),
            Self::Discard(_) | Self::DiscardForm(_) => Phrase::new("Chưa lưu", "Not saved"),
            Self::Again(_) => Action::Extend.label(),
            Self::Meeting(_) => Action::Meeting.label(),
            Self::Clash(_) => Phrase::new("Hai người cùng sửa", "Set by two people"),
            Self::Gone(..) => Phrase::new("Việc đã bị xóa", "A deleted task"),
            Self::Retry(..) => Phrase::new("Chưa ghi được", "Could not be saved"),
            Self::Missing(_) => Phrase::new("Bị ghi đè", "Overwritten"),
            Self::Draft(..) => Phrase::new("Đang gõ dở", "Half typed"),
        }
    }

    pub fn text(&self, app: &App) -> String {
        let lang = app.lang;
        match self {
            Self::Delete(task) => {
                let no = app.item_of(task).map_or("", |item| item.task.no.as_str());
                tr!(
                    lang,
                    "Xóa việc {no}? Enter: xóa · Esc: không",
                    "Delete task {no}? Enter: delete · Esc: keep it"
                )
            }
            Self::Discard(_) | Self::DiscardForm(_) => Phrase::new(
                "Bỏ phần vừa gõ? Enter: bỏ · Esc: gõ tiếp",
                "Throw away what was typed? Enter: throw away · Esc: go on",
            )
            .say(lang)
            .to_owned(),
            Self::Again(form) => app.asked_again(form),
            Self::Meeting(_) => Phrase::new(
                "Cuộc họp dở chưa có biên bản. Enter: bỏ, họp mới · Esc: quay lại",
                "The meeting under way has no minutes yet. Enter: begin anew · Esc: back",
            )
            .say(lang)
            .to_owned(),
            Self::Clash(clash) => clash.told.clone(),
            Self::Retry(told, _) => told.clone(),
            Self::Gone(task, request) => app.asked_about_the_gone(task, request),
            Self::Missing(plan) => app.asked_about_missing(*plan),
            Self::Draft(_, draft) => {
                let known = known(draft);
                tr!(
                    lang,
                    "Lần trước đang gõ dở “{known}”. Enter: gõ tiếp · F8: bỏ hẳn · Esc: để sau",
                    "Last time you were typing “{known}”. Enter: go on · F8: give up · Esc: later"
                )
            }
        }
    }

    /// What it is about: the text that would be lost, or else number and title of the task. It is to be read where the
    /// question covers it.
    pub fn about(&self, app: &App) -> String {
        let title = |task: &Task| format!("{} {}", task.no, task.title);
        let requested = |request: &Request| {
            let task = request.changes.iter().find_map(Change::task)?.clone();
            Some(title(app.item_of(&TaskRef { plan: request.plan, task })?.task))
        };
        let about = match self {
            Self::Delete(task) => app.item_of(task).map(|item| title(item.task)),
            Self::Discard(editor) => Some(editor.field.text().to_owned()),
            Self::DiscardForm(form) => Some(form.text_typed()),
            Self::Again(form) => form.original().map(|of| title(&of.task)),
            Self::Clash(clash) => requested(&clash.ours),
            Self::Retry(_, request) => requested(request),
            Self::Gone(task, _) => Some(title(task)),
            Self::Draft(_, draft) => draft.task.as_deref().map(title),
            Self::Missing(_) | Self::Meeting(_) => None,
        };
        about.unwrap_or_default()
    }
}

/// So much of a draft that one knows it again, and the keys stay in sight.
fn known(draft: &Draft) -> String {
    text::cut(&text::line(&draft.text()), 40).into_owned()
}
