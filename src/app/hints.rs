//! What the program makes of a time or of no day, in a few words under the field.

use crate::plan::time::{self, Period};
use crate::plan::{Field, Plan, Task};
use crate::words::{Lang, Phrase, tr};

/// What an empty date means.
pub(super) fn no_day(task: &Task, field: Field, plan: &Plan, lang: Lang) -> String {
    let end = task.quarters.last().map(|quarter| time::write_date(quarter.last_day(plan.year)));
    match (field, end) {
        (Field::DoneOn, _) => Phrase::new("Trống: chưa hoàn thành", "Empty: not done").say(lang).to_owned(),
        (_, Some(end)) => tr!(
            lang,
            "Trống: hạn là cuối quý, {end}. Ví dụ: 30/6, 15/03/2024, cuối tháng 5",
            "Empty: due at the end of the quarter, {end}. For instance 30/6, 15/03/2024"
        ),
        _ => Phrase::new("Trống: không hạn", "Empty: no deadline").say(lang).to_owned(),
    }
}

pub(super) fn period_hint(period: Period, year: i32, lang: Lang) -> String {
    let Some(deadline) = period.deadline(year) else {
        return period.rhythm().told().map_or_else(String::new, |told| format!("= {}", told.say(lang)));
    };
    let task = Task { quarters: period.quarters(), due: period.due(), ..Task::default() };
    let columns = Field::Quarters.value(&task, lang);
    let quarter =
        if period.quarters().is_whole_year() { "" } else { Phrase::new("Quý ", "Quarter ").say(lang) };
    let due = Field::Due.short().say(lang).to_lowercase();
    format!("= {quarter}{columns}, {due} {}", time::write_date(deadline))
}
