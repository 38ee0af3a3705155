//! What the tasks that are shown come to, in one line: what is late first, and it is the last to go.

use ratatui::style::Style;

use super::bars;
use super::canvas::Canvas;
use super::theme::Theme;
use crate::app::App;
use crate::plan::summary::Figures;
use crate::plan::{State, Status};
use crate::text;
use crate::words::{Lang, Phrase};

/// Cells that what narrows the tasks has a right to before any count.
const FILTER: usize = 20;

/// How much is said of each count.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Words,
    /// Words for what is late or near, signs for the rest.
    Signs,
    /// Signs for all.
    Close,
}

/// A count as it is written.
struct Count {
    /// With its own style.
    sign: &'static str,
    sign_style: Style,
    text: String,
    style: Style,
    /// Blanks before it.
    gap: usize,
}

impl Count {
    fn width(&self) -> usize {
        self.gap + text::width(self.sign) + text::width(&self.text)
    }
}

/// Each task is counted once. The badges stand at the end of the line.
pub(super) fn draw(app: &App, badges: &[String], canvas: &mut Canvas) {
    let (theme, width) = (canvas.theme, canvas.width());
    let counts = Counts { figures: app.shown().figures, all: app.shown().all };
    let badge = if badges.is_empty() { 0 } else { text::width(&bars::badge_text(badges)) + 1 };
    let rooms = [badge, badge.min(FILTER + 1)].map(|badge| width.saturating_sub(badge + 1));
    let forms = [Form::Words, Form::Signs, Form::Close];
    let tries = rooms.into_iter().flat_map(|room| forms.map(|form| (room, form)));
    let fits = |(room, form): &(usize, Form)| {
        counts.parts(theme, *form, app.lang).iter().map(Count::width).sum::<usize>() <= *room
    };
    let (room, form) = tries.clone().find(fits).unwrap_or((rooms[1], Form::Close));
    let end = write(&counts.parts(theme, form, app.lang), room, 1, canvas);
    if !badges.is_empty() {
        bars::badge(badges, width.saturating_sub(end + 2), 1, canvas);
    }
}

/// What is late and what is near, by sign, at the beginning of a row. Answers with the column behind it.
pub(super) fn late(app: &App, row: u16, canvas: &mut Canvas) -> usize {
    let parts = Counts { figures: app.shown().figures, all: app.shown().all }.alarms(
        canvas.theme,
        Form::Close,
        app.lang,
    );
    if parts.is_empty() {
        return 1;
    }
    let room = canvas.width();
    write(&parts, room, row, canvas) + 1
}

/// As many of the parts as there is room for. Answers with the column behind them.
fn write(parts: &[Count], room: usize, row: u16, canvas: &mut Canvas) -> usize {
    let mut column = 0;
    for part in parts {
        if column + part.width() > room {
            break;
        }
        column = canvas.write(column + part.gap, row, part.sign, part.sign_style);
        column = canvas.write(column, row, &part.text, part.style);
    }
    column
}

struct Counts {
    figures: Figures,
    /// How many tasks there are, shown or not.
    all: usize,
}

impl Counts {
    fn parts(&self, theme: Theme, form: Form, lang: Lang) -> Vec<Count> {
        let mut parts = self.alarms(theme, form, lang);
        let shown = self.figures.total();
        let count = if shown == self.all { shown.to_string() } else { format!("{shown}/{}", self.all) };
        let gap = if parts.is_empty() { 1 } else { 2 };
        let text = format!("{count} {}", Figures::UNIT.say(lang));
        parts.push(Count { sign: "", sign_style: Style::new(), text, style: Style::new(), gap });
        for status in [Status::Done, Status::Doing, Status::Todo, Status::Paused, Status::Dropped] {
            let number = self.figures.with_status(status);
            if number == 0 && matches!(status, Status::Paused | Status::Dropped) {
                continue;
            }
            let text = match form {
                Form::Words => format!(" {number} {}", status.short().say(lang)),
                Form::Signs | Form::Close => number.to_string(),
            };
            let gap = if form == Form::Words || status == Status::Done { 2 } else { 1 };
            let (sign, sign_style) = (theme.sign(status), theme.sign_style(status));
            parts.push(Count { sign, sign_style, text, style: Style::new(), gap });
        }
        parts
    }

    /// What is late, and what will be soon; nothing where nothing is.
    fn alarms(&self, theme: Theme, form: Form, lang: Lang) -> Vec<Count> {
        let late = State::Overdue.label().say(lang).to_lowercase();
        let soon = Phrase::new("sắp hạn", "due soon").say(lang);
        let counts = [
            (theme.late(), self.figures.overdue(), late.as_str(), theme.alarm()),
            (theme.soon(), self.figures.due_soon(), soon, theme.warning()),
        ];
        let told = counts.into_iter().filter(|(_, number, ..)| *number > 0);
        let parts = told.enumerate().map(|(at, (sign, number, word, style))| {
            let text = if form == Form::Close { number.to_string() } else { format!(" {number} {word}") };
            let gap = if at > 0 && form != Form::Close { 2 } else { 1 };
            Count { sign, sign_style: style, text, style, gap }
        });
        parts.collect()
    }
}
