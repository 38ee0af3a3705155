//! The program in a pseudo-terminal, beside a bare one of ratatui and ron: its first frame, its keys, its leaving, its
//! memory.

use std::io::{Read as _, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, PtySize, native_pty_system};

use super::desk::WINDOW;
use super::{file, yardsticks};

const SIZES: [usize; 4] = [30, 1_000, 10_000, 100_000];
const KEYS: usize = 300;
const STARTS: usize = 5;

/// After so long without a byte a frame is whole.
const QUIET: Duration = Duration::from_millis(12);

const DOWN: &[u8] = b"\x1b[B";
const UP: &[u8] = b"\x1b[A";
const LEAVE: &[u8] = b"\x1b[21~";

/// What is measured of one program on a plan of one size. Times are medians but for the keys, sorted.
struct Figures {
    first_frame: Duration,
    keys: Vec<Duration>,
    leaving: Duration,
    /// Kilobytes: the most that it had at any time.
    memory: usize,
}

impl Figures {
    fn key(&self, percent: usize) -> Duration {
        self.keys[(self.keys.len() - 1) * percent / 100]
    }
}

/// Prints the table, both programs in turns. Answers with the bars: what, the figure, the most it may be.
pub(crate) fn table() -> Vec<(String, f64, f64)> {
    println!("\nin a terminal           first frame   key p50 p95 p99                   leaving     memory");
    let mut told = Vec::new();
    let mut key_of_an_office = Duration::ZERO;
    for tasks in SIZES {
        let path = file(tasks);
        let [ours, bare] = [Program::Tiendo, Program::Bare].map(|program| measure(program, &path));
        for (name, figures) in [("tiendo", &ours), ("bare", &bare)] {
            let [p50, p95, p99] = [50, 95, 99].map(|percent| figures.key(percent));
            println!(
                "  {tasks:>6} tasks  {name:<8} {:<13.1?} {p50:<10.2?} {p95:<10.2?} {p99:<12.2?} {:<11.2?} {} kB",
                figures.first_frame, figures.leaving, figures.memory
            );
        }
        let ratio = |ours: Duration, other: Duration| ours.as_secs_f64() / other.as_secs_f64();
        let frame = ratio(ours.first_frame, bare.first_frame);
        told.push((format!("{tasks} tasks, first frame against a bare program"), frame, 1.3));
        told.push((format!("{tasks} tasks, milliseconds to leave"), ours.leaving.as_secs_f64() * 1e3, 5.0));
        if tasks == SIZES[0] {
            key_of_an_office = ours.key(50);
            let key = ratio(ours.key(50), bare.key(50));
            told.push((format!("{tasks} tasks, a key against a bare program"), key, 1.4));
        }
        let key = ratio(ours.key(50), key_of_an_office);
        told.push((format!("{tasks} tasks, a key against one at {}", SIZES[0]), key, 1.3));
        let most = match tasks {
            30 => Some(5_000.0),
            1_000 => Some(6_500.0),
            _ => None,
        };
        told.extend(most.map(|most| (format!("{tasks} tasks, kilobytes"), ours.memory as f64, most)));
    }
    told
}

#[derive(Clone, Copy)]
enum Program {
    Tiendo,
    Bare,
}

fn measure(program: Program, plan: &Path) -> Figures {
    let (mut frames, mut leavings, mut keys, mut memory) = (Vec::new(), Vec::new(), Vec::new(), 0);
    for _ in 0..STARTS {
        let mut terminal = Terminal::start(program, plan);
        frames.push(terminal.frame_after(terminal.started, Duration::from_millis(300)));
        for at in 0..KEYS / STARTS {
            keys.push(terminal.press(if at % 8 < 4 { DOWN } else { UP }));
        }
        memory = memory.max(terminal.memory());
        leavings.push(terminal.leave());
    }
    for times in [&mut frames, &mut leavings, &mut keys] {
        times.sort_unstable();
    }
    Figures { first_frame: frames[STARTS / 2], keys, leaving: leavings[STARTS / 2], memory }
}

struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    /// When bytes came.
    output: Receiver<Instant>,
    started: Instant,
}

impl Terminal {
    fn start(program: Program, plan: &Path) -> Self {
        let mut command = match program {
            Program::Tiendo => CommandBuilder::new(env!("CARGO_BIN_EXE_tiendo")),
            Program::Bare => CommandBuilder::new(std::env::current_exe().expect("this program has a file")),
        };
        command.env_clear();
        match program {
            Program::Tiendo => command.args(["--today", "2024-05-20"]),
            Program::Bare => command.env(yardsticks::BARE, "1"),
        }
        command.arg(plan);
        command.env("HOME", plan.parent().expect("a plan is in a folder"));
        command.env("TERM", "xterm-256color");
        let size = PtySize { cols: WINDOW.width, rows: WINDOW.height, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("the system has terminals");
        let mut reader = pair.master.try_clone_reader().expect("a terminal can be read");
        let writer = pair.master.take_writer().expect("a terminal can be written");
        let (sender, output) = channel();
        thread::spawn(move || {
            let mut buffer = [0; 1 << 14];
            while let Ok(1..) = reader.read(&mut buffer) {
                let _ = sender.send(Instant::now());
            }
            drop(pair.master);
        });
        let started = Instant::now();
        let child = pair.slave.spawn_command(command).expect("the program can be started");
        Self { child, writer, output, started }
    }

    /// From a moment to the last byte before the terminal is quiet.
    fn frame_after(&self, begin: Instant, quiet: Duration) -> Duration {
        let mut last = self.output.recv_timeout(Duration::from_secs(60)).unwrap_or(begin);
        while let Ok(at) = self.output.recv_timeout(quiet) {
            last = at;
        }
        last - begin
    }

    fn press(&mut self, key: &[u8]) -> Duration {
        let begin = Instant::now();
        self.writer.write_all(key).expect("the program is there");
        self.frame_after(begin, QUIET)
    }

    fn memory(&self) -> usize {
        let id = self.child.process_id().expect("the program is there");
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
        line.trim().trim_end_matches(" kB").parse().unwrap_or_default()
    }

    fn leave(mut self) -> Duration {
        let begin = Instant::now();
        self.writer.write_all(LEAVE).expect("the program is there");
        self.child.wait().expect("the program ends");
        begin.elapsed()
    }
}
