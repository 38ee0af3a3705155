//! The first slide: the figures as of the day, and the order that the tasks are to come in.

use ratatui::layout::Position;

use crate::app::summary::ReportForm;
use crate::app::{App, MeetingChoice};
use crate::plan::meeting::{Meeting, MeetingOrder};
use crate::plan::summary::Figures;
use crate::plan::time;
use crate::text;
use crate::view::canvas::Canvas;
use crate::view::summary;
use crate::words::{Phrase, tr};

pub(super) fn draw(app: &App, canvas: &mut Canvas) -> Option<Position> {
    let (width, height) = (canvas.area.width, canvas.height());
    if let Some(name) = app.followed_name() {
        followed(app, &text::clean(name), canvas);
        return None;
    }
    let choices = app.meeting_choices();
    let wanted = choices.len() as u16 + 1;
    let above = height.saturating_sub(wanted);
    let form = form(width, above.max(1));
    let report = form.height().min(height);
    let top = height.saturating_sub(report + wanted) / 4;
    summary::report(app, form, &mut canvas.rows(top..top + report));
    self::choices(app, &choices, &mut canvas.rows((top + report).min(height)..height))
}

/// The figures on the second screen, and what it waits for where nobody holds a meeting.
fn followed(app: &App, name: &str, canvas: &mut Canvas) {
    let (width, height) = (canvas.area.width, canvas.height());
    let form = form(width, height.saturating_sub(2).max(1));
    let report = form.height().min(height);
    let top = height.saturating_sub(report + 2) / 4;
    summary::report(app, form, &mut canvas.rows(top..top + report));
    if app.following.as_ref().is_some_and(|following| following.place.is_some()) {
        return;
    }
    let told = tr!(
        app.lang,
        "Màn hình này theo cuộc giao ban của {name} khi bắt đầu",
        "This screen follows the meeting of {name} once it begins"
    );
    let room = canvas.width().saturating_sub(3).max(1);
    let first = usize::from(top + report);
    for (row, line) in text::wrap(&told, room).enumerate() {
        canvas.write(2, (first + row) as u16, line, canvas.theme.muted());
    }
}

/// As much of the figures as so many lines have room for.
const fn form(width: u16, height: u16) -> ReportForm {
    match height {
        8.. if width >= 100 => ReportForm::Wide,
        12.. => ReportForm::High,
        5.. if width >= 50 => ReportForm::Rates,
        _ => ReportForm::Line,
    }
}

/// What can be chosen, and what is chosen.
fn choices(app: &App, choices: &[MeetingChoice], canvas: &mut Canvas) -> Option<Position> {
    let (theme, width) = (canvas.theme, canvas.width());
    let room = usize::from(canvas.height());
    let heading = u16::from(room > choices.len());
    if heading > 0 {
        let count = app.agenda(MeetingOrder::default()).len();
        let order = Phrase::new("Thứ tự xem xét", "Order").say(app.lang);
        let unit = if app.is_about_marked() { MARKED } else { Figures::UNIT };
        let told = format!("{order} · {count} {}", unit.say(app.lang));
        canvas.write(2, 0, &told, theme.muted());
    }
    let row = app.view().scroll.row;
    let visible = (room - usize::from(heading)).max(1);
    let first = (row + 1).saturating_sub(visible);
    let mut place = None;
    for (at, choice) in choices.iter().enumerate().skip(first).take(visible) {
        let told = text::cut(&told(app, *choice), width.saturating_sub(3)).into_owned();
        let mut line = canvas.row(heading + (at - first) as u16);
        if at == row {
            line.choose(|line| line.write(2, 0, &told, theme.title()));
            place = line.position(2, 0);
        } else {
            line.write(2, 0, &told, theme.text());
        }
    }
    place
}

/// What is counted where only marked tasks are gone through.
const MARKED: Phrase = Phrase::new("việc được đánh dấu", "marked tasks");

fn told(app: &App, choice: MeetingChoice) -> String {
    match (choice, app.meeting()) {
        (MeetingChoice::Resume, Some(meeting)) => resumed(app, meeting),
        (MeetingChoice::Begin(order), _) => order.label().say(app.lang).to_owned(),
        (MeetingChoice::Resume, None) => String::new(),
    }
}

/// `Tiếp tục cuộc họp 20/05, việc 13/24`
fn resumed(app: &App, meeting: &Meeting) -> String {
    let (day, all) = (time::write_short_date(meeting.on), meeting.tasks.len());
    let nth = (meeting.at + 1).min(all);
    if meeting.is_at_end() {
        return tr!(
            app.lang,
            "Tiếp tục cuộc họp {day}, phần kết luận",
            "Go on with the meeting of {day}, at its end"
        );
    }
    tr!(
        app.lang,
        "Tiếp tục cuộc họp {day}, việc {nth}/{all}",
        "Go on with the meeting of {day}, task {nth}/{all}"
    )
}
