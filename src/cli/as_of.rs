//! What is said of the day that an answer is about.

use super::Call;
use super::plan_file::PlanFile;
use crate::plan::time::{self, write_date};
use crate::plan::{Plan, TaskId};
use crate::text;
use crate::words::{Phrase, tr};

/// `tính đến 14/03/2024; ghi sau ngày chốt: 2 việc (3, IV.2)`
pub(super) fn told(call: &Call, files: &[PlanFile]) -> String {
    let lang = call.lang();
    let mut told = time::as_of(call.calendar.today, lang);
    if let Some(evening) = call.known_at.map(write_date) {
        told += &tr!(lang, ", như tệp ghi tối {evening}", ", as the file was on the evening of {evening}");
    }
    let later: Vec<String> = files.iter().flat_map(|file| recorded_later(call, file.known())).collect();
    if !later.is_empty() {
        let (count, names) = (later.len(), shortened(&later));
        told += &tr!(
            lang,
            "; ghi sau ngày chốt: {count} việc ({names})",
            "; recorded later: {count} tasks ({names})"
        );
    }
    told
}

/// The same where it is another day than the clock's, in lines that fit the terminal.
pub(super) fn told_of_another_day(call: &Call, files: &[PlanFile]) -> Vec<String> {
    let is_another = call.calendar.today != call.now.date_naive() || call.known_at.is_some();
    let told = if is_another { told(call, files) } else { String::new() };
    text::wrap(&told, call.width().unwrap_or(usize::MAX)).map(str::to_owned).collect()
}

/// The tasks of which something was written down later that had happened by the day.
fn recorded_later(call: &Call, plan: &Plan) -> Vec<String> {
    let name = |id: &TaskId| match plan.task(id).map_or("", |task| &task.no) {
        "" => text::line(&id.to_string()).into_owned(),
        no => text::line(no).into_owned(),
    };
    plan.recorded_after(call.calendar.today).map(name).collect()
}

/// So many names are enough to begin to look.
const MOST: usize = 10;

fn shortened(names: &[String]) -> String {
    let more = if names.len() > MOST { ", …" } else { "" };
    format!("{}{more}", names[..names.len().min(MOST)].join(", "))
}

/// What a history cannot know.
pub(super) const OF_HISTORY: Phrase = Phrase::new(
    "theo lịch sử thay đổi: không biết những gì sửa tay trong tệp, thứ tự các việc và phần đầu kế hoạch",
    "as the histories tell: what a hand has changed in the file, the order of tasks and the plan's own fields are as now",
);
