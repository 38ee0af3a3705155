//! What must hold: each figure against its yardstick, or against what a hand and an eye notice.

use std::process::Command;
use std::time::{Duration, Instant};

use crossterm::event::KeyCode;

use super::desk::Desk;
use super::{file, folder, keys, open, rest, saving, yardsticks};

const ROUNDS: usize = 101;

/// Measures and tells. A bar that is not held ends the run with an error.
pub(crate) fn hold() {
    println!("\nbars (median of {ROUNDS} rounds, in turns)");
    let held = [
        first_frame_of_an_office(),
        first_frame_of_ten_thousand(),
        search(),
        moves(1_000, 2),
        moves(10_000, 10),
        save(),
        in_a_terminal(),
    ];
    if held.contains(&Held::No) {
        std::process::exit(1);
    }
}

fn in_a_terminal() -> Held {
    let held = keys::table().into_iter().map(|(what, figure, most)| {
        let held = if figure <= most { Held::Yes } else { Held::No };
        println!("  {what}: {figure:.2}, bar {most}: {held:?}");
        held
    });
    if held.filter(|held| *held == Held::No).count() > 0 { Held::No } else { Held::Yes }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Held {
    Yes,
    No,
}

/// Each in a process of its own, as a first frame is: ratatui keeps layouts that it has worked out once.
fn first_frame_of_an_office() -> Held {
    file(30);
    let times = (0..ROUNDS).map(|_| (alone("tiendo"), alone("ratatui"))).unzip();
    against_yardstick("30 tasks, file to first frame, against ratatui alone", times, 1.5)
}

const ALONE: &str = "TIENDO_ALONE";

fn alone(what: &str) -> Duration {
    let program = std::env::current_exe().expect("this program has a file");
    let output = Command::new(program).env(ALONE, what).output().expect("this program can be started");
    let told = String::from_utf8_lossy(&output.stdout);
    Duration::from_nanos(told.trim().parse().expect("a process of ours tells nanoseconds"))
}

/// In such a process: draws one first frame and tells how long it took.
pub(crate) fn is_alone() -> bool {
    let Some(what) = std::env::var_os(ALONE) else { return false };
    let (path, titles) = (folder().join("plan-30.ron"), yardsticks::titles(30));
    let time =
        if what == "tiendo" { timed(|| open(&path)) } else { timed(|| yardsticks::first_frame(&titles)) };
    println!("{}", time.as_nanos());
    true
}

fn first_frame_of_ten_thousand() -> Held {
    let path = file(10_000);
    let times = in_turns(|| drop(open(&path)), || drop(yardsticks::parse(&path)));
    against_yardstick("10 000 tasks, file to first frame, against ron alone", times, 2.0)
}

/// Between two keys somebody who types leaves time in which what letters need is made ready, as the loop does it.
fn search() -> Held {
    let (desk, _) = open(&file(10_000));
    let plan = desk.app.plan().expect("a plan was opened").clone();
    let (mut opened, mut bare, mut marked) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let mut desk = Desk::with(plan.clone());
        desk.draw();
        opened.push(pressed(&mut desk, KeyCode::F(7)));
        rest(&desk);
        bare.push(pressed(&mut desk, KeyCode::Char('k')));
        marked.push(pressed(&mut desk, KeyCode::Char('ế')));
    }
    let limit = Duration::from_micros(16_600);
    let held = [
        within("10 000 tasks, the search is opened", &opened, limit),
        within("10 000 tasks, its first letter", &bare, limit),
        within("10 000 tasks, its first letter with a mark", &marked, limit),
    ];
    if held.contains(&Held::No) { Held::No } else { Held::Yes }
}

fn moves(tasks: usize, milliseconds: u64) -> Held {
    let (mut desk, _) = open(&file(tasks));
    let times: Vec<Duration> = (0..ROUNDS).map(|_| pressed(&mut desk, KeyCode::Down)).collect();
    within(&format!("{tasks} tasks, a move"), &times, Duration::from_millis(milliseconds))
}

fn save() -> Held {
    let (ours, limit) = saving::table();
    within("1 000 tasks, a save, against one reading by ron and two bare writes", &[ours], limit)
}

fn pressed(desk: &mut Desk, key: KeyCode) -> Duration {
    timed(|| desk.press(key))
}

fn in_turns(mut ours: impl FnMut(), mut yardstick: impl FnMut()) -> (Vec<Duration>, Vec<Duration>) {
    (0..ROUNDS).map(|_| (timed(&mut ours), timed(&mut yardstick))).unzip()
}

fn timed<T>(act: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    drop(divan::black_box(act()));
    start.elapsed()
}

fn median(times: &[Duration]) -> Duration {
    let mut times = times.to_vec();
    times.sort_unstable();
    times[times.len() / 2]
}

fn against_yardstick(what: &str, (ours, yardstick): (Vec<Duration>, Vec<Duration>), limit: f64) -> Held {
    let (ours, yardstick) = (median(&ours), median(&yardstick));
    let ratio = ours.as_secs_f64() / yardstick.as_secs_f64();
    let held = if ratio <= limit { Held::Yes } else { Held::No };
    println!("  {what}: {ours:.2?} / {yardstick:.2?} = {ratio:.2}, bar {limit}: {held:?}");
    held
}

/// The slowest is told as well; on a machine that has other work it says little.
fn within(what: &str, times: &[Duration], limit: Duration) -> Held {
    let (time, slowest) = (median(times), times.iter().max().copied().unwrap_or_default());
    let held = if time <= limit { Held::Yes } else { Held::No };
    println!("  {what}: {time:.2?}, slowest {slowest:.2?}, bar {limit:.1?}: {held:?}");
    held
}
