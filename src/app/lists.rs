//! The lists that the user chooses from: what is in them, and what a choice does.

use std::rc::Rc;

use super::action::{Action, ViewDeed};
use super::detail::{DetailRow, set_fields};
use super::keymap::{self, Mode};
use super::picker::{Candidate, Choice, PickValue, Picker, Role};
use super::{App, Effect, Original, Panel, step_of};
use crate::plan::agency::{self, Body};
use crate::plan::describe::EMPTY;
use crate::plan::{Change, Column, Edit, Facet, Field, Quarter, Quarters, Status, Task};

impl App {
    pub(super) fn take(&mut self, picker: &Picker) -> Option<Effect> {
        match &picker.subject {
            Choice::Command | Choice::Add => match &picker.chosen()?.value {
                PickValue::Act(action) => self.act(*action),
                PickValue::View(name) => {
                    self.open_view(name);
                    None
                }
                _ => None,
            },
            Choice::Filter(facet) => {
                self.filter_by(*facet, picker);
                None
            }
            Choice::View(deed) => self.take_view(*deed, picker),
            Choice::Status(of) => {
                let PickValue::Status(status) = picker.chosen()?.value else { return None };
                self.set_status_of(of, status)
            }
            Choice::StatusBecause(of) => {
                let PickValue::Status(status) = picker.chosen()?.value else { return None };
                // What proves that it is done is its result, and no reason.
                if status == Status::Done {
                    return self.complete(of, Field::Output);
                }
                self.set_status_because(of, status);
                None
            }
            Choice::Quarters(of) => self.set_quarters(of, picker),
            Choice::Slide => {
                self.take_slide(picker);
                None
            }
            Choice::Agencies(of, role) => self.set_agencies(of, *role, picker),
            Choice::Text(of, field) => {
                let edit = Edit::of(*field, &of.task, picker.text()?);
                self.commit(of.plan, Change::edits(&of.task.id, [edit]))
            }
            Choice::Ticks(_) => None,
        }
    }

    pub(super) fn pick_command(&mut self) {
        let mode = self.mode();
        let lang = self.lang;
        let is_offered = self.open().is_some_and(|open| open.offered(lang).is_some());
        let offers = is_offered.then_some(Action::Offers);
        let item = |action: Action| {
            let key = keymap::key_of(mode, action).map_or_else(String::new, |key| key.label(lang));
            Candidate { detail: key, ..Candidate::new(action.named(lang), PickValue::Act(action)) }
        };
        let actions = offers.into_iter().chain(palette(mode)).filter(|action| !self.refuses(*action));
        let commands = actions.map(item);
        let items = commands.chain(self.view_commands()).collect();
        self.panel = Some(Panel::Pick(Picker::of(Choice::Command, items, Rc::default())));
    }

    /// The fields of a task that are empty.
    pub(super) fn pick_field_to_add(&mut self, task: &Task) {
        let item = |field: Field| {
            let action = if field == Field::Progress { Action::Tell } else { Action::EditField(field) };
            Candidate::new(field.label().say(self.lang), PickValue::Act(action))
        };
        let items = DetailRow::offered(task).into_iter().map(item).collect();
        self.panel = Some(Panel::Pick(Picker::of(Choice::Add, items, Rc::default())));
    }

    /// What stands in a field of the other tasks, and the people of the plan where it is a person. Anything else can be
    /// typed.
    pub(super) fn pick_text(&self, of: Original, field: Field) -> Picker {
        let plan = self.plan_of(of.plan);
        let is_person = field != Field::Source;
        let people = plan.iter().flat_map(|plan| &plan.people).filter(|_| is_person);
        let others = plan.iter().flat_map(|plan| &plan.tasks).map(|task| field.recorded_of(task));
        let here = field.recorded_of(&of.task);
        let mut names: Vec<String> = Vec::new();
        for name in std::iter::once(here.clone()).chain(people.map(|it| it.name.clone())).chain(others) {
            if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
        let mut items: Vec<Candidate> = names.iter().map(|name| Candidate::of_name(name)).collect();
        if !here.is_empty() {
            items[0].is_marked = true;
            items.push(Candidate::new(EMPTY.say(self.lang), PickValue::All));
        }
        Picker::of(Choice::Text(of, field), items, Rc::default())
    }

    pub(super) fn pick_status_because(&mut self) {
        if let Some(of) = self.begin_on(Field::Status) {
            self.panel = Some(Panel::Pick(self.pick_status(of, Choice::StatusBecause)));
        }
    }

    pub(super) fn pick_status(&self, of: Original, subject: fn(Original) -> Choice) -> Picker {
        let items = Status::ALL.iter().enumerate().map(|(at, status)| Candidate {
            detail: (at + 1).to_string(),
            is_marked: *status == of.task.status,
            ..Candidate::new(status.label().say(self.lang), PickValue::Status(*status))
        });
        let items = items.collect();
        Picker::of(subject(of), items, Rc::default())
    }

    pub(super) fn pick_quarters(&self, of: Original) -> Picker {
        let label = |quarter| Column::Quarter(quarter).label().say(self.lang);
        let items = Quarter::ALL.iter().map(|quarter| Candidate {
            is_marked: of.task.quarters.contains(*quarter),
            ..Candidate::new(label(*quarter), PickValue::Quarter(*quarter))
        });
        let items = items.collect();
        Picker::of(Choice::Quarters(of), items, Rc::default())
    }

    fn set_quarters(&mut self, of: &Original, picker: &Picker) -> Option<Effect> {
        let marked = picker.items.iter().filter(|item| item.is_marked);
        let quarters: Quarters = marked
            .filter_map(|item| match item.value {
                PickValue::Quarter(quarter) => Some(quarter),
                _ => None,
            })
            .collect();
        let edit = Edit::new(Field::Quarters, of.task.quarters, quarters);
        self.commit(of.plan, Change::edits(&of.task.id, [edit]))
    }

    /// The agencies of the task first, in its own order, then the others of the plan.
    pub(super) fn pick_agencies(&self, of: Original, role: Role) -> Picker {
        let chosen = role.names_of(&of.task);
        let read = self.plans[of.plan.0].read();
        let directory = read.map(|(plan, index)| Rc::clone(index.directory(plan))).unwrap_or_default();
        let is_chosen = |name: &str| chosen.iter().any(|it| directory.place(it) == directory.place(name));
        let bodies = directory.bodies().iter().map(Body::name);
        let others = bodies.filter(|name| !is_chosen(name)).map(Candidate::of_name);
        let chosen = chosen.iter().map(|name| Candidate { is_marked: true, ..Candidate::of_name(name) });
        let items = chosen.chain(others).collect();
        Picker::of(Choice::Agencies(of, role), items, directory.clone())
    }

    /// A task that had a lead agency keeps one, and the list stays until it has.
    fn set_agencies(&mut self, of: &Original, role: Role, picker: &Picker) -> Option<Effect> {
        let after = picker.names();
        if let Some(why) = agency::refused(role.field(), role.names_of(&of.task), &after) {
            self.say(why);
            self.panel = Some(Panel::Pick(picker.clone()));
            return None;
        }
        self.commit(of.plan, Change::edits(&of.task.id, [Edit::of(role.field(), &of.task, after)]))
    }
}

/// What can be asked for by its name in a mode: all that has a key there, and what has none.
fn palette(mode: Mode) -> Vec<Action> {
    const KEYLESS: [Action; 17] = [
        Action::Extend,
        Action::Review,
        Action::OnlyOverdue,
        Action::OnlyDueSoon,
        Action::Filter(Facet::Support),
        Action::Filter(Facet::Officer),
        Action::Filter(Facet::Leader),
        Action::Filter(Facet::Section),
        Action::Filter(Facet::Source),
        Action::SaveView,
        Action::View(ViewDeed::Rename),
        Action::View(ViewDeed::Delete),
        Action::Past,
        Action::Language,
        Action::Colours,
        Action::Plans,
        Action::NewPlan,
    ];
    let is_named = |action: &Action| {
        step_of(*action).is_none()
            && !matches!(
                action,
                Action::Left | Action::Right | Action::Palette | Action::Back | Action::Offers
            )
    };
    let mut actions: Vec<Action> =
        keymap::bindings(mode).map(|binding| binding.action).filter(is_named).collect();
    if !matches!(mode, Mode::Plans | Mode::Summary | Mode::MeetingStart | Mode::MeetingEnd) {
        actions.extend(set_fields().map(Action::EditField));
    }
    actions.extend(KEYLESS.iter().filter(|action| {
        mode != Mode::Plans || matches!(action, Action::Language | Action::Past | Action::Colours)
    }));
    actions.dedup();
    actions
}
