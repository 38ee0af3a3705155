//! `tiendo check`: what is wrong in plans, and what is doubtful.

use std::path::{Path, PathBuf};

use super::{Call, CliError, Exit, Streams, printed, resolve};
use crate::document::{Document, Place};
use crate::plan::check::{self, Severity};
use crate::store::{Store, StoreError};
use crate::text;
use crate::words::{Lang, Phrase, tr};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    plans: Vec<PathBuf>,
    #[arg(long)]
    review: bool,
}

/// What is looked for.
#[derive(Debug, Clone, Copy)]
enum Looking {
    ForFaults,
    AtWork,
}

/// Prints what is found, file by file, and a line for all of them. The worst of it is the exit status.
pub(super) fn run(call: &Call, given: &Arguments, streams: &mut Streams) -> Result<Exit, CliError> {
    let mut total = Total::default();
    let looking = if given.review { Looking::AtWork } else { Looking::ForFaults };
    for path in resolve::plans(call, &given.plans)? {
        match findings(call, &path, looking) {
            Ok(findings) => {
                let path = printed::path(&path);
                streams.out.lines(findings.iter().map(|finding| finding.line(&path, call)))?;
                total.count(&findings);
            }
            Err(error) => {
                streams.notes.line(printed::error(&path, &error, call.lang()))?;
                total.unread += 1;
            }
        }
    }
    streams.out.line(total.message(looking, call.lang()))?;
    Ok(total.exit())
}

/// Something to say of a place in a file.
struct PrintedFinding {
    place: Place,
    severity: Severity,
    message: String,
    /// The name of what is broken, the same in every language.
    rule: &'static str,
}

/// The rules that a file must keep.
fn checked(call: &Call, document: &Document) -> Vec<PrintedFinding> {
    let found = check::check(document.plan(), call.calendar.today, call.lang());
    let of_rules = found.into_iter().map(|finding| PrintedFinding {
        place: document.place(&finding.spot),
        severity: finding.rule.severity(),
        message: finding.message,
        rule: finding.rule.name(),
    });
    // What is doubtful in the text itself was never in the published document, and can be mended.
    let of_text = document.remarks().into_iter().map(|remark| PrintedFinding {
        place: remark.place,
        severity: Severity::Problem,
        message: remark.message.say(call.lang()).to_owned(),
        rule: remark.rule,
    });
    of_rules.chain(of_text).collect()
}

/// The work that somebody should look at, with the titles of the tasks.
fn reviewed(call: &Call, document: &Document) -> Vec<PrintedFinding> {
    let plan = document.plan().as_of(call.calendar.today);
    let found = check::review(&plan, call.calendar.today, call.lang());
    let printed = found.into_iter().map(|finding| {
        let title = finding.spot.task().and_then(|id| plan.task(id)).map(printed::title);
        PrintedFinding {
            place: document.place(&finding.spot),
            severity: finding.rule.severity(),
            message: format!("{}: {}", title.unwrap_or_default(), finding.message),
            rule: finding.rule.name(),
        }
    });
    printed.collect()
}

/// What is found in a file, from top to bottom. A text that is no plan is a finding; that there is none is not.
fn findings(call: &Call, path: &Path, looking: Looking) -> Result<Vec<PrintedFinding>, StoreError> {
    let problem = |place, message, rule| PrintedFinding { place, severity: Severity::Problem, message, rule };
    let store = match Store::open_with(path, call.environment.state_folder().as_deref()) {
        Ok(store) => store,
        Err(StoreError::Broken(broken)) => {
            return Ok(vec![problem(broken.place, broken.message(call.lang()), "syntax")]);
        }
        Err(error) => return Err(error),
    };
    let mut findings = match looking {
        Looking::ForFaults => checked(call, store.document()),
        Looking::AtWork => reviewed(call, store.document()),
    };
    findings.sort_by_key(|finding| finding.place);
    Ok(findings)
}

impl PrintedFinding {
    /// `path:line:column: message [rule]`, which editors know how to jump to.
    fn line(&self, path: &str, call: &Call) -> String {
        let Self { place, severity, message, rule } = self;
        let weight = match severity {
            Severity::Problem | Severity::Review => "",
            Severity::Remark => call.say(Phrase::new("lưu ý: ", "note: ")),
        };
        format!("{path}:{}:{}: {weight}{} [{rule}]", place.line, place.column, text::line(message))
    }
}

/// What was found in all of the files.
#[derive(Default)]
struct Total {
    read: usize,
    unread: usize,
    problems: usize,
    remarks: usize,
    /// Of a review; nothing else is looked for then.
    to_look_at: usize,
}

impl Total {
    fn count(&mut self, findings: &[PrintedFinding]) {
        let of = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
        self.read += 1;
        self.problems += of(Severity::Problem);
        self.remarks += of(Severity::Remark);
        self.to_look_at += of(Severity::Review);
    }

    const fn exit(&self) -> Exit {
        match (self.unread, self.problems + self.to_look_at) {
            (0, 0) => Exit::Fine,
            (0, _) => Exit::Bad,
            _ => Exit::Unable,
        }
    }

    fn message(&self, looking: Looking, lang: Lang) -> String {
        let Self { read, unread, problems, remarks, to_look_at } = self;
        let found = match looking {
            Looking::ForFaults => tr!(
                lang,
                "đã kiểm tra {read} tệp: {problems} lỗi, {remarks} lưu ý",
                "files checked: {read}; problems: {problems}; notes: {remarks}"
            ),
            Looking::AtWork => tr!(
                lang,
                "đã rà soát {read} tệp: {to_look_at} điều cần xem",
                "files reviewed: {read}; to look at: {to_look_at}"
            ),
        };
        match unread {
            0 => found,
            _ => tr!(lang, "{found}, {unread} tệp không đọc được", "{found}; not readable: {unread}"),
        }
    }
}
