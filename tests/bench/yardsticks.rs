//! What the same would cost without the program: the least that its libraries and the disk ask for.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use crossterm::event::{self, Event, KeyCode};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::widgets::{Paragraph, Wrap};
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};
use ron::extensions::Extensions;
use tiendo::plan::Plan;

use super::desk::WINDOW;
use super::plans::{self, Wording};

/// A word that is typed into the search, and taken back.
pub(crate) const SEARCH: [KeyCode; 10] = [
    KeyCode::Char('k'),
    KeyCode::Char('e'),
    KeyCode::Char(' '),
    KeyCode::Char('h'),
    KeyCode::Char('o'),
    KeyCode::Backspace,
    KeyCode::Backspace,
    KeyCode::Backspace,
    KeyCode::Backspace,
    KeyCode::Backspace,
];

/// The file as `ron` alone reads it.
pub(crate) fn parse(path: &Path) -> Plan {
    let text = fs::read_to_string(path).expect("the plan was just written");
    let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    options.from_str(&text).expect("a plan is RON")
}

pub(crate) fn titles(tasks: usize) -> Vec<String> {
    plans::plan(tasks, Wording::Long).tasks.iter().map(|task| task.title.clone()).collect()
}

/// A program that knows nothing of plans: cards in five columns, drawn by ratatui's own backend.
pub(crate) fn first_frame(titles: &[String]) -> Vec<u8> {
    let viewport = Viewport::Fixed(Rect::new(0, 0, WINDOW.width, WINDOW.height));
    let mut bytes = Vec::new();
    let backend = CrosstermBackend::new(&mut bytes);
    let mut terminal = Terminal::with_options(backend, TerminalOptions { viewport })
        .expect("a screen in memory does not fail");
    terminal.draw(|frame| cards(titles, frame)).expect("a screen in memory does not fail");
    drop(terminal);
    bytes
}

fn cards(titles: &[String], frame: &mut Frame) {
    let columns = Layout::horizontal([Constraint::Ratio(1, 5); 5]).split(frame.area());
    for (column, titles) in columns.iter().zip(titles.chunks(titles.len().div_ceil(5))) {
        let rows = Layout::vertical(titles.iter().map(|_| Constraint::Fill(1))).split(*column);
        for (title, row) in titles.iter().zip(rows.iter()) {
            frame.render_widget(Paragraph::new(title.as_str()).wrap(Wrap { trim: true }), *row);
        }
    }
}

/// The least with which a file is replaced safely.
pub(crate) fn replace(folder: &Path, bytes: &[u8]) {
    let (beside, path) = (folder.join("bare.new"), folder.join("bare"));
    let mut file = File::create(&beside).expect("the folder for tests can be written");
    file.write_all(bytes).expect("the folder for tests can be written");
    file.sync_all().expect("the disk holds");
    fs::rename(&beside, &path).expect("the folder for tests can be written");
}

/// What makes this program the bare one.
pub(crate) const BARE: &str = "TIENDO_BARE";

/// The least that shows a plan and follows the keys: ron reads it, ratatui draws the cards that are in sight.
pub(crate) fn bare(path: &Path) -> io::Result<()> {
    let titles: Vec<String> = parse(path).tasks.iter().map(|task| task.title.clone()).collect();
    let mut terminal = ratatui::init();
    let mut row = 0;
    loop {
        terminal.draw(|frame| {
            cards(titles.get(row..titles.len().min(row + 60)).unwrap_or_default(), frame);
            frame.set_cursor_position((0, 0));
        })?;
        match event::read()? {
            Event::Key(key) if key.code == KeyCode::Down => row += 1,
            Event::Key(key) if key.code == KeyCode::Up => row = row.saturating_sub(1),
            Event::Key(_) => break,
            _ => {}
        }
    }
    ratatui::restore();
    Ok(())
}
