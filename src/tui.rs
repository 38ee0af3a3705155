//! The terminal: what comes from it, what is sent to it, and the only loop.
//!
//! Events go to the app, its effects to the disk, its picture to the screen. The loop sleeps until something
//! happens: a key, a signal, a file that has changed, a commit that is done, or midnight.

pub mod screen;

mod describe;
mod disk;
mod encoder;
mod failure;
mod ground;
mod keyboard;
mod signals;
mod terminal;
mod watch;

use std::collections::VecDeque;
use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant, SystemTime};

use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveTime};
use rustix::io::Errno;

use self::disk::{Disk, Job};
pub use self::failure::Failure;
use self::keyboard::{Input, Keyboard};
use self::screen::{Screen, Synchronized};
use self::signals::Signal;
pub use self::terminal::Multiplexer;
use self::terminal::{Output, Terminal};
use self::watch::Watch;
use crate::app::layout::Size;
use crate::app::{Access, App, Effect, Event, OpenPlan, Press, Setting};
use crate::plan::PlanKey;
use crate::plan::new_plan::PlanDraft;
use crate::plan::time::office_time;
use crate::store::{self, Store, meetings};
use crate::view::{self, Theme};
use crate::words::{Lang, tr};

/// What the screens need from the world beside the app.
#[derive(Debug)]
pub struct Setup {
    pub theme: Theme,
    /// The value of `TERM`.
    pub term: Option<String>,
    pub multiplexer: Option<Multiplexer>,
    /// A folder of the user's own, for saving where the plan's folder cannot be written.
    pub state: Option<PathBuf>,
    pub access: Access,
    /// Whose meeting is to be followed.
    pub follow: Option<String>,
}

/// A plan file as it was found at the start.
#[derive(Debug)]
enum Found {
    Open(Box<Store>),
    /// It could not be read, and may be one day.
    Broken(PathBuf),
}

/// How the screens ended.
#[derive(Debug, Clone, Copy)]
pub struct Ended {
    /// 0, or 128 and the number of the signal that ended them.
    pub code: u8,
    /// How many changes are safe on the disk, but not in their plan's file yet.
    pub waiting: usize,
    /// How many plans are open by now.
    pub plans: usize,
}

/// Everything that can happen.
#[derive(Debug)]
enum Message {
    Input(Input),
    Signal(Signal),
    /// This file may have another content now.
    Changed(PathBuf),
    /// From the disk.
    Event(Box<Event>),
    /// The thread that saves has ended, which it never should.
    Lost,
}

/// A window that is being dragged sends many sizes; the last one is drawn.
const RESIZING: Duration = Duration::from_millis(40);

/// Opens plan files on the screens, broken ones as they last were. One of which nothing is known is an error; among
/// several it is shown as broken.
pub fn open(paths: &[PathBuf], setting: Setting, setup: &Setup) -> Result<Ended, Failure> {
    let mut found = Vec::new();
    let mut plans = Vec::new();
    for path in paths {
        let name = path.display().to_string();
        match Store::open_as_it_was(path, setup.state.as_deref()) {
            Ok(mut store) => {
                if setup.access == Access::ReadOnly {
                    store.only_read();
                }
                let own = store.own_changes(&setting.user, now().date_naive());
                let open = OpenPlan::new(name, store.plan().clone(), disk::access(&store, setup.access));
                let mut open = open.with_own_changes(own);
                open.wait(store.blocked_by().map(|blocked_by| describe::waiting(&store, blocked_by)));
                let drafts = setup.state.iter().flat_map(|state| store::drafts::find(state, store.file()));
                open.drafts = drafts.collect();
                let meeting = setup.state.as_ref().and_then(|state| meetings::find(state, store.file()));
                let open = open.with_meeting(meeting);
                plans.push(open);
                found.push(Found::Open(Box::new(store)));
            }
            Err(trouble) if paths.len() == 1 => return Err(Failure::Unreadable(name, trouble)),
            Err(trouble) => {
                plans.push(OpenPlan::broken(name, describe::trouble(&trouble)));
                found.push(Found::Broken(path.clone()));
            }
        }
    }
    let app = App::new(setting, plans);
    let app = match setup.follow.clone() {
        Some(user) => app.following(user),
        None => app,
    };
    run(app, found, setup).map_err(Failure::Terminal)
}

/// Shows the screens until the user leaves them, the terminal goes away or a signal ends them.
fn run(mut app: App, plans: Vec<Found>, setup: &Setup) -> io::Result<Ended> {
    let half_made = setup.state.as_deref().and_then(store::drafts::find_plan);
    app.take_up(half_made.clone());
    let terminal = Terminal::take()?;
    let asked = ground::ask(setup, &mut Output)?;
    let (sender, messages) = channel();
    let keyboard = Keyboard::open(sender.clone(), asked)?;
    let listening = signals::listen(sender.clone())?;
    let paths: Vec<PathBuf> = plans.iter().map(Found::path).collect();
    let watch = Watch::start(&paths, sender.clone())?;
    let disk = start_disk(plans, &app, setup, sender, &watch);
    // What was saved between the first reading and the first watching.
    (0..paths.len()).for_each(|at| disk.ask(Job::Refresh(PlanKey(at))));
    let synchronized = setup.multiplexer.map_or(Synchronized::LargeFrames, |_| Synchronized::Never);
    let (width, height) = terminal::size()?;
    let screen = Screen::new(Output, (width, height), synchronized);
    let mut running = Loop {
        app,
        half_made,
        theme: setup.theme,
        asked,
        terminal,
        screen,
        messages,
        disk,
        watch,
        paths,
        is_saving: false,
        waiting: VecDeque::new(),
        resize_at: None,
    };
    let code = running.resize().and_then(|()| running.go());
    let plans = running.app.plans.len();
    let waiting = running.app.plans.iter().filter_map(|open| open.waiting.as_ref()).map(|it| it.count).sum();
    running.hand_over();
    let Loop { disk, watch, terminal, app, asked, messages, .. } = running;
    // The system takes the memory back at once. To give it back task by task takes as long as reading the plan.
    std::mem::forget(app);
    // What was asked for is saved, however it has ended.
    disk.finish();
    if code.as_ref().is_ok_and(|code| *code != GONE) {
        outlast_answer(asked, &messages);
    }
    drop((terminal, keyboard, listening, watch));
    match code {
        Ok(code) => Ok(Ended { code, waiting, plans }),
        Err(error) if is_gone(&error) => Ok(Ended { code: GONE, waiting, plans }),
        Err(error) => Err(error),
    }
}

/// Has it told as well where somebody is in a meeting that is followed.
fn start_disk(plans: Vec<Found>, app: &App, setup: &Setup, sender: Sender<Message>, watch: &Watch) -> Disk {
    let followed = match (plans.first(), &setup.follow) {
        (Some(Found::Open(store)), Some(user)) => Some(store.place_file(user)),
        _ => None,
    };
    let disk = Disk::start(plans, app.user.clone(), setup, sender);
    if let Some(file) = followed {
        watch.follow(file);
        disk.ask(Job::Follow);
    }
    disk
}

/// Waits for an answer that may be about to come: it must not be typed into the shell.
fn outlast_answer(asked: Option<Instant>, messages: &Receiver<Message>) {
    let Some(until) = asked.map(|asked| asked + ground::PROMPT) else { return };
    let next = || messages.recv_timeout(until.checked_duration_since(Instant::now())?).ok();
    while let Some(message) = next() {
        if matches!(message, Message::Input(Input::Ground(_) | Input::Hangup)) {
            return;
        }
    }
}

/// Whether this is what a terminal says that has gone away, whatever was asked of it. The keyboard may tell of it
/// only later.
fn is_gone(error: &io::Error) -> bool {
    let gone = [Errno::IO, Errno::NXIO, Errno::NOTTY, Errno::BADF, Errno::PIPE];
    Errno::from_io_error(error).is_some_and(|error| gone.contains(&error))
}

/// The exit code of a program whose line has dropped: 128 and the number of `SIGHUP`.
const GONE: u8 = 129;

struct Loop {
    app: App,
    /// What was typed for a new plan the last time.
    half_made: Option<PlanDraft>,
    theme: Theme,
    /// When the terminal was asked for its ground, until it has answered.
    asked: Option<Instant>,
    terminal: Terminal,
    screen: Screen<Output>,
    messages: Receiver<Message>,
    disk: Disk,
    watch: Watch,
    paths: Vec<PathBuf>,
    /// A commit is under way. What is typed meanwhile waits, so that it is about what the screen then shows.
    is_saving: bool,
    waiting: VecDeque<Event>,
    resize_at: Option<Instant>,
}

impl Loop {
    /// The exit code.
    fn go(&mut self) -> io::Result<u8> {
        loop {
            if let Some(code) = self.draw()? {
                return Ok(code);
            }
            let mut message = self.wait();
            while let Some(next) = message {
                if let Some(code) = self.take(next)? {
                    return Ok(code);
                }
                // What has come by now is answered by one frame. The keyboard has gathered keys that belong together.
                message = self.messages.try_recv().ok();
            }
            self.pass_time()?;
        }
    }

    /// Gives the disk what was begun and will not be finished here.
    fn hand_over(&self) {
        if let Some(effect) = self.app.unanswered() {
            self.disk.ask(Job::Do(effect));
        }
        if let Some((at, draft)) = self.app.draft() {
            self.disk.ask(Job::Keep(at, draft));
        }
        if let Some((at, note)) = self.app.meeting_left() {
            self.disk.ask(Job::Note(at, note));
        }
        // What was typed the last time stays as long as nothing has come of it.
        let half_made = self.app.half_made();
        if half_made != self.half_made {
            self.disk.ask(Job::KeepPlan(half_made));
        }
        for (at, tasks) in self.app.came_by() {
            self.disk.ask(Job::Leave(at, tasks));
        }
    }

    /// The next message, or nothing when the time has come for something.
    fn wait(&self) -> Option<Message> {
        while self.app.prepare() {
            if let Ok(message) = self.messages.try_recv() {
                return Some(message);
            }
        }
        let now = Instant::now();
        let until_resize = self.resize_at.map(|at| at.saturating_duration_since(now));
        let until_midnight = self.app.follows_the_clock().then(|| until_tomorrow(self.app.today()));
        let until_left = self.app.leaves_at().map(|at| at.saturating_duration_since(now));
        let until_quiet = self.app.notice_ends_in().map(|left| left.to_std().unwrap_or_default());
        let ends = [until_resize, until_midnight, until_left, until_quiet];
        let patience = ends.into_iter().flatten().min();
        let Some(patience) = patience else { return Some(self.messages.recv().unwrap_or(Message::Lost)) };
        match self.messages.recv_timeout(patience) {
            Ok(message) => Some(message),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => Some(Message::Lost),
        }
    }

    /// Takes in one message; answers with the exit code if it is the last one.
    fn take(&mut self, message: Message) -> io::Result<Option<u8>> {
        let event = match message {
            Message::Input(Input::Hangup) => return Ok(Signal::Hangup.exit_code()),
            Message::Input(Input::Keys(at, keys)) => {
                self.waiting.extend(Press::together(at, &keys).into_iter().map(Event::Key));
                return Ok(self.catch_up());
            }
            Message::Input(Input::Paste(text)) => Event::Paste(text),
            Message::Input(Input::Ground(ground)) => {
                self.theme = self.theme.on(ground);
                self.asked = None;
                return Ok(None);
            }
            Message::Signal(signal) => return self.obey(signal),
            Message::Changed(path) => {
                let plan = self.paths.iter().position(|other| *other == path).map(PlanKey);
                self.disk.ask(plan.map_or(Job::Follow, Job::Refresh));
                return Ok(None);
            }
            Message::Event(event) => {
                self.is_saving &= !event.ends_saving();
                if let Event::Made(path, _) = &*event {
                    self.paths.push(path.clone());
                    self.watch.follow(path.clone());
                }
                // Before what waits: that was typed after it.
                let code = self.tell(*event);
                return Ok(code.or_else(|| self.catch_up()));
            }
            Message::Lost => return Err(io::Error::other("the thread that saves has ended")),
        };
        self.waiting.push_back(event);
        Ok(self.catch_up())
    }

    /// Tells the app what has waited, up to the next commit.
    fn catch_up(&mut self) -> Option<u8> {
        while !self.is_saving {
            let event = self.waiting.pop_front()?;
            if let Some(code) = self.tell(event) {
                return Some(code);
            }
        }
        None
    }

    fn tell(&mut self, event: Event) -> Option<u8> {
        self.app.handle(Event::Clock(now().naive_local()));
        match self.app.handle(event)? {
            Effect::Quit => Some(0),
            Effect::NextColours => {
                self.theme = self.theme.next();
                self.app.handle(Event::Told(self.theme.label()));
                None
            }
            effect => {
                self.is_saving |= effect.is_saving();
                self.disk.ask(Job::Do(effect));
                None
            }
        }
    }

    fn obey(&mut self, signal: Signal) -> io::Result<Option<u8>> {
        match signal {
            Signal::Resize => self.resize_at = Some(Instant::now() + RESIZING),
            Signal::Suspend => {
                self.terminal.suspend()?;
                self.resize()?;
            }
            Signal::Continue => {
                if self.terminal.continued()? {
                    self.resize()?;
                }
            }
            signal => return Ok(signal.exit_code()),
        }
        Ok(None)
    }

    /// What is due by the clock.
    fn pass_time(&mut self) -> io::Result<()> {
        if self.resize_at.is_some_and(|at| at <= Instant::now()) {
            self.resize_at = None;
            self.resize()?;
        }
        if self.app.notice().is_some() {
            self.app.handle(Event::Clock(now().naive_local()));
        }
        let today = now().date_naive();
        if self.app.follows_the_clock() && today != self.app.today() {
            self.app.handle(Event::Day(today));
        }
        Ok(())
    }

    fn resize(&mut self) -> io::Result<()> {
        let (width, height) = terminal::size()?;
        self.screen.resized(width, height);
        self.app.handle(Event::Resized(Size { width, height }));
        Ok(())
    }

    /// Answers with the exit code if the user has left.
    fn draw(&mut self) -> io::Result<Option<u8>> {
        let (app, theme) = (&self.app, self.theme);
        self.screen.draw(|buffer| view::draw(app, theme, buffer))?;
        for plan in self.app.take_looked_at() {
            self.disk.ask(Job::Look(plan));
        }
        if let Some((at, note)) = self.app.take_meeting_note() {
            self.disk.ask(Job::Note(at, note));
        }
        Ok(self.tell(Event::Drawn(Instant::now())))
    }
}

/// What is said on the way out while changes wait.
pub fn told_waiting(count: usize, lang: Lang) -> String {
    let (wait, they) = if count == 1 { ("change waits", "it") } else { ("changes wait", "they") };
    tr!(
        lang,
        "{count} thay đổi chờ ghi vào tệp; sẽ ghi khi mở lại hoặc khi có người lưu",
        "{count} {wait} to be saved; {they} will be when the plan is opened again"
    )
}

/// The only look at the clock.
fn now() -> DateTime<FixedOffset> {
    office_time(SystemTime::now())
}

/// How long the day that is shown still lasts; nothing if it is over already.
fn until_tomorrow(today: NaiveDate) -> Duration {
    let midnight = today.checked_add_days(Days::new(1)).map(|day| day.and_time(NaiveTime::MIN));
    let left = midnight.map(|midnight| midnight - now().naive_local());
    left.and_then(|left| left.to_std().ok()).unwrap_or_default()
}

impl Found {
    fn path(&self) -> PathBuf {
        match self {
            Self::Open(store) => store.path().to_owned(),
            Self::Broken(path) => path.clone(),
        }
    }
}
