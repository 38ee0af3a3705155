//! Who stands where: the classes of the official report, and below them a table by quarter or by agency.

mod columns;
mod report;
mod table;

use ratatui::layout::Position;

use super::canvas::{Canvas, StyledText, pieces_width};
use super::theme::{Mood, Theme};
use super::{bars, wording};
use crate::app::App;
use crate::app::summary::{COLUMNS, ReportForm};
use crate::plan::Status;
use crate::plan::summary::{Figures, ReportClass, SummaryGroup};
use crate::text;

/// The figures alone.
pub(super) fn report(app: &App, form: ReportForm, canvas: &mut Canvas) {
    report::draw(app, form, canvas);
}

pub(super) fn draw(app: &App, canvas: &mut Canvas) -> Option<Position> {
    let rows = app.rows();
    bars::header(app, &mut canvas.rows(rows.header.clone()));
    bars::footer(app, &mut canvas.rows(rows.footer));
    let places = app.summary_places();
    report::draw(app, places.form, &mut canvas.rows(places.report.clone()));
    let chosen = table::draw(app, &places, canvas);
    told(app, &mut canvas.rows(places.told));
    chosen
}

/// The colour of a class; see [`sign`] for what says the same without one.
const fn mood(class: ReportClass) -> Mood {
    match class {
        ReportClass::OnTime => Mood::Done,
        ReportClass::DoneLate => Mood::Soon,
        ReportClass::InTime => Mood::Doing,
        ReportClass::Overdue => Mood::Late,
        ReportClass::Ongoing => Mood::Todo,
        ReportClass::Aside => Mood::Paused,
    }
}

fn sign(class: ReportClass, theme: Theme) -> String {
    match class {
        ReportClass::OnTime => theme.sign(Status::Done).to_owned(),
        ReportClass::DoneLate => format!("{}{}", theme.sign(Status::Done), theme.late()),
        ReportClass::InTime => theme.sign(Status::Todo).to_owned(),
        ReportClass::Overdue => theme.late().to_owned(),
        ReportClass::Ongoing => theme.endless().to_owned(),
        ReportClass::Aside => theme.sign(Status::Paused).to_owned(),
    }
}

/// `─ Quý II · Chưa hoàn thành, quá hạn ─────────── 4 việc ─`
fn told(app: &App, canvas: &mut Canvas) {
    let (group, column) = app.chosen_figure();
    let class = COLUMNS[column];
    let count = format!(" {} {} ", app.chosen_figures().in_class(class), Figures::UNIT.say(app.lang));
    let label = row_label(app, group);
    let room = canvas.width().saturating_sub(text::width(&count) + 7);
    let class = class.map_or_else(String::new, |class| {
        let forms = [class.label(), class.short()].map(|form| form.say(app.lang).to_owned());
        let form = wording::fitting(&forms[..1], room.saturating_sub(text::width(&label) + 2));
        format!("· {} ", if form.is_empty() { &forms[1] } else { form })
    });
    let label = text::cut(&label, room.saturating_sub(text::width(&class)));
    let theme = canvas.theme;
    let heading: [StyledText; 2] = [(format!(" {label} "), theme.title()), (class, theme.text())];
    let end = canvas.rule(&heading);
    let count = [(count, theme.accent())];
    if end + pieces_width(&count) + 2 < canvas.width() {
        canvas.rule_end(&count);
    }
}

/// What a row is called; the foot where it is none.
fn row_label(app: &App, group: Option<&SummaryGroup>) -> String {
    let label = group.map(SummaryGroup::label);
    let label = label.as_ref().map_or(Figures::TOTAL.say(app.lang), |label| label.say(app.lang));
    text::clean(label).into_owned()
}
