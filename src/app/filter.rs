//! What narrows the tasks: the lists to filter by, tried out on the board behind them, and what is typed into the
//! search that is more than words.

use std::rc::Rc;

use super::action::Action;
use super::cursor::Cursor;
use super::picker::{Candidate, Choice, PickValue, Picker};
use super::{App, OpenPlan, Panel};
use crate::plan::facet::{FacetIndex, FacetValue};
use crate::plan::query::{Lateness, Query, QueryContext, has_pairs};
use crate::plan::summary::Figures;
use crate::plan::{Calendar, Facet, Plan, Signs};
use crate::text::{self, Needle};
use crate::words::{Lang, Phrase, tr};

/// A filter that is tried out.
#[derive(Debug, Default)]
pub(super) struct FilterTrial {
    before: Option<BeforeFilter>,
    /// What was made of a search that is more than words.
    typed: Option<TypedQuery>,
}

/// What was there before a filter was tried out.
#[derive(Debug)]
struct BeforeFilter {
    cursor: Cursor,
    query: Query,
}

/// What the program makes of a search in which there are pairs.
#[derive(Debug, Clone)]
pub enum TypedQuery {
    Understood(Query),
    /// As much of it as is right, and what is wrong.
    Wrong(Query, String),
}

impl App {
    /// What is about the tasks that are shown.
    pub(super) fn narrow_or_mark(&mut self, action: Action) {
        match action {
            Action::Filter(facet) => self.pick_filter(facet),
            Action::NextFacet => self.pick_next_facet(),
            Action::OnlyOverdue => self.filter_by_lateness(Lateness::Overdue),
            Action::OnlyDueSoon => self.filter_by_lateness(Lateness::Within(self.calendar.warning)),
            Action::ClearFilter => self.clear_filter(),
            Action::SaveView => self.ask_for_view_name(),
            Action::View(deed) => self.pick_view(deed),
            Action::MarkTask => self.mark_task(),
            Action::MarkAll => self.mark_all(),
            _ => {}
        }
    }

    pub(super) fn pick_filter(&mut self, facet: Facet) {
        let Some((plan, index)) = self.open().and_then(OpenPlan::read) else { return };
        let list = FilterList { facet, index: index.facet(plan, facet), plan, calendar: self.calendar };
        let chosen = self.query.names(facet);
        let mut items = list.heads(&self.user, index.figures(plan, self.calendar), self.lang);
        items.extend(list.values(&items, self.lang));
        for item in &mut items {
            item.is_marked = matches!(&item.value, PickValue::Name(name) if chosen.contains(name));
        }
        let directory = if facet.is_of_agencies() { Rc::clone(index.directory(plan)) } else { Rc::default() };
        let picker = Picker::of(Choice::Filter(facet), items, directory);
        let before = BeforeFilter { cursor: self.cursor.clone(), query: self.query.clone() };
        self.trial.before.get_or_insert(before);
        self.panel = Some(Panel::Pick(picker));
    }

    /// The list of the next kind that tells tasks apart. What is marked in this one holds on.
    pub(super) fn pick_next_facet(&mut self) {
        let Some(Panel::Pick(picker @ Picker { subject: Choice::Filter(facet), .. })) = &self.panel else {
            return;
        };
        let (facet, marked) = (*facet, picker.items.iter().filter(|item| item.is_marked));
        let names = marked.filter_map(name_of).collect();
        self.query = std::mem::take(&mut self.query).with(facet, names);
        self.pick_filter(self.facet_after(facet));
    }

    /// The next facet in which the tasks of the plan differ; and the first one, from which all others were reached.
    pub fn facet_after(&self, facet: Facet) -> Facet {
        let mut others = Facet::ALL.into_iter().cycle().skip(facet as usize + 1).take(Facet::ALL.len());
        others.find(|other| *other == Facet::Lead || self.tells_apart(*other)).unwrap_or(facet)
    }

    /// Whether the tasks of the plan differ in a facet.
    pub(super) fn tells_apart(&self, facet: Facet) -> bool {
        let read = self.open().and_then(OpenPlan::read);
        read.is_some_and(|(plan, index)| index.facet(plan, facet).tells_apart())
    }

    /// What was typed and is no name changes nothing, and the list stays.
    pub(super) fn filter_by(&mut self, facet: Facet, picker: &Picker) {
        if !picker.typed.is_empty() && picker.chosen().is_none() {
            let typed = picker.typed.text().to_owned();
            let told = if facet.is_of_agencies() {
                tr!(self.lang, "Không có cơ quan “{typed}”", "There is no agency “{typed}”")
            } else {
                tr!(self.lang, "Không có “{typed}”", "There is no “{typed}”")
            };
            self.notices.answer(told);
            self.panel = Some(Panel::Pick(picker.clone()));
            return;
        }
        self.query = filtered(&self.query, facet, picker);
        self.trial.before = None;
        self.seek();
    }

    /// What narrows the tasks: the board shows already what a filter that is being chosen or typed would leave.
    pub(super) fn query_in_effect(&self) -> Query {
        match (&self.panel, &self.trial.typed) {
            (Some(Panel::Pick(picker @ Picker { subject: Choice::Filter(facet), .. })), _) => {
                filtered(&self.query, *facet, picker)
            }
            (Some(Panel::Search), Some(TypedQuery::Understood(typed) | TypedQuery::Wrong(typed, _))) => {
                self.query.clone().over(typed.clone())
            }
            _ => self.query.clone(),
        }
    }

    /// Goes to what a filter that is being chosen leaves, from where the cursor was before.
    pub(super) fn try_filter(&mut self) {
        if let (Some(Panel::Pick(Picker { subject: Choice::Filter(_), .. })), Some(before)) =
            (&self.panel, &self.trial.before)
        {
            self.cursor = before.cursor.clone();
            self.seek();
        }
    }

    /// Leaves the board as it was before a filter was tried out.
    pub(super) fn leave_filter(&mut self) {
        if let Some(before) = self.trial.before.take() {
            (self.cursor, self.query) = (before.cursor, before.query);
        }
    }

    fn filter_by_lateness(&mut self, lateness: Lateness) {
        self.query.lateness = lateness;
        self.seek();
    }

    pub(super) fn clear_search(&mut self) {
        self.search = text::Field::default();
        self.query.search = Needle::default();
        self.trial.typed = None;
    }

    pub(super) fn clear_filter(&mut self) {
        self.let_go();
        self.clear_search();
        self.query = Query::default();
    }

    /// What a search looks for is looked for while it is typed.
    pub(super) fn search_typed(&mut self) {
        let typed = self.search.text();
        self.trial.typed = has_pairs(typed).then(|| self.read_query(typed));
        match &self.trial.typed {
            None => self.query.search = Needle::parse(typed),
            Some(TypedQuery::Understood(query) | TypedQuery::Wrong(query, _)) => {
                self.query.search = query.search.clone();
            }
        }
        self.seek();
    }

    fn read_query(&self, typed: &str) -> TypedQuery {
        let read = self.query_context().map(|context| Query::read(typed, &context));
        match read {
            Some((query, Some(why))) => TypedQuery::Wrong(query, why.message(self.lang)),
            Some((query, None)) => TypedQuery::Understood(query),
            None => TypedQuery::Understood(Query::of_words(typed)),
        }
    }

    /// What queries of the plan that is looked at are read against.
    pub(super) fn query_context(&self) -> Option<QueryContext<'_>> {
        let (plan, index) = self.open()?.read()?;
        Some(QueryContext { plan, index, calendar: self.calendar, user: &self.user })
    }

    /// What the search was understood as, where it is more than words; else what is wrong with it.
    pub const fn typed_query(&self) -> Option<&TypedQuery> {
        self.trial.typed.as_ref()
    }

    /// Enter: the pairs are filters from now on, and the words stay in the field.
    pub(super) fn take_search(&mut self) {
        match self.trial.typed.take() {
            None => {}
            Some(TypedQuery::Understood(typed)) => {
                let query = std::mem::take(&mut self.query).over(typed);
                self.narrow_to(query);
            }
            Some(TypedQuery::Wrong(query, why)) => {
                self.notices.answer(why.clone());
                self.trial.typed = Some(TypedQuery::Wrong(query, why));
                self.panel = Some(Panel::Search);
            }
        }
    }

    /// Shows what a query leaves.
    pub(super) fn narrow_to(&mut self, query: Query) {
        self.search = text::Field::of(query.search.typed(), text::Lines::One);
        self.query = query;
        self.seek();
    }
}

/// What is in a list to filter by.
struct FilterList<'a> {
    facet: Facet,
    index: &'a FacetIndex,
    plan: &'a Plan,
    calendar: Calendar,
}

impl FilterList<'_> {
    /// What stands before the names: one's own work, everything, and what names nobody.
    fn heads(&self, user: &str, all: Figures, lang: Lang) -> Vec<Candidate> {
        let label = match self.facet {
            Facet::Lead | Facet::Support => Phrase::new("Tất cả cơ quan", "All agencies"),
            Facet::Officer | Facet::Leader => Phrase::new("Tất cả mọi người", "Everybody"),
            Facet::Section | Facet::Source => Phrase::new("Tất cả", "All"),
        };
        let detail = counts(&all, lang);
        let all = Candidate { detail, ..Candidate::new(label.say(lang), PickValue::All) };
        let of_people = matches!(self.facet, Facet::Officer | Facet::Leader);
        let mine = (self.facet == Facet::Officer).then(|| self.mine(user, lang));
        let nobody = of_people.then(|| self.nobody(lang)).flatten();
        mine.into_iter().chain([all]).chain(nobody).collect()
    }

    /// What is in the charge of whoever has this login.
    fn mine(&self, user: &str, lang: Lang) -> Candidate {
        let name = self.plan.name_of(user);
        let place = self.index.place(name);
        let name = place.map_or(name, |at| self.index.values[at].name.as_str()).to_owned();
        let label = tr!(lang, "Việc của tôi ({name})", "My tasks ({name})");
        let detail = counts(&place.map_or_else(Figures::default, |at| self.figures(&[at])), lang);
        Candidate { detail, ..Candidate::new(label, PickValue::Name(name)) }
    }

    /// Where some tasks name somebody and others do not.
    fn nobody(&self, lang: Lang) -> Option<Candidate> {
        let is_nameless = |at: &usize| self.index.of_task(*at).is_empty();
        let figures = self.figures_of((0..self.plan.tasks.len()).filter(is_nameless));
        let what = self.facet.label().say(lang).to_lowercase();
        let label = tr!(lang, "Chưa có {what}", "No {what} yet");
        let candidate = Candidate::new(label, PickValue::Name(String::new()));
        (figures.total() > 0).then(|| Candidate { detail: counts(&figures, lang), ..candidate })
    }

    /// The names that some task has, but for those that stand above.
    fn values(&self, above: &[Candidate], lang: Lang) -> Vec<Candidate> {
        let is_above = |name: &str| above.iter().any(|item| item.value == PickValue::Name(name.to_owned()));
        let mut tasks = vec![Vec::new(); self.index.values.len()];
        for at in 0..self.plan.tasks.len() {
            self.index.of_task(at).iter().for_each(|&place| tasks[place].push(at));
        }
        let values = self.index.values.iter().zip(tasks);
        let listed = values.filter(|(value, tasks)| !tasks.is_empty() && !is_above(&value.name));
        let candidate = |(value, tasks): (&FacetValue, Vec<usize>)| Candidate {
            detail: counts(&self.figures_of(tasks), lang),
            ..Candidate::new(value.label.say(lang), PickValue::Name(value.name.clone()))
        };
        listed.map(candidate).collect()
    }

    fn figures(&self, places: &[usize]) -> Figures {
        let has = |at: &usize| self.index.of_task(*at).iter().any(|place| places.contains(place));
        self.figures_of((0..self.plan.tasks.len()).filter(has))
    }

    fn figures_of(&self, tasks: impl IntoIterator<Item = usize>) -> Figures {
        let tasks = tasks.into_iter().map(|at| (&*self.plan.tasks[at], self.plan.year));
        Figures::of(tasks, self.calendar)
    }
}

/// The query with the names that are taken in a list.
fn filtered(query: &Query, facet: Facet, picker: &Picker) -> Query {
    let names = picker.taken().into_iter().filter_map(name_of).collect();
    query.clone().with(facet, names)
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
