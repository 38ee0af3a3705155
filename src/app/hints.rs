//! What the program makes of a time, of no day or of steps, in a few words under the field.

use crate::plan::time::{self, Period};
use crate::plan::{Field, Plan, Task, TaskStep};
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

/// What is made of the steps that were typed so far.
pub(super) fn steps_hint(read: Result<Vec<TaskStep>, String>, lang: Lang) -> String {
    const NONE: Phrase = Phrase::new(
        "Mốc và ngày, cách nhau dấu ; như: dự thảo 30/4; lấy ý kiến 31/5; trình -7 (7 ngày trước hạn)",
        "Steps and days with ; between them: draft 30/4; comments 31/5; submit -7 (7 days before the deadline)",
    );
    match read {
        Ok(steps) if steps.is_empty() => NONE.say(lang).to_owned(),
        Ok(steps) => understood(&steps, lang),
        Err(why) => why,
    }
}

/// `= dự thảo: 30/04/2024 · trình: 23/06/2024 (CN) · gửi: không ngày`.
fn understood(steps: &[TaskStep], lang: Lang) -> String {
    const NO_DAY: Phrase = Phrase::new("không ngày", "no day");
    let told = |step: &TaskStep| {
        let day = step.by.map(|by| time::write_marked_date(by, lang));
        format!("{}: {}", step.what, day.as_deref().unwrap_or(NO_DAY.say(lang)))
    };
    let told: Vec<String> = steps.iter().map(told).collect();
    let twin = steps.iter().enumerate().find(|(at, step)| steps[..*at].iter().any(|it| it.what == step.what));
    let remark = twin.map_or_else(String::new, |(_, step)| {
        let what = &step.what;
        tr!(lang, " (hai mốc cùng tên “{what}”)", " (two steps are called “{what}”)")
    });
    format!("= {}{remark}", told.join(" · "))
}
