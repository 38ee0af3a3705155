//! What the user sees and asks for, as a value: events in, effects out.

pub mod action;
pub mod cursor;
pub mod editor;
mod filter;
pub mod form;
pub mod keymap;
pub mod layout;
pub mod picker;
pub mod press;
pub mod question;
pub mod scroll;

mod answers;
mod as_of;
mod board;
mod commands;
mod conclusion;
mod deadlines;
mod detail;
mod edits;
mod event;
mod extension;
mod follow;
mod forms;
mod gone;
mod held;
mod hints;
mod history;
mod leaving;
mod lists;
mod marks;
mod meeting;
mod new_plan;
mod new_task;
mod news;
mod notices;
mod offers;
mod open;
mod plans;
mod progress;
mod request;
mod saved;
mod saved_views;
mod shown;
pub mod summary;
mod text_window;
mod ticks;
mod typing;
mod view;

use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;
use std::time::Instant;

use chrono::{NaiveDate, NaiveDateTime};

use self::action::Action;
use self::cursor::Cursor;
pub use self::deadlines::{DueHead, DueLine};
pub use self::detail::{Detail, DetailRow};
use self::editor::Editor;
pub use self::event::{Saved, Waiting};
use self::filter::FilterTrial;
pub use self::filter::TypedQuery;
pub use self::follow::Following;
use self::form::FormWindow;
use self::held::Held;
use self::keymap::Mode;
use self::layout::{Layout, Size};
use self::meeting::MeetingScreen;
pub use self::meeting::{MeetingChoice, MeetingNote, MeetingSlide};
use self::notices::Notices;
pub use self::open::{Access, News, OpenPlan};
use self::picker::Picker;
pub use self::press::Press;
use self::press::{PressReading, Sight};
pub use self::question::Question;
use self::request::Pending;
pub use self::request::{Original, Request};
use self::scroll::Step;
pub use self::shown::{LaneFigures, Shown};
use self::summary::SummaryCursor;
pub use self::text_window::TextWindow;
pub use self::view::View;
use crate::plan::meeting::MeetingPlace;
use crate::plan::new_plan::PlanDraft;
use crate::plan::query::Query;
use crate::plan::{Calendar, Change, Commit, Draft, Field, Item, Plan, PlanKey, Task, TaskId, TaskRef, Why};
use crate::text;
use crate::words::{Lang, Phrase, Spoken};

/// Everything between the keys and the screen.
#[derive(Debug)]
pub struct App {
    pub lang: Lang,
    pub user: String,
    pub calendar: Calendar,
    pub day: Day,
    /// Today, while another day is looked at.
    left_day: Option<(NaiveDate, Day)>,
    pub size: Size,
    pub plans: Vec<OpenPlan>,
    /// Which of the plans is looked at.
    current: PlanKey,
    /// The plans as the list has them: it keeps its order as long as it is looked at.
    listed: Vec<PlanKey>,
    /// Where a plan is made.
    begin: Begin,
    views: [View; view::ALL.len()],
    /// Which of the views is open.
    view_at: usize,
    meeting_screen: MeetingScreen,
    /// Whose meeting is followed, on a screen that shows nothing else.
    pub following: Option<Following>,
    /// The task that is opened over the view.
    pub detail: Option<Detail>,
    /// What lies over everything and has the keys.
    pub panel: Option<Panel>,
    pub query: Query,
    /// A filter that is tried out, in a list or in the search.
    trial: FilterTrial,
    /// What was typed into the search.
    pub search: text::Field,
    pub cursor: Cursor,
    summary: SummaryCursor,
    shown: Shown,
    layout: RefCell<Option<Rc<Layout>>>,
    notices: Notices,
    /// The tasks whose rows stay where they are until the screen is left.
    held: Held,
    /// The commit that is under way, if one is.
    pending: Option<Pending>,
    /// What to do when the commit is made.
    next: Option<Next>,
    /// What F2 edits where no field is chosen: the one that was typed into last.
    last_field: Field,
    reading: PressReading,
    sight: Sight,
    has_heard_of_input_method: bool,
    /// What was typed for a new plan the last time, until its window is opened.
    half_made: Option<PlanDraft>,
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
    pub begin: Begin,
    pub seed: u64,
}

/// Where a plan is made, if there is none yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Begin {
    /// A folder.
    In(PathBuf),
    /// The file was asked for, and is not there.
    Missing(PathBuf),
}

/// Whether the day is the real one, which ends at midnight, or one that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    Real,
    AsOf,
}

#[derive(Debug)]
pub enum Panel {
    Search,
    Pick(Picker),
    Edit(Editor),
    /// A window with several boxes.
    Form(Box<FormWindow>),
    Ask(Question),
    Help(TextWindow),
    /// What was told before.
    Past(TextWindow),
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
    Loaded(PlanKey, Plan, Access, Option<Waiting>),
    /// The tasks that are in the file no more, each as it went, with who deleted it in its history. Told before what the
    /// plan is now.
    Removed(PlanKey, Vec<Task>),
    /// What others have changed while the user was away.
    News(PlanKey, Vec<TaskId>),
    /// The file cannot be read now.
    Broken(PlanKey, Spoken),
    /// What the file lacks of the changes that were in it: somebody has saved an older version.
    Missing(PlanKey, Vec<Commit>),
    /// Our commit is done.
    Saved(PlanKey, Saved),
    /// Our commit is not on disk.
    Failed(PlanKey, Spoken),
    /// The new plan is on disk, and open behind all others.
    Made(PathBuf, Plan),
    /// It could not be made, and why.
    NotMade(Spoken),
    Day(NaiveDate),
    /// The minutes of a meeting are in these files, or why they are not.
    Written(Vec<PathBuf>),
    NotWritten(Spoken),
    /// Where somebody is in the meeting that is followed; none where there is no meeting.
    Followed(Option<MeetingPlace>),
    /// What an effect has come to, in words.
    Told(Phrase),
    /// What time it is, told before anything else that happens.
    Clock(NaiveDateTime),
}

/// What the world must do.
#[derive(Debug, PartialEq, Eq)]
pub enum Effect {
    /// Changes, why they are made, and about which day.
    Commit(PlanKey, Vec<Change>, Why, NaiveDate),
    /// The changes that an older version has overwritten are to be brought back, or left where they are.
    BringBack(PlanKey),
    LeaveMissing(PlanKey),
    /// A draft was taken up, or is not wanted.
    Forget(PlanKey, Draft),
    /// The file of a new plan is to be made and opened.
    Make(PathBuf, Box<Plan>),
    /// The minutes of a meeting are to be written beside the plan: how the files' names begin, and each text with what
    /// its name ends with. No file gives way to them.
    WriteMinutes(PlanKey, String, Vec<(&'static str, String)>),
    /// Another way of colouring, which is only the terminal's business.
    NextColours,
    Quit,
}

/// What to do once a commit is made.
#[derive(Debug)]
enum Next {
    /// Open the task that was added. Where its agencies come from.
    Open(TaskRef, Option<String>),
    /// Let the day and the document be written of a task that is done, the one of these fields first.
    Complete(TaskRef, Field),
    Select(TaskRef),
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
            left_day: None,
            size: setting.size,
            plans,
            current: PlanKey(0),
            listed: Vec::new(),
            begin: setting.begin,
            views: view::ALL,
            view_at: 0,
            meeting_screen: MeetingScreen::default(),
            following: None,
            detail: None,
            panel: None,
            query: Query::default(),
            trial: FilterTrial::default(),
            search: text::Field::default(),
            cursor: Cursor::default(),
            summary: SummaryCursor::default(),
            shown: Shown::default(),
            layout: RefCell::default(),
            notices: Notices::default(),
            held: Held::default(),
            pending: None,
            next: None,
            last_field: Field::Note,
            reading: PressReading::default(),
            sight: Sight::default(),
            has_heard_of_input_method: false,
            half_made: None,
            seed: setting.seed,
        };
        if is_single {
            app.begin_on_board();
        } else {
            app.begin_on_list();
        }
        app.look_as_of(app.calendar.today);
        app.clamp_cursors();
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
    fn focus(&self) -> (Mode, Option<TaskRef>) {
        let mode = self.mode();
        let chosen = if mode.takes_text() { None } else { self.selected() };
        (mode, chosen.map(|item| item.name()))
    }

    fn happen(&mut self, event: Event) -> Option<Effect> {
        let effect = match event {
            Event::Drawn(at) => {
                self.sight.drawn(at);
                return self.leaves_at().is_some_and(|leaves_at| leaves_at <= at).then_some(Effect::Quit);
            }
            Event::Clock(now) => {
                self.take_time(now);
                return None;
            }
            Event::Key(press) => self.press(&press),
            Event::Paste(text) => self.paste(&text),
            Event::Saved(plan, saved) => self.take_in(plan, saved),
            event => {
                self.hear(event);
                None
            }
        };
        self.clamp_cursors();
        self.renew_ticks();
        self.show_next_notice();
        // What is given up then is all that was asked for.
        let is_given_up = self.panel.is_none() && self.is_only_beginning();
        effect.or_else(|| is_given_up.then_some(Effect::Quit))
    }

    /// Takes in what the user has no part in.
    fn hear(&mut self, event: Event) {
        match event {
            Event::Resized(size) => self.size = size,
            Event::Day(today) => self.begin_day(today),
            Event::Told(told) => self.say(told),
            Event::Loaded(plan, content, access, waiting) => {
                self.plans[plan.0].access = access;
                self.reload(plan, content, waiting);
            }
            Event::Removed(plan, tasks) => self.plans[plan.0].removed = tasks,
            Event::News(plan, tasks) => {
                self.plans[plan.0].hear_of(tasks);
            }
            Event::Broken(plan, trouble) => self.hear_of_trouble(plan, trouble),
            Event::Missing(plan, missing) => self.hear_of_missing(plan, missing),
            Event::Failed(plan, trouble) => {
                self.offer_again(plan, &trouble);
                self.plans[plan.0].trouble = Some(trouble);
            }
            Event::Made(path, plan) => self.take_in_new(&path, plan),
            Event::NotMade(why) => self.hear_not_made(why),
            Event::Written(paths) => self.close_meeting(&paths),
            Event::NotWritten(why) => self.notices.answer(why.say(self.lang).to_owned()),
            Event::Followed(place) => self.follow_to(place),
            Event::Key(_) | Event::Paste(_) | Event::Drawn(_) | Event::Clock(_) | Event::Saved(..) => {}
        }
    }

    /// Who is listening to the keys.
    pub fn mode(&self) -> Mode {
        match &self.panel {
            Some(Panel::Search) => Mode::Search,
            Some(Panel::Pick(picker)) => picker.mode(),
            Some(Panel::Edit(editor)) => editor.mode(),
            Some(Panel::Form(form)) => form.mode(),
            Some(Panel::Ask(_)) => Mode::Ask,
            Some(Panel::Help(_) | Panel::Past(_)) => Mode::Help,
            None => self.mode_below(),
        }
    }

    /// Who would be listening if nothing lay over the view.
    pub fn mode_below(&self) -> Mode {
        match self.view().mode {
            _ if self.detail.is_some() => Mode::Task,
            _ if self.following.is_some() => Mode::Follow,
            Mode::Meeting => self.mode_of_meeting(),
            mode => mode,
        }
    }

    /// The plan that is looked at; none on the list of plans.
    pub fn open(&self) -> Option<&OpenPlan> {
        let open = self.plans.get(self.current.0)?;
        (!self.is_in(Mode::Plans) && open.plan.is_some()).then_some(open)
    }

    pub fn plan(&self) -> Option<&Plan> {
        self.open().and_then(|open| open.plan.as_ref())
    }

    /// The task that a key would be about. In the summary a figure is chosen, and no task.
    pub fn selected(&self) -> Option<Item<'_>> {
        self.open()?;
        match &self.detail {
            Some(detail) => self.item_of(&detail.task),
            None if self.is_in(Mode::Summary) => None,
            None if self.is_in(Mode::Review) && self.due_lines().is_empty() => None,
            None if self.is_in(Mode::Meeting) => self.task_of_slide(),
            None => self.item_of(self.cursor.task()?),
        }
    }
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
