//! Two people at once, on two machines, in files of every layout: nothing of either is lost.

use std::sync::Arc;

use chrono::Duration;
use proptest::prelude::*;
use serde_json::Value as Json;
use tiendo::document::Document;
use tiendo::document::merge::{MergedText, merge};
use tiendo::plan::compare::{compare, edits};
use tiendo::plan::merge::merge as merge_plans;
use tiendo::plan::{Entry, Field, FieldOf, Plan, Stamp, Task};

use super::dice::Dice;
use super::layouts::Sheet;
use super::{hands, read, rolls, stamp, text};

/// 300 in the short form, 1 500 in the long one.
fn cases() -> ProptestConfig {
    let is_long = std::env::var_os("TIENDO_LONG").is_some();
    let cases = if is_long { 1_500 } else { 300 };
    ProptestConfig { cases, max_shrink_iters: 20_000, ..Default::default() }
}

/// What somebody has made of a plan, and the words written into its text by hand.
pub(crate) struct Hand {
    pub(crate) document: Document,
    words: Vec<String>,
}

/// A plan, and what two people have made of it.
pub(crate) struct Trial {
    sheet: Sheet,
    pub(crate) base: Document,
    pub(crate) ours: Hand,
    pub(crate) theirs: Hand,
}

impl Hand {
    fn roll(base: &Document, name: &str, dice: &mut Dice) -> Self {
        let mut hand = Self { document: base.clone(), words: Vec::new() };
        for minute in 0..=dice.roll(3) {
            let at = stamp().at + Duration::minutes(minute as i64 * 2 + dice.roll(2) as i64);
            let changes = hands::changes(hand.document.plan(), dice);
            hand.document.make(&changes, &Stamp { at, by: name.to_owned(), ..stamp() }).expect("they fit");
        }
        if dice.once_in(8) {
            hand.write_anew(dice);
        }
        for nth in 0..dice.roll(4) {
            hand.write_by_hand(&format!("{name}{nth}"), dice);
        }
        hand
    }

    /// A program that knows nothing of layouts has written the whole file.
    fn write_anew(&mut self, dice: &mut Dice) {
        let mut plan = self.document.plan().clone();
        plan.number = hands::text(dice);
        plan.year += dice.roll(2) as i32;
        let other = hands::plan(dice);
        match dice.roll(3) {
            0 => plan.agencies = other.agencies,
            1 => plan.agencies.extend(other.agencies),
            _ => {}
        }
        self.document = Document::of(&plan).expect("a plan");
    }

    /// A comment anywhere, or a field that only some other version knows.
    fn write_by_hand(&mut self, word: &str, dice: &mut Dice) {
        let before = text(&self.document).to_owned();
        let sort = ["r#id", "id:", "at:", "name:", ""][dice.roll(8).min(4)];
        let places: Vec<usize> = match sort {
            "" => before.match_indices([',', '(', '[', '\n']).map(|(at, it)| at + it.len()).collect(),
            field => before.match_indices(field).map(|(at, _)| at).collect(),
        };
        let Some(&at) = places.get((dice.roll(256) * 256 + dice.roll(256)) % places.len().max(1)) else {
            return;
        };
        let written = match (sort, dice.roll(2)) {
            ("", 0) => format!(" // «{word}»\n"),
            ("", _) => format!(" /* «{word}» */ "),
            _ => format!("{word}: [\"{word}\", Some(1)], "),
        };
        let after = format!("{}{written}{}", &before[..at], &before[at..]);
        let Ok(after) = Document::read(after.into_bytes()) else { return };
        if after.plan() == self.document.plan() {
            self.words.push(word.to_owned());
            self.document = after;
        }
    }
}

impl Trial {
    pub(crate) fn roll(rolls: &[u8]) -> Self {
        let mut dice = Dice::new(rolls);
        let sheet = Sheet::roll(&mut dice);
        let base = read(&sheet.text);
        let ours = Hand::roll(&base, "lan", &mut dice);
        let theirs = Hand::roll(&base, "minh", &mut dice);
        Self { sheet, base, ours, theirs }
    }

    fn merged(&self) -> MergedText {
        merge(&self.base, &self.ours.document, &self.theirs.document, &stamp())
    }

    fn told(&self, merged: &Document) -> String {
        let [base, ours, theirs, merged] =
            [&self.base, &self.ours.document, &self.theirs.document, merged].map(text);
        format!("\n=== base\n{base}\n=== ours\n{ours}\n=== theirs\n{theirs}\n=== merged\n{merged}\n")
    }

    /// What of either is not in the merged text.
    pub(crate) fn lost(&self, merged: &Document) -> Vec<String> {
        let mut lost = self.lost_words(text(merged));
        // Where a hand has copied an id nobody can tell whose change it was; the words are there all the same.
        if !self.sheet.copies_ids {
            lost.extend(self.lost_work(merged.plan()));
        }
        lost.iter().map(|lost| format!("{lost} is lost{}", self.told(merged))).collect()
    }

    fn lost_words(&self, merged: &str) -> Vec<String> {
        let is_field =
            |word: &str| merged.contains(&format!("{word}:")) && merged.contains(&format!("\"{word}\""));
        let written = self.ours.words.iter().chain(&self.theirs.words);
        let written = written.filter(|word| !is_field(word) && !merged.contains(&format!("«{word}»")));
        let comments = self.sheet.comments.iter().map(|(comment, _)| comment);
        let comments = comments.filter(|comment| {
            let has = |document: &Document| text(document).contains(comment.as_str());
            has(&self.ours.document) && has(&self.theirs.document) && !merged.contains(comment.as_str())
        });
        written.chain(comments).cloned().collect()
    }

    fn lost_work(&self, merged: &Plan) -> Vec<String> {
        let (ours, theirs) = (self.ours.document.plan(), self.theirs.document.plan());
        let both = [(ours, theirs), (theirs, ours)];
        let tasks = both.iter().flat_map(|(side, other)| side.tasks.iter().map(move |task| (task, other)));
        let is_lost = |(task, other): &(&Arc<Task>, &&Plan)| {
            let old = self.base.plan().task(&task.id);
            let may_be_gone = old == Some(task) && other.task(&task.id).is_none();
            // One that is new may have another id by now.
            let is_it = |now: &&Arc<Task>| old.is_none() || now.id == task.id;
            !may_be_gone && !merged.tasks.iter().filter(is_it).any(|now| keeps(now, old, task))
        };
        tasks.filter(is_lost).map(|(task, _)| task.id.to_string()).collect()
    }
}

/// Whether a task has all that one of the sides has set in it and remembers of it.
fn keeps(now: &Task, old: Option<&Task>, task: &Task) -> bool {
    let nothing = Task::default();
    let old = old.unwrap_or(&nothing);
    let has_all = task.history.iter().all(|entry| now.history.contains(entry));
    has_all && edits(old, task).iter().all(|edit| is_there(edit.field, old, task, now))
}

/// Whether what was set is there: as the value, as a part of it, or as what had to give way.
fn is_there(field: Field, old: &Task, value: &Task, task: &Task) -> bool {
    let edit = edits(&Task { status: task.status, ..Task::default() }, value);
    let wanted = edit.iter().find(|edit| edit.field == field).map(|edit| edit.values().1).unwrap_or_default();
    let lost = |entry: &Entry| entry.clash && entry.kind.field() == Some(field) && entry.from == wanted;
    let names = |of: fn(&Task) -> &Vec<String>| {
        of(value).iter().all(|name| of(old).contains(name) || of(task).contains(name))
    };
    match field {
        _ if edits(value, task).iter().all(|edit| edit.field != field) => true,
        Field::Note => value.note.lines().all(|line| task.note.contains(line.trim_end_matches('\r'))),
        Field::Extensions | Field::Steps | Field::Progress | Field::Received => {
            let [old, value, task] = [old, value, task].map(|it| rows_of(field, it));
            let is_new = |row: &&Json| !old.contains(row);
            value.iter().filter(is_new).all(|row| task.iter().any(|now| has_cells(now, row)))
        }
        Field::Lead if names(|task| &task.lead) => true,
        Field::Support if names(|task| &task.support) => true,
        Field::Status => {
            let lost = |entry: &Entry| {
                entry.clash && entry.kind.name() == "status" && entry.from == value.status.name()
            };
            task.history.iter().any(lost)
        }
        _ => task.history.iter().any(lost),
    }
}

fn rows_of(field: Field, task: &Task) -> Vec<Json> {
    let rows = serde_json::to_value(field.of(task)).unwrap();
    rows.as_array().expect("a list").clone()
}

/// Whether a row has all that another has. Where both sides have set the day of the same step or receipt, one of the two
/// stands.
fn has_cells(now: &Json, row: &Json) -> bool {
    let is_there = |(column, cell): (&String, &Json)| match column.as_str() {
        "by" | "done" | "on" if row.get("text").is_none() => cell.is_null() || !now[column].is_null(),
        _ => now[column] == *cell,
    };
    row.as_object().expect("a row").iter().all(is_there)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn nothing_of_either_is_lost(rolls in rolls()) {
        let it = Trial::roll(&rolls);
        let merged = it.merged().document;
        let again = read(text(&merged));
        prop_assert_eq!(again.plan(), merged.plan(), "{}", it.told(&merged));
        prop_assert_eq!(it.lost(&merged), Vec::<String>::new());
    }

    #[test]
    fn both_machines_come_to_the_same_plan(rolls in rolls()) {
        let it = Trial::roll(&rolls);
        let (one, other) = (it.merged(), merge(&it.base, &it.theirs.document, &it.ours.document, &stamp()));
        prop_assert_eq!(one.document.plan(), other.document.plan(), "{}", it.told(&one.document));
        // The plans alone, without their texts.
        let [base, ours, theirs] = [&it.base, &it.ours.document, &it.theirs.document].map(Document::plan);
        let (one, other) = (merge_plans(base, ours, theirs, &stamp()), merge_plans(base, theirs, ours, &stamp()));
        prop_assert_eq!(one, other);
    }

    #[test]
    fn what_only_one_has_changed_is_as_he_left_it(rolls in rolls()) {
        let it = Trial::roll(&rolls);
        let ours = &it.ours.document;
        for merged in [merge(&it.base, &it.base, ours, &stamp()), merge(&it.base, ours, &it.base, &stamp())] {
            prop_assert_eq!(text(&merged.document), text(ours));
            prop_assert!(merged.clashes.is_empty());
        }
    }

    #[test]
    fn the_changes_between_two_plans_make_the_second_of_the_first(rolls in rolls()) {
        let it = Trial::roll(&rolls);
        let (mut one, other) = (it.ours.document.plan().clone(), it.theirs.document.plan());
        one.make(&compare(&one, other)).expect("the changes fit");
        let bare = |plan: &Plan| {
            plan.tasks.iter().map(|it| Task { history: Vec::new(), ..Task::clone(it) }).collect::<Vec<_>>()
        };
        prop_assert_eq!(bare(&one), bare(other));
    }
}
