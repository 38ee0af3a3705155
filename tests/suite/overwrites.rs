//! Somebody's editor saves an older text over newer changes: that is noticed, and can be put right.

use std::fs;

use chrono::TimeDelta;
use tiendo::plan::{Change, Edit, Field, Plan, Stamp, Status, Task, TaskId};
use tiendo::store::{Backups, Policy, Saved, Store};

use crate::office::*;

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

/// People who change one plan, second after second.
struct Hands {
    office: Office,
    store: Store,
    dice: Dice,
    seconds: i64,
}

impl Hands {
    fn with(seed: u64) -> Self {
        let office = Office::with(6);
        let store = office.store();
        Self { office, store, dice: Dice(seed), seconds: 0 }
    }

    fn commit(&mut self, changes: &[Change]) {
        self.seconds += 1;
        let by = ["lan", "minh", "hoa"][self.dice.roll(3)].to_owned();
        let stamp = Stamp { at: stamp().at + TimeDelta::seconds(self.seconds), by, ..stamp() };
        let outcome = self.store.commit(changes, &stamp, Policy::Ask).unwrap();
        assert_eq!((outcome.conflict, outcome.saved), (None, Saved::Confirmed));
    }

    /// Changes something, and answers with the plan then.
    fn change(&mut self) -> Plan {
        self.store.refresh().unwrap();
        let change = self.any_change();
        self.commit(&[change]);
        self.store.plan().clone()
    }

    fn any_change(&mut self) -> Change {
        let plan = self.store.plan().clone();
        let task = Task::clone(&plan.tasks[self.dice.roll(plan.tasks.len())]);
        let other = plan.tasks[self.dice.roll(plan.tasks.len())].id.clone();
        let before = plan.before(&task.id);
        match self.dice.roll(12) {
            0 | 1 => {
                let new =
                    Task {
                        id: TaskId::new(format!("n{}", self.seconds)), title: "Việc thêm".into(), ..task
                    };
                Change::Add { task: Box::new(Task { history: Vec::new(), ..new }), after: Some(other) }
            }
            2 if plan.tasks.len() > 4 => Change::Remove { task: Box::new(task), after: before },
            3 if other != task.id && Some(&other) != before.as_ref() => {
                Change::Move { task: task.id, from: before, to: Some(other) }
            }
            _ => Change::Edit { edit: self.any_edit(&task), task: task.id },
        }
    }

    fn any_edit(&mut self, task: &Task) -> Edit {
        let text = format!("chữ {}", self.seconds);
        let day = stamp().at.date_naive() + TimeDelta::days(self.seconds);
        match self.dice.roll(6) {
            0 => Edit::new(Field::Note, task.note.clone(), text),
            1 => Edit::new(Field::Title, task.title.clone(), text),
            2 => Edit::new(Field::Output, task.output.clone(), text),
            3 => Edit::new(Field::Lead, task.lead.clone(), vec![text, "Sở Nội vụ".to_owned()]),
            4 => Edit::new(Field::Due, task.due, Some(day)),
            _ => Edit::new(
                Field::Status,
                task.status,
                if task.status == Status::Doing { Status::Done } else { Status::Doing },
            ),
        }
    }
}

/// Everything but the histories.
fn work(plan: &Plan) -> Vec<Task> {
    plan.tasks.iter().map(|task| Task { history: Vec::new(), ..Task::clone(task) }).collect()
}

/// How an editor saves: beside and renamed, or in place.
fn save(office: &Office, text: &str, in_place: bool) {
    if in_place {
        fs::write(&office.plan, text).unwrap();
    } else {
        fs::write(office.path("plan.ron~"), text).unwrap();
        fs::rename(office.path("plan.ron~"), &office.plan).unwrap();
    }
}

#[test]
fn every_stale_overwrite_is_noticed_and_can_be_put_right() {
    let cases = times(25, 500);
    let mut noticed = 0;
    for seed in 0..cases as u64 {
        noticed += usize::from(overwrite_and_put_right(seed));
    }
    println!("stale overwrites: {cases}, noticed and put right: {noticed}");
    assert!(noticed * 100 >= cases * 97, "in some cases what was done was taken back before the overwriting");
}

/// Whether anything was to be noticed; if so, it was.
fn overwrite_and_put_right(seed: u64) -> bool {
    let mut hands = Hands::with(seed);
    for _ in 0..hands.dice.roll(4) {
        hands.change();
    }
    let base = hands.office.store().plan().clone();
    let stale = hands.office.text();
    let mut last = base.clone();
    for _ in 0..=hands.dice.roll(6) {
        last = hands.change();
    }
    let edited = by_hand(&mut hands, &stale, &base, &last);
    let mut wanted = work(&last);
    if let Some((id, title)) = &edited
        && base.task(id).unwrap().title == last.task(id).unwrap().title
    {
        wanted.iter_mut().find(|task| task.id == *id).unwrap().title.clone_from(title);
    }
    if hands.dice.roll(2) == 0 {
        // Nobody has noticed yet, and somebody goes on.
        hands.store.refresh().unwrap();
        let task =
            hands.store.plan().tasks.iter().find(|task| last.task(&task.id).is_some()).unwrap().clone();
        let edit = Edit::new(Field::Time, task.time.clone(), "Quý IV");
        wanted.iter_mut().find(|it| it.id == task.id).unwrap().time = "Quý IV".into();
        hands.commit(&[Change::Edit { task: task.id.clone(), edit }]);
    }
    let mut store = hands.office.store();
    let missing = store.lost_updates();
    if work(&base) == work(&last) {
        return false;
    }
    let missing = missing.unwrap_or_else(|| panic!("case {seed} is not noticed"));
    let before = store.plan().clone();
    let outcome = store.bring_back().unwrap();
    assert_eq!(outcome.saved, Saved::Confirmed, "case {seed}: {missing:#?}");
    assert_eq!(work(&outcome.plan), wanted, "case {seed}: {missing:#?}");
    for task in &outcome.plan.tasks {
        let told = |plan: &Plan| plan.task(&task.id).map_or(0, |task| task.history.len());
        assert!(task.history.len() >= told(&before).max(told(&last)), "case {seed}: {task:#?}");
    }
    assert_eq!(hands.office.store().lost_updates(), None, "case {seed}");
    let text = hands.office.text();
    let comments = outcome.plan.tasks.iter().filter_map(|task| task.id.text().strip_prefix('t'));
    for comment in comments.map(|number| format!("// giữ lại {number}\n")).chain(["// ghi tay\n".to_owned()])
    {
        assert!(text.contains(&comment), "case {seed}: {comment}");
    }
    true
}

/// The editor's own work on the old text: another title for a task, and a comment.
fn by_hand(hands: &mut Hands, stale: &str, base: &Plan, last: &Plan) -> Option<(TaskId, String)> {
    let both: Vec<_> = base.tasks.iter().filter(|task| last.task(&task.id).is_some()).collect();
    let task = both.get(hands.dice.roll(both.len() + 2));
    let mut text = format!("{stale}// ghi tay\n");
    let edited = task.filter(|task| text.matches(&format!("\"{}\"", task.title)).count() == 1).map(|task| {
        text = text.replace(&format!("\"{}\"", task.title), "\"Sửa bằng vim\"");
        (task.id.clone(), "Sửa bằng vim".to_owned())
    });
    let in_place = hands.dice.roll(2) == 0;
    save(&hands.office, &text, in_place);
    edited
}

#[test]
fn who_changed_what_and_when_is_told_and_recorded_again() {
    let office = Office::with(2);
    let stale = office.text();
    let mut store = office.store();
    count_on(&mut store, 0, 2);
    let minh = Stamp { by: "minh".into(), ..stamp() };
    let edit = Edit::new(Field::Status, Status::Todo, Status::Doing);
    store.commit(&[Change::Edit { task: id(1), edit }], &minh, Policy::Ask).unwrap();
    let before = store.plan().clone();
    save(&office, &stale, false);

    assert!(store.refresh().unwrap());
    let missing = store.lost_updates().unwrap();
    let told = missing.commits.iter().map(|commit| (commit.stamp.by.as_str(), commit.changes[0].task()));
    assert_eq!(
        told.collect::<Vec<_>>(),
        [("lan", Some(&id(0))), ("lan", Some(&id(0))), ("minh", Some(&id(1)))]
    );
    assert_eq!(office.text(), stale, "nothing is repaired without asking");

    let outcome = store.bring_back().unwrap();
    assert_eq!(outcome.plan, before, "with the histories");
    let undone = store.commit(&Change::inverses(&outcome.made), &stamp(), Policy::Ask).unwrap();
    assert_eq!(work(&undone.plan), work(&{ Store::open(&office.plan).unwrap().plan().clone() }));
    assert_eq!((undone.plan.tasks[0].note.as_str(), undone.plan.tasks[1].status), ("0", Status::Todo));
}

/// The text without the lines that have the word.
fn without(text: &str, word: &str) -> String {
    text.lines().filter(|line| !line.contains(word)).flat_map(|line| [line, "\n"]).collect()
}

#[test]
fn a_hand_in_the_present_text_is_not_suspected() {
    type Hand = fn(&str) -> String;
    let hands: [Hand; 6] = [
        // Set back, but the history kept.
        |text| text.replacen("note: \"3\"", "note: \"0\"", 1),
        |text| text.replace("Việc 1", "Việc khác"),
        // The task with all its changes.
        |text| without(text, "\"t0\""),
        // A task that was added before the last changes, with all that tells of its coming.
        |text| without(text, "\"mới\""),
        |text| format!("{text}// xong\n"),
        |text| text.replace("title: \"Kế hoạch\"", "title: \"Kế hoạch 2\""),
    ];
    for hand in hands {
        let office = Office::with(2);
        let mut store = office.store();
        let new = Task { id: TaskId::new("mới"), title: "Việc mới".into(), ..Task::default() };
        let add = Change::Add { task: Box::new(new), after: Some(id(0)) };
        store.commit(&[add], &stamp(), Policy::Ask).unwrap();
        count_on(&mut store, 0, 3);
        count_on(&mut store, 1, 1);
        let text = office.text();
        let by_hand = hand(&text);
        assert_ne!(by_hand, text);
        save(&office, &by_hand, false);
        let mut store = office.store();
        assert_eq!(store.lost_updates(), None, "{by_hand}");
        let note = store.plan().task(&id(1)).unwrap().note.parse().unwrap();
        store.commit(&count(1, note), &stamp(), Policy::Ask).unwrap();
        assert_eq!(office.store().lost_updates(), None);
    }
}

#[test]
fn a_change_that_was_taken_back_is_not_missed() {
    let office = Office::with(1);
    let stale = office.text();
    let mut store = office.store();
    let outcome = store.commit(&count(0, 0), &stamp(), Policy::Ask).unwrap();
    store.commit(&Change::inverses(&outcome.made), &stamp(), Policy::Ask).unwrap();
    save(&office, &format!("{stale}// thêm\n"), true);
    assert_eq!(office.store().lost_updates(), None);
}

#[test]
fn what_is_left_is_not_offered_again_but_what_is_lost_later_is() {
    let office = Office::with(2);
    let stale = office.text();
    let mut store = office.store();
    count_on(&mut store, 0, 1);
    save(&office, &stale, false);
    store.refresh().unwrap();
    assert!(store.lost_updates().is_some());
    store.leave_lost_updates().unwrap();
    assert_eq!((store.lost_updates(), office.text()), (None, stale));

    let stale = office.text();
    count_on(&mut store, 1, 1);
    assert_eq!(office.store().lost_updates(), None);
    save(&office, &format!("{stale}// lần nữa\n"), false);
    let missing = office.store().lost_updates().unwrap();
    assert_eq!(missing.commits.len(), 1, "{missing:?}");
    assert_eq!(missing.commits[0].changes[0].task(), Some(&id(1)));
}

fn told(plan: &Plan) -> Vec<(&str, &str, &str, &str, bool)> {
    let entries = plan.tasks[0].history.iter();
    entries.map(|it| (it.by.as_str(), it.kind.name(), it.from.as_str(), it.to.as_str(), it.clash)).collect()
}

/// Whatever the clock says when it is set again.
#[test]
fn what_is_set_again_unseen_is_a_clash_and_both_are_kept() {
    for seconds in [60, 0, -60, -90_000] {
        let office = Office::with(1);
        let stale = office.text();
        count_on(&mut office.store(), 0, 1);
        save(&office, &stale, false);
        let later = Stamp { at: stamp().at + TimeDelta::seconds(seconds), by: "minh".into(), ..stamp() };
        let edit = Edit::new(Field::Note, "0", "khác hẳn");
        office.store().commit(&[Change::Edit { task: id(0), edit }], &later, Policy::Ask).unwrap();
        let mut store = office.store();
        let missing = store.lost_updates().unwrap();
        assert_eq!((missing.commits.len(), &missing.outdone), (1, &missing.commits));
        let outcome = store.bring_back().unwrap();
        assert_eq!((outcome.brought_back.back.len(), &outcome.brought_back.outdone), (0, &missing.commits));
        assert_eq!(outcome.plan.tasks[0].note, "khác hẳn");
        let both = [("lan", "note", "0", "1", false), ("minh", "note", "1", "khác hẳn", true)];
        assert_eq!(told(&outcome.plan), both);
        assert_eq!(office.store().lost_updates(), None);

        save(&office, &stale, false);
        let mut store = office.store();
        assert_eq!(store.lost_updates().unwrap().commits.len(), 2, "and it is lost again");
        assert_eq!(told(&store.bring_back().unwrap().plan), both);
    }
}

/// The clock has gone back between two saves, and then an older text is written over the second.
#[test]
fn a_clock_that_goes_back_hides_no_loss() {
    let office = Office::with(1);
    count_on(&mut office.store(), 0, 1);
    let stale = office.text();
    let earlier = Stamp { at: stamp().at - TimeDelta::hours(5), by: "minh".into(), ..stamp() };
    office.store().commit(&count(0, 1), &earlier, Policy::Ask).unwrap();
    save(&office, &format!("{stale}// thêm\n"), false);
    let mut store = office.store();
    assert_eq!(store.lost_updates().unwrap().commits.len(), 1);
    store.bring_back().unwrap();
    assert_eq!(office.note(0), 2);
}

/// Status, day and document come back together, or none of them.
#[test]
fn a_day_of_completion_does_not_come_back_without_its_status() {
    let done = || {
        [
            Edit::new(Field::Status, Status::Todo, Status::Done),
            Edit::new(Field::DoneOn, None, Some(stamp().at.date_naive())),
            Edit::new(Field::Output, String::new(), "12/BC"),
        ]
        .map(|edit| Change::Edit { task: id(0), edit })
    };
    let later = [
        None,
        Some(Edit::new(Field::Status, Status::Todo, Status::Doing)),
        Some(Edit::new(Field::Output, String::new(), "13/BC")),
    ];
    for edit in later {
        let office = Office::with(1);
        let stale = office.text();
        office.store().commit(&done(), &stamp(), Policy::Ask).unwrap();
        save(&office, &stale, false);
        let mut store = office.store();
        let minh = Stamp { by: "minh".into(), ..stamp() };
        let changes: Vec<_> = edit.iter().map(|it| Change::Edit { task: id(0), edit: it.clone() }).collect();
        store.commit(&changes, &minh, Policy::Ask).unwrap();
        assert_eq!(office.store().lost_updates().unwrap().commits[0].changes.len(), 3, "{edit:?}");
        let plan = store.bring_back().unwrap().plan;
        let task = &plan.tasks[0];
        let wanted = match &edit {
            None => (Status::Done, true, "12/BC"),
            Some(edit) if edit.field == Field::Status => (Status::Doing, false, ""),
            Some(_) => (Status::Todo, false, "13/BC"),
        };
        assert_eq!((task.status, task.done_on.is_some(), task.output.as_str()), wanted, "{edit:?}");
        let marked = |field: &str, from: &str| {
            task.history.iter().any(|it| it.clash && it.kind.name() == field && it.from == from)
        };
        assert!(
            edit.is_none() || marked("status", "Done") && marked("output", "12/BC"),
            "{:?}",
            task.history
        );
        assert_eq!(office.store().lost_updates(), None);
    }
}

/// Somebody deletes a task whose note was overwritten, and an older text comes once more.
#[test]
fn a_removal_is_not_said_to_be_brought_back_where_it_is_not() {
    let office = Office::with(2);
    let stale = office.text();
    count_on(&mut office.store(), 0, 1);
    save(&office, &stale, false);
    let mut store = office.store();
    let task = Box::new(Task::clone(&store.plan().tasks[0]));
    let minh = Stamp { by: "minh".into(), ..stamp() };
    store.commit(&[Change::Remove { task, after: None }], &minh, Policy::Ask).unwrap();
    save(&office, &stale, false);
    let mut store = office.store();
    assert_eq!(store.lost_updates().unwrap().commits.len(), 2);
    let outcome = store.bring_back().unwrap();
    assert_eq!((outcome.brought_back.back.len(), outcome.brought_back.refused.len()), (1, 1));
    assert_eq!(outcome.brought_back.refused[0].stamp.by, "minh");
    assert_eq!(office.note(0), 1);
    assert!(told(&outcome.plan).iter().any(|it| it.1 == "keep" && it.4));
    assert_eq!(office.store().lost_updates(), None);
}

/// A task was deleted, an older text brought it back, somebody worked on it, and then the text without it came again.
#[test]
fn what_was_made_of_a_task_that_had_come_back_is_offered() {
    let office = Office::with(2);
    let stale = office.text();
    let removal =
        Change::Remove { task: Box::new(Task::clone(&office.store().plan().tasks[0])), after: None };
    office.store().commit(&[removal], &Stamp { by: "minh".into(), ..stamp() }, Policy::Ask).unwrap();
    let without = office.text();
    save(&office, &stale, false);
    count_on(&mut office.store(), 0, 1);
    save(&office, &without, false);
    fs::write(&office.plan, office.text() + "// ghi tay\n").unwrap();
    let mut store = office.store();
    let missing = store.lost_updates().expect("the note of the task is missing");
    assert!(
        missing.commits.iter().flat_map(|commit| &commit.changes).any(|change| *change == count(0, 0)[0])
    );
    store.bring_back().unwrap();
    assert_eq!((office.note(0), office.store().lost_updates()), (1, None));
}

/// A record that only a newer version can read is not taken away with those that an earlier version has left.
#[test]
fn what_a_newer_version_remembers_is_kept() {
    let office = Office::with(1);
    let stale = office.text();
    count_on(&mut office.store(), 0, 1);
    save(&office, &stale, false);
    let path = office.path(".tiendo/kế hoạch.ron.missing");
    fs::write(&path, "0000000000000000 (gì: Mới)\n").unwrap();
    let mut store = office.store();
    let edit = Edit::new(Field::Title, "Việc 0", "x");
    store.commit(&[Change::Edit { task: id(0), edit }], &stamp(), Policy::Ask).unwrap();
    store.bring_back().unwrap();
    assert!(fs::read_to_string(&path).unwrap().contains("gì: Mới"));
    assert_eq!((office.note(0), office.store().lost_updates()), (1, None));
}

#[test]
fn a_day_comes_back_only_together_with_the_status_that_it_is_the_day_of() {
    let office = Office::with(1);
    let stale = office.text();
    let edit = |edit| Change::Edit { task: id(0), edit };
    let done = [
        edit(Edit::new(Field::Status, Status::Todo, Status::Done)),
        edit(Edit::new(Field::DoneOn, None, "2024-05-12".parse().ok())),
        edit(Edit::new(Field::Output, String::new(), "12/BC")),
    ];
    office.store().commit(&done, &stamp(), Policy::Ask).unwrap();
    save(&office, &stale, false);
    let later = Stamp { at: stamp().at + TimeDelta::seconds(60), by: "minh".into(), ..stamp() };
    let doing = edit(Edit::new(Field::Status, Status::Todo, Status::Doing));
    office.store().commit(&[doing], &later, Policy::Ask).unwrap();
    let plan = office.store().bring_back().unwrap().plan;
    let task = &plan.tasks[0];
    assert_eq!(task.done_on.is_some(), task.status == Status::Done, "{task:?}");
    let is_theirs = |entry: &&tiendo::plan::Entry| entry.to == "Doing" || entry.from == "Doing";
    assert!(task.history.iter().any(|entry| is_theirs(&entry)), "and what was set meanwhile is told");
}

#[test]
fn it_is_remembered_through_all_that_others_save() {
    let office = Office::with(2);
    let stale = office.text();
    count_on(&mut office.store(), 0, 3);
    save(&office, &stale, false);
    count_on(&mut office.store(), 1, 60);
    let mut store = office.store();
    assert_eq!(store.lost_updates().unwrap().commits.len(), 3);
    store.bring_back().unwrap();
    assert_eq!((office.note(0), office.note(1)), (3, 60));
}

/// The log has become the old log twice since.
#[test]
fn it_outlives_the_log() {
    let office = Office::with(2);
    let stale = office.text();
    count_on(&mut office.store(), 0, 1);
    save(&office, &stale, false);
    let mut store = office.store();
    for nth in 0..14 {
        let note = store.plan().task(&id(1)).unwrap().note.clone();
        let long = format!("{nth} {}", "dài ".repeat(50_000));
        let edit = Edit::new(Field::Note, note, long);
        store.commit(&[Change::Edit { task: id(1), edit }], &stamp_later(nth), Policy::Ask).unwrap();
        assert_eq!(store.lost_updates().unwrap().commits.len(), 1, "{nth}");
    }
    let length = |name| fs::metadata(office.path(name)).unwrap().len();
    assert!(length(".tiendo/kế hoạch.ron.log") + length(".tiendo/kế hoạch.ron.log.old") < 5 << 20);
    store.bring_back().unwrap();
    assert_eq!((note(&office.store(), 0), office.store().lost_updates()), (1, None));
}

#[test]
fn earlier_texts_are_told_apart_and_one_comes_back() {
    let office = Office::with(3);
    let first = office.text();
    let mut store = office.store();
    let texts: Vec<String> = (0..3)
        .map(|task| {
            let minh =
                Stamp { by: "minh".into(), at: stamp().at + TimeDelta::seconds(task as i64), ..stamp() };
            store.commit(&count(task, 0), &minh, Policy::Ask).unwrap();
            office.text()
        })
        .collect();
    let past = Backups::of(&office.plan, None).unwrap();
    let earlier = past.texts();
    let told: Vec<_> =
        earlier.iter().map(|it| (it.number, it.by.as_deref(), it.difference.unwrap().other)).collect();
    assert_eq!(told, [(3, Some("minh"), 1), (2, Some("minh"), 2), (1, None, 3)]);
    assert!(earlier.iter().all(|it| !it.is_unmerged));

    assert_eq!(past.bring_back(&earlier[2]).unwrap(), Saved::Confirmed);
    assert_eq!(office.text(), first);
    assert_eq!(office.store().lost_updates(), None, "it was on purpose");
    let past = Backups::of(&office.plan, None).unwrap();
    assert_eq!(past.texts().len(), 4);
    past.bring_back(&past.texts()[0]).unwrap();
    assert_eq!(office.text(), texts[2], "and that can be taken back");
    count_once(&mut store, 0).unwrap();
    assert_eq!(office.store().lost_updates(), None);
}

#[test]
fn a_broken_file_can_be_put_back() {
    let office = Office::with(1);
    count_on(&mut office.store(), 0, 1);
    let good = office.text();
    count_on(&mut office.store(), 0, 1);
    fs::write(&office.plan, "Plan(title: ").unwrap();
    let past = Backups::of(&office.plan, None).unwrap();
    let texts = past.texts();
    assert_eq!(texts[0].difference, None);
    past.bring_back(&texts[0]).unwrap();
    assert_eq!(office.text(), good);
}
