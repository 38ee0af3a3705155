//! The window in which steps are ticked and it is noted who has sent what, over whatever is looked at; and the line in
//! which steps are typed.

use std::rc::Rc;

use super::editor::Editor;
use super::picker::{Candidate, Choice, PickValue, Picker};
use super::{App, Effect, Original, Panel};
use crate::plan::roll::RollCall;
use crate::plan::steps::{StepFrame, read_steps, write_steps};
use crate::plan::{Calendar, Change, Edit, Field, Item, Plan, PlanKey, Signs, Task, TaskStep, time};
use crate::words::{Lang, Phrase, tr};

impl App {
    /// Opens the window on the chosen task. Where there is nothing to tick yet, its steps can be typed.
    pub(super) fn open_ticks(&mut self) {
        let Some(item) = self.selected() else { return };
        let (task, items) = (item.name(), self.ticks_of(item));
        if items.is_empty() {
            self.type_steps();
            return;
        }
        let first = items.iter().position(|item| !item.is_marked).unwrap_or_default();
        let directory = Rc::clone(self.directory(item));
        let mut picker = Picker::of(Choice::Ticks(task), items, directory);
        picker.scroll.row = first;
        self.panel = Some(Panel::Pick(picker));
    }

    /// Who has sent what a task asks for.
    pub fn roll_call<'a>(&self, item: Item<'a>) -> Option<RollCall<'a>> {
        if item.plan.agencies.iter().all(|agency| agency.members.is_empty()) {
            return None;
        }
        RollCall::of(item.plan, item.task, self.directory(item))
    }

    /// What can be ticked: the steps of a task, those that are offered, and who is to send something; those last who are
    /// not urged.
    fn ticks_of(&self, item: Item<'_>) -> Vec<Candidate> {
        let (year, lang, calendar) = (item.plan.year, self.lang, self.calendar);
        let offered = offer(&item.task.recurring_steps(year), lang);
        let step = |step: &TaskStep| {
            let told = step.told(calendar, year, lang);
            let late = if step.is_missed(calendar.today) { Signs::Unicode.late() } else { "" };
            let item = Candidate::new(step.named(year), PickValue::Step(step.clone()));
            let detail = format!("{late} {told}").trim().to_owned();
            Candidate { detail, is_marked: step.done.is_some(), ..item }
        };
        let mut members = self.roll_call(item).map(|roll| roll.members).unwrap_or_default();
        members.sort_by_key(|member| !member.is_urged);
        let members = members.iter().map(|member| {
            let on = member.receipt.and_then(|receipt| receipt.on).map_or_else(String::new, time::write_date);
            let aside = if member.is_urged { "" } else { RollCall::NOT_URGED.say(lang) };
            let detail = if on.is_empty() { aside.to_owned() } else { on };
            let item = Candidate::new(member.name, PickValue::Member(member.name.to_owned()));
            Candidate { detail, is_marked: member.receipt.is_some(), ..item }
        });
        offered.into_iter().chain(item.task.steps.iter().map(step)).chain(members).collect()
    }

    pub(super) fn is_in_ticks(&self) -> bool {
        matches!(&self.panel, Some(Panel::Pick(Picker { subject: Choice::Ticks(_), .. })))
    }

    /// Brings the window up to date with the plan. It goes with what it is about.
    pub(super) fn renew_ticks(&mut self) {
        let Some(Panel::Pick(Picker { subject: Choice::Ticks(task), .. })) = &self.panel else { return };
        let items = self.item_of(task).map(|item| self.ticks_of(item)).unwrap_or_default();
        match &mut self.panel {
            Some(Panel::Pick(picker)) if !items.is_empty() => picker.renew(items),
            _ => self.panel = None,
        }
    }

    pub(super) fn editor_of_field(&self, of: Original, field: Field) -> Editor {
        let year = self.year_of(of.plan);
        Editor::of_field(of, field, year)
    }

    /// What an edit was typed as.
    pub(super) fn typed_again(&self, plan: PlanKey, edit: &Edit) -> String {
        match edit.field {
            Field::Steps => write_steps(&Vec::<TaskStep>::from(edit.after.clone()), self.year_of(plan)),
            _ => edit.shown(Lang::Vi).1,
        }
    }

    /// Ticks what is chosen. A blank belongs to what is being typed, if anything is.
    pub(super) fn tick(&mut self) -> Option<Effect> {
        let Some(Panel::Pick(picker)) = &mut self.panel else { return None };
        if picker.typed.is_empty() {
            return self.tick_chosen();
        }
        let _ = picker.typed.insert(' ');
        picker.narrow();
        None
    }

    /// Ticks the chosen line as of the day that is looked at, or takes the tick back.
    pub(super) fn tick_chosen(&mut self) -> Option<Effect> {
        let Some(Panel::Pick(picker)) = &mut self.panel else { return None };
        let Choice::Ticks(task) = picker.subject.clone() else { return None };
        let value = picker.chosen()?.value.clone();
        picker.show_all();
        let (item, day) = (self.item_of(&task)?, self.calendar.today);
        let edit = match &value {
            PickValue::Step(step) => Edit::of(Field::Steps, item.task, item.task.with_ticked(step, day)),
            PickValue::Recurring => {
                Edit::of(Field::Steps, item.task, item.task.recurring_steps(item.plan.year))
            }
            PickValue::Member(name) => {
                let roll = self.roll_call(item)?;
                let member = roll.members.iter().find(|member| member.name == name)?;
                Edit::of(Field::Received, item.task, item.task.with_received(member, day))
            }
            _ => return None,
        };
        let changes = Change::edits(&item.task.id, [edit]);
        self.commit(task.plan, changes)
    }
}

/// The line that adds the steps of work that comes round: `Thêm 12 mốc: 15/01 … 15/12`.
fn offer(steps: &[TaskStep], lang: Lang) -> Option<Candidate> {
    let (first, last, count) = (steps.first()?.by?, steps.last()?.by?, steps.len());
    let [first, last] = [first, last].map(time::write_short_date);
    let told = tr!(lang, "Thêm {count} mốc: {first} … {last}", "Add {count} steps: {first} … {last}");
    Some(Candidate::new(told, PickValue::Recurring))
}

/// Whether an edit of steps does no more than tick some.
pub(super) fn is_tick(edit: &Edit) -> bool {
    let named = |steps: Vec<TaskStep>| steps.into_iter().map(|it| (it.what, it.by)).collect::<Vec<_>>();
    edit.field == Field::Steps && named(edit.before.clone().into()) == named(edit.after.clone().into())
}

/// What a tick has done: `mốc “Dự thảo” xong 20/05/2024`.
pub(super) fn ticked(edit: &Edit, lang: Lang) -> Option<String> {
    if !is_tick(edit) {
        return None;
    }
    let (before, after): (Vec<TaskStep>, Vec<TaskStep>) =
        (edit.before.clone().into(), edit.after.clone().into());
    let mut others = before.into_iter().zip(after).filter(|(before, after)| before != after);
    let (Some((_, step)), None) = (others.next(), others.next()) else { return None };
    let what = step.what;
    Some(match step.done.map(time::write_date) {
        Some(day) => tr!(lang, "mốc “{what}” xong {day}", "step “{what}” done {day}"),
        None => tr!(lang, "mốc “{what}” chưa xong", "step “{what}” not done"),
    })
}

/// What a task has in a field, as it is typed.
pub(super) fn written(task: &Task, field: Field, year: i32) -> String {
    match field {
        Field::Steps => write_steps(&task.steps, year),
        // Of an extended task the deadline that holds is written anew.
        Field::Due => task.extended_deadline().or(task.due).map_or_else(String::new, time::write_date),
        _ => field.value(task, Lang::Vi),
    }
}

impl Editor {
    /// The steps that were typed, or why they are none.
    pub(super) fn steps(
        &self,
        task: &Task,
        plan: &Plan,
        calendar: Calendar,
        lang: Lang,
    ) -> Result<Vec<TaskStep>, String> {
        let frame = StepFrame::of(task, plan.year, calendar.today);
        read_steps(&self.text(), frame).map_err(|why| why.message(lang))
    }

    /// What is made of the steps that were typed so far.
    pub(super) fn steps_hint(&self, task: &Task, plan: &Plan, calendar: Calendar, lang: Lang) -> String {
        const NONE: Phrase = Phrase::new(
            "Mốc và ngày, cách nhau dấu ; như: dự thảo 30/4; lấy ý kiến 31/5; trình -7 (7 ngày trước hạn)",
            "Steps and days with ; between them: draft 30/4; comments 31/5; submit -7 (7 days before the deadline)",
        );
        match self.steps(task, plan, calendar, lang) {
            Ok(steps) if steps.is_empty() => NONE.say(lang).to_owned(),
            Ok(steps) => understood(&steps, lang),
            Err(why) => why,
        }
    }
}

/// `= dự thảo: 30/04/2024 · trình: 23/06/2024 (CN) · gửi: không ngày`.
fn understood(steps: &[TaskStep], lang: Lang) -> String {
    const NO_DAY: Phrase = Phrase::new("không ngày", "no day");
    let told = |step: &TaskStep| {
        let day = step.by.map(|by| time::write_marked_date(by, lang));
        format!("{}: {}", step.what, day.as_deref().unwrap_or(NO_DAY.say(lang)))
    };
    let told: Vec<String> = steps.iter().map(told).collect();
    let twin = steps.iter().enumerate().find(|(at, step)| steps[..*at].iter().any(|it| it.what == step.what));
    let remark = twin.map_or_else(String::new, |(_, step)| {
        let what = &step.what;
        tr!(lang, " (hai mốc cùng tên “{what}”)", " (two steps are called “{what}”)")
    });
    format!("= {}{remark}", told.join(" · "))
}
