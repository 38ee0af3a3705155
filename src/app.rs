//! What the user sees and asks for, as a value: events in, effects out.

pub mod action;
pub mod cursor;
pub mod editor;
pub mod extension;
pub mod keymap;
pub mod layout;
pub mod picker;
pub mod press;
pub mod question;
pub mod scroll;

mod answers;
mod commands;
mod completion;
pub mod edits;
mod gone;
mod held;
mod history;
mod lists;
mod new_task;
mod news;
mod notices;
mod offers;
mod open;
mod saved;
mod settle;
mod typing;

use std::borrow::Cow;
use std::time::Instant;

use chrono::{NaiveDate, NaiveDateTime};

use self::action::Action;
use self::cursor::Cursor;
use self::editor::{Editor, Part};
use self::held::Held;
use self::history::Purpose;
use self::keymap::Mode;
use self::layout::{Layout, Size};
use self::notices::Notices;
pub use self::offers::Missing;
pub use self::open::{Access, News, OpenPlan};
use self::picker::Picker;
pub use self::press::Press;
use self::press::{Reading, Sight};
pub use self::question::Question;
use self::scroll::{Scroll, Step};
use crate::plan::board::{Board, Term};
use crate::plan::query::Query;
use crate::plan::{Calendar, Change, Conflict, Field, Plan, Task, TaskId, Why};
use crate::text::{self, Needle};
use crate::words::{Lang, Spoken};

/// Everything between the keys and the screen.
#[derive(Debug)]
pub struct App {
    pub lang: Lang,
    pub user: String,
    pub calendar: Calendar,
    pub day: Day,
    pub size: Size,
    pub plans: Vec<OpenPlan>,
    /// Which of the plans is looked at.
    current: usize,
    pub view: View,
    /// The task that is opened over the view.
    pub detail: Option<Detail>,
    /// What lies over everything and has the keys.
    pub panel: Option<Panel>,
    pub query: Query,
    /// What was typed into the search.
    pub search: text::Field,
    pub cursor: Cursor,
    /// The places in the list of deadlines and in the list of plans.
    pub deadlines: Scroll,
    pub listed: Scroll,
    notices: Notices,
    /// The tasks whose rows stay where they are until the screen is left.
    held: Vec<Held>,
    /// The commit that is under way, if one is.
    pending: Option<Pending>,
    /// What to do when the commit is made.
    next: Option<Next>,
    /// What F2 edits where no field is chosen: the one that was typed into last.
    last_field: Field,
    reading: Reading,
    sight: Sight,
    has_heard_of_input_method: bool,
    /// Where new ids are drawn from.
    seed: u64,
}

/// What the world tells the app once, at the start.
#[derive(Debug, Clone)]
pub struct Setting {
    pub lang: Lang,
    pub user: String,
    pub calendar: Calendar,
    pub day: Day,
    pub size: Size,
    pub seed: u64,
}

/// Whether the day is the real one, which ends at midnight, or one that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    Real,
    AsOf,
}

/// The screens that the user goes between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    Plans,
    Board,
    Deadlines,
}

/// One task on a screen of its own.
#[derive(Debug, Clone)]
pub struct Detail {
    pub task: TaskId,
    /// The chosen field, by its place in [`editor::FIELDS`], and the first line in sight.
    pub scroll: Scroll,
}

#[derive(Debug)]
pub enum Panel {
    Search,
    Pick(Picker),
    Edit(Editor),
    Ask(Question),
    Help(Scroll),
    /// What was told before.
    Past(Scroll),
}

/// What happened.
#[derive(Debug)]
pub enum Event {
    Key(Press),
    Paste(String),
    Resized(Size),
    /// The screen has been drawn as the app now is.
    Drawn(Instant),
    /// Somebody else has changed the file, or what waited is in it; which plan, what it is now, and what still waits.
    Loaded(usize, Plan, Access, Option<Waiting>),
    /// What others have changed while the user was away.
    News(usize, Vec<TaskId>),
    /// The file cannot be read now.
    Broken(usize, Spoken),
    /// What the file lacks of the changes that were in it: somebody has saved an older version.
    Missing(usize, Option<Missing>),
    /// Our commit is done.
    Saved(usize, Saved),
    /// Our commit is not on disk.
    Failed(usize, Spoken),
    Day(NaiveDate),
    /// What time it is, told before anything else that happens.
    Clock(NaiveDateTime),
}

impl Event {
    /// Whether it may put something else on the screen than the user has asked for.
    fn comes_by_itself(&self) -> bool {
        match self {
            Self::Loaded(..) | Self::Failed(..) | Self::Missing(..) => true,
            Self::Saved(_, saved) => saved.conflict.is_some(),
            _ => false,
        }
    }
}

/// What came of a commit.
#[derive(Debug)]
pub struct Saved {
    pub plan: Plan,
    pub made: Vec<Change>,
    pub conflict: Option<Conflict>,
    /// What else the user should know of it.
    pub remark: Option<Spoken>,
    pub waiting: Option<Waiting>,
}

/// Changes that are safe on the disk, but not in the plan's file yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub count: usize,
    pub why: Spoken,
}

/// Text that was being typed when the line dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The task as it was seen. None for one that was still to be added.
    pub task: Option<Box<Task>>,
    pub field: Field,
    pub text: String,
}

/// What the world must do.
#[derive(Debug, PartialEq, Eq)]
pub enum Effect {
    Commit(usize, Vec<Change>, Why),
    /// The changes that an older version has overwritten are to be brought back, or left where they are.
    BringBack(usize),
    LeaveMissing(usize),
    /// A draft was taken up, or is not wanted.
    Forget(usize, Draft),
    Quit,
}

/// A commit that is under way.
#[derive(Debug)]
struct Pending {
    purpose: Purpose,
    changes: Vec<Change>,
    why: Why,
}

/// What to do once a commit is made.
#[derive(Debug)]
enum Next {
    /// Open the task that was added. Where its agencies come from.
    Open(TaskId, Option<Spoken>),
    /// Let the day and the document be written of a task that is done.
    Complete(TaskId, Part),
    Select(TaskId),
}

impl App {
    /// One plan opens on its board; several are offered.
    pub fn new(setting: Setting, plans: Vec<OpenPlan>) -> Self {
        let is_single = plans.len() == 1 && plans[0].plan.is_some();
        let mut app = Self {
            lang: setting.lang,
            user: setting.user,
            calendar: setting.calendar,
            day: setting.day,
            size: setting.size,
            plans,
            current: 0,
            view: if is_single { View::Board } else { View::Plans },
            detail: None,
            panel: None,
            query: Query::default(),
            search: text::Field::of("", text::Lines::One),
            cursor: Cursor::default(),
            deadlines: Scroll::default(),
            listed: Scroll::default(),
            notices: Notices::default(),
            held: Vec::new(),
            pending: None,
            next: None,
            last_field: Field::Note,
            reading: Reading::default(),
            sight: Sight::default(),
            has_heard_of_input_method: false,
            seed: setting.seed,
        };
        app.enter_current_quarter();
        app.settle();
        app
    }

    /// The only door. What comes by itself takes no key before it can have been seen.
    pub fn handle(&mut self, event: Event) -> Option<Effect> {
        let before = event.comes_by_itself().then(|| self.focus());
        let effect = self.happen(event);
        if before.is_some_and(|before| before != self.focus()) {
            self.sight = Sight::Undrawn;
        }
        effect
    }

    /// What a key would be about.
    fn focus(&self) -> (Mode, Option<TaskId>) {
        let chosen = self.selected().filter(|_| !self.mode().takes_text());
        (self.mode(), chosen.map(|task| task.id.clone()))
    }

    fn happen(&mut self, event: Event) -> Option<Effect> {
        let effect = match event {
            Event::Drawn(at) => {
                self.sight.drawn(at);
                return self.leaves_at().filter(|leaves_at| *leaves_at <= at).map(|_| Effect::Quit);
            }
            Event::Key(press) => self.press(&press),
            Event::Clock(now) => {
                self.take_time(now);
                return None;
            }
            Event::Paste(text) => self.paste(&text),
            Event::Resized(size) => {
                self.size = size;
                None
            }
            Event::Loaded(at, plan, access, waiting) => {
                self.plans[at].access = access;
                self.reload(at, plan, waiting);
                None
            }
            Event::News(at, tasks) => {
                let news = News { known: None, fields: Vec::new() };
                self.plans[at].news.extend(tasks.into_iter().map(|task| (task, news.clone())));
                None
            }
            Event::Broken(at, trouble) => {
                self.hear_of_trouble(at, trouble);
                None
            }
            Event::Missing(at, missing) => {
                self.hear_of_missing(at, missing);
                None
            }
            Event::Saved(at, saved) => self.take_in(at, saved),
            Event::Failed(at, trouble) => {
                self.next = None;
                self.offer_again(&trouble);
                self.plans[at].trouble = Some(trouble);
                None
            }
            Event::Day(today) => {
                self.calendar.today = today;
                None
            }
        };
        self.settle();
        self.settle_notices();
        effect
    }

    /// Who is listening to the keys.
    pub fn mode(&self) -> Mode {
        match (&self.panel, &self.detail, self.view) {
            (Some(Panel::Search), ..) => Mode::Search,
            (Some(Panel::Pick(Picker { subject: picker::Subject::Filter(_), .. })), ..) => Mode::Filter,
            (Some(Panel::Pick(picker)), ..) if picker.subject.is_several() => Mode::Several,
            (Some(Panel::Pick(_)), ..) => Mode::Pick,
            (Some(Panel::Edit(editor)), ..) if editor.completion().is_some() => Mode::Completion,
            (Some(Panel::Edit(editor)), ..) if editor.is_of_many_lines() => Mode::Notes,
            (Some(Panel::Edit(editor)), ..) if editor.is_of_extension() => Mode::Extension,
            (Some(Panel::Edit(_)), ..) => Mode::Text,
            (Some(Panel::Ask(_)), ..) => Mode::Ask,
            (Some(Panel::Help(_) | Panel::Past(_)), ..) => Mode::Help,
            (None, Some(_), _) => Mode::Task,
            (None, None, View::Plans) => Mode::Plans,
            (None, None, View::Board) => Mode::Board,
            (None, None, View::Deadlines) => Mode::Deadlines,
        }
    }

    /// The plan that is looked at; none on the list of plans.
    pub fn open(&self) -> Option<&OpenPlan> {
        self.plans.get(self.current).filter(|open| self.view != View::Plans && open.plan.is_some())
    }

    pub fn plan(&self) -> Option<&Plan> {
        self.open().and_then(|open| open.plan.as_ref())
    }

    /// The tasks that filter and search leave, by their place in the plan.
    pub fn shown(&self) -> Vec<usize> {
        let Some(open) = self.open() else { return Vec::new() };
        let Some(plan) = &open.plan else { return Vec::new() };
        self.with_held(plan, self.query.select(plan, &open.index, self.calendar))
    }

    /// What is searched for, as it was probably meant.
    pub fn needle(&self) -> Needle {
        let open =
            self.open().and_then(|open| Some(open.index.meant(open.plan.as_ref()?, &self.query.search)));
        open.map(Cow::into_owned).unwrap_or_default()
    }

    pub fn board(&self) -> Board {
        self.plan().map_or_else(Board::default, |plan| Board::of(plan, &self.shown()))
    }

    pub fn layout(&self, plan: &Plan, board: &Board) -> Layout {
        Layout::of(self.size, plan, board, self.cursor.column())
    }

    /// The task that a key would be about.
    pub fn selected(&self) -> Option<&Task> {
        let plan = self.plan()?;
        match &self.detail {
            Some(detail) => plan.task(&detail.task),
            None => plan.task(self.cursor.task()?),
        }
    }
}

/// A line of the list of deadlines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    Head(Term, usize),
    Task(usize),
}

/// Whether a step along a list is what an action means.
fn step_of(action: Action) -> Option<Step> {
    Some(match action {
        Action::Up => Step::Up,
        Action::Down => Step::Down,
        Action::PageUp => Step::PageUp,
        Action::PageDown => Step::PageDown,
        Action::First => Step::First,
        Action::Last => Step::Last,
        _ => return None,
    })
}
