//! `tiendo due`: what somebody has to be reminded of, as a text that goes into a mail as it is.

use std::io;
use std::path::PathBuf;

use serde::Serialize;
use serde_json::json;

use super::arguments::{Choices, Typed};
use super::json::{self, Object, OfPlan};
use super::log::{self, LogFormat};
use super::plan_file::PlanFile;
use super::resolve::OpenedPlans;
use super::{Call, CliError, Exit, Printer, Streams, as_of, printed, resolve};
use crate::plan::due::{DEADLINE, Reminder, Urgency};
use crate::plan::time::{self, write_marked_date};
use crate::plan::{Field, State};
use crate::text;
use crate::words::{Phrase, tr};

mod group;

use group::DueGroup;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    plans: Vec<PathBuf>,
    #[arg(long, value_name = "DAYS")]
    within: Option<Typed>,
    #[arg(id = "group", long = "by", value_parser = GROUPS)]
    by: Option<By>,
    #[arg(long, value_parser = log::FORMATS)]
    format: Option<LogFormat>,
    #[arg(long, value_name = "DATE")]
    pub(super) known_at: Option<Typed>,
}

/// Whom the reminders are put together for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Officer,
    Agency,
}

const GROUPS: Choices<By> = Choices(&[
    (By::Officer, &["officer", "người phụ trách", "cán bộ"]),
    (By::Agency, &["agency", "cơ quan", "đơn vị", "lead"]),
]);

/// Nothing is said where nothing is due, so that no empty mail is sent.
pub(super) fn run(call: &Call, given: &Arguments, streams: &mut Streams) -> Result<Exit, CliError> {
    let within = given.within.as_deref().map(|typed| call.read_days("within", typed)).transpose()?;
    let within = within.unwrap_or(call.calendar.warning);
    let opened = resolve::open_all(call, &given.plans, streams)?;
    let files = &opened.files;
    let reminders: Vec<Vec<Reminder>> =
        files.iter().map(|file| file.as_of_today().reminders(call.calendar.today, within)).collect();
    let is_any = reminders.iter().any(|reminders| !reminders.is_empty());
    let due = Due { call, opened: &opened, within, by: given.by };
    match given.format {
        Some(LogFormat::Json) => due.write_json(&reminders, streams.out)?,
        _ if is_any => due.write(&due.groups(&reminders), streams.out)?,
        _ => {}
    }
    Ok(match opened.exit() {
        Exit::Fine if is_any => Exit::Bad,
        exit => exit,
    })
}

/// What was asked.
struct Due<'a> {
    call: &'a Call<'a>,
    opened: &'a OpenedPlans<'a>,
    within: u16,
    by: Option<By>,
}

#[derive(Serialize)]
struct Reminders {
    within: u16,
    due: Vec<Object>,
}

impl Due<'_> {
    fn write(&self, groups: &[DueGroup], out: &mut Printer) -> io::Result<()> {
        out.lines(printed::hanging("", &text::capital(&as_of::told(self.call, &self.opened.files))))?;
        for group in groups.iter().filter(|group| group.is_urged) {
            out.line("")?;
            out.lines(printed::hanging("", &group.heading()))?;
            for urgency in Urgency::ALL {
                self.write_section(urgency, group, out)?;
            }
        }
        let left_out = groups.iter().filter(|group| !group.is_urged);
        let left_out: Vec<String> =
            left_out.map(|group| format!("{} ({})", group.name, group.reminders.len())).collect();
        if left_out.is_empty() {
            return Ok(());
        }
        out.line("")?;
        let label = self.call.say(Phrase::new("Không đôn đốc", "Not reminded"));
        out.lines(printed::hanging("", &format!("{label}: {}", left_out.join("; "))))
    }

    fn write_section(&self, urgency: Urgency, group: &DueGroup, out: &mut Printer) -> io::Result<()> {
        let meant: Vec<_> =
            group.reminders.iter().filter(|(_, reminder)| reminder.urgency == urgency).collect();
        if meant.is_empty() {
            return Ok(());
        }
        out.line(format!("{}: {}", self.heading(urgency), meant.len()))?;
        let line =
            |(file, reminder): &&(usize, Reminder)| printed::hanging("- ", &self.line(*file, reminder));
        out.lines(meant.iter().flat_map(line))
    }

    fn heading(&self, urgency: Urgency) -> String {
        let within = self.within;
        let phrase = match urgency {
            Urgency::Overdue => State::Overdue.label(),
            Urgency::Today => State::DueToday.label(),
            Urgency::Within => {
                return tr!(self.call.lang(), "Trong {within} ngày tới", "Within {within} days");
            }
            Urgency::Missed => Phrase::new("Mốc đã qua mà chưa xong", "Steps that were missed"),
        };
        self.call.say(phrase).to_owned()
    }

    /// `1 · Tổng kết năm trước: hạn 31/03/2024 (CN), quá hạn 50 ngày. Chủ trì: Ban TĐKT`
    fn line(&self, file: usize, reminder: &Reminder) -> String {
        let (lang, task) = (self.call.lang(), reminder.task);
        let days = (reminder.day - self.call.calendar.today).num_days();
        // Officially late is only what is later than the plan's deadline.
        let days = match reminder.urgency {
            Urgency::Missed => tr!(lang, "đã qua {}", "{} ago", time::days_in_words(-days, lang)),
            _ => time::days_left(days, lang),
        };
        let what = match reminder.step {
            Some(step) => tr!(lang, "mốc “{}”", "step “{}”", text::line(&step.what)),
            None => DEADLINE.say(lang).to_owned(),
        };
        let day = write_marked_date(reminder.day, lang);
        let told = format!("{}: {what} {day}, {days}", printed::title(task));
        let is_with_lead = self.by != Some(By::Agency) && !task.lead.is_empty();
        let lead = is_with_lead.then(|| {
            let names = task.lead.join("; ");
            format!(". {}: {}", Field::Lead.short().say(lang), text::line(&names))
        });
        let is_with_plan = self.by.is_some() && self.opened.are_several();
        let plan = is_with_plan.then(|| format!(" [{}]", resolve::plan_name(&self.opened.files, file)));
        [Some(told), lead, plan].into_iter().flatten().collect()
    }

    fn write_json(&self, reminders: &[Vec<Reminder>], out: &mut Printer) -> io::Result<()> {
        let today = self.call.calendar.today;
        let object = |(file, reminders): (&PlanFile, &Vec<Reminder>)| {
            let due = reminders.iter().map(|reminder| self.object(reminder)).collect();
            OfPlan::new(&file.store, today, Reminders { within: self.within, due })
        };
        let objects: Vec<_> = self.opened.files.iter().zip(reminders).map(object).collect();
        json::print_plans(self.opened, &objects, out)
    }

    fn object(&self, reminder: &Reminder) -> Object {
        let Reminder { task, urgency, day, step, .. } = *reminder;
        Object(vec![
            ("id", json!(task.id.to_string())),
            ("no", json!(task.no)),
            ("title", json!(task.title)),
            ("lead", json!(task.lead)),
            ("officer", json!(task.officer)),
            ("urgency", json!(urgency.name())),
            ("day", json!(day)),
            ("days_left", json!((day - self.call.calendar.today).num_days())),
            ("step", json!(step.map(|step| &step.what))),
        ])
    }
}
