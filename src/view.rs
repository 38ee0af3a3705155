//! The screen drawn in characters, and its parts put together.
//!
//! A view borrows the app and writes into a buffer; it keeps nothing and changes nothing.

pub mod theme;

mod agenda;
mod bars;
mod board;
mod completion;
mod detail;
mod editor;
mod help;
mod past;
mod pen;
mod picker;
mod plans;
mod strip;
mod totals;
mod wording;

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use self::pen::Pen;
pub use self::theme::Theme;
use crate::app::layout::Rows;
use crate::app::{App, Panel, Question, View};

/// Draws the whole screen. Answers where the hardware cursor belongs: on what is chosen, for screen readers and
/// magnifiers follow it.
pub fn draw(app: &App, theme: Theme, buffer: &mut Buffer) -> Option<Position> {
    let mut pen = Pen::new(buffer, theme);
    let place = match (app.plan(), app.view) {
        (Some(_), _) if app.detail.is_some() => detail::draw(app, &mut pen),
        (Some(_), View::Deadlines) => agenda::draw(app, &mut pen),
        (Some(_), View::Board) => board::draw(app, &mut pen),
        _ => plans::draw(app, &mut pen),
    };
    let over = match &app.panel {
        Some(Panel::Pick(picker)) => picker::draw(app, picker, &mut pen),
        Some(Panel::Edit(editor)) if editor.completion().is_some() => completion::draw(app, editor, &mut pen),
        Some(Panel::Edit(editor)) => editor::draw(app, editor, &mut pen),
        Some(Panel::Help(scroll)) => help::draw(app, *scroll, &mut pen),
        Some(Panel::Past(scroll)) => past::draw(app, *scroll, &mut pen),
        Some(Panel::Search) => bars::search(app, &mut pen),
        Some(Panel::Ask(question)) => {
            // What is to be thrown away stays in sight.
            if let Question::Discard(editor) = question {
                editor::draw(app, editor, &mut pen);
            }
            bars::question(app, question, &mut pen)
        }
        None => None,
    };
    over.or(place)
}

/// The rows of a view that has a footer and no plan.
fn plain_rows(pen: &Pen) -> Rows {
    let height = pen.height();
    let header = height.min(2);
    let footer = u16::from(height > 3);
    let end = height - footer;
    Rows {
        header: 0..header,
        heads: header..header,
        body: header..end,
        rule: end..end,
        strip: end..end,
        footer: end..height,
    }
}
