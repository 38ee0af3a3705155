//! The program at a terminal that keeps what it is sent: everything between a key and its bytes but the waiting.

use std::io::{self, Write};
use std::time::Instant;

use chrono::{DateTime, FixedOffset};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tiendo::app::layout::Size;
use tiendo::app::{Access, App, Begin, Day, Effect, Event, OpenPlan, Press, Saved, Setting};
use tiendo::document::Document;
use tiendo::plan::{Calendar, Plan, Stamp, Why};
use tiendo::tui::screen::{Screen, Synchronized};
use tiendo::view::{self, Theme};
use tiendo::words::Lang;

use super::plans;

pub(crate) const WINDOW: Size = Size { width: 120, height: 40 };

pub(crate) struct Desk {
    pub app: App,
    pub screen: Screen<Sent>,
    pub theme: Theme,
}

/// What a terminal was sent, and in how many writes.
#[derive(Debug, Default)]
pub(crate) struct Sent {
    pub bytes: Vec<u8>,
    pub writes: usize,
}

impl Write for Sent {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writes += 1;
        self.bytes.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Desk {
    /// Nothing is drawn yet.
    pub(crate) fn with(plan: Plan) -> Self {
        let setting = Setting {
            lang: Lang::Vi,
            user: "lan".to_owned(),
            calendar: Calendar::new(plans::today()),
            day: Day::Real,
            begin: Begin::In("".into()),
            size: WINDOW,
            seed: 7,
        };
        let open = OpenPlan::new("plan.ron".to_owned(), plan, Access::Write);
        let screen = Screen::new(Sent::default(), (WINDOW.width, WINDOW.height), Synchronized::LargeFrames);
        Self { app: App::new(setting, vec![open]), screen, theme: Theme::default() }
    }

    /// Draws a frame; answers with its bytes.
    pub(crate) fn draw(&mut self) -> Vec<u8> {
        let (app, theme) = (&self.app, self.theme);
        let drawn = self.screen.draw(|buffer| view::draw(app, theme, buffer));
        drawn.expect("a screen in memory does not fail");
        std::mem::take(&mut self.screen.writer_mut().bytes)
    }

    /// Tells the app of a key and draws what it makes of it.
    pub(crate) fn press(&mut self, code: KeyCode) -> Vec<u8> {
        self.tell(code);
        self.draw()
    }

    pub(crate) fn tell(&mut self, code: KeyCode) -> Option<Effect> {
        self.tell_key(KeyEvent::new(code, KeyModifiers::NONE))
    }

    pub(crate) fn tell_key(&mut self, key: KeyEvent) -> Option<Effect> {
        Press::together(Instant::now(), &[key])
            .into_iter()
            .find_map(|press| self.app.handle(Event::Key(press)))
    }

    /// Makes what a key asked for, and draws it.
    pub(crate) fn commit(&mut self, document: &mut Document, effect: Effect) -> Vec<u8> {
        let Effect::Commit(at, changes, ..) = effect else { panic!("{effect:?} is no commit") };
        let made = document.make(&changes, &stamp()).expect("nobody else is at the plan");
        let saved =
            Saved { plan: document.plan().clone(), made, conflict: None, remark: None, waiting: None };
        self.app.handle(Event::Saved(at, saved));
        self.draw()
    }
}

pub(crate) fn stamp() -> Stamp {
    let at: DateTime<FixedOffset> = "2024-05-20T09:10:00+07:00".parse().expect("a time");
    Stamp { at, by: "lan".to_owned(), why: Why::Untold, on: None }
}
