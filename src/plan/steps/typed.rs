//! Steps in one line, as they are typed: `dự thảo 30/4; lấy ý kiến 31/5; trình -7`.
//!
//! Between two steps stands `;`. The day of a step stands behind its name: in any form that is read as a day, or as so
//! many days before the deadline, as in `-7`. A step without a day is an entry of a checklist. A name in quotation marks
//! is taken as it is: `"Báo cáo quý I" 5/4`. A quotation mark within it stands there twice.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};

use crate::plan::table::TaskStep;
use crate::plan::task::Task;
use crate::plan::time::{self, Asked, TimeError};
use crate::text;
use crate::words::{Lang, Phrase, tr};

/// What typed steps are read against.
#[derive(Debug, Clone, Copy)]
pub struct StepFrame<'a> {
    /// That of the plan.
    pub year: i32,
    pub today: NaiveDate,
    pub deadline: Option<NaiveDate>,
    /// The steps that stand there. Those that stay keep the day on which they were done.
    pub before: &'a [TaskStep],
}

impl<'a> StepFrame<'a> {
    pub fn of(task: &'a Task, year: i32, today: NaiveDate) -> Self {
        Self { year, today, deadline: task.deadline(year), before: &task.steps }
    }
}

/// Why a text is not read as steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepError {
    /// The step, as it was typed.
    part: String,
    why: StepTrouble,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum StepTrouble {
    Day(TimeError),
    NoDeadline,
    Unnamed,
    OpenQuote,
}

impl StepError {
    /// Which step it is, and what is wrong with it, in one line.
    pub fn message(&self, lang: Lang) -> String {
        let why = match self.why {
            StepTrouble::Day(why) => why.message(Asked::Deadline, lang),
            StepTrouble::NoDeadline => NO_DEADLINE.say(lang).to_owned(),
            StepTrouble::Unnamed => UNNAMED.say(lang).to_owned(),
            StepTrouble::OpenQuote => OPEN_QUOTE.say(lang).to_owned(),
        };
        let part = text::line(&self.part);
        tr!(lang, "Mốc “{part}”: {why}", "Step “{part}”: {why}")
    }
}

const NO_DEADLINE: Phrase =
    Phrase::new("việc không có hạn để tính lùi; ghi ngày", "there is no deadline to count from; write a day");
const UNNAMED: Phrase = Phrase::new("gõ tên mốc trước ngày", "its name stands before the day");
const OPEN_QUOTE: Phrase = Phrase::new("thiếu dấu \" thứ hai", "the second \" is missing");

/// The steps that a text means.
pub fn read_steps(text: &str, frame: StepFrame<'_>) -> Result<Vec<TaskStep>, StepError> {
    let parts = parts(text).into_iter().map(str::trim).filter(|part| !part.is_empty());
    let read = |part| match read_step(part, frame) {
        Ok((what, by)) => Ok((part, TaskStep { what, by, done: None })),
        Err(why) => Err(StepError { part: part.to_owned(), why }),
    };
    let read: Vec<(&str, TaskStep)> = parts.map(read).collect::<Result<_, _>>()?;
    Ok(kept(read, frame))
}

/// The text that means these steps. The days on which they were done are not in it.
pub fn write_steps(steps: &[TaskStep], year: i32) -> String {
    steps.iter().map(|step| write_step(step, year)).collect::<Vec<_>>().join("; ")
}

/// A day without its year where that is the plan's.
pub(super) fn write_day(day: NaiveDate, year: i32) -> String {
    if day.year() == year { time::write_short_date(day) } else { time::write_date(day) }
}

fn write_step(step: &TaskStep, year: i32) -> String {
    let what = text::line(&step.what);
    let day = step.by.map_or_else(String::new, |by| format!(" {}", write_day(by, year)));
    let bare = format!("{what}{day}");
    // What would be read as another is said so that it cannot be. No day of today is in what is written.
    let today = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
    let frame = StepFrame { year, today, deadline: Some(today), before: &[] };
    let is_clear = |read: &[TaskStep]| matches!(read, [one] if one.what == what && one.by == step.by);
    if read_steps(&bare, frame).is_ok_and(|read| is_clear(&read)) {
        return bare;
    }
    format!("\"{}\"{day}", what.replace('"', "\"\""))
}

/// What stands between the semicolons that are in no quotation marks.
fn parts(text: &str) -> Vec<&str> {
    let (mut parts, mut from, mut is_quoted) = (Vec::new(), 0, false);
    for (at, letter) in text.char_indices() {
        match letter {
            '"' => {
                let part = text[from..at].trim_start();
                is_quoted ^= part.is_empty() || part.starts_with('"');
            }
            ';' | '\n' if !is_quoted => {
                parts.push(&text[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[from..]);
    parts
}

/// The name of a step and its day.
fn read_step(part: &str, frame: StepFrame<'_>) -> Result<(String, Option<NaiveDate>), StepTrouble> {
    if let Some(rest) = part.strip_prefix('"') {
        let (what, rest) = unquoted(rest).ok_or(StepTrouble::OpenQuote)?;
        let rest = rest.trim();
        let day = if rest.is_empty() { None } else { Some(read_day(rest, frame)?) };
        return Ok((what, day));
    }
    let starts = part.char_indices().filter(|&(at, _)| at > 0 && part[..at].ends_with(char::is_whitespace));
    let mut trouble = None;
    for (at, _) in starts {
        let (what, day) = (part[..at].trim_end(), &part[at..]);
        match read_day(day, frame) {
            _ if !is_dated(day) => {}
            Ok(day) => return Ok((bare(what).to_owned(), Some(day))),
            Err(why) => trouble = as_day(day, why).or(trouble),
        }
    }
    match trouble {
        Some(trouble) => Err(trouble),
        None if is_dated(part) && read_day(part, frame).is_ok() => Err(StepTrouble::Unnamed),
        None => Ok((part.to_owned(), None)),
    }
}

/// The name without what parts it from the day.
fn bare(what: &str) -> &str {
    let dashes = [" -", " –"];
    let what = dashes.iter().find_map(|dash| what.strip_suffix(dash)).unwrap_or(what);
    what.trim_end_matches([':', ',']).trim_end()
}

/// Whether a text may be a day: a number alone is part of a name, as in `dự thảo lần 2`.
fn is_dated(text: &str) -> bool {
    !text.chars().all(|c| c.is_ascii_digit())
}

/// What is wrong with a text that somebody has meant as a day; nothing where it is rather a part of the name.
fn as_day(text: &str, why: StepTrouble) -> Option<StepTrouble> {
    let has_joint = || {
        let bytes = text.as_bytes();
        let is_joint = |at: usize| matches!(bytes[at], b'/' | b'-' | b'.') && bytes[at - 1].is_ascii_digit();
        (1..bytes.len()).any(is_joint) && text.bytes().all(|it| it.is_ascii_digit() || b"/-.".contains(&it))
    };
    let is_told = match why {
        StepTrouble::Day(TimeError::Unfinished) => has_joint(),
        StepTrouble::Day(
            TimeError::Unknown
            | TimeError::NoDeadline
            | TimeError::ManyDays
            | TimeError::NoEnd
            | TimeError::BeforeWhat
            | TimeError::Lunar
            | TimeError::Outside { .. }
            | TimeError::Backwards,
        ) => false,
        _ => true,
    };
    is_told.then_some(why)
}

fn read_day(text: &str, frame: StepFrame<'_>) -> Result<NaiveDate, StepTrouble> {
    let text = text.strip_prefix(['–', '−']).map_or(Cow::Borrowed(text), |rest| format!("-{rest}").into());
    let counts_back = counts_back(&text);
    let from = frame.deadline.filter(|_| counts_back).unwrap_or(frame.today);
    match time::read_date(&text, frame.year, from) {
        Ok(Some(_)) if counts_back && frame.deadline.is_none() => Err(StepTrouble::NoDeadline),
        Ok(Some(day)) => Ok(day),
        Ok(None) => Err(StepTrouble::Day(TimeError::Unknown)),
        Err(why) => Err(StepTrouble::Day(why)),
    }
}

/// `-7`, `- 2 tuần`, and not the `- 15/3` of a list.
fn counts_back(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('-').map(str::trim_start) else { return false };
    let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    behind.len() < rest.len() && !behind.starts_with(['/', '-', '.'])
}

/// The text up to the quotation mark that ends it, and what stands behind that.
fn unquoted(text: &str) -> Option<(String, &str)> {
    let mut what = String::new();
    let mut rest = text;
    loop {
        let (before, behind) = rest.split_once('"')?;
        what.push_str(before);
        let Some(more) = behind.strip_prefix('"') else { return Some((what, behind)) };
        what.push('"');
        rest = more;
    }
}

/// The steps as they were read, with the days on which those were done that stay: a step that is written as before, one
/// of the same name, and one that has only another name.
fn kept(read: Vec<(&str, TaskStep)>, frame: StepFrame<'_>) -> Vec<TaskStep> {
    type IsSame = fn(&(&str, TaskStep), &TaskStep, &str) -> bool;
    const SAME: [IsSame; 3] = [
        |(part, _), _, written| *part == written,
        |(_, step), before, _| step.what == before.what,
        |(_, step), before, _| step.by.is_some() && step.by == before.by,
    ];
    let written = frame.before.iter().map(|step| write_step(step, frame.year));
    let mut left: Vec<(&TaskStep, String)> = frame.before.iter().zip(written).collect();
    let mut steps: Vec<Option<TaskStep>> = vec![None; read.len()];
    for (rule, is_same) in SAME.iter().enumerate() {
        for (typed, step) in read.iter().zip(&mut steps).filter(|(_, step)| step.is_none()) {
            let found = left.iter().position(|(before, written)| is_same(typed, before, written));
            let Some((before, _)) = found.map(|at| left.remove(at)) else { continue };
            let whole = TaskStep { done: before.done, ..typed.1.clone() };
            *step = Some(if rule == 0 { before.clone() } else { whole });
        }
    }
    steps.into_iter().zip(read).map(|(step, (_, typed))| step.unwrap_or(typed)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{day, step};
    use super::*;

    /// On Monday, 20 May 2024, in a task that is due at the end of June.
    fn frame(before: &[TaskStep]) -> StepFrame<'_> {
        StepFrame { year: 2024, today: day("2024-05-20"), deadline: Some(day("2024-06-30")), before }
    }

    #[track_caller]
    fn means(text: &str, expected: &[(&str, &str)]) {
        let expected: Vec<TaskStep> = expected.iter().map(|(what, by)| step(what, by, "")).collect();
        assert_eq!(read_steps(text, frame(&[])).as_deref(), Ok(expected.as_slice()), "{text}");
    }

    fn refused(text: &str) -> String {
        read_steps(text, frame(&[])).unwrap_err().message(Lang::Vi)
    }

    #[test]
    fn steps_are_typed_in_one_line() {
        let three = [("dự thảo", "2024-04-30"), ("lấy ý kiến các sở", "2024-05-31"), ("trình", "2024-06-23")];
        means("dự thảo 30/4; lấy ý kiến các sở 31/5; trình -7", &three);
        means(" dự thảo: 30/04/2024 ;; lấy ý kiến các sở cuối tháng 5; trình – 1 tuần;", &three);
        means(
            "rà soát; dự thảo lần 2; v1.2 30/4",
            &[("rà soát", ""), ("dự thảo lần 2", ""), ("v1.2", "2024-04-30")],
        );
        means("họp +7; gửi mai", &[("họp", "2024-05-27"), ("gửi", "2024-05-21")]);
        means("tờ trình 12/TTr-SNV - 15/3", &[("tờ trình 12/TTr-SNV", "2024-03-15")]);
        means(
            "\"Báo cáo quý I\" 5/4; \"a; \"\"b\"\"\"",
            &[("Báo cáo quý I", "2024-04-05"), ("a; \"b\"", "")],
        );
        means("gửi “Sở; Y tế” 1/4", &[("gửi “Sở", ""), ("Y tế”", "2024-04-01")]);
        means("", &[]);
    }

    #[test]
    fn a_day_that_is_none_is_refused_with_its_words() {
        assert_eq!(refused("dự thảo 30/4; trình 31/2"), "Mốc “trình 31/2”: Tháng 2 năm 2024 có 29 ngày");
        assert_eq!(refused("trình tháng 13"), "Mốc “trình tháng 13”: Không có tháng 13: tháng từ 1 đến 12");
        assert!(refused("trình 30/").contains("Gõ tiếp"));
        assert_eq!(refused("30/4"), "Mốc “30/4”: gõ tên mốc trước ngày");
        assert_eq!(refused("\"a"), "Mốc “\"a”: thiếu dấu \" thứ hai");
        assert!(refused("\"a\" ngày nào đó").contains("Không đọc được ngày"));
        let without = StepFrame { deadline: None, ..frame(&[]) };
        let refused = read_steps("trình -7", without).unwrap_err();
        assert!(refused.message(Lang::En).ends_with("there is no deadline to count from; write a day"));
    }

    #[test]
    fn a_step_that_stays_keeps_the_day_on_which_it_was_done() {
        let before = [
            step("dự thảo", "2024-04-30", "2024-04-28"),
            step("lấy ý kiến", "2024-05-31", "2024-05-19"),
            step("trình", "", "2024-05-20"),
        ];
        let typed = "trình -7; lấy ý kiến các sở 31/5; dự thảo 30/4; mới 1/6";
        let expected = [
            step("trình", "2024-06-23", "2024-05-20"),
            step("lấy ý kiến các sở", "2024-05-31", "2024-05-19"),
            step("dự thảo", "2024-04-30", "2024-04-28"),
            step("mới", "2024-06-01", ""),
        ];
        assert_eq!(read_steps(typed, frame(&before)).as_deref(), Ok(&expected[..]));
    }

    #[test]
    fn what_could_be_read_otherwise_is_written_with_marks() {
        let written = |what: &str, by: &str| write_steps(&[step(what, by, "")], 2024);
        assert_eq!(written("dự thảo", "2024-04-30"), "dự thảo 30/04");
        assert_eq!(written("dự thảo", "2025-04-30"), "dự thảo 30/04/2025");
        assert_eq!(written("Báo cáo quý I", ""), "\"Báo cáo quý I\"");
        assert_eq!(written("a; b", "2024-04-30"), "\"a; b\" 30/04");
        assert_eq!(written("dự thảo lần 2", ""), "dự thảo lần 2");
        assert_eq!(written("", "2024-04-30"), "\"\" 30/04");
        assert_eq!(written("gửi:", "2024-04-30"), "\"gửi:\" 30/04");
    }
}
