//! `tiendo check`: what is wrong in plans, and what is doubtful.

use std::io::{self, Write};
use std::path::Path;

use super::{Call, Complaint, Exit, Streams, saying, which};
use crate::document::{Document, Place};
use crate::plan::check::{self, Severity};
use crate::store::{Store, StoreError};
use crate::text;
use crate::words::{Lang, Phrase, tr};

/// Prints what is found, file by file, and a line for all of them. The worst of it is the exit status.
pub(super) fn run(call: &Call, streams: &mut Streams) -> Result<Exit, Complaint> {
    let mut total = Total::default();
    for path in which::plans(call)? {
        match findings(call, &path) {
            Ok(findings) => {
                write(&findings, &path, call, streams.out)?;
                total.count(&findings);
            }
            Err(trouble) => {
                let message = format!("{}: {}", saying::path(&path), trouble.message(call.lang()));
                writeln!(streams.notes, "{}", call.printable(&text::clean(&message)))?;
                total.unread += 1;
            }
        }
    }
    writeln!(streams.out, "{}", call.printable(&total.message(call.lang())))?;
    Ok(total.exit())
}

/// Something to say of a place in a file.
struct Finding {
    place: Place,
    severity: Severity,
    message: String,
    /// The name of what is broken, the same in every language.
    rule: &'static str,
}

/// What is found in a file, from top to bottom. A text that is no plan is a finding; that there is none is not.
fn findings(call: &Call, path: &Path) -> Result<Vec<Finding>, StoreError> {
    let state = call.world.state_folder();
    let mut findings = match Store::open_with(path, state.as_deref()) {
        Ok(store) => of_plan(call, store.document()),
        Err(StoreError::Broken(problem)) => vec![Finding {
            place: problem.place,
            severity: Severity::Problem,
            message: problem.message(call.lang()),
            rule: "syntax",
        }],
        Err(trouble) => return Err(trouble),
    };
    findings.sort_by_key(|finding| finding.place);
    Ok(findings)
}

fn of_plan(call: &Call, document: &Document) -> Vec<Finding> {
    let found = check::check(document.plan(), call.calendar.today);
    let of_rules = found.iter().map(|finding| Finding {
        place: document.place(&finding.spot),
        severity: finding.severity(),
        message: finding.message(call.lang()),
        rule: finding.rule.name(),
    });
    // What is doubtful in the text itself was never in the published document, and can be mended.
    let of_text = document.remarks().into_iter().map(|remark| Finding {
        place: remark.place,
        severity: Severity::Problem,
        message: remark.message(call.lang()),
        rule: remark.rule(),
    });
    of_rules.chain(of_text).collect()
}

/// `path:line:column: message [rule]`, which editors know how to jump to.
fn write(findings: &[Finding], path: &Path, call: &Call, out: &mut dyn Write) -> io::Result<()> {
    for Finding { place, severity, message, rule } in findings {
        let weight = match severity {
            Severity::Problem => "",
            Severity::Remark => REMARK.say(call.lang()),
        };
        let (path, message) = (saying::path(path), text::line(message));
        let line = format!("{path}:{}:{}: {weight}{message} [{rule}]", place.line, place.column);
        writeln!(out, "{}", call.printable(&line))?;
    }
    Ok(())
}

const REMARK: Phrase = Phrase::new("lưu ý: ", "note: ");

/// What was found in all of the files.
#[derive(Default)]
struct Total {
    read: usize,
    unread: usize,
    problems: usize,
    remarks: usize,
}

impl Total {
    fn count(&mut self, findings: &[Finding]) {
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
        match (lang, unread) {
            (_, 0) => found,
            (Lang::Vi, _) => format!("{found}, {unread} tệp không đọc được"),
            (Lang::En, _) => format!("{found}; not readable: {unread}"),
        }
    }
}
