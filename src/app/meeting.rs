//! A meeting on the screen: slide after slide, where it was stopped, and what comes of it.

mod notes;

use std::rc::Rc;

use chrono::NaiveDate;

use super::App;
use super::cursor::CursorSide;
use super::keymap::Mode;
use super::picker::{Candidate, Choice, PickValue, Picker};
use super::scroll::{ListLines, Scroll, Step};
use super::view::View;
use super::{Effect, OpenPlan, Panel, Question};
use crate::plan::meeting::{Decision, Markup, Meeting, MeetingOrder, MeetingPlace, Minutes};
use crate::plan::{Item, TaskRef};
use crate::words::Phrase;

pub use notes::MeetingNote;

pub(super) const VIEW: View = View { mode: Mode::Meeting, scroll: Scroll::TOP, enter: |_| {}, step, clamp };

/// What is shown of a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MeetingSlide {
    /// The figures, and in which order the tasks are to come.
    Start,
    Task,
    /// What was decided.
    End,
}

/// The meeting as it is on the screen.
#[derive(Debug)]
pub(super) struct MeetingScreen {
    slide: MeetingSlide,
    /// The view that it was opened from.
    back: Mode,
}

impl Default for MeetingScreen {
    fn default() -> Self {
        Self { slide: MeetingSlide::Start, back: Mode::Board }
    }
}

/// A line of the first slide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MeetingChoice {
    /// To go on where the last one was stopped.
    Resume,
    Begin(MeetingOrder),
}

fn step(app: &mut App, step: Step) {
    match app.meeting_slide() {
        MeetingSlide::Start => {
            let list = ListLines { length: app.meeting_choices().len(), visible: usize::MAX };
            app.view_mut().scroll.step(step, &list);
        }
        MeetingSlide::Task | MeetingSlide::End => app.step_slide(step),
    }
}

fn clamp(app: &mut App) {
    let is_held = app.following.is_none() && app.meeting_slide() != MeetingSlide::Start;
    if app.open().is_some() && is_held {
        app.leave_gone_slides();
    }
}

/// Where the user is in it.
impl App {
    pub fn meeting_slide(&self) -> MeetingSlide {
        match &self.following {
            Some(_) if self.followed_task().is_some() => MeetingSlide::Task,
            Some(_) => MeetingSlide::Start,
            None => self.meeting_screen.slide,
        }
    }

    /// Which slide of how many is shown, where it is that of a task.
    pub fn place_in_meeting(&self) -> Option<(usize, usize)> {
        let place = self.place_on_screen()?;
        (self.meeting_slide() == MeetingSlide::Task).then_some((place.nth, place.all))
    }

    /// In which order the tasks come.
    pub fn order_of_meeting(&self) -> MeetingOrder {
        self.place_on_screen().map(|place| place.order).unwrap_or_default()
    }

    fn place_on_screen(&self) -> Option<MeetingPlace> {
        let own = || self.meeting().map(Meeting::place);
        self.following.as_ref().map_or_else(own, |following| following.place.clone())
    }

    pub fn meeting(&self) -> Option<&Meeting> {
        self.open()?.meeting.as_ref()
    }

    /// The day of the meeting; today where there is none.
    pub fn meeting_day(&self) -> NaiveDate {
        self.meeting().map_or(self.calendar.today, |meeting| meeting.on)
    }

    fn meeting_mut(&mut self) -> Option<&mut Meeting> {
        self.plans.get_mut(self.current.0)?.meeting.as_mut()
    }

    /// Which keys work on the slide.
    pub(super) const fn mode_of_meeting(&self) -> Mode {
        match self.meeting_screen.slide {
            MeetingSlide::Start => Mode::MeetingStart,
            MeetingSlide::Task => Mode::Meeting,
            MeetingSlide::End => Mode::MeetingEnd,
        }
    }

    /// The task of the slide.
    pub(super) fn task_of_slide(&self) -> Option<Item<'_>> {
        if self.following.is_some() {
            return self.followed_task();
        }
        let task = self.meeting().filter(|_| self.meeting_slide() == MeetingSlide::Task)?.task()?.clone();
        self.item_of(&TaskRef { plan: self.current, task })
    }

    pub(super) fn open_meeting(&mut self) {
        if self.open().is_none() {
            return;
        }
        let back = self.view().mode;
        self.meeting_screen = MeetingScreen { slide: MeetingSlide::Start, back };
        self.enter(Mode::Meeting);
        self.view_mut().scroll = Scroll::default();
    }

    /// What can be chosen on the first slide.
    pub fn meeting_choices(&self) -> Vec<MeetingChoice> {
        let resume = self.meeting().map(|_| MeetingChoice::Resume);
        let orders = MeetingOrder::ALL.into_iter().map(MeetingChoice::Begin);
        resume.into_iter().chain(orders).collect()
    }

    /// The tasks that a meeting in this order would go through: of those that are shown, or of the marked ones where
    /// there are any, what is still open.
    pub fn agenda(&self, order: MeetingOrder) -> Vec<Item<'_>> {
        let is_of_marked = self.is_about_marked();
        let items = self.shown().rows.iter().map(|row| self.item(*row));
        order.arrange(items.filter(|item| !is_of_marked || self.is_marked(*item)), self.calendar)
    }

    /// Whether a meeting that is begun now is about the marked tasks only.
    pub fn is_about_marked(&self) -> bool {
        self.open().is_some_and(|open| open.marked() > 0)
    }

    /// Opens the first slide with this order chosen.
    pub(super) fn open_meeting_in(&mut self, order: &str) {
        self.open_meeting();
        let is_it = |it: &MeetingChoice| matches!(it, MeetingChoice::Begin(begin) if begin.name() == order);
        if let Some(row) = self.meeting_choices().iter().position(is_it) {
            self.view_mut().scroll.row = row;
        }
    }

    /// The order that is chosen on the first slide.
    pub(super) fn chosen_order(&self) -> Option<MeetingOrder> {
        match self.meeting_choices().get(self.view().scroll.row)? {
            MeetingChoice::Begin(order) if self.is_in(Mode::Meeting) => Some(*order),
            _ => None,
        }
    }

    pub(super) fn begin_meeting(&mut self) {
        match self.meeting_choices().get(self.view().scroll.row) {
            Some(MeetingChoice::Begin(order)) if self.meeting().is_some_and(Meeting::is_unfinished) => {
                self.ask(Question::Meeting(*order));
            }
            Some(MeetingChoice::Begin(order)) => self.begin_anew(*order),
            Some(MeetingChoice::Resume) => self.sit(),
            None => {}
        }
    }

    /// Begins a meeting in the place of any before it.
    pub(super) fn begin_anew(&mut self, order: MeetingOrder) {
        let tasks: Vec<_> = self.agenda(order).iter().map(|item| item.task.id.clone()).collect();
        if tasks.is_empty() {
            self.say(Phrase::new("Không có việc nào để giao ban", "There is no task to go through"));
            return;
        }
        self.plans[self.current.0].meeting = Some(Meeting::new(self.calendar.today, order, tasks));
        self.sit();
    }

    fn sit(&mut self) {
        let now = self.now();
        if let Some(meeting) = self.meeting_mut() {
            meeting.begin_sitting(now);
        }
        self.show_slide();
    }

    /// Shows what the meeting is at.
    fn show_slide(&mut self) {
        let is_at_end = self.meeting().is_none_or(Meeting::is_at_end);
        self.meeting_screen.slide = if is_at_end { MeetingSlide::End } else { MeetingSlide::Task };
        self.view_mut().scroll = Scroll::default();
    }

    fn go_to_slide(&mut self, at: usize) {
        if let Some(meeting) = self.meeting_mut() {
            meeting.at = at.min(meeting.tasks.len());
            self.show_slide();
        }
    }

    /// Nothing new of this task: on to the next.
    pub(super) fn hear_nothing_new(&mut self) {
        if let Some(meeting) = self.meeting_mut() {
            meeting.hear();
        }
        self.next_slide(CursorSide::Right);
    }

    pub(super) fn next_slide(&mut self, side: CursorSide) {
        let at = self.meeting().map_or(0, |meeting| meeting.at);
        self.go_to_slide(match side {
            CursorSide::Left => at.saturating_sub(1),
            CursorSide::Right => at + 1,
        });
    }

    fn step_slide(&mut self, step: Step) {
        let is_list = self.meeting_slide() == MeetingSlide::End;
        match step {
            Step::Up if is_list => self.view_mut().scroll.first = self.view().scroll.first.saturating_sub(1),
            Step::Down if is_list => self.view_mut().scroll.first += 1,
            Step::Up | Step::PageUp => self.next_slide(CursorSide::Left),
            Step::Down | Step::PageDown => self.next_slide(CursorSide::Right),
            Step::First => self.go_to_slide(0),
            Step::Last => self.go_to_slide(usize::MAX),
        }
    }

    /// Goes to the slide of a task, where it has one.
    pub(super) fn show_in_meeting(&mut self, task: &TaskRef) {
        if !self.is_in(Mode::Meeting) || self.meeting_slide() == MeetingSlide::Start {
            return;
        }
        let place = self.meeting().and_then(|meeting| meeting.tasks.iter().position(|id| *id == task.task));
        if let Some(place) = place {
            self.go_to_slide(place);
        }
    }

    /// A slide whose task somebody has deleted gives way to the next, unless something is typed for it.
    fn leave_gone_slides(&mut self) {
        let is_held = self.pending.is_some() || self.panel.is_some();
        let OpenPlan { meeting, plan, .. } = &mut self.plans[self.current.0];
        let (Some(meeting), Some(plan), false) = (meeting, plan, is_held) else { return };
        let (length, task) = (meeting.tasks.len(), meeting.task().cloned());
        let is_gone = meeting.leave_the_gone(plan);
        if meeting.tasks.len() != length {
            self.show_slide();
        }
        if let Some(task) = task.filter(|_| is_gone) {
            self.tell_of_the_gone(&TaskRef { plan: self.current, task });
        }
    }

    /// To a task by its number or by words of it.
    pub(super) fn pick_slide(&mut self) {
        let Some(meeting) = self.meeting() else { return };
        let plan = self.current;
        let items = meeting.tasks.iter().enumerate().filter_map(|(at, task)| {
            let item = self.item_of(&TaskRef { plan, task: task.clone() })?;
            let label = format!("{} {}", item.task.no, item.task.title);
            let detail = item.state(self.calendar).label().say(self.lang).to_owned();
            Some(Candidate {
                detail,
                is_marked: at == meeting.at,
                ..Candidate::new(label, PickValue::Place(at))
            })
        });
        let items = items.collect();
        self.panel = Some(Panel::Pick(Picker::of(Choice::Slide, items, Rc::default())));
    }

    pub(super) fn take_slide(&mut self, picker: &Picker) {
        if let Some(PickValue::Place(at)) = picker.chosen().map(|item| item.value.clone()) {
            self.go_to_slide(at);
        }
    }

    /// Stops it where it is; it can be gone on with.
    pub(super) fn stop_meeting(&mut self) {
        let (now, back) = (self.now(), self.meeting_screen.back);
        let task = self.task_of_slide().map(|item| item.name());
        if let Some(meeting) = self.meeting_mut() {
            meeting.end_sitting(now);
        }
        self.enter(back);
        if let Some(task) = task {
            self.select(&task);
        }
    }
}

/// What comes of it.
impl App {
    /// What the user has decided so far.
    pub fn decisions(&self) -> Vec<Decision<'_>> {
        let Some(OpenPlan { meeting: Some(meeting), in_file: Some(plan), .. }) = self.open() else {
            return Vec::new();
        };
        meeting.decisions(plan, &self.user)
    }

    /// How the file of the minutes begins, before what tells its kind.
    pub fn minutes_name(&self) -> String {
        format!("giao-ban-{}", self.meeting_day().format("%Y-%m-%d"))
    }

    pub(super) fn write_minutes(&mut self) -> Option<Effect> {
        let open = self.open()?;
        let (meeting, plan, shown) = (open.meeting.as_ref()?, open.in_file.as_ref()?, open.plan.as_ref()?);
        let figures = open.index.figures(shown, self.calendar);
        let minutes = Minutes::of(meeting, plan, &self.user, (&figures, self.calendar.today), self.lang);
        let texts = Markup::ALL.map(|markup| (markup.ending(), minutes.written(markup)));
        Some(Effect::WriteMinutes(self.current, self.minutes_name(), texts.into()))
    }

    /// The minutes are written, and the meeting is over.
    pub(super) fn close_meeting(&mut self, paths: &[std::path::PathBuf]) {
        self.stop_meeting();
        self.plans[self.current.0].meeting = None;
        let paths: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        let written = Phrase::new("Đã ghi", "Written:").say(self.lang);
        self.notices.answer(format!("{written} {}", paths.join(", ")));
    }
}
