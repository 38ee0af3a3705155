//! The day that is looked at, where that is another than today: it is read, and what is dated by it can be written.

use chrono::NaiveDate;

use super::editor::{Editor, date, day_hint};
use super::history::Purpose;
use super::{App, Day, Effect, Panel, Request, edits};
use crate::plan::time::write_date;
use crate::plan::{Calendar, Change, Field, Plan, Status};
use crate::words::{Lang, Phrase, tr};

impl App {
    /// The day on which the program is used: also while another one is looked at.
    pub fn today(&self) -> NaiveDate {
        self.left_day.map_or(self.calendar.today, |(today, _)| today)
    }

    /// Whether today ends at midnight.
    pub fn follows_the_clock(&self) -> bool {
        self.left_day.map_or(self.day, |(_, day)| day) == Day::Real
    }

    /// The field for the day to look at.
    pub(super) fn ask_for_day(&mut self) {
        if self.open().is_some() {
            self.panel = Some(Panel::Edit(Editor::of_day(self.current)));
        }
    }

    /// Looks at the day that was typed; nothing typed is today.
    pub(super) fn take_day(&mut self, editor: Editor) -> Option<Effect> {
        let plan = self.plan_of(editor.plan())?;
        match editor.day(plan, self.today(), self.lang) {
            Ok(Some(day)) if day != self.today() => {
                self.left_day.get_or_insert((self.calendar.today, self.day));
                self.day = Day::AsOf;
                self.look_as_of(day);
            }
            Ok(_) => self.look_at_today(),
            Err(why) => return self.refuse(editor, why),
        }
        None
    }

    pub(super) fn looks_at_another_day(&self) -> bool {
        self.left_day.is_some()
    }

    pub(super) fn look_at_today(&mut self) {
        if let Some((today, day)) = self.left_day.take() {
            self.day = day;
            self.look_as_of(today);
        }
    }

    /// A new day has begun.
    pub(super) fn begin_day(&mut self, today: NaiveDate) {
        match &mut self.left_day {
            Some((left, _)) => *left = today,
            None => self.look_as_of(today),
        }
    }

    /// Whether the changes are of a kind that bears no day, so that they cannot be made about the one that is looked
    /// at; which is said.
    pub(super) fn is_undated(&mut self, purpose: Purpose, changes: &[Change]) -> bool {
        let is_dated = |change: &Change| change.field().is_some_and(Field::is_dated);
        if !self.looks_at_another_day() || purpose != Purpose::Change || changes.iter().all(is_dated) {
            return false;
        }
        let day = write_date(self.calendar.today);
        self.notices.answer(tr!(
            self.lang,
            "Đang xem tính đến {day}: chỉ ghi được việc có ngày. Esc: về hôm nay",
            "Looking at {day}: only what bears a day can be written. Esc: back to today"
        ));
        true
    }

    /// Whether another status is meant for what was done after the day that is looked at: nobody who looks at that day
    /// sees that it would not be done any more. It is said.
    pub(super) fn is_done_later(&mut self, purpose: Purpose, request: &Request) -> bool {
        if !self.looks_at_another_day() || purpose != Purpose::Change {
            return false;
        }
        let Some(plan) = &self.plans[request.plan.0].in_file else { return false };
        let undone = request.changes.iter().filter(|change| {
            change.edit_in(Field::Status).is_some_and(|edit| edit.after.status() != Some(Status::Done))
        });
        let later = undone.filter_map(|change| {
            let day = plan.task_of(change)?.done_on.filter(|day| *day > self.calendar.today)?;
            Some((edits::number(plan, change), write_date(day)))
        });
        let Some((no, day)) = later.into_iter().next() else { return false };
        self.notices.answer(tr!(
            self.lang,
            "Việc {no} đã hoàn thành ngày {day}. Esc: về hôm nay rồi đổi trạng thái",
            "Task {no} was done on {day}. Esc: back to today, to set its status"
        ));
        true
    }
}

impl Editor {
    /// What is typed in it, for the line beneath.
    pub const DAY: Phrase = Phrase::new("Xem tính đến ngày", "Look at the plan as of");

    /// The day that was typed; none is today.
    pub(super) fn day(&self, plan: &Plan, today: NaiveDate, lang: Lang) -> Result<Option<NaiveDate>, String> {
        date(&self.field, Field::Due, plan, today, lang)
    }

    pub(super) fn looked_at_hint(&self, plan: &Plan, calendar: Calendar, lang: Lang) -> String {
        const TODAY: Phrase = Phrase::new(
            "Ví dụ: 14/3, cuối quý I. Trống: hôm nay",
            "For instance 14/3, end of quarter I. Empty: today",
        );
        match self.day(plan, calendar.today, lang) {
            Ok(Some(day)) => format!("= {}", day_hint(day, calendar.today, lang)),
            Ok(None) => TODAY.say(lang).to_owned(),
            Err(trouble) => trouble,
        }
    }
}
