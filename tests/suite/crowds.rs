//! A crowd at one plan: screens, commands, an editor that does not queue, and processes that are killed.

use std::collections::HashSet;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use tiendo::document::Document;
use tiendo::plan::{Change, Edit, Field, Plan, Stamp};
use tiendo::store::{Clash, Saved, Store};

use crate::office::*;

/// How somebody changes the plan.
#[derive(Debug, Clone, Copy)]
enum Way {
    /// As a screen does, which stays open.
    Screen,
    /// By `tiendo set`, again and again.
    Command,
    /// Read, change, `fs::write`: as most programs do.
    Naive,
}

/// The task that everybody changes; the others have a task each.
const SHARED: usize = 0;

impl Way {
    /// A process that writes its name and a number into notes, and prints each as soon as it is told that it is saved.
    fn start(self, plan: &Path, hand: usize, times: usize) -> Child {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["crowds::a_hand", "--exact", "--nocapture"]);
        command.env("TIENDO_CROWD", plan).env("TIENDO_HAND", hand.to_string());
        command.env("TIENDO_TIMES", times.to_string()).env("TIENDO_WAY", format!("{self:?}"));
        command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
    }
}

/// Not a test unless it is started by another one, as another process.
#[test]
fn a_hand() {
    let Some(plan) = std::env::var_os("TIENDO_CROWD") else { return };
    let number = |name| std::env::var(name).unwrap().parse::<usize>().unwrap();
    let (hand, start) = (number("TIENDO_HAND"), std::process::id());
    println!();
    let write: &mut dyn FnMut(usize, &str) -> &'static str =
        match std::env::var("TIENDO_WAY").unwrap().as_str() {
            "Screen" => &mut on_screen(Store::open(Path::new(&plan)).unwrap()),
            "Command" => &mut |task, note| by_command(Path::new(&plan), task, note),
            _ => &mut |task, note| naively(Path::new(&plan), task, note),
        };
    for time in 0..number("TIENDO_TIMES") {
        let task = if time % 5 == 4 { SHARED } else { hand + 1 };
        let note = format!("{hand}-{start}-{time}");
        println!("{} {note}", write(task, &note));
    }
}

fn on_screen(mut store: Store) -> impl FnMut(usize, &str) -> &'static str {
    move |task, note| {
        // What is on the screen may be older than what is on the disk.
        let change = set_note(store.plan(), task, note);
        // Each change is told by itself, as that of somebody else.
        let stamp = Stamp { by: note.to_owned(), ..stamp() };
        match store.commit(&[change], &stamp, Clash::Override) {
            Ok(outcome) if outcome.conflict.is_none() && outcome.saved == Saved::Confirmed => "Confirmed",
            _ => "StoreError",
        }
    }
}

fn set_note(plan: &Plan, task: usize, note: &str) -> Change {
    let before = plan.task(&id(task)).unwrap().note.clone();
    Change::Edit { task: id(task), edit: Edit::new(Field::Note, before, note.to_owned()) }
}

fn by_command(plan: &Path, task: usize, note: &str) -> &'static str {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tiendo"));
    command.arg("set").arg(plan).args([&format!("t{task}"), "--note", note]);
    // With a reason, it is told by itself.
    command.args(["--reason", note]);
    let done = command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    if done.success() { "Confirmed" } else { "StoreError" }
}

fn naively(path: &Path, task: usize, note: &str) -> &'static str {
    let Ok(mut document) = Document::read(fs::read(path).unwrap()) else { return "Broken" };
    let change = set_note(document.plan(), task, note);
    document.make(&[change], &stamp()).unwrap();
    fs::write(path, document.bytes()).unwrap();
    "Confirmed"
}

fn notes(told: &[String], how: &str) -> HashSet<String> {
    let notes = told.iter().filter_map(|line| line.strip_prefix(how)?.strip_prefix(' '));
    notes.map(str::to_owned).collect()
}

/// What a process was told, until it ends.
fn told(child: &mut Child) -> Vec<String> {
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let lines =
        lines.filter(|line| ["Confirmed ", "StoreError ", "Broken "].iter().any(|it| line.starts_with(it)));
    let lines = lines.collect();
    child.wait().unwrap();
    lines
}

fn all_told(children: Vec<Child>) -> Vec<String> {
    children.into_iter().flat_map(|mut child| told(&mut child)).collect()
}

/// All notes that the histories tell of.
fn kept(plan: &Plan) -> HashSet<String> {
    let entries = plan.tasks.iter().flat_map(|task| &task.history);
    let notes = entries.filter(|entry| entry.kind.name() == "note").map(|entry| entry.to.clone());
    // A clash with a reason first goes back to what was seen.
    notes.filter(|note| note != "0").collect()
}

/// Each change of a note begins where the one before has ended: nobody has written over what was not seen without
/// its being told.
fn assert_unbroken(plan: &Plan) {
    for task in &plan.tasks {
        let mut now = "0";
        for entry in task.history.iter().filter(|entry| entry.kind.name() == "note") {
            assert_eq!(entry.from, now, "{:?}", task.id);
            now = &entry.to;
        }
        assert_eq!(task.note, now);
    }
}

fn clashes(plan: &Plan) -> usize {
    plan.tasks.iter().flat_map(|task| &task.history).filter(|entry| entry.clash).count()
}

fn crowd(hands: usize, each: usize, way_of: impl Fn(usize) -> Way) {
    let office = Office::with(hands + 1);
    let children = (0..hands).map(|hand| way_of(hand).start(&office.plan, hand, each)).collect();
    let told = all_told(children);
    let confirmed = notes(&told, "Confirmed");
    assert_eq!((told.len(), confirmed.len()), (hands * each, hands * each));
    let plan = office.store().plan().clone();
    assert_eq!(kept(&plan), confirmed);
    assert_unbroken(&plan);
    assert_eq!(comments(&office.text()), 2 * (hands + 1));
    assert_eq!((office.leftovers(), office.store().lost_updates()), (Vec::new(), None));
    println!(
        "{hands} × {each}: {} of {} kept, {} clashes, all told",
        kept(&plan).len(),
        hands * each,
        clashes(&plan)
    );
}

fn screens_and_commands(hand: usize) -> Way {
    if hand.is_multiple_of(4) { Way::Command } else { Way::Screen }
}

#[test]
fn eight_who_write_at_once_lose_nothing() {
    crowd(8, times(20, 250), screens_and_commands);
}

#[test]
fn twenty_who_write_at_once_lose_nothing() {
    crowd(20, times(5, 100), screens_and_commands);
}

/// The same crowd with programs that read, change and write the file as most do; measured, because there is nothing
/// that it could be relied on for.
#[test]
fn a_crowd_without_care_loses_much() {
    let (hands, each) = (8, times(20, 250));
    let office = Office::with(hands + 1);
    let children = (0..hands).map(|hand| Way::Naive.start(&office.plan, hand, each)).collect();
    let told = all_told(children);
    let (confirmed, broken) = (notes(&told, "Confirmed").len(), notes(&told, "Broken").len());
    let kept = Document::read(fs::read(&office.plan).unwrap()).map(|it| kept(it.plan()).len());
    let kept = kept.map_or("a file that is no plan".to_owned(), |kept| format!("{kept} kept"));
    println!(
        "{hands} × {each} by fs::write: {confirmed} said to be saved, {broken} met a broken file, {kept}"
    );
    assert_eq!(told.len(), hands * each);
}

#[test]
fn whoever_is_killed_takes_nothing_of_the_others_along() {
    let office = Office::with(5);
    let (kills, confirmed) = (times(12, 500), Mutex::new(HashSet::new()));
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut looks = 0;
            while !is_over.load(Ordering::Relaxed) {
                Document::read(fs::read(&office.plan).unwrap()).unwrap();
                looks += 1;
                thread::sleep(Duration::from_millis(1));
            }
            looks
        });
        let start = |hand: usize| {
            let mut child = Way::Screen.start(&office.plan, hand, 1_000_000);
            let output = child.stdout.take().unwrap();
            let confirmed = &confirmed;
            let lines = scope.spawn(move || {
                let lines = BufReader::new(output).lines().map_while(Result::ok);
                let notes = lines.filter_map(|line| line.strip_prefix("Confirmed ").map(str::to_owned));
                for note in notes {
                    confirmed.lock().unwrap().insert(note);
                }
            });
            (child, lines)
        };
        let mut hands: Vec<_> = (0..4).map(start).collect();
        for kill in 0..kills {
            thread::sleep(Duration::from_micros(3_000 + (kill * 7919 % 20_000) as u64));
            let (mut child, lines) = std::mem::replace(&mut hands[kill % 4], start(kill % 4));
            child.kill().unwrap();
            child.wait().unwrap();
            lines.join().unwrap();
        }
        for (mut child, _) in hands {
            child.kill().unwrap();
            child.wait().unwrap();
        }
        is_over.store(true, Ordering::Relaxed);
        assert!(reader.join().unwrap() > 0);
    });
    let plan = office.store().plan().clone();
    let (kept, confirmed) = (kept(&plan), confirmed.into_inner().unwrap());
    assert_eq!(confirmed.difference(&kept).collect::<Vec<_>>(), [""; 0]);
    assert_unbroken(&plan);
    println!("{kills} killed: {} of {} confirmed changes kept", confirmed.len(), confirmed.len());
    let change = set_note(&plan, SHARED, "và sau đó");
    office.store().commit(&[change], &stamp(), Clash::Ask).unwrap();
    assert_eq!((office.leftovers(), office.store().lost_updates()), (Vec::new(), None));
}

#[test]
fn an_editor_that_does_not_queue_loses_nothing() {
    race_an_editor(Duration::from_millis(2));
}

#[test]
fn an_editor_that_saves_without_a_pause_loses_nothing() {
    race_an_editor(Duration::ZERO);
}

/// What an editor overwrites of ours is offered to be brought back.
fn race_an_editor(pause: Duration) {
    let office = Office::with(4);
    let each = times(40, 400);
    let ours = (0..2).map(|hand| Way::Screen.start(&office.plan, hand, each)).collect();
    for made in 0..each {
        edit_like_an_editor(&office, made);
        thread::sleep(pause);
    }
    let told = all_told(ours);
    let confirmed = notes(&told, "Confirmed");
    assert_eq!((told.len(), confirmed.len()), (2 * each, 2 * each), "{told:?}");
    assert_eq!(office.note(EDITORS), each, "the editor's own changes");
    let mut store = office.store();
    let present = kept(store.plan());
    let offered = store.lost_updates().map_or(0, |missing| missing.deeds.len());
    if offered > 0 {
        store.bring_back().unwrap();
    }
    let kept = kept(store.plan());
    assert_eq!(confirmed.difference(&kept).collect::<Vec<_>>(), [""; 0], "{offered} were offered");
    assert_eq!(office.note(EDITORS), each);
    assert_eq!(comments(&office.text()), 8);
    let ours = confirmed.intersection(&present).count();
    println!(
        "editor {pause:?}: {each} of {each}; ours: {ours} of {} present, {offered} offered",
        confirmed.len()
    );
}

/// The editor's own task.
const EDITORS: usize = 3;

/// Reads, changes its task, writes beside and renames, as editors do. An editor has what it saved last in front of it,
/// and so waits out the moment in which its text is exchanged with another and comes back.
fn edit_like_an_editor(office: &Office, made: usize) {
    let old = format!("note: \"{made}\"), // giữ lại {EDITORS}");
    let text = (0..5000).find_map(|_| {
        let text = office.text();
        if text.contains(&old) {
            return Some(text);
        }
        thread::sleep(Duration::from_millis(1));
        None
    });
    let text = text.unwrap_or_else(|| panic!("the editor's change {made} is lost:\n{}", office.text()));
    let new = text.replacen(&old, &old.replace(&format!("\"{made}\""), &format!("\"{}\"", made + 1)), 1);
    let beside = office.path("kế hoạch.ron~");
    fs::write(&beside, new).unwrap();
    fs::rename(&beside, &office.plan).unwrap();
}
