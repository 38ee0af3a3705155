//! A meeting on the wall: the figures, then one task at a time, and what was decided. No slide of a task scrolls.

mod end;
mod slide;
mod start;

use ratatui::layout::Position;

use super::bars;
use super::canvas::{Canvas, StyledText, pieces_width};
use super::theme::{Mood, Theme};
use crate::app::{App, MeetingSlide};
use crate::plan::meeting::Meeting;
use crate::plan::time;
use crate::text;
use crate::words::{Lang, tr};

/// Longer lines are not found again by the eye from the back of a room.
const MEASURE: u16 = 120;

/// From here on the head has a line for how far the meeting is.
const WITH_BAR: u16 = 12;

pub(super) fn draw(app: &App, canvas: &mut Canvas) -> Option<Position> {
    let (width, height) = (canvas.area.width, canvas.height());
    let header = if height >= WITH_BAR { 2 } else { 1 };
    let footer = height.saturating_sub(1).max(header);
    head(app, &mut canvas.rows(0..header.min(height)));
    bars::footer(app, &mut canvas.rows(footer..height));
    let air = u16::from(height >= WITH_BAR);
    let left = (width / 16).max(1).max(width.saturating_sub(MEASURE) / 2);
    let body = &mut canvas.part(
        left,
        header + air,
        width - (2 * left).min(width),
        footer.saturating_sub(header + air),
    );
    match app.meeting_slide() {
        MeetingSlide::Start => start::draw(app, body),
        MeetingSlide::Task => slide::draw(app, body),
        MeetingSlide::End => end::draw(app, body),
    }
}

/// `7/24  Quá hạn                              Giao ban 20/05/2024`, and below it how far that is.
fn head(app: &App, canvas: &mut Canvas) {
    let theme = canvas.theme;
    canvas.rows(0..1).fill(theme.bar());
    let place = app.place_in_meeting();
    let badge = match place {
        Some((nth, all)) => format!(" {nth}/{all} "),
        None => format!(" {} ", Meeting::LABEL.say(app.lang)),
    };
    let column = canvas.write(1, 0, &badge, theme.here()) + 2;
    match trouble(app, canvas.width().saturating_sub(column + 1)) {
        Some(told) => drop(canvas.write(column, 0, &told, theme.words(Mood::Late))),
        None => headed(app, column, canvas),
    }
    if let (Some((nth, all)), 2..) = (place, canvas.height()) {
        progress(nth, all, canvas);
    }
}

/// What is wrong with the file is for whoever works on it, and not for the wall.
fn trouble(app: &App, room: usize) -> Option<String> {
    if app.following.is_none() { bars::trouble(app, room) } else { None }
}

fn headed(app: &App, column: usize, canvas: &mut Canvas) {
    let theme = canvas.theme;
    let width = canvas.width().saturating_sub(1);
    let right = [right_of_head(app, theme)];
    let has_right = column + pieces_width(&right) + 24 < width;
    let room = width.saturating_sub(column + if has_right { pieces_width(&right) + 2 } else { 0 });
    canvas.write(column, 0, &bars::cut_before_year(&text::clean(&heading(app)), room), theme.title());
    if has_right {
        canvas.write_all_before(width, 0, &right);
    }
}

/// The day; before the first task, what narrows the figures and the tasks.
fn right_of_head(app: &App, theme: Theme) -> StyledText {
    let filters = bars::filters(app);
    if app.meeting_slide() == MeetingSlide::Start && !filters.is_empty() {
        return (text::cut(&bars::badge_text(&filters), LONGEST_FILTER).into_owned(), theme.here());
    }
    (named(app, app.lang), theme.muted())
}

/// Cells of what narrows the tasks.
const LONGEST_FILTER: usize = 40;

/// What the slide is about; on the others which plan it is.
fn heading(app: &App) -> String {
    match app.selected() {
        Some(item) => app.order_of_meeting().heading(item, app.calendar, app.lang),
        None => app.plan().map_or_else(String::new, |plan| plan.title.clone()),
    }
}

/// The day, and whose meeting it is where somebody else's is followed.
fn named(app: &App, lang: Lang) -> String {
    let day = time::write_date(app.meeting_day());
    match app.followed_name().map(text::clean) {
        Some(name) => tr!(lang, "theo {name} · {day}", "following {name} · {day}"),
        None => format!("{} {day}", Meeting::LABEL.say(lang)),
    }
}

/// A line over the whole width, as far as the meeting is.
fn progress(nth: usize, all: usize, canvas: &mut Canvas) {
    let (theme, width) = (canvas.theme, canvas.width());
    let (full, empty) = theme.bar_signs();
    let done = (width * nth.min(all)).checked_div(all).unwrap_or(0);
    let column = canvas.write(0, 1, &full.repeat(done), theme.accent());
    canvas.write(column, 1, &empty.repeat(width - done), theme.rule());
}
