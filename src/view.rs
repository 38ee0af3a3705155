//! The screen drawn in characters, and its parts put together.
//!
//! A view borrows the app and writes into a buffer; it keeps nothing and changes nothing.

pub mod theme;

mod bars;
mod board;
mod canvas;
mod card;
mod deadlines;
mod detail;
mod editor;
mod form;
mod heads;
mod help;
mod meeting;
mod past;
mod picker;
mod plans;
mod states;
mod steps;
mod strip;
mod summary;
mod totals;
mod window;
mod wording;

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use self::canvas::Canvas;
pub use self::theme::Theme;
use crate::app::keymap::Mode;
use crate::app::layout::Rows;
use crate::app::{App, Panel, Question};

/// Draws a view. Answers as [`draw`].
type Draw = fn(&App, &mut Canvas) -> Option<Position>;

/// Who draws which view.
const VIEWS: [(Mode, Draw); 6] = [
    (Mode::Board, board::draw),
    (Mode::Deadlines, deadlines::draw),
    (Mode::Review, deadlines::draw),
    (Mode::Summary, summary::draw),
    (Mode::Meeting, meeting::draw),
    (Mode::Plans, plans::draw),
];

/// Draws the whole screen. Answers where the hardware cursor belongs: on what is chosen, for screen readers and
/// magnifiers follow it.
pub fn draw(app: &App, theme: Theme, buffer: &mut Buffer) -> Option<Position> {
    let mut canvas = Canvas::new(buffer, theme);
    let view = VIEWS.iter().find(|(mode, _)| *mode == app.view().mode);
    let has_panel =
        !app.layout().panel.is_empty() && !matches!(app.view().mode, Mode::Summary | Mode::Meeting);
    let place = match view {
        _ if app.detail.is_some() && !has_panel => detail::draw(app, &mut canvas),
        Some((_, draw)) => draw(app, &mut canvas),
        None => None,
    };
    bars::long_message(app, &mut canvas);
    let over = match &app.panel {
        Some(Panel::Pick(picker)) => picker::draw(app, picker, place, &mut canvas),
        Some(Panel::Edit(editor)) => editor::draw(app, editor, place, &mut canvas),
        Some(Panel::Form(form)) => form::draw(app, form, place, &mut canvas),
        Some(Panel::Help(window)) => help::draw(app, window, &mut canvas),
        Some(Panel::Past(window)) => past::draw(app, window, &mut canvas),
        Some(Panel::Search) => bars::search(app, &mut canvas),
        Some(Panel::Ask(question)) => {
            // What is to be thrown away stays in sight.
            let _ = match question {
                Question::Discard(editor) => editor::draw(app, editor, place, &mut canvas),
                Question::DiscardForm(form) | Question::Again(form) => {
                    form::draw(app, form, place, &mut canvas)
                }
                _ => None,
            };
            bars::question(app, question, &mut canvas)
        }
        None => None,
    };
    over.or(place)
}

/// Everything of a view but its body: head, strip or panel, and footer. Answers with where the chosen field is in the
/// panel, where the panel has the keys.
fn frame(app: &App, rows: &Rows, canvas: &mut Canvas) -> Option<Position> {
    bars::header(app, &mut canvas.rows(rows.header.clone()));
    strip::rule(app, &mut canvas.rows(rows.rule.clone()));
    strip::draw(app, &mut canvas.rows(rows.strip.clone()));
    bars::footer(app, &mut canvas.rows(rows.footer.clone()));
    let panel = app.layout().panel.clone();
    if panel.is_empty() {
        return None;
    }
    let (top, bottom) = (rows.header.end, rows.footer.start);
    detail::panel(app, &mut canvas.part(panel.start - 1, top, panel.end - panel.start + 1, bottom - top))
}

/// The rows of a view that has a footer and no plan.
fn plain_rows(canvas: &Canvas) -> Rows {
    let height = canvas.height();
    let header = height.min(2);
    let footer = u16::from(height > 3);
    let end = height - footer;
    Rows { header: 0..header, body: header..end, footer: end..height, ..Rows::default() }
}
