//! Saves to the disk, alone and in a crowd, beside a bare write, sync and rename of the same bytes and one reading of
//! them by `ron`.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use tiendo::plan::{Change, Edit, Field};
use tiendo::store::{Policy, Saved, Store};

use super::{Saver, desk, file, folder, yardsticks};

const SIZES: [usize; 3] = [40, 1_000, 10_000];
const ROUNDS: usize = 101;
const CROWD: usize = 8;

/// Prints the table. Answers with what a save of 1 000 tasks takes, and with one reading and two bare writes of them.
pub(crate) fn table() -> (Duration, Duration) {
    println!("\nsaves (p50 p95)       bare write        ron reads it      alone             {CROWD} writers");
    let mut bar = (Duration::MAX, Duration::ZERO);
    for tasks in SIZES {
        let times = alone(tasks);
        let crowd = crowd(tasks);
        let [bare, read, ours] = &times;
        let figures = [bare, read, ours, &crowd].map(|times| format!("{:<18}", two(times)));
        println!("  {tasks:>6} tasks        {}", figures.concat());
        if tasks == 1_000 {
            bar = (at(ours, 50), at(read, 50) + 2 * at(bare, 50));
        }
    }
    bar
}

/// In turns, so that a busy machine slows down all three.
fn alone(tasks: usize) -> [Vec<Duration>; 3] {
    let mut saver = Saver::new(tasks);
    let path = file(tasks);
    let bytes = std::fs::read(&path).expect("the plan was just written");
    let mut times: [Vec<Duration>; 3] = Default::default();
    for _ in 0..ROUNDS {
        let round = [
            timed(|| yardsticks::replace(folder(), &bytes)),
            timed(|| drop(yardsticks::parse(&path))),
            timed(|| drop(saver.save())),
        ];
        times.iter_mut().zip(round).for_each(|(times, time)| times.push(time));
    }
    times.map(sorted)
}

/// Each has an own task, and none waits for the others on purpose.
fn crowd(tasks: usize) -> Vec<Duration> {
    let folder = tempfile::tempdir_in(folder()).expect("the folder for tests can be written");
    let path = folder.path().join("plan.ron");
    std::fs::copy(file(tasks), &path).expect("the folder for tests can be written");
    let times = thread::scope(|scope| {
        let hands: Vec<_> = (0..CROWD)
            .map(|hand| {
                let path = &path;
                scope.spawn(move || hand_in(path, hand))
            })
            .collect();
        hands.into_iter().flat_map(|hand| hand.join().expect("nobody panics")).collect()
    });
    sorted(times)
}

fn hand_in(path: &Path, hand: usize) -> Vec<Duration> {
    let mut store = Store::open(path).expect("the plan was just written");
    let mut save = |time: usize| {
        let task = &store.plan().tasks[hand];
        let edit = Edit::new(Field::Note, task.note.clone(), format!("lần {time}"));
        let changes = [Change::Edit { task: task.id.clone(), edit }];
        timed(|| {
            let outcome = store.commit(&changes, &desk::stamp(), Policy::Ask).expect("the disk holds");
            assert_eq!(outcome.saved, Saved::Confirmed);
        })
    };
    (0..ROUNDS / 4).map(&mut save).collect()
}

fn timed(act: impl FnOnce()) -> Duration {
    let start = Instant::now();
    act();
    start.elapsed()
}

fn sorted(mut times: Vec<Duration>) -> Vec<Duration> {
    times.sort_unstable();
    times
}

fn at(times: &[Duration], percent: usize) -> Duration {
    times[(times.len() - 1) * percent / 100]
}

fn two(times: &[Duration]) -> String {
    format!("{:.1?} {:.1?}", at(times, 50), at(times, 95))
}
