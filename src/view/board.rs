//! The board: a column for each quarter, a card for each task, and a band for the work of the whole year.

use ratatui::layout::Position;

use super::canvas::Canvas;
use super::card;
use super::heads::{self, DeadlineForm};
use super::theme::Mood;
use crate::app::App;
use crate::app::layout::{Columns, LanePlace, Layout, TaskShape};
use crate::plan::board::Lane;
use crate::text;
use crate::words::Phrase;

pub(super) fn draw(app: &App, canvas: &mut Canvas) -> Option<Position> {
    let layout = app.layout();
    let field = super::frame(app, &layout.rows, canvas);
    if layout.columns == Columns::Tabs {
        heads::tabs(app, &mut canvas.rows(layout.rows.heads.clone()));
    }
    let card = lanes(app, &layout, canvas);
    field.or(card)
}

fn lanes(app: &App, layout: &Layout, canvas: &mut Canvas) -> Option<Position> {
    let mut cursor = None;
    let width = layout.lanes.iter().find(|place| place.width > 0).map_or(0, |place| usize::from(place.width));
    // A line for it there is only from two lines on.
    let has_line = layout.rows.heads.len() > 1;
    let form = has_line.then(|| DeadlineForm::of(app, width, canvas.theme)).flatten();
    for (at, (lane, place)) in app.shown().board.lanes.iter().zip(&layout.lanes).enumerate() {
        if place.width == 0 {
            continue;
        }
        let cards = place.cards(app, lane, app.cursor.scroll(lane.column).first);
        let seen = cards.first().map_or(0, |card| card.0)..cards.last().map_or(0, |card| card.0 + 1);
        let head = heads::Head { lane, figures: &app.shown().lanes[at], seen, form };
        let rows = &layout.rows;
        match (layout.columns, place.shape) {
            (Columns::Side, TaskShape::Card) => {
                let height = rows.heads.len() as u16;
                head.of_column(app, &mut canvas.part(place.left, rows.heads.start, place.width, height));
            }
            (_, TaskShape::Line) => {
                let width = place.width;
                head.of_band(app, &mut canvas.part(place.left, rows.band.start, width, 1));
            }
            (Columns::Tabs, TaskShape::Card) => head.of_tab(app, &mut canvas.rows(rows.heads.clone())),
        }
        let height = place.rows.len() as u16;
        let mut part = canvas.part(place.left, place.rows.start, place.width, height);
        let found = self::lane(app, lane, place, &cards, &mut part);
        cursor = cursor.or(found);
    }
    cursor
}

/// The cards of a column. Answers with where the chosen one stands.
fn lane(
    app: &App,
    lane: &Lane,
    place: &LanePlace,
    cards: &[(usize, u16, u16)],
    canvas: &mut Canvas,
) -> Option<Position> {
    let is_here = lane.column == app.cursor.column();
    let chosen = is_here.then(|| app.cursor.scroll(lane.column).row);
    if is_here && cards.is_empty() {
        return empty(app, canvas);
    }
    if app.shown().all == 0 {
        canvas.write(2, 0, NO_TASK.say(app.lang), canvas.theme.muted());
    }
    let mut cursor = None;
    for &(row, top, height) in cards {
        let item = app.item(lane.rows[row]);
        let width = canvas.area.width;
        let mut part = canvas.part(0, top, width, height);
        let draw = |style, part: &mut Canvas| match place.shape {
            TaskShape::Card => card::draw(app, item, lane.column, style, part),
            TaskShape::Line => card::line(app, item, style, part),
        };
        if chosen == Some(row) {
            let style = part.theme.title();
            part.choose(|part| draw(style, part));
            cursor = part.position(1, 0);
        } else {
            part.mood_edge(Mood::of(item, app.calendar));
            draw(part.theme.text(), &mut part);
        }
    }
    cursor
}

/// What stands in each column of a plan that has no task at all.
const NO_TASK: Phrase = Phrase::new("Chưa có việc", "No task yet");
const INSERT: Phrase = Phrase::new("Insert để thêm", "Insert adds one");
const NO_MATCH: Phrase = Phrase::new("Không có việc khớp", "No task that matches");

/// What stands in a column without a task, where the cursor is.
fn empty(app: &App, canvas: &mut Canvas) -> Option<Position> {
    let told: &[Phrase] = if app.shown().query().is_empty() { &[NO_TASK, INSERT] } else { &[NO_MATCH] };
    let room = canvas.width().saturating_sub(2).max(1);
    let lines: Vec<_> = told.iter().flat_map(|told| text::wrap_to(told.say(app.lang), room, 2)).collect();
    let (width, height) = (canvas.area.width, (lines.len() as u16).min(canvas.height()));
    let mut part = canvas.part(0, 0, width, height);
    let style = part.theme.muted();
    part.choose(|part| part.write_lines(2, 0, &lines, style));
    part.position(1, 0)
}
