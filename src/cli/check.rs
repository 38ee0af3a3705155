//! `tiendo check`: what is wrong in plans, and what is doubtful.

use std::path::{Path, PathBuf};

use super::{Call, CliError, Exit, Streams, printed, resolve};
use crate::document::Place;
use crate::plan::check::{self, Severity};
use crate::store::{Store, StoreError};
use crate::text;
use crate::words::{Lang, Phrase, tr};

/// Prints what is found, file by file, and a line for all of them. The worst of it is the exit status.
pub(super) fn run(call: &Call, named: &[PathBuf], streams: &mut Streams) -> Result<Exit, CliError> {
    let mut total = Total::default();
    for path in resolve::plans(call, named)? {
        match findings(call, &path) {
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
    streams.out.line(total.message(call.lang()))?;
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

/// What is found in a file, from top to bottom. A text that is no plan is a finding; that there is none is not.
fn findings(call: &Call, path: &Path) -> Result<Vec<PrintedFinding>, StoreError> {
    let problem = |place, message, rule| PrintedFinding { place, severity: Severity::Problem, message, rule };
    let store = match Store::open_with(path, call.environment.state_folder().as_deref()) {
        Ok(store) => store,
        Err(StoreError::Broken(broken)) => {
            return Ok(vec![problem(broken.place, broken.message(call.lang()), "syntax")]);
        }
        Err(error) => return Err(error),
    };
    let document = store.document();
    let found = check::check(document.plan(), call.calendar.today, call.lang());
    let of_rules = found.into_iter().map(|finding| PrintedFinding {
        place: document.place(&finding.spot),
        severity: finding.rule.severity(),
        message: finding.message,
        rule: finding.rule.name(),
    });
    // What is doubtful in the text itself was never in the published document, and can be mended.
    let remarks = document.remarks().into_iter();
    let of_text =
        remarks.map(|remark| problem(remark.place, remark.message.say(call.lang()).to_owned(), remark.rule));
    let mut findings: Vec<_> = of_rules.chain(of_text).collect();
    findings.sort_by_key(|finding| finding.place);
    Ok(findings)
}

impl PrintedFinding {
    /// `path:line:column: message [rule]`, which editors know how to jump to.
    fn line(&self, path: &str, call: &Call) -> String {
        let Self { place, severity, message, rule } = self;
        let weight = match severity {
            Severity::Problem => "",
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
}

impl Total {
    fn count(&mut self, findings: &[PrintedFinding]) {
        let problems = findings.iter().filter(|finding| finding.severity == Severity::Problem).count();
        self.read += 1;
        self.problems += problems;
        self.remarks += findings.len() - problems;
    }

    const fn exit(&self) -> Exit {
        match (self.unread, self.problems) {
            (0, 0) => Exit::Fine,
            (0, _) => Exit::Bad,
            _ => Exit::Unable,
        }
    }

    fn message(&self, lang: Lang) -> String {
        let Self { read, unread, problems, remarks } = self;
        let found = tr!(
            lang,
            "đã kiểm tra {read} tệp: {problems} lỗi, {remarks} lưu ý",
            "files checked: {read}; problems: {problems}; notes: {remarks}"
        );
        match unread {
            0 => found,
            _ => tr!(lang, "{found}, {unread} tệp không đọc được", "{found}; not readable: {unread}"),
        }
    }
}
