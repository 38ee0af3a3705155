//! The program without a terminal and a disk: keys in, screen out.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use chrono::{DateTime, FixedOffset, NaiveDate};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use tiendo::app::layout::Size;
use tiendo::app::press::MOMENT;
use tiendo::app::{Access, App, Begin, Day, Effect, Event, OpenPlan, Press, Saved, Setting};
use tiendo::document::Document;
use tiendo::plan::{Calendar, Change, Plan, PlanKey, Stamp, Why};
use tiendo::store::StoreError;
use tiendo::view::{self, Theme};
use tiendo::words::{Lang, Spoken};

/// An app whose commits are made at once, on plans in memory.
pub(crate) struct Stage {
    pub(crate) app: App,
    pub(crate) plans: Vec<Plan>,
    pub(crate) theme: Theme,
    pub(crate) has_quit: bool,
    /// The minutes that were written last, in each markup.
    pub(crate) minutes: Vec<String>,
    /// The time goes on with what happens.
    now: Instant,
}

pub(crate) fn plan_at(path: &str) -> Plan {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    Document::read(bytes).unwrap_or_else(|problem| panic!("{path}: {problem:?}")).plan().clone()
}

pub(crate) fn stamp() -> Stamp {
    let at: DateTime<FixedOffset> = "2024-05-20T09:10:00+07:00".parse().expect("a time");
    Stamp { at, by: "lan".to_owned(), why: Why::Untold, on: None }
}

impl Stage {
    pub(crate) fn new(plans: &[&str], size: Size, today: NaiveDate, lang: Lang) -> Self {
        Self::beginning(Begin::In("".into()), plans, size, today, lang)
    }

    /// The same where it is told where a plan is made.
    pub(crate) fn beginning(begin: Begin, plans: &[&str], size: Size, today: NaiveDate, lang: Lang) -> Self {
        let read: Vec<Plan> = plans.iter().map(|path| plan_at(path)).collect();
        Self::with(begin, plans, read, size, today, lang)
    }

    /// On a plan that is in no file, on a day in May.
    pub(crate) fn on(plan: Plan, size: Size) -> Self {
        let today = "2024-05-20".parse().expect("a date");
        Self::with(Begin::In("".into()), &["plan.ron"], vec![plan], size, today, Lang::Vi)
    }

    fn with(begin: Begin, paths: &[&str], read: Vec<Plan>, size: Size, today: NaiveDate, lang: Lang) -> Self {
        let open = paths.iter().zip(&read);
        let open = open.map(|(path, plan)| OpenPlan::new((*path).to_owned(), plan.clone(), Access::Write));
        let setting = Setting {
            lang,
            user: "lan".to_owned(),
            calendar: Calendar::new(today),
            day: Day::Real,
            begin,
            size,
            seed: 7,
        };
        Self::of(App::new(setting, open.collect()), read)
    }

    pub(crate) fn of(app: App, plans: Vec<Plan>) -> Self {
        Self {
            app,
            plans,
            theme: Theme::default(),
            has_quit: false,
            minutes: Vec::new(),
            now: Instant::now(),
        }
    }

    /// As the second screen of somebody's meeting.
    pub(crate) fn following(self, user: &str) -> Self {
        Self { app: self.app.following(user.to_owned()), ..self }
    }

    /// On Hưng Yên's plan, on a day in May, in a window of the most common size.
    pub(crate) fn in_may() -> Self {
        let today = "2024-05-20".parse().expect("a date");
        Self::new(&["data/hung-yen-2024.ron"], Size { width: 80, height: 24 }, today, Lang::Vi)
    }

    /// Presses keys, named as in [`keys`], with time to look between them.
    pub(crate) fn press(&mut self, names: &str) -> &mut Self {
        self.press_every(MOMENT, names)
    }

    /// Presses keys as fast as this, and looks at what has come of each.
    pub(crate) fn press_every(&mut self, time: Duration, names: &str) -> &mut Self {
        for typed in keys(names) {
            self.now += time;
            match typed {
                Typed::Key(key) => self.read(&[key]),
                Typed::Paste(text) => self.tell(Event::Paste(text)),
            }
            self.look();
        }
        self
    }

    /// Presses keys that are read in one go. Nothing is drawn before the last of them has been answered.
    pub(crate) fn burst(&mut self, names: &str) -> &mut Self {
        self.burst_after(MOMENT, names)
    }

    pub(crate) fn burst_after(&mut self, time: Duration, names: &str) -> &mut Self {
        self.now += time;
        let keys: Vec<KeyEvent> = keys(names).into_iter().filter_map(Typed::key).collect();
        self.read(&keys);
        self.look();
        self
    }

    /// Presses a key that has no name in [`keys`].
    pub(crate) fn press_key(&mut self, key: KeyEvent) {
        self.now += MOMENT;
        self.read(&[key]);
        self.look();
    }

    /// What a key asks of the world, which is not done here.
    pub(crate) fn effect_of(&mut self, name: &str) -> Option<Effect> {
        self.now += MOMENT;
        let key = Press::together(self.now, &[named(name)]).remove(0);
        self.app.handle(Event::Key(key))
    }

    fn read(&mut self, keys: &[KeyEvent]) {
        for press in Press::together(self.now, keys) {
            self.tell(Event::Key(press));
        }
    }

    /// Draws what there is now.
    pub(crate) fn look(&mut self) {
        self.tell(Event::Drawn(self.now));
    }

    /// Waits for a moment.
    pub(crate) fn wait(&mut self) -> &mut Self {
        self.now += MOMENT;
        self.look();
        self
    }

    /// Something happens, and is seen.
    pub(crate) fn handle(&mut self, event: Event) {
        self.tell(event);
        self.look();
    }

    /// Something happens that is not drawn yet.
    pub(crate) fn tell(&mut self, event: Event) {
        let mut next = self.app.handle(event);
        while let Some(effect) = next.take() {
            match effect {
                Effect::Commit(at, changes, why, day) => next = self.commit(at, &changes, why, day),
                Effect::Make(path, plan) => next = self.make(path, *plan),
                Effect::WriteMinutes(_, name, texts) => {
                    let paths = texts.iter().map(|(ending, _)| format!("{name}.{ending}").into());
                    let written = Event::Written(paths.collect());
                    self.minutes = texts.into_iter().map(|(_, text)| text).collect();
                    next = self.app.handle(written);
                }
                Effect::Quit => self.has_quit = true,
                Effect::NextColours => {
                    self.theme = self.theme.next();
                    next = self.app.handle(Event::Told(self.theme.label()));
                }
                Effect::BringBack(_) | Effect::LeaveMissing(_) | Effect::Forget(..) => {}
            }
        }
    }

    /// So many seconds have passed since a morning.
    pub(crate) fn at_second(&mut self, second: i64) {
        let morning: chrono::NaiveDateTime = "2024-05-20T09:00:00".parse().expect("a time");
        self.handle(Event::Clock(morning + chrono::TimeDelta::seconds(second)));
    }

    /// Somebody else changes the first plan, and the screen hears of it.
    pub(crate) fn others(&mut self, changes: impl FnOnce(&Plan) -> Vec<Change>) {
        self.others_unheard(changes);
        self.handle(Event::Loaded(PlanKey(0), self.plans[0].clone(), Access::Write, None));
    }

    /// The same on the disk only: the screen has not heard of it yet.
    pub(crate) fn others_unheard(&mut self, changes: impl FnOnce(&Plan) -> Vec<Change>) {
        let plan = &mut self.plans[0];
        let made = plan.make(&changes(plan)).expect("nobody stands against it");
        plan.record(&made, &Stamp { by: "hùng".to_owned(), ..stamp() });
    }

    fn commit(&mut self, at: PlanKey, changes: &[Change], why: Why, day: NaiveDate) -> Option<Effect> {
        let plan = &mut self.plans[at.0];
        let (made, conflict) = match plan.make(changes) {
            Ok(made) => (made, None),
            Err(conflict) => (Vec::new(), Some(conflict)),
        };
        plan.record(&made, &Stamp { why, on: Some(day), ..stamp() });
        let saved = Saved { plan: plan.clone(), made, conflict, remark: None, waiting: None };
        self.app.handle(Event::Saved(at, saved))
    }

    /// Only this name is taken.
    fn make(&mut self, path: PathBuf, plan: Plan) -> Option<Effect> {
        if path.ends_with("taken.ron") {
            let taken = StoreError::Write(std::io::ErrorKind::AlreadyExists.into());
            return self.app.handle(Event::NotMade(Spoken::of(|lang| taken.message(lang))));
        }
        self.plans.push(plan.clone());
        self.app.handle(Event::Made(path, plan))
    }

    pub(crate) fn buffer(&self) -> Buffer {
        let Size { width, height } = self.app.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        let cursor = view::draw(&self.app, self.theme, &mut buffer);
        if let Some(cursor) = cursor {
            assert!(buffer.area.contains(cursor), "the cursor is outside of the window");
        }
        buffer
    }

    /// The screen as text, without blanks at the ends of lines.
    pub(crate) fn screen(&self) -> String {
        let buffer = self.buffer();
        let mut screen = String::new();
        for row in buffer.content.chunks(usize::from(buffer.area.width).max(1)) {
            let line: String = row.iter().map(ratatui::buffer::Cell::symbol).collect();
            writeln!(screen, "{}", line.trim_end()).expect("a string takes all");
        }
        screen
    }
}

/// What comes from a keyboard.
#[derive(Debug, Clone)]
pub(crate) enum Typed {
    Key(KeyEvent),
    Paste(String),
}

impl Typed {
    pub(crate) fn key(self) -> Option<KeyEvent> {
        match self {
            Self::Key(key) => Some(key),
            Self::Paste(_) => None,
        }
    }
}

/// Keys by their names, separated by blanks: `Down`, `F4`, `Space`, `Ctrl-Z`, `x`; text to type in quotes, and a
/// paste as `paste"…"`.
pub(crate) fn keys(names: &str) -> Vec<Typed> {
    let mut events = Vec::new();
    let mut rest = names.trim_start();
    while !rest.is_empty() {
        let quoted = rest.strip_prefix("paste\"").map(|text| (true, text));
        let quoted = quoted.or_else(|| rest.strip_prefix('"').map(|text| (false, text)));
        if let Some((is_paste, text)) = quoted {
            let end = text.find('"').expect("a quote is closed");
            if is_paste {
                events.push(Typed::Paste(text[..end].to_owned()));
            } else {
                events.extend(text[..end].chars().map(|letter| Typed::Key(key(KeyCode::Char(letter)))));
            }
            rest = text[end + 1..].trim_start();
            continue;
        }
        let end = rest.find(' ').unwrap_or(rest.len());
        events.push(Typed::Key(named(&rest[..end])));
        rest = rest[end..].trim_start();
    }
    events
}

fn key(code: KeyCode) -> KeyEvent {
    KeyEvent::new(code, KeyModifiers::NONE)
}

fn named(name: &str) -> KeyEvent {
    let code = match name {
        "Up" => KeyCode::Up,
        "Down" => KeyCode::Down,
        "Left" => KeyCode::Left,
        "Right" => KeyCode::Right,
        "PgUp" => KeyCode::PageUp,
        "PgDn" => KeyCode::PageDown,
        "Home" => KeyCode::Home,
        "End" => KeyCode::End,
        "Enter" => KeyCode::Enter,
        "Esc" => KeyCode::Esc,
        "Tab" => KeyCode::Tab,
        "Shift-Tab" => KeyCode::BackTab,
        "Space" => KeyCode::Char(' '),
        "Backspace" => KeyCode::Backspace,
        "Insert" => KeyCode::Insert,
        "Delete" => KeyCode::Delete,
        _ => return letter(name),
    };
    key(code)
}

fn letter(name: &str) -> KeyEvent {
    if let Some(letter) = name.strip_prefix("Ctrl-") {
        let letter = letter.to_lowercase().chars().next().expect("a letter behind Ctrl-");
        return KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL);
    }
    if let Some(number) = name.strip_prefix('F').and_then(|number| number.parse().ok()) {
        return key(KeyCode::F(number));
    }
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) => key(KeyCode::Char(letter)),
        _ => panic!("no key is called {name}"),
    }
}
