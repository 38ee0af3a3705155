//! Plans at random, and changes of them at random.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate};
use tiendo::plan::more::OtherColumn;
use tiendo::plan::{
    Agency, Change, Edit, Entry, Extension, Field, Person, Plan, Progress, Quarter, Quarters, Receipt,
    SavedView, Section, Status, Task, TaskId, TaskStep,
};

use super::dice::Dice;

const TEXTS: &[&str] = &[
    "",
    "Quý I",
    "Sở Nội vụ",
    "Tham mưu tổ chức các hoạt động tổng kết công tác thi đua, khen thưởng",
    "a \"b\" \\ c",
    "dòng một\ndòng hai\n\n  dòng bốn",
    "// không phải ghi chú /* */ ) ] } ,",
    "ẩn\u{202E}\u{200B}\u{0}\u{7f}",
    "\ttab\r",
    "\"#",
    "“trích” – 100%",
    "👩‍👩‍👧 ệ",
];

pub(super) fn text(dice: &mut Dice) -> String {
    (*dice.pick(TEXTS)).to_owned()
}

fn texts(dice: &mut Dice) -> Vec<String> {
    (0..dice.roll(4)).map(|_| text(dice)).collect()
}

fn day(dice: &mut Dice) -> Option<NaiveDate> {
    let day = dice.roll(29) as u32;
    NaiveDate::from_ymd_opt(2024, 1 + dice.roll(12) as u32, day)
}

fn status(dice: &mut Dice) -> Status {
    *dice.pick(&Status::ALL)
}

fn quarters(dice: &mut Dice) -> Quarters {
    let set = dice.roll(16);
    Quarter::ALL.into_iter().filter(|&quarter| set & (1 << quarter as usize) != 0).collect()
}

fn entry(dice: &mut Dice) -> Entry {
    Entry {
        clash: dice.once_in(4),
        at: DateTime::parse_from_rfc3339("2024-05-02T09:10:00+07:00").expect("a time"),
        by: text(dice),
        kind: text(dice).into(),
        from: text(dice),
        to: text(dice),
        note: text(dice),
        done_on: String::new(),
        on: if dice.once_in(3) { text(dice) } else { String::new() },
    }
}

fn task(id: &str, dice: &mut Dice) -> Task {
    Task {
        id: TaskId::new(id),
        no: text(dice),
        title: text(dice),
        product: text(dice),
        lead: texts(dice),
        support: texts(dice),
        officer: text(dice),
        leader: text(dice),
        source: text(dice),
        quarters: quarters(dice),
        time: text(dice),
        due: day(dice),
        extensions: extensions(dice),
        steps: steps(dice),
        status: status(dice),
        done_on: day(dice),
        output: text(dice),
        progress: progress(dice),
        received: received(dice),
        note: text(dice),
        more: more(dice),
        history: (0..dice.roll(3)).map(|_| entry(dice)).collect(),
    }
}

fn rows<T>(dice: &mut Dice, row: fn(&mut Dice) -> T) -> Vec<T> {
    let count = if dice.once_in(2) { dice.roll(3) } else { 0 };
    (0..count).map(|_| row(dice)).collect()
}

fn agency(dice: &mut Dice) -> Agency {
    let (members, urge) = (if dice.once_in(4) { texts(dice) } else { Vec::new() }, !dice.once_in(4));
    Agency { name: text(dice), full: text(dice), aliases: texts(dice), members, urge, mail: text(dice) }
}

fn extensions(dice: &mut Dice) -> Vec<Extension> {
    rows(dice, |dice| Extension { to: day(dice), on: day(dice), doc: text(dice), why: text(dice) })
}

fn steps(dice: &mut Dice) -> Vec<TaskStep> {
    rows(dice, |dice| TaskStep { what: text(dice), by: day(dice), done: day(dice) })
}

fn more(dice: &mut Dice) -> Vec<OtherColumn> {
    rows(dice, |dice| OtherColumn { name: text(dice), value: text(dice) })
}

fn progress(dice: &mut Dice) -> Vec<Progress> {
    let row = |dice: &mut Dice| Progress {
        on: day(dice),
        by: text(dice),
        text: text(dice),
        stuck: text(dice),
        ask: text(dice),
    };
    rows(dice, row)
}

fn received(dice: &mut Dice) -> Vec<Receipt> {
    rows(dice, |dice| Receipt { who: text(dice), on: day(dice) })
}

pub(super) fn plan(dice: &mut Dice) -> Plan {
    let agencies = (0..dice.roll(3)).map(|_| agency(dice));
    let agencies = agencies.collect();
    let tasks = (0..dice.roll(5)).map(|at| Arc::new(task(&format!("t{at}"), dice))).collect();
    Plan {
        version: 1 + dice.roll(2) as u32,
        title: text(dice),
        number: text(dice),
        issuer: text(dice),
        issued: day(dice),
        year: 2024,
        agencies,
        sections: rows(dice, |dice| Section { no: text(dice), title: text(dice) }),
        people: rows(dice, |dice| Person { login: text(dice), name: text(dice), title: text(dice) }),
        views: rows(dice, |dice| SavedView { name: text(dice), query: text(dice), ..SavedView::default() }),
        tasks,
    }
}

/// One to three changes that can be made one after the other.
pub(super) fn changes(plan: &Plan, dice: &mut Dice) -> Vec<Change> {
    let mut scratch = plan.clone();
    let mut changes = Vec::new();
    for at in 0..=dice.roll(3) {
        let change = change(&scratch, at, dice);
        if let Some(change) = change.filter(|change| scratch.make(std::slice::from_ref(change)).is_ok()) {
            changes.push(change);
        }
    }
    changes
}

fn change(plan: &Plan, nth: usize, dice: &mut Dice) -> Option<Change> {
    let kind = dice.roll(10);
    let somewhere = |dice: &mut Dice| {
        let at = dice.roll(plan.tasks.len() + 1);
        Some(plan.tasks.get(at.checked_sub(1)?)?.id.clone())
    };
    if kind == 9 {
        let task = Box::new(task(&format!("new{nth}"), dice));
        return Some(Change::Add { task, after: somewhere(dice) });
    }
    let task = plan.tasks.get(dice.roll(plan.tasks.len().max(1)))?;
    Some(match kind {
        8 => Change::Remove { task: Box::new(Task::clone(task)), after: plan.before(&task.id) },
        7 => Change::Move { task: task.id.clone(), from: plan.before(&task.id), to: somewhere(dice) },
        _ => Change::Edit { task: task.id.clone(), edit: edit(task, dice) },
    })
}

fn edit(task: &Task, dice: &mut Dice) -> Edit {
    match dice.roll(17) {
        0 => Edit::new(Field::Status, task.status, status(dice)),
        1 => Edit::new(Field::Title, task.title.clone(), text(dice)),
        2 => Edit::new(Field::Lead, task.lead.clone(), some_others(&task.lead, dice)),
        3 => Edit::new(Field::Support, task.support.clone(), some_others(&task.support, dice)),
        4 => Edit::new(Field::Quarters, task.quarters, quarters(dice)),
        5 => Edit::new(Field::Time, task.time.clone(), text(dice)),
        6 => Edit::new(Field::Due, task.due, day(dice)),
        7 => Edit::new(Field::DoneOn, task.done_on, day(dice)),
        8 => Edit::new(Field::Output, task.output.clone(), text(dice)),
        9 => Edit::new(Field::Note, task.note.clone(), text(dice)),
        10 => Edit::of(Field::Extensions, task, some_other_rows(&task.extensions, dice, extensions)),
        11 => Edit::of(Field::Steps, task, some_other_rows(&task.steps, dice, steps)),
        12 => Edit::of(Field::Progress, task, some_other_rows(&task.progress, dice, progress)),
        13 => Edit::of(Field::Received, task, some_other_rows(&task.received, dice, received)),
        15 => Edit::of(Field::More, task, some_other_rows(&task.more, dice, more)),
        14 => Edit::of(Field::Source, task, text(dice)),
        _ => Edit::new(Field::No, task.no.clone(), text(dice)),
    }
}

/// The same rows with one less, or with others behind them.
fn some_other_rows<T: Clone>(rows: &[T], dice: &mut Dice, others: fn(&mut Dice) -> Vec<T>) -> Vec<T> {
    let mut rows = rows.to_vec();
    match dice.roll(rows.len() + 2) {
        at if at < rows.len() => drop(rows.remove(at)),
        _ => rows.extend(others(dice)),
    }
    rows
}

/// The same list with one more, one less or one other.
fn some_others(texts: &[String], dice: &mut Dice) -> Vec<String> {
    let mut texts = texts.to_vec();
    let at = dice.roll(texts.len() + 1);
    match dice.roll(4) {
        0 => texts.insert(at, text(dice)),
        1 if at < texts.len() => drop(texts.remove(at)),
        2 if at < texts.len() => texts[at] = text(dice),
        _ => texts = self::texts(dice),
    }
    texts
}
