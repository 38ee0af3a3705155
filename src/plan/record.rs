//! Writing into the histories of tasks what was made, so that they tell of work and not of keystrokes.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{NaiveDate, TimeDelta};

use super::Plan;
use super::change::{Change, Edit};
use super::field::Field;
use super::history::{Entry, EntryKind, Stamp, Why, iso};
use super::status::Status;
use super::task::TaskId;

/// What one person does to one field within this time is one thing done.
const IN_ONE_GO: TimeDelta = TimeDelta::minutes(10);

impl Plan {
    /// Writes into the tasks' histories that these changes were made. Places in the plan are not recorded.
    pub fn record(&mut self, made: &[Change], stamp: &Stamp) {
        for (at, change, entry) in self.entries(made, stamp) {
            let taken_back = match (&stamp.why, change) {
                (Why::Undo, Change::Edit { edit, .. }) if edit.field == Field::Due => {
                    Some(self.extension(at, edit, "", stamp))
                }
                _ => None,
            };
            let history = &mut Arc::make_mut(&mut self.tasks[at]).history;
            match taken_back.and_then(|back| history.iter().rposition(|it| it.is_taken_back_by(&back))) {
                Some(extended) => drop(history.remove(extended)),
                None => push(history, entry, &stamp.why),
            }
        }
    }

    /// What is recorded of the changes: each with its change and the place of its task.
    fn entries<'a>(&self, made: &'a [Change], stamp: &Stamp) -> Vec<(usize, &'a Change, Entry)> {
        let mut of_tasks: HashMap<&TaskId, Vec<&Change>> = HashMap::new();
        for (id, change) in made.iter().filter_map(|change| Some((change.task()?, change))) {
            of_tasks.entry(id).or_default().push(change);
        }
        let mut near = 0;
        let entry = |change: &'a Change| {
            let id = change.task()?;
            let at = self.position_from(id, near)?;
            near = at;
            let of_task = &of_tasks[id];
            let mut entry = self.entry(at, change, of_task, stamp)?;
            let bears = bearer(of_task).is_some_and(|bearer| std::ptr::eq(bearer, change));
            if let (Why::Reason(reason), true) = (&stamp.why, bears) {
                entry.note.clone_from(reason);
            }
            Some((at, change, entry))
        };
        made.iter().filter_map(entry).collect()
    }

    /// What is recorded of a change to the task at this place, if anything is.
    fn entry(&self, at: usize, change: &Change, made: &[&Change], stamp: &Stamp) -> Option<Entry> {
        let entry = match (change, &stamp.why) {
            (Change::Edit { task, edit }, _)
                if edit.field == Field::DoneOn && status_with(made, task, edit).is_some() =>
            {
                None
            }
            (Change::Edit { edit, .. }, Why::Extension(reason)) if edit.field == Field::Due => {
                Some(self.extension(at, edit, reason, stamp))
            }
            (Change::Edit { task, edit }, _) => Some(with_day(Entry::of(edit, stamp), made, task, stamp)),
            // Who brings back what was deleted brings back its history.
            (Change::Add { .. }, Why::Undo)
            | (Change::Remove { .. } | Change::Move { .. } | Change::Head(_), _) => None,
            (Change::Add { .. }, _) => Some(Entry::new(EntryKind::Added, stamp)),
        };
        entry.map(|entry| Entry { clash: stamp.why == Why::Clash, ..entry })
    }

    /// Writes into the histories that these changes were made, and that something else stands in their place, which was
    /// set by somebody who had not seen them.
    pub fn record_outdone(&mut self, lost: &[Change], stamp: &Stamp) {
        for (at, change, entry) in self.entries(lost, stamp) {
            let Some(field) = change.field() else { continue };
            let task = Arc::make_mut(&mut self.tasks[at]);
            if !task.history.contains(&entry) {
                let now = field.recorded_of(task);
                outdo(&mut task.history, entry, field, now);
            }
        }
    }

    /// Writes into the history of a task that somebody has deleted it while it was being changed, and that it stays.
    pub fn record_kept(&mut self, id: &TaskId, stamp: &Stamp) {
        if let Some(at) = self.position(id) {
            let kept = Entry { clash: true, ..Entry::new(EntryKind::Kept, stamp) };
            Arc::make_mut(&mut self.tasks[at]).history.push(kept);
        }
    }

    /// An extension goes from deadline to deadline, also where the first is the end of a quarter.
    fn extension(&self, at: usize, due: &Edit, reason: &str, stamp: &Stamp) -> Entry {
        let task = &self.tasks[at];
        let end = || task.last_day_of_quarters(self.year);
        let day = |day: Option<NaiveDate>| day.or_else(end).map_or_else(String::new, iso);
        Entry {
            from: day(due.before.day()),
            to: day(due.after.day()),
            note: reason.to_owned(),
            ..Entry::new(EntryKind::Extended, stamp)
        }
    }
}

/// Which of the changes of a task a reason stands with: it is said once for those that belong together, beside the status
/// if that is changed.
fn bearer<'a>(made: &[&'a Change]) -> Option<&'a Change> {
    let is_recorded = |change: &&Change| matches!(change, Change::Edit { .. } | Change::Add { .. });
    let is_status = |change: &&Change| change.edit_in(Field::Status).is_some();
    made.iter().copied().find(is_status).or_else(|| made.iter().copied().find(is_recorded))
}

/// The day that came or went with a status in the same go: one line tells of both.
fn status_with(made: &[&Change], task: &TaskId, day: &Edit) -> Option<NaiveDate> {
    let status = edit_of(made, task, Field::Status)?;
    match (status.before.status()?, status.after.status()?, day.before.day(), day.after.day()) {
        (_, Status::Done, None, Some(day)) | (Status::Done, _, Some(day), None) => Some(day),
        _ => None,
    }
}

fn edit_of<'a>(made: &[&'a Change], task: &TaskId, field: Field) -> Option<&'a Edit> {
    made.iter().filter_map(|change| change.edit_of(task)).find(|edit| edit.field == field)
}

fn with_day(entry: Entry, made: &[&Change], task: &TaskId, stamp: &Stamp) -> Entry {
    if !entry.is_status() {
        return entry;
    }
    let day = edit_of(made, task, Field::DoneOn).and_then(|day| status_with(made, task, day));
    let is_dated = stamp.on != Some(stamp.at.date_naive()) && entry.to != Status::Done.name();
    let on = stamp.on.filter(|_| is_dated).map_or_else(String::new, iso);
    Entry { done_on: day.map_or_else(String::new, iso), on, ..entry }
}

/// Puts an entry before the one that was made in its place, which goes on from it, as a clash. Where no entry tells of
/// that, one is added.
fn outdo(history: &mut Vec<Entry>, entry: Entry, field: Field, now: String) {
    let is_same_kind = |it: &Entry| it.kind == entry.kind || field == Field::Due && it.is_of(field);
    let from_same = history.iter().rposition(|it| is_same_kind(it) && it.from == entry.from);
    let winner = from_same.or_else(|| history.iter().rposition(is_same_kind));
    if let Some(at) = winner {
        let winner = &mut history[at];
        winner.from.clone_from(&entry.to);
        winner.clash = true;
        if !entry.day().is_empty() {
            winner.done_on.clone_from(&entry.done_on);
        }
        history.insert(at, entry);
        return;
    }
    // What went with a status that has given way.
    let status = history.iter().rev().find(|it| it.is_of(Field::Status)).unwrap_or(&entry);
    let (at, by) = (status.at, status.by.clone());
    let winner =
        Entry { at, by, from: entry.to.clone(), to: now, note: String::new(), clash: true, ..entry.clone() };
    history.extend([entry, winner]);
}

/// Adds an entry, or goes on with the one before it that it belongs to; what has come to nothing is not told.
fn push(history: &mut Vec<Entry>, entry: Entry, why: &Why) {
    let before = entry.kind.field().and_then(|field| history.iter().rposition(|it| it.is_of(field)));
    match before.filter(|&at| entry.goes_on_from(&history[at], why)) {
        Some(at) => {
            let before = history.remove(at);
            history.extend(before.followed_by(entry, why));
        }
        None => history.push(entry),
    }
}

impl Entry {
    /// Whether two that are told alike are alike. Of a row a history tells only the first columns.
    fn tells_all(&self) -> bool {
        let table = self.kind.field().and_then(|field| field.kind().table());
        self.from.is_empty() || table.is_none_or(|table| table.kind().is_told_whole())
    }

    fn goes_on_from(&self, before: &Self, why: &Why) -> bool {
        let stood = if before.kind == self.kind { &before.to } else { before.day() };
        let leaves_day = self.is_status() && self.from == Status::Done.name();
        let is_other_day = leaves_day && before.day() != self.done_on;
        let is_same_day = before.at.date_naive() == self.at.date_naive() && before.on == self.on;
        if before.by != self.by || stood != self.from || is_other_day || !is_same_day || before.is_extension()
        {
            return false;
        }
        let is_plain = !before.clash && !self.clash && before.note.is_empty();
        let time = self.at - before.at;
        *why == Why::Undo || is_plain && (TimeDelta::zero()..IN_ONE_GO).contains(&time)
    }

    fn is_taken_back_by(&self, back: &Self) -> bool {
        let is_same_day = self.at.date_naive() == back.at.date_naive();
        let is_inverse = (&self.by, &self.from, &self.to) == (&back.by, &back.to, &back.from);
        self.is_extension() && is_same_day && is_inverse
    }

    /// What the two come to, if to anything.
    fn followed_by(self, after: Self, why: &Why) -> Option<Self> {
        if self.kind != after.kind {
            // The day, of an entry about the status.
            return Some(Self { done_on: after.to, at: after.at, ..self });
        }
        let is_done = |status: &str| self.is_status() && status == Status::Done.name();
        match (is_done(&self.from), is_done(&after.to)) {
            (true, true) if self.done_on != after.done_on => {
                let kind = Field::DoneOn.into();
                let (from, to) = (self.done_on, after.done_on);
                Some(Self { kind, from, to, done_on: String::new(), ..after })
            }
            _ if self.from == after.to && (*why == Why::Undo || self.tells_all()) => None,
            (true, _) => Some(Self { from: self.from, done_on: self.done_on, ..after }),
            (_, true) => Some(Self { from: self.from, ..after }),
            _ => Some(Self { from: self.from, done_on: String::new(), ..after }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Progress, Task};

    fn plan() -> Plan {
        let tasks = ["a", "b"].map(|id| Arc::new(Task { id: TaskId::new(id), ..Task::default() })).to_vec();
        let (title, number, issuer) = (String::new(), String::new(), String::new());
        Plan { version: 1, title, number, issuer, year: 2024, tasks, ..Plan::default() }
    }

    /// The fields beside which the reason stands, when these changes are made with one.
    fn reasoned(changes: &[Change]) -> Vec<String> {
        let mut plan = plan();
        let made = plan.make(changes).expect("the changes fit");
        let at = "2024-05-20T09:10:00+07:00".parse().expect("a time");
        plan.record(
            &made,
            &Stamp { at, by: "lan".into(), why: Why::Reason("theo công văn 12".into()), on: None },
        );
        let entries = plan.tasks.iter().flat_map(|task| &task.history);
        entries
            .filter(|entry| entry.note == "theo công văn 12")
            .map(|entry| entry.kind.name().to_owned())
            .collect()
    }

    #[test]
    fn a_reason_stands_once_and_with_the_status_if_that_is_changed() {
        let (task, b) = (TaskId::new("a"), TaskId::new("b"));
        let edit = |edit| Change::Edit { task: task.clone(), edit };
        let note = edit(Edit::new(Field::Note, String::new(), "x"));
        let status = edit(Edit::new(Field::Status, Status::Todo, Status::Paused));
        let moved = Change::Move { task: task.clone(), from: None, to: Some(b.clone()) };
        let gone = Change::Remove { task: Box::new(Task { id: b, ..Task::default() }), after: None };
        assert_eq!(reasoned(&[note.clone(), status.clone()]), ["status"]);
        assert_eq!(reasoned(&[moved.clone(), note.clone()]), ["note"]);
        assert_eq!(reasoned(&[gone.clone(), note.clone(), status]), ["status"]);
        assert_eq!(reasoned(&[moved, gone]), Vec::<String>::new(), "nothing remembers what is gone");
        assert_eq!(reasoned(&[note]), ["note"]);
    }

    /// Each step is by whom, minutes after the first, why, and the edit; and the history that is left.
    type Step = (&'static str, i64, Why, Edit);

    fn told(steps: &[Step]) -> Vec<String> {
        let mut plan = plan();
        for (by, minutes, why, edit) in steps {
            let edits = match edit.field {
                Field::Status => vec![edit.clone(), day_with(edit, &plan.tasks[0])],
                _ => vec![edit.clone()],
            };
            let changes: Vec<_> =
                edits.into_iter().map(|edit| Change::Edit { task: TaskId::new("a"), edit }).collect();
            let made = plan.make(&changes).expect("the changes fit");
            let first: chrono::DateTime<chrono::FixedOffset> =
                "2024-05-20T09:10:00+07:00".parse().expect("a time");
            let at = first + TimeDelta::minutes(*minutes);
            plan.record(&made, &Stamp { at, by: (*by).into(), why: why.clone(), on: None });
        }
        let told = |entry: &Entry| {
            let Entry { by, kind, from, to, done_on, clash, .. } = entry;
            let day = if done_on.is_empty() { String::new() } else { format!(" {}", &done_on[8..]) };
            format!("{by} {} {from}>{to}{day}{}", kind.name(), if *clash { "!" } else { "" })
        };
        plan.tasks[0].history.iter().map(told).collect()
    }

    fn day_with(edit: &Edit, task: &Task) -> Edit {
        let mut after = task.clone();
        edit.put(&mut after);
        let day = NaiveDate::from_ymd_opt(2024, 5, 20).expect("a day");
        Edit::new(Field::DoneOn, task.done_on, task.done_on_with(after.status, day))
    }

    #[test]
    fn what_one_does_in_one_go_is_one_line_and_what_comes_to_nothing_none() {
        let note = |from: &str, to: &str| Edit::new(Field::Note, from, to);
        let plain = || Why::Untold;
        let cases: [(&[Step], &[&str]); 7] = [
            (&[("lan", 0, plain(), note("", "a")), ("lan", 9, plain(), note("a", "b"))], &["lan note >b"]),
            (
                &[("lan", 0, plain(), note("", "a")), ("lan", 10, plain(), note("a", "b"))],
                &["lan note >a", "lan note a>b"],
            ),
            (
                &[("lan", 0, plain(), note("", "a")), ("minh", 1, plain(), note("a", "b"))],
                &["lan note >a", "minh note a>b"],
            ),
            (&[("lan", 0, plain(), note("", "a")), ("lan", 1, plain(), note("a", ""))], &[]),
            (&[("lan", 0, plain(), note("", "a")), ("lan", 90, Why::Undo, note("a", ""))], &[]),
            (
                &[("lan", 5, plain(), note("", "a")), ("lan", 0, plain(), note("a", "b"))],
                &["lan note >a", "lan note a>b"],
            ),
            (
                &[("lan", 0, plain(), note("", "a")), ("lan", 1, Why::Clash, note("a", "b"))],
                &["lan note >a", "lan note a>b!"],
            ),
        ];
        for (steps, left) in cases {
            assert_eq!(told(steps), left, "{steps:?}");
        }
    }

    #[test]
    fn a_status_and_its_day_are_one_line_and_a_reason_stays_with_its_own() {
        use Status::{Doing, Done, Paused, Todo};
        let status = |from, to| Edit::new(Field::Status, from, to);
        let date = |day| NaiveDate::from_ymd_opt(2024, 5, day);
        let day = |from, to| Edit::new(Field::DoneOn, date(from), date(to));
        let lan = |minutes, edit| ("lan", minutes, Why::Untold, edit);
        let undo = |minutes, edit| ("lan", minutes, Why::Undo, edit);
        let cases: [(&[Step], &[&str]); 6] = [
            (
                &[("lan", 0, Why::Reason("x".into()), status(Todo, Paused)), lan(1, status(Paused, Doing))],
                &["lan status Todo>Paused", "lan status Paused>Doing"],
            ),
            (
                &[("lan", 0, Why::Reason("x".into()), status(Todo, Paused)), undo(1, status(Paused, Todo))],
                &[],
            ),
            (&[lan(0, status(Todo, Doing)), lan(1, status(Doing, Done))], &["lan status Todo>Done 20"]),
            (&[lan(0, status(Todo, Done)), lan(2, day(20, 12))], &["lan status Todo>Done 12"]),
            (
                &[
                    lan(0, status(Todo, Done)),
                    lan(2, day(20, 12)),
                    undo(3, day(12, 20)),
                    undo(4, status(Done, Todo)),
                ],
                &[],
            ),
            (
                &[
                    lan(0, status(Todo, Done)),
                    ("minh", 1, Why::Untold, day(20, 12)),
                    lan(2, status(Done, Doing)),
                    lan(3, status(Doing, Done)),
                ],
                &[
                    "lan status Todo>Done 20",
                    "minh done_on 2024-05-20>2024-05-12",
                    "lan done_on 2024-05-12>2024-05-20",
                ],
            ),
        ];
        for (steps, left) in cases {
            assert_eq!(told(steps), left, "{steps:?}");
        }
    }

    #[test]
    fn what_is_taken_back_on_another_day_stays_told() {
        let (none, day) = (None, NaiveDate::from_ymd_opt(2024, 6, 20));
        let due = |from, to| Edit::new(Field::Due, from, to);
        let status = |from, to| Edit::new(Field::Status, from, to);
        let extended = ("lan", 0, Why::Extension("cv 5".into()), due(none, day));
        let (today, tomorrow) = (60, 24 * 60);
        let cases: [(&[Step], &[&str]); 4] = [
            (&[extended.clone(), ("lan", today, Why::Undo, due(day, none))], &[]),
            (
                &[extended, ("lan", tomorrow, Why::Undo, due(day, none))],
                &["lan extend >2024-06-20", "lan due 2024-06-20>"],
            ),
            (
                &[
                    ("lan", 0, Why::Untold, status(Status::Todo, Status::Done)),
                    ("lan", today, Why::Undo, status(Status::Done, Status::Todo)),
                ],
                &[],
            ),
            (
                &[
                    ("lan", 0, Why::Untold, status(Status::Todo, Status::Done)),
                    ("lan", tomorrow, Why::Undo, status(Status::Done, Status::Todo)),
                ],
                &["lan status Todo>Done 20", "lan status Done>Todo 20"],
            ),
        ];
        for (steps, left) in cases {
            assert_eq!(told(steps), left, "{steps:?}");
        }
    }

    #[test]
    fn a_row_whose_text_was_changed_twice_is_told() {
        let line = |text: &str| {
            let on = NaiveDate::from_ymd_opt(2024, 5, 20);
            vec![Progress { on, by: "Sở".into(), text: text.into(), ..Progress::default() }]
        };
        let edit = |from: &str, to: &str| Edit::new(Field::Progress, line(from), line(to));
        let nothing = Edit::new(Field::Progress, Vec::<Progress>::new(), line("a"));
        let first = ("minh", 0, Why::Untold, nothing);
        let lan = |minutes, edit| ("lan", minutes, Why::Untold, edit);
        let steps = [first.clone(), lan(1, edit("a", "b")), lan(2, edit("b", "c"))];
        let (added, changed) =
            ("minh progress >2024-05-20 | Sở", "lan progress 2024-05-20 | Sở>2024-05-20 | Sở");
        assert_eq!(told(&steps), [added, changed]);
        let steps = [first, lan(1, edit("a", "b")), ("lan", 2, Why::Undo, edit("b", "a"))];
        assert_eq!(told(&steps), [added]);
    }
}
