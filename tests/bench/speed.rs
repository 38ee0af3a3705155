//! How long things take, each beside its yardstick: `cargo bench`, or `cargo bench -- saves` for a part of it.
//!
//! At the end, and after `cargo bench -- bars`, stand the bars, with both sides measured in turns so that a busy machine slows down both.

mod bars;
mod desk;
mod keys;
mod plans;
mod saving;
mod yardsticks;

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tiendo::plan::{Change, Edit, Field, Status};
use tiendo::store::{Outcome, Policy, Store};

use self::desk::Desk;

fn main() {
    if bars::is_alone() {
        return;
    }
    if std::env::var_os(yardsticks::BARE).is_some() {
        let path = std::env::args_os().nth(1).expect("a plan is given");
        return yardsticks::bare(Path::new(&path)).expect("the terminal is there");
    }
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    divan::main();
    if arguments == ["--bench"] || arguments.iter().any(|it| it == "bars") {
        bars::hold();
    }
}

/// As many tasks as an office has, a province, and more than anybody.
/// A test of the benches is content with what is quick.
fn sizes() -> &'static [usize] {
    if is_bench() { &[30, 1_000, 10_000, 100_000] } else { &[30] }
}

fn is_bench() -> bool {
    std::env::args().any(|argument| argument == "--bench")
}

fn folder() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
}

/// The file of a plan, written once.
fn file(tasks: usize) -> PathBuf {
    static WRITTEN: Mutex<Vec<usize>> = Mutex::new(Vec::new());
    let path = folder().join(format!("plan-{tasks}.ron"));
    let mut written = WRITTEN.lock().expect("nobody panics while writing");
    if !written.contains(&tasks) {
        std::fs::write(&path, plans::text(tasks)).expect("the folder for tests can be written");
        written.push(tasks);
    }
    path
}

/// Nothing comes for a while.
fn rest(desk: &Desk) {
    while desk.app.prepare() {}
}

/// From the file to the bytes of the first frame.
fn open(path: &Path) -> (Desk, Vec<u8>) {
    let store = Store::open(path).expect("the plan was just written");
    let mut desk = Desk::with(store.plan().clone());
    let frame = desk.draw();
    (desk, frame)
}

#[divan::bench_group(max_time = 4)]
mod first_frame {
    use divan::Bencher;

    use super::{file, open, sizes, yardsticks};

    #[divan::bench(args = sizes())]
    fn tiendo(bencher: Bencher, tasks: usize) {
        let path = file(tasks);
        bencher.bench(|| open(&path).1);
    }

    #[divan::bench(args = sizes())]
    fn ron_alone(bencher: Bencher, tasks: usize) {
        let path = file(tasks);
        bencher.bench(|| yardsticks::parse(&path));
    }

    /// With its layouts in ratatui's cache, which spares it most of a real first frame: see the bars.
    #[divan::bench]
    fn ratatui_alone(bencher: Bencher) {
        let titles = yardsticks::titles(30);
        bencher.bench(|| yardsticks::first_frame(&titles));
    }
}

/// From a key to the bytes of the frame that answers it.
#[divan::bench_group(max_time = 2)]
mod moving {
    use crossterm::event::KeyCode;
    use divan::Bencher;

    use super::{file, open, sizes};

    fn press(bencher: Bencher, tasks: usize, before: &[KeyCode], keys: &[KeyCode]) {
        let (mut desk, _) = open(&file(tasks));
        for &key in before {
            desk.press(key);
        }
        let mut keys = keys.iter().cycle();
        bencher.bench_local(|| desk.press(*keys.next().expect("a cycle has no end")));
    }

    #[divan::bench(args = sizes())]
    fn down(bencher: Bencher, tasks: usize) {
        press(bencher, tasks, &[], &[KeyCode::Down]);
    }

    #[divan::bench(args = sizes())]
    fn across(bencher: Bencher, tasks: usize) {
        press(bencher, tasks, &[], &[KeyCode::Right, KeyCode::Left]);
    }

    #[divan::bench(args = sizes())]
    fn among_deadlines(bencher: Bencher, tasks: usize) {
        press(bencher, tasks, &[KeyCode::F(5)], &[KeyCode::Down]);
    }

    /// Twenty keys that were waiting: one frame.
    #[divan::bench(args = sizes())]
    fn twenty_at_once(bencher: Bencher, tasks: usize) {
        let (mut desk, _) = open(&file(tasks));
        let mut keys = [KeyCode::Down, KeyCode::Up].iter().cycle();
        bencher.bench_local(|| {
            let key = *keys.next().expect("a cycle has no end");
            for _ in 0..20 {
                assert_eq!(desk.tell(key), None);
            }
            desk.draw()
        });
    }
}

#[divan::bench_group(max_time = 2)]
mod searching {
    use crossterm::event::KeyCode;
    use divan::Bencher;
    use tiendo::store::Store;

    use super::desk::Desk;
    use super::{file, open, rest, sizes, yardsticks};

    /// The last of these keys on a plan that was just opened.
    fn press(bencher: Bencher, tasks: usize, keys: &[KeyCode]) {
        let plan = Store::open(&file(tasks)).expect("the plan was just written").plan().clone();
        let (last, before) = keys.split_last().expect("a key is given");
        let ready = || {
            let mut desk = Desk::with(plan.clone());
            desk.draw();
            for key in before {
                desk.press(*key);
                rest(&desk);
            }
            desk
        };
        bencher.with_inputs(ready).bench_local_refs(|desk| desk.press(*last));
    }

    #[divan::bench(args = sizes())]
    fn opening(bencher: Bencher, tasks: usize) {
        press(bencher, tasks, &[KeyCode::F(7)]);
    }

    #[divan::bench(args = sizes())]
    fn first_letter(bencher: Bencher, tasks: usize) {
        press(bencher, tasks, &[KeyCode::F(7), KeyCode::Char('k')]);
    }

    #[divan::bench(args = sizes())]
    fn first_mark(bencher: Bencher, tasks: usize) {
        press(bencher, tasks, &[KeyCode::F(7), KeyCode::Char('k'), KeyCode::Char('ế')]);
    }

    #[divan::bench(args = sizes())]
    fn next_letter(bencher: Bencher, tasks: usize) {
        let (mut desk, _) = open(&file(tasks));
        desk.press(KeyCode::F(7));
        let mut keys = yardsticks::SEARCH.iter().cycle();
        bencher.bench_local(|| desk.press(*keys.next().expect("a cycle has no end")));
    }
}

/// From the change to the disk's word that it is there.
#[divan::bench_group(max_time = 4)]
mod saves {
    use crossterm::event::KeyCode;
    use divan::Bencher;
    use tiendo::document::Document;

    use super::{Saver, file, folder, open, sizes, yardsticks};

    #[divan::bench(args = sizes())]
    fn status(bencher: Bencher, tasks: usize) {
        let mut saver = Saver::new(tasks);
        bencher.bench_local(|| saver.save());
    }

    /// The same without a disk, and with the frame that shows it.
    #[divan::bench(args = sizes())]
    fn in_memory(bencher: Bencher, tasks: usize) {
        let (mut desk, _) = open(&file(tasks));
        let mut document =
            Document::of(desk.app.plan().expect("a plan was opened")).expect("it was just read");
        let mut statuses = ['2', '1'].into_iter().cycle();
        bencher.bench_local(|| {
            let status = statuses.next().expect("a cycle has no end");
            let effect = desk.tell(KeyCode::Char(status));
            effect.map(|effect| desk.commit(&mut document, effect))
        });
    }

    #[divan::bench(args = sizes())]
    fn bare_write(bencher: Bencher, tasks: usize) {
        let bytes = std::fs::read(file(tasks)).expect("the plan was just written");
        bencher.bench_local(|| yardsticks::replace(folder(), &bytes));
    }
}

/// Somebody who changes one task after the other.
struct Saver {
    store: Store,
    next: usize,
    _folder: tempfile::TempDir,
}

impl Saver {
    fn new(tasks: usize) -> Self {
        let folder = tempfile::tempdir_in(folder()).expect("the folder for tests can be written");
        let path = folder.path().join("plan.ron");
        std::fs::copy(file(tasks), &path).expect("the folder for tests can be written");
        let store = Store::open(&path).expect("the plan was just written");
        Self { store, next: 0, _folder: folder }
    }

    fn save(&mut self) -> Outcome {
        let tasks = &self.store.plan().tasks;
        self.next = (self.next + 7) % tasks.len();
        let task = &tasks[self.next];
        let after = if task.status == Status::Doing { Status::Todo } else { Status::Doing };
        let edit = Edit::new(Field::Status, task.status, after);
        let changes = [Change::Edit { task: task.id.clone(), edit }];
        self.store.commit(&changes, &desk::stamp(), Policy::Ask).expect("nobody else is at the plan")
    }
}
