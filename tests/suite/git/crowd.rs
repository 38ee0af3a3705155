//! People who go on working while their plan is exchanged with another machine.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use tiendo::document::Document;
use tiendo::plan::{Change, Plan, Stamp, TaskId};
use tiendo::store::Store;

use super::{Machine, Office, notes};
use crate::appends;
use crate::office::{stamp, times};

/// Sets the note of a task again and again, as long as the others are at it; answers with what was acknowledged.
fn write(machine: &Machine, task: &str, hand: &str, is_over: &AtomicBool) -> Vec<String> {
    let mut acknowledged = Vec::new();
    for time in 0.. {
        if is_over.load(Ordering::Relaxed) {
            break;
        }
        let note = format!("{hand}-{time}");
        let said = machine.try_tiendo(&["set", "plan.ron", task, "--note", &note, "--reason", hand]);
        assert!(said.status.success(), "{hand}: {}", notes(&said));
        acknowledged.push(note);
    }
    acknowledged
}

/// Looks at the plan as it lies there, as a screen does that is just opened.
fn look(machine: &Machine, is_over: &AtomicBool) -> usize {
    let mut looks = 0;
    while !is_over.load(Ordering::Relaxed) {
        let opened = Store::open(&machine.path("plan.ron"));
        assert!(opened.is_ok(), "{:?}", opened.err());
        looks += 1;
    }
    looks
}

/// Every note that the histories tell of.
fn told(plan: &Plan) -> HashSet<String> {
    let entries = plan.tasks.iter().flat_map(|task| &task.history);
    entries.filter(|entry| entry.kind.name() == "note").map(|entry| entry.to.clone()).collect()
}

/// Two machines write for so long, and exchange all the while. Answers with what both were told is saved, and how
/// many times they have exchanged.
fn work(lan: &Machine, minh: &Machine, time: Duration) -> (Vec<String>, usize) {
    let (is_over, syncs) = (AtomicBool::new(false), AtomicUsize::new(0));
    let until = Instant::now() + time;
    let sync = |machine: &Machine| {
        while Instant::now() < until {
            let begun = Instant::now();
            let said = machine.try_tiendo(&["sync", "plan.ron"]);
            assert!(said.status.success(), "{}: {}", machine.name, notes(&said));
            syncs.fetch_add(1, Ordering::Relaxed);
            // Without a pause, the one with less to bring along would leave the other no room.
            thread::sleep(2 * begun.elapsed());
        }
        is_over.store(true, Ordering::Relaxed);
    };
    let acknowledged = thread::scope(|scope| {
        let hands = [(lan, "a"), (lan, "b"), (lan, "c"), (minh, "a")];
        let hands = hands.map(|(machine, task)| {
            let is_over = &is_over;
            scope.spawn(move || write(machine, task, &format!("{}-{task}", machine.name), is_over))
        });
        let looks = scope.spawn(|| look(lan, &is_over));
        let sync = &sync;
        let syncs = [lan, minh].map(|machine| scope.spawn(move || sync(machine)));
        for sync in syncs {
            sync.join().unwrap();
        }
        assert!(looks.join().unwrap() > 0);
        hands.into_iter().flat_map(|hand| hand.join().unwrap()).collect()
    });
    (acknowledged, syncs.into_inner())
}

#[test]
fn nobody_has_to_stop_working_while_the_plan_is_exchanged() {
    let office = Office::new();
    let [lan, minh] = office.shared();
    let (acknowledged, syncs) = work(&lan, &minh, Duration::from_secs(times(4, 60) as u64));
    assert!(syncs >= 2, "{syncs} exchanges");
    // The second brings in what the first has sent.
    for machine in [&lan, &minh, &lan] {
        machine.tiendo(&["sync", "plan.ron"]);
    }
    for machine in [&lan, &minh] {
        machine.is_clean();
        let told = told(Store::open(&machine.path("plan.ron")).unwrap().plan());
        let lost: Vec<_> = acknowledged.iter().filter(|note| !told.contains(*note)).collect();
        assert!(lost.is_empty(), "of {} and {syncs} exchanges: {lost:?}", acknowledged.len());
    }
    assert_eq!(lan.text(), minh.text());
    assert!(lan.text().contains("// đã lâu"));
    println!("{} changes, {syncs} exchanges", acknowledged.len());
}

#[test]
fn what_is_told_on_two_machines_is_kept_from_both() {
    let office = Office::new();
    let [lan, minh] = office.shared();
    let times = times(3, 40);
    for nth in 0..times {
        for machine in [&lan, &minh] {
            let text = format!("{} {nth}", machine.name);
            machine.tiendo(&["tell", "plan.ron", "b", "--text", &text, "--stuck", "kinh phí"]);
        }
        for machine in [&lan, &minh, &lan] {
            machine.tiendo(&["sync", "plan.ron"]);
        }
    }
    assert_eq!(lan.text(), minh.text());
    let store = Store::open(&lan.path("plan.ron")).unwrap();
    let task = store.plan().named("b").unwrap();
    let told: HashSet<&str> = task.progress.iter().map(|row| row.text.as_str()).collect();
    assert_eq!((task.progress.len(), told.len()), (2 * times, 2 * times), "{}", lan.text());
    assert!(task.history.iter().all(|entry| !entry.clash));
}

/// Each on a branch of its own, and then all of them merged by git.
#[test]
fn what_eight_have_added_on_branches_is_kept_from_all() {
    let each = times(2, 250);
    let office = Office::new();
    let lan = office.first("lan", &appends::text(each));
    let base = Document::read(lan.text().into_bytes()).unwrap();
    for hand in 0..appends::HANDS {
        let mut document = base.clone();
        for (added, time) in appends::work(each) {
            let edit = appends::edit(document.plan(), added, hand, time);
            let change = Change::Edit { task: TaskId::new("a"), edit };
            let stamp = Stamp { by: format!("h{hand}"), ..stamp() };
            document.make(&[change], &stamp).unwrap();
        }
        lan.git(&["checkout", "--quiet", "-b", &format!("h{hand}"), "main"]);
        lan.commit(&document);
    }
    lan.git(&["checkout", "--quiet", "main"]);
    let begun = Instant::now();
    for hand in 0..appends::HANDS {
        lan.git(&["merge", "--quiet", "--no-edit", "--no-ff", &format!("h{hand}")]);
    }
    println!("{} bytes, merged in {:.1?}", lan.text().len(), begun.elapsed());
    let merged = Document::read(lan.text().into_bytes()).unwrap();
    appends::assert_kept(appends::task(merged.plan()), each, |_, _| true);
    lan.is_clean();
}

#[test]
fn two_people_exchange_from_one_repository_at_once() {
    let office = Office::new();
    let [lan, minh] = office.shared();
    for nth in 0..times(2, 20) {
        minh.tiendo(&["set", "plan.ron", "c", "--note", &format!("{nth}")]);
        minh.tiendo(&["sync", "plan.ron"]);
        lan.tiendo(&["set", "plan.ron", "b", "--note", &format!("{nth}")]);
        let said: Vec<_> = thread::scope(|scope| {
            let syncs: Vec<_> =
                (0..3).map(|_| scope.spawn(|| lan.try_tiendo(&["sync", "plan.ron"]))).collect();
            syncs.into_iter().map(|sync| sync.join().unwrap()).collect()
        });
        let is_said = |words: &str| said.iter().any(|said| super::out(said).contains(words));
        assert!(is_said("Committed:") && is_said("Came in:"), "{said:?}");
        assert!(said.iter().all(|said| said.status.success()), "{said:?}");
        lan.is_clean();
        minh.tiendo(&["sync", "plan.ron"]);
        assert_eq!(lan.text(), minh.text());
    }
}
