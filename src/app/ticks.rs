//! The window in which steps are ticked and it is noted who has sent what, over whatever is looked at.

use std::rc::Rc;

use super::picker::{Candidate, Choice, PickValue, Picker};
use super::{App, Effect, Panel};
use crate::plan::roll::RollCall;
use crate::plan::{Change, Edit, Field, Item, Signs, TaskStep, time};
use crate::words::{Lang, tr};

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
