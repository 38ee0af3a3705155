//! What is asked in one line, and what the answers do.

use chrono::NaiveDate;

use super::editor::{Cause, Editor, FIELDS};
use super::gone::typed;
use super::history::Purpose;
use super::{App, Draft, Effect, Next, Panel, Pending};
use crate::plan::telling::which_stands;
use crate::plan::{Change, Conflict, Edit, Field, Plan, Task, TaskId, Why, time};
use crate::words::{Lang, Spoken};

/// A question that Enter answers with yes, Esc with no, and some Space with something else.
#[derive(Debug, Clone)]
pub enum Question {
    Delete(TaskId),
    /// What was typed would be lost.
    Discard(Box<Editor>),
    /// A deadline was extended before; whether it is to be once more.
    Again(Extension),
    /// A later deadline: an extension, or a correction.
    Extend(Extension),
    /// Somebody has set the same field: whether ours is to stand all the same.
    Clash(Spoken, Vec<Change>, Why),
    /// Somebody has deleted the task, as it was here: whether our changes are to bring it back.
    Gone(Box<Task>, Vec<Change>, Why),
    /// Our changes could not be saved: whether to try again.
    Retry(Spoken, Vec<Change>, Why),
    /// Somebody has saved an older version of this plan over newer changes.
    Missing(usize, Spoken),
    /// Text from the last time: whether to go on with it.
    Draft(Draft),
}

/// A deadline that is about to be moved.
#[derive(Debug, Clone)]
pub struct Extension {
    pub changes: Vec<Change>,
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// How often it was moved before.
    pub times: usize,
}

impl Extension {
    /// Nothing, unless an edit moves the deadline of open work to a later day.
    pub(super) fn of(plan: &Plan, task: &Task, changes: &[Change]) -> Option<Self> {
        let due = changes.iter().find_map(|change| match change {
            Change::Edit { edit: Edit::Due(diff), .. } => Some(diff.after),
            _ => None,
        })?;
        let from = plan.deadline(task).filter(|_| task.status.is_open())?;
        let to = plan.deadline(&Task { due, ..task.clone() }).filter(|to| *to > from)?;
        let times = task.extensions().count();
        Some(Self { changes: changes.to_vec(), from, to, times })
    }

    /// The new day as it could be typed again: whether it is a correction is not known yet.
    fn draft(&self, plan: &Plan) -> Option<Draft> {
        let is_due = |change: &&Change| matches!(change, Change::Edit { edit: Edit::Due(_), .. });
        let task = plan.task(self.changes.iter().find(is_due)?.task())?;
        Some(Draft { task: Some(Box::new(task.clone())), field: Field::Due, text: time::write_date(self.to) })
    }

    pub(super) fn question(self) -> Question {
        if self.times > 0 { Question::Again(self) } else { Question::Extend(self) }
    }
}

impl Question {
    pub fn text(&self, plan: Option<&Plan>, lang: Lang) -> String {
        let day = time::write_date;
        match (self, lang) {
            (Self::Delete(id), _) => {
                let no = plan.and_then(|plan| plan.task(id)).map_or("", |task| task.no.as_str());
                match lang {
                    Lang::Vi => format!("Xóa việc {no}? Enter: xóa · Esc: thôi"),
                    Lang::En => format!("Delete task {no}? Enter: delete · Esc: keep it"),
                }
            }
            (Self::Discard(_), Lang::Vi) => "Bỏ phần vừa gõ? Enter: bỏ · Esc: gõ tiếp".to_owned(),
            (Self::Discard(_), Lang::En) => {
                "Throw away what was typed? Enter: throw away · Esc: go on".to_owned()
            }
            (Self::Again(it), Lang::Vi) => {
                format!("Việc này đã gia hạn {} lần. Gia hạn lần nữa? Enter: có · Esc: thôi", it.times)
            }
            (Self::Again(it), Lang::En) => {
                let times = if it.times == 1 { "once".to_owned() } else { format!("{} times", it.times) };
                format!("The deadline was extended {times} before. Again? Enter: yes · Esc: leave")
            }
            (Self::Extend(it), Lang::Vi) => format!(
                "Gia hạn {} → {}? Enter: gia hạn · Space: chỉ sửa cho đúng · Esc: thôi",
                day(it.from),
                day(it.to)
            ),
            (Self::Extend(it), Lang::En) => format!(
                "Extend {} → {}? Enter: extend · Space: only correct it · Esc: leave",
                day(it.from),
                day(it.to)
            ),
            (Self::Clash(told, ..) | Self::Retry(told, ..) | Self::Missing(_, told), _) => {
                told.say(lang).to_owned()
            }
            (Self::Gone(task, changes, _), _) => gone(task, changes, lang),
            (Self::Draft(draft), Lang::Vi) => {
                format!("Lần trước đang gõ dở “{}”. Enter: gõ tiếp · Esc: bỏ", draft.text)
            }
            (Self::Draft(draft), Lang::En) => {
                format!("Last time you were typing “{}”. Enter: go on · Esc: drop it", draft.text)
            }
        }
    }
}

impl App {
    pub(super) fn ask(&mut self, question: Question) {
        self.panel = Some(Panel::Ask(question));
    }

    /// Enter.
    pub(super) fn answer_yes(&mut self, question: Question) -> Option<Effect> {
        match question {
            Question::Delete(task) => return self.delete(&task),
            Question::Discard(_) => {}
            Question::Again(extension) => self.ask(Question::Extend(extension)),
            Question::Extend(extension) => {
                self.panel = Some(Panel::Edit(Editor::of_reason(Cause::Extended, extension.changes)));
            }
            Question::Clash(_, changes, why) | Question::Retry(_, changes, why) => {
                return self.commit_because(why, changes);
            }
            Question::Gone(task, changes, why) => {
                let changes = self.bringing_back(&changes);
                self.next = Some(Next::Select(task.id));
                return self.commit_because(why, changes);
            }
            Question::Missing(at, _) => return Some(self.bring_back(at)),
            Question::Draft(draft) => return Some(self.go_on_with(draft)),
        }
        None
    }

    /// Esc.
    pub(super) fn answer_no(&mut self, question: Question) -> Option<Effect> {
        match question {
            Question::Discard(editor) => self.panel = Some(Panel::Edit(*editor)),
            Question::Gone(task, changes, _) => self.type_on(&task, &changes),
            Question::Missing(at, _) => return Some(Effect::LeaveMissing(at)),
            Question::Draft(draft) => return Some(self.forget(draft)),
            _ => {}
        }
        None
    }

    /// Space.
    pub(super) fn answer_otherwise(&mut self) -> Option<Effect> {
        match self.panel.take() {
            Some(Panel::Ask(Question::Extend(Extension { changes, .. }))) => self.commit(changes),
            panel => {
                self.panel = panel;
                None
            }
        }
    }

    /// Asks at once, unless something is being typed or answered: then it is only said, and asked with the next news.
    pub(super) fn ask_about_missing(&mut self, at: usize, told: Spoken) {
        if self.panel.is_none() {
            self.ask(Question::Missing(at, told));
        } else {
            self.notice = Some(told);
        }
    }

    /// What was done is not dropped because it could not be saved this time.
    pub(super) fn offer_again(&mut self, trouble: &Spoken) {
        let Some(pending) = self.pending.take().filter(|pending| pending.purpose == Purpose::Change) else {
            return;
        };
        if pending.changes.is_empty() {
            return;
        }
        let told = Spoken {
            vi: format!("Chưa lưu được: {} Enter: thử lại · Esc: bỏ thay đổi", trouble.vi),
            en: format!("Not saved: {} Enter: try again · Esc: drop the change", trouble.en),
        };
        self.ask(Question::Retry(told, pending.changes, pending.why));
    }

    fn bring_back(&mut self, at: usize) -> Effect {
        self.pending = Some(Pending { purpose: Purpose::Change, changes: Vec::new(), why: Why::Untold });
        Effect::BringBack(at)
    }

    /// Offers what was being typed in this plan when the line dropped.
    pub(super) fn offer_draft(&mut self) {
        if let Some(draft) = self.open().and_then(|open| open.drafts.last()).cloned() {
            self.ask(Question::Draft(draft));
        }
    }

    fn go_on_with(&mut self, draft: Draft) -> Effect {
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

    /// What is to be made all the same if nobody is there any more to answer: a status that was set while its reason
    /// was being asked for or written, and a change that somebody else's stands against, which is then marked.
    pub fn unanswered(&self) -> Option<Effect> {
        let (changes, why) = match self.panel.as_ref()? {
            Panel::Ask(Question::Clash(_, changes, _) | Question::Gone(_, changes, _)) => {
                (changes, Why::Clash)
            }
            Panel::Edit(editor) => editor.reasoned()?,
            Panel::Ask(Question::Retry(_, changes, why)) => (changes, why.clone()),
            _ => return None,
        };
        Some(Effect::Commit(self.current, self.bringing_back(changes), why))
    }

    /// What is being typed now, to be kept if the terminal goes away. Which plan it is for comes first.
    pub fn draft(&self) -> Option<(usize, Draft)> {
        let editor = match self.panel.as_ref()? {
            Panel::Edit(editor) => editor,
            Panel::Ask(Question::Discard(editor)) => editor,
            Panel::Ask(Question::Again(it) | Question::Extend(it)) => {
                return Some((self.current, it.draft(self.plan()?)?));
            }
            _ => return None,
        };
        editor.draft().map(|draft| (self.current, draft))
    }

    /// Asks whether our changes are to be made over what somebody else has set in the meantime.
    pub(super) fn ask_about(&mut self, conflict: &Conflict, changes: &[Change], why: Why) -> Option<Effect> {
        let plan = self.plan()?;
        let question = match conflict {
            Conflict::Edited { task, field: Some(field) } => {
                let rebased = rebased(plan, changes);
                let wanted = rebased.iter().find_map(|change| match change {
                    Change::Edit { edit, .. } if edit.field() == *field => Some(edit.clone()),
                    _ => None,
                });
                let theirs = plan.task(task)?;
                let ours = wanted?;
                let told = Spoken::of(|lang| which_stands(theirs, &ours, self.calendar.today, lang));
                Question::Clash(told, rebased, why)
            }
            Conflict::Edited { field: None, .. } => return None,
            Conflict::Missing(_) | Conflict::Taken(_) => return self.make_way(conflict, changes, why),
        };
        self.ask(question);
        None
    }
}

fn gone(task: &Task, changes: &[Change], lang: Lang) -> String {
    let no = &task.no;
    match (typed(changes), lang) {
        (Some(_), Lang::Vi) => {
            format!("Người khác đã xóa việc {no}. Lấy lại cùng phần vừa gõ? Enter: có · Esc: gõ tiếp")
        }
        (Some(_), Lang::En) => {
            format!("Someone has deleted task {no}. Bring it back with your text? Enter: yes · Esc: go on")
        }
        (None, Lang::Vi) => {
            format!("Người khác đã xóa việc {no}. Lấy lại để đổi như vậy? Enter: có · Esc: thôi")
        }
        (None, Lang::En) => {
            format!("Someone has deleted task {no}. Bring it back to change it so? Enter: yes · Esc: leave")
        }
    }
}

/// The changes as they would be made on the plan as it is now.
fn rebased(plan: &Plan, changes: &[Change]) -> Vec<Change> {
    let onto = |change: &Change| match change {
        Change::Edit { task, edit } => {
            plan.task(task).map(|now| Change::Edit { task: task.clone(), edit: edit.onto(now) })
        }
        change => Some(change.clone()),
    };
    changes.iter().filter_map(onto).collect()
}
