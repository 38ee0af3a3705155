//! The lists that the user chooses from: what is in them, and what a choice does.

use std::rc::Rc;

use super::action::Action;
use super::detail::{DetailRow, set_fields};
use super::keymap::{self, Mode};
use super::picker::{Candidate, Choice, PickValue, Picker, Role};
use super::{App, Effect, Original, Panel, edits, step_of};
use crate::plan::agency::{self, Body};
use crate::plan::describe::EMPTY;
use crate::plan::query::Query;
use crate::plan::summary::Figures;
use crate::plan::{Column, Edit, Field, Quarter, Quarters, Signs, Status, Task};
use crate::words::{Lang, Phrase, tr};

impl App {
    pub(super) fn take(&mut self, picker: &Picker) -> Option<Effect> {
        match &picker.subject {
            Choice::Command | Choice::Add => {
                let PickValue::Act(action) = picker.chosen()?.value else { return None };
                self.act(action)
            }
            Choice::Filter(role) => {
                self.filter_by(*role, picker);
                None
            }
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
                self.commit(of.plan, edits::of(&of.task, [edit]))
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
        let items = offers.into_iter().chain(palette(mode)).map(item).collect();
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

    pub(super) fn pick_filter(&mut self, role: Role) {
        let Some(open) = self.open() else { return };
        let Some(plan) = &open.plan else { return };
        let chosen = match role {
            Role::Lead => &self.query.leads,
            Role::Support => &self.query.supports,
        };
        let directory = open.index.directory(plan);
        let mut figures = vec![Vec::new(); directory.bodies().len()];
        for task in &plan.tasks {
            for at in directory.places(role.names_of(task)) {
                figures[at].push((&**task, plan.year));
            }
        }
        let bodies = directory.bodies().iter().zip(figures).filter(|(_, tasks)| !tasks.is_empty());
        let items = bodies.map(|(body, tasks)| {
            let item = Candidate::of_name(body.name());
            let detail = counts(&Figures::of(tasks, self.calendar), self.lang);
            Candidate { detail, is_marked: chosen.contains(&item.label), ..item }
        });
        let all = Phrase::new("Tất cả cơ quan", "All agencies").say(self.lang);
        let detail = counts(&open.index.figures(plan, self.calendar), self.lang);
        let all = Candidate { detail, ..Candidate::new(all, PickValue::All) };
        let items = std::iter::once(all).chain(items).collect();
        let picker = Picker::of(Choice::Filter(role), items, Rc::clone(directory));
        self.before_filter.get_or_insert_with(|| self.cursor.clone());
        self.panel = Some(Panel::Pick(picker));
    }

    /// Shows the agencies of the other role, where it is the filter that is chosen.
    pub(super) fn pick_other_role(&mut self) {
        if let Some(Panel::Pick(Picker { subject: Choice::Filter(role), .. })) = &self.panel {
            let role = role.other();
            self.pick_filter(role);
        }
    }

    /// What was typed and is no agency changes nothing, and the list stays.
    fn filter_by(&mut self, role: Role, picker: &Picker) {
        if !picker.typed.is_empty() && picker.chosen().is_none() {
            let typed = picker.typed.text().to_owned();
            let told = tr!(self.lang, "Không có cơ quan “{typed}”", "There is no agency “{typed}”");
            self.notices.answer(told);
            self.panel = Some(Panel::Pick(picker.clone()));
            return;
        }
        self.query = filtered(&self.query, role, picker);
        self.before_filter = None;
        self.seek();
    }

    /// What narrows the tasks: the board shows already what a filter that is being chosen would leave.
    pub(super) fn query_in_effect(&self) -> Query {
        match &self.panel {
            Some(Panel::Pick(picker @ Picker { subject: Choice::Filter(role), .. })) => {
                filtered(&self.query, *role, picker)
            }
            _ => self.query.clone(),
        }
    }

    /// Goes to what a filter that is being chosen leaves, from where the cursor was before.
    pub(super) fn try_filter(&mut self) {
        if let (Some(Panel::Pick(Picker { subject: Choice::Filter(_), .. })), Some(before)) =
            (&self.panel, &self.before_filter)
        {
            self.cursor = before.clone();
            self.seek();
        }
    }

    /// Leaves the board as it was before a filter was tried out.
    pub(super) fn leave_filter(&mut self) {
        if let Some(before) = self.before_filter.take() {
            self.cursor = before;
        }
    }

    pub(super) fn pick_status_because(&mut self) {
        let Some(of) = self.selected().map(Original::of) else { return };
        if !self.is_read_only(of.plan) {
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
        self.commit(of.plan, edits::of(&of.task, [edit]))
    }

    /// The agencies of the task first, in its own order, then the others of the plan.
    pub(super) fn pick_agencies(&self, of: Original, role: Role) -> Picker {
        let chosen = role.names_of(&of.task);
        let open = &self.plans[of.plan.0];
        let directory = open.plan.as_ref().map(|plan| Rc::clone(open.index.directory(plan)));
        let directory = directory.unwrap_or_default();
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
        self.commit(of.plan, edits::of(&of.task, [Edit::of(role.field(), &of.task, after)]))
    }
}

/// The query with the agencies that are taken in a list.
fn filtered(query: &Query, role: Role, picker: &Picker) -> Query {
    let names = picker.taken().into_iter().filter_map(name_of).collect();
    match role {
        Role::Lead => Query { leads: names, ..query.clone() },
        Role::Support => Query { supports: names, ..query.clone() },
    }
}

fn name_of(item: &Candidate) -> Option<String> {
    match &item.value {
        PickValue::Name(name) => Some(name.clone()),
        _ => None,
    }
}

/// `38 việc   10▲`: under each other, so that they can be compared.
fn counts(figures: &Figures, lang: Lang) -> String {
    let late = match figures.overdue() {
        0 => String::new(),
        late => format!("{late}{}", Signs::Unicode.late()),
    };
    format!("{} {}{late:>6}", figures.total(), Figures::UNIT.say(lang))
}

/// What can be asked for by its name in a mode: all that has a key there, and what has none.
fn palette(mode: Mode) -> Vec<Action> {
    const KEYLESS: [Action; 9] = [
        Action::Extend,
        Action::OnlyOverdue,
        Action::OnlyDueSoon,
        Action::Supports,
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
