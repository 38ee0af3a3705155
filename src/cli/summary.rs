//! `tiendo summary`: the figures of the official reports as of a day, by quarter or by what tells tasks apart.

use std::path::PathBuf;

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::json;

use super::arguments::{Choices, Typed};
use super::json::{self, Object};
use super::list::{self, ListFormat, export};
use super::plan_file::PlanFile;
use super::{Call, CliError, Exit, Streams, as_of, printed, resolve};
use crate::plan::facet::Facet;
use crate::plan::query::{Index, Query};
use crate::plan::summary::{CountedTask, Figures, Grouping, Rate, ReportClass, Summary};
use crate::text;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    plans: Vec<PathBuf>,
    #[arg(id = "grouping", long = "by", value_parser = GROUPINGS)]
    by: Option<Grouping>,
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    query: Option<Typed>,
    #[arg(long, value_parser = list::FORMATS)]
    format: Option<ListFormat>,
    #[arg(long, value_name = "DATE")]
    pub(super) known_at: Option<Typed>,
}

const GROUPINGS: Choices<Grouping> = Choices(&[
    (Grouping::Quarter, &["quarter", "quý"]),
    (Grouping::By(Facet::Lead), &["agency", "cơ quan", "đơn vị", "lead"]),
    (Grouping::By(Facet::Officer), &["officer", "người phụ trách", "cán bộ"]),
    (Grouping::By(Facet::Leader), &["leader", "lãnh đạo"]),
    (Grouping::By(Facet::Section), &["section", "mục"]),
    (Grouping::By(Facet::Source), &["source", "nguồn", "văn bản giao"]),
]);

/// The classes as programs know them.
const CLASSES: [(ReportClass, &str); ReportClass::ALL.len()] = [
    (ReportClass::OnTime, "done_on_time"),
    (ReportClass::DoneLate, "done_late"),
    (ReportClass::InTime, "in_time"),
    (ReportClass::Overdue, "overdue"),
    (ReportClass::Ongoing, "ongoing"),
    (ReportClass::Aside, "set_aside"),
];

/// What was counted: every form is made of this.
struct Counted<'a> {
    call: &'a Call<'a>,
    files: &'a [PlanFile<'a>],
    by: Grouping,
    summary: Summary,
    total: Figures,
}

/// The same for programs.
#[derive(Serialize)]
struct CountedObject {
    plans: Vec<Object>,
    today: NaiveDate,
    by: &'static str,
    rows: Vec<Object>,
    total: Object,
}

pub(super) fn run(call: &Call, given: &Arguments, streams: &mut Streams) -> Result<Exit, CliError> {
    let opened = resolve::open_all(call, &given.plans, streams)?;
    let files = &opened.files;
    let indexes: Vec<Index> = files.iter().map(|_| Index::default()).collect();
    let typed = given.query.as_deref().unwrap_or_default();
    let queries = list::queries(call, typed, files, &indexes)?;
    let by = given.by.unwrap_or_default();
    let (summary, total) = counted(call, by, files, &indexes, &queries);
    let counted = Counted { call, files, by, summary, total };
    match given.format.unwrap_or(ListFormat::Table) {
        ListFormat::Json => json::print(&counted.object(), streams.out)?,
        ListFormat::Csv => export::write_csv(counted.lines().into_iter(), streams.out)?,
        ListFormat::Markdown => {
            export::write_markdown(counted.lines().into_iter(), counted.notes(), streams.out)?;
        }
        ListFormat::Table => {
            let width = call.width().unwrap_or(usize::MAX);
            streams.out.lines(aligned(counted.lines(), width))?;
            let notes = counted.notes();
            streams.out.lines(notes.iter().flat_map(|note| text::wrap(note, width)))?;
        }
    }
    Ok(opened.exit())
}

/// The rows, and below them what all tasks come to, each counted once.
fn counted(
    call: &Call,
    by: Grouping,
    files: &[PlanFile],
    indexes: &[Index],
    queries: &[Option<Query>],
) -> (Summary, Figures) {
    let mut tasks = Vec::new();
    for ((file, index), query) in files.iter().zip(indexes).zip(queries) {
        let (plan, Some(query)) = (file.as_of_today(), query) else { continue };
        let meant = query.select(plan, index, call.calendar).into_iter();
        tasks.extend(meant.map(|at| CountedTask { plan, index, at }));
    }
    let total =
        Figures::of(tasks.iter().map(|it| (it.plan.tasks[it.at].as_ref(), it.plan.year)), call.calendar);
    let nothing = Query::default();
    let query = queries.iter().flatten().next().unwrap_or(&nothing);
    (Summary::of(by, tasks.into_iter(), query, call.calendar), total)
}

impl Counted<'_> {
    /// The headings, the rows and the foot.
    fn lines(&self) -> Vec<Vec<String>> {
        let say = |phrase| text::capital(self.call.say(phrase));
        let classes = ReportClass::ALL.iter().map(|class| say(class.short()));
        let heads = [say(self.by.label()), say(Figures::TOTAL)].into_iter().chain(classes);
        let heads = heads.chain([say(Rate::HEADING)]).collect();
        let rows = self.summary.rows.iter().map(|row| {
            let label = row.group.label();
            self.line(text::line(label.say(self.call.lang())).into_owned(), &row.figures)
        });
        let foot = self.line(say(Figures::TOTAL), &self.total);
        std::iter::once(heads).chain(rows).chain([foot]).collect()
    }

    fn line(&self, name: String, figures: &Figures) -> Vec<String> {
        let classes = ReportClass::ALL.iter().map(|class| figures.in_class(Some(*class)).to_string());
        let counts = std::iter::once(figures.total().to_string()).chain(classes);
        std::iter::once(name).chain(counts).chain([figures.completion().percent(self.call.lang())]).collect()
    }

    /// Both rates with what they are rates of, how much was extended, why the foot is less than the rows, and the day.
    fn notes(&self) -> Vec<String> {
        let lang = self.call.lang();
        let rates = [
            (Rate::OF_ALL, self.total.completion(), Rate::BASE_OF_ALL),
            (Rate::OF_DUE, self.total.completion_of_due(), Rate::BASE_OF_DUE),
        ];
        let rates = rates.map(|(label, rate, base)| {
            format!("{}: {}, {}", label.say(lang), rate.told(lang), base.say(lang))
        });
        let twice = self.summary.counts_twice(&self.total).then(|| self.by.note().say(lang).to_owned());
        let day = text::capital(&as_of::told(self.call, self.files));
        let extensions = self.total.extensions_told(lang).map(|told| text::capital(&told));
        rates.into_iter().chain(extensions).chain(twice).chain([day]).collect()
    }

    fn object(&self) -> CountedObject {
        let by = GROUPINGS.0.iter().find(|(by, _)| *by == self.by).map_or("", |(_, words)| words[0]);
        let rows = self.summary.rows.iter();
        let rows = rows.map(|it| object(Some(it.group.label().say(self.call.lang())), &it.figures));
        CountedObject {
            plans: self.files.iter().map(|file| json::plan(&file.store)).collect(),
            today: self.call.calendar.today,
            by,
            rows: rows.collect(),
            total: object(None, &self.total),
        }
    }
}

fn object(name: Option<&str>, figures: &Figures) -> Object {
    let rate = |rate: Rate| json!({ "part": rate.part, "all": rate.all });
    let mut object = vec![("name", json!(name)), ("total", json!(figures.total()))];
    object.extend(CLASSES.map(|(class, name)| (name, json!(figures.in_class(Some(class))))));
    object.push(("due_soon", json!(figures.due_soon())));
    object.push(("extended", json!(figures.extended())));
    object.push(("extensions", json!(figures.extensions())));
    object.push(("completion", rate(figures.completion())));
    object.push(("completion_of_due", rate(figures.completion_of_due())));
    Object(object)
}

/// Names to the left, figures to the right. Where that is too wide, the headings are in two lines and the names are cut.
fn aligned(mut lines: Vec<Vec<String>>, width: usize) -> Vec<String> {
    if taken(&widths(&lines)) > width && !lines.is_empty() {
        let heads = lines.remove(0);
        let (first, second) = heads.iter().map(|head| halves(head)).unzip();
        lines.splice(0..0, [first, second]);
        let room = width.saturating_sub(taken(&widths(&lines)[1..]) + GAP.len()).max(LEAST_NAME);
        for line in &mut lines {
            line[0] = text::cut(&line[0], room).into_owned();
        }
    }
    let widths = widths(&lines);
    let cell = |(at, cell): (usize, &String)| match at {
        0 => printed::padded(cell, widths[0]),
        _ => printed::padded("", widths[at].saturating_sub(text::width(cell))) + cell,
    };
    let line = |line: &Vec<String>| line.iter().enumerate().map(cell).collect::<Vec<_>>().join(GAP);
    lines.iter().map(line).collect()
}

fn widths(lines: &[Vec<String>]) -> Vec<usize> {
    let columns = lines.first().map_or(0, Vec::len);
    let width = |at: usize| lines.iter().map(|line| text::width(&line[at])).max().unwrap_or_default();
    (0..columns).map(width).collect()
}

fn taken(widths: &[usize]) -> usize {
    widths.iter().map(|width| width + GAP.len()).sum::<usize>().saturating_sub(GAP.len())
}

/// A heading in two lines, each about as wide as the other.
fn halves(heading: &str) -> (String, String) {
    let spaces = heading.match_indices(' ').map(|(at, _)| at);
    let (first, second) = match spaces.min_by_key(|at| (2 * at).abs_diff(heading.len())) {
        Some(at) => heading.split_at(at),
        None => ("", heading),
    };
    (first.to_owned(), second.trim_start().to_owned())
}

const GAP: &str = "  ";

/// A name is not cut to less.
const LEAST_NAME: usize = 12;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_that_is_too_wide_has_its_headings_in_two_lines() {
        let line = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let lines =
            vec![line(["Theo quý", "Tổng số", "Tỷ lệ xong"]), line(["Cả năm, thường xuyên", "12", "–"])];
        assert_eq!(
            aligned(lines.clone(), 80),
            ["Theo quý              Tổng số  Tỷ lệ xong", "Cả năm, thường xuyên       12           –"]
        );
        let narrow = aligned(lines, 30);
        assert_eq!(
            narrow,
            ["Theo             Tổng  Tỷ lệ", "quý                số   xong", "Cả năm, thường…    12      –"]
        );
        assert!(narrow.iter().all(|line| text::width(line) <= 30));
    }
}
