//! A terminal for the real program: what it draws can be read from an emulated screen.

use std::io::{Read as _, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use tiendo::app::press::MOMENT;

/// Only a test that fails takes so long.
const DEADLINE: Duration = Duration::from_secs(30);

/// How a program asks for the colour of the ground, and how a dark terminal answers.
const QUESTION: &[u8] = b"\x1b]11;?\x07";
const DARK: &[u8] = b"\x1b]11;rgb:1e1e/1e1e/1e1e\x07";

/// How the program is to be started.
pub(crate) struct Launch {
    command: CommandBuilder,
    window: (u16, u16),
    answer: &'static [u8],
}

impl Launch {
    /// On a plan, on a day in May, in a window of the most common size. What the program remembers goes into the
    /// folder of the plan.
    pub(crate) fn on(plan: &Path) -> Self {
        Self::with(env!("CARGO_BIN_EXE_tiendo"), plan)
    }

    /// From a shell that ignores hang-ups, as `nohup` does.
    pub(crate) fn ignoring_hangups(plan: &Path) -> Self {
        let mut launch = Self::with("/bin/sh", plan);
        let arguments = std::mem::take(launch.command.get_argv_mut());
        let script = ["-c", r#"trap "" HUP; exec "$0" "$@""#, env!("CARGO_BIN_EXE_tiendo")];
        let all = arguments[..1].iter().cloned().chain(script.map(Into::into));
        launch.command.get_argv_mut().extend(all.chain(arguments[1..].iter().cloned()));
        launch
    }

    fn with(program: &str, plan: &Path) -> Self {
        let mut command = CommandBuilder::new(program);
        command.args(["--today", "2024-05-20", "--lang", "vi"]);
        command.arg(plan);
        let home = plan.parent().unwrap();
        command.env_clear();
        command.cwd(home);
        command.env("HOME", home);
        command.env("TERM", "xterm-256color");
        command.env("USER", "lan");
        Self { command, window: (80, 24), answer: DARK }
    }

    /// In a folder, without a plan being named.
    pub(crate) fn in_folder(folder: &Path) -> Self {
        let mut launch = Self::on(&folder.join("plan.ron"));
        launch.command.get_argv_mut().pop();
        launch
    }

    /// With more arguments.
    pub(crate) fn arguments(mut self, words: &[&str]) -> Self {
        self.command.args(words);
        self
    }

    pub(crate) fn window(mut self, width: u16, height: u16) -> Self {
        self.window = (width, height);
        self
    }

    /// In a terminal that does not say what its ground is.
    pub(crate) fn unanswered(mut self) -> Self {
        self.answer = b"";
        self
    }

    /// Started by another program, which is told first.
    pub(crate) fn within(mut self, words: &[&str]) -> Self {
        self.command.get_argv_mut().splice(0..0, words.iter().map(Into::into));
        self
    }

    pub(crate) fn variable(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// The terminal does not tell the program of anything by a signal.
    pub(crate) fn without_signals(mut self) -> Self {
        self.command.set_controlling_tty(false);
        self
    }

    pub(crate) fn start(self) -> Terminal {
        let (width, height) = self.window;
        let pair = native_pty_system().openpty(pty_size(width, height)).unwrap();
        let settings = settings(&*pair.master);
        let writer = pair.master.take_writer().unwrap();
        let is_closing = Arc::new(AtomicBool::new(false));
        let output = read(&*pair.master, Arc::clone(&is_closing));
        let child = pair.slave.spawn_command(self.command).unwrap();
        // The end of the output is then the end of the last process that holds the terminal.
        drop(pair.slave);
        Terminal {
            master: Some(pair.master),
            writer: Some(writer),
            child,
            output,
            is_closing,
            emulator: vt100::Parser::new(length(height), length(width), 0),
            sent: Vec::new(),
            answer: self.answer,
            settings,
        }
    }
}

fn pty_size(width: u16, height: u16) -> PtySize {
    PtySize { cols: width, rows: height, pixel_width: 0, pixel_height: 0 }
}

fn length(cells: u16) -> NonZeroU16 {
    NonZeroU16::new(cells).unwrap()
}

/// Echo, line editing, special keys: everything that `stty -a` shows.
fn settings(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().unwrap())
}

/// What the program sends. The channel ends with the program, or with the first bytes after `is_closing`.
fn read(master: &dyn MasterPty, is_closing: Arc<AtomicBool>) -> Receiver<Vec<u8>> {
    let mut reader = master.try_clone_reader().unwrap();
    let (sender, output) = channel();
    thread::spawn(move || {
        let mut buffer = [0; 1 << 14];
        while let Ok(count @ 1..) = reader.read(&mut buffer) {
            if is_closing.load(Ordering::SeqCst) || sender.send(buffer[..count].to_vec()).is_err() {
                return;
            }
        }
    });
    output
}

/// The program in its terminal. It is killed with the test.
pub(crate) struct Terminal {
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Option<Box<dyn Write + Send>>,
    child: Box<dyn Child + Send + Sync>,
    output: Receiver<Vec<u8>>,
    is_closing: Arc<AtomicBool>,
    emulator: vt100::Parser,
    /// Every byte that the program has sent.
    pub(crate) sent: Vec<u8>,
    /// What it is answered when it asks for the ground.
    answer: &'static [u8],
    /// Those of the terminal before the program was started.
    settings: String,
}

impl Terminal {
    /// Presses keys: these bytes, in one go.
    pub(crate) fn send(&mut self, bytes: impl AsRef<[u8]>) -> &mut Self {
        let writer = self.writer.as_mut().unwrap();
        writer.write_all(bytes.as_ref()).unwrap();
        writer.flush().unwrap();
        self
    }

    pub(crate) fn screen(&self) -> &vt100::Screen {
        self.emulator.screen()
    }

    pub(crate) fn text(&self) -> String {
        self.screen().contents()
    }

    pub(crate) fn wait_for(&mut self, text: &str) -> &mut Self {
        self.wait_until(text, |terminal| terminal.text().contains(text))
    }

    pub(crate) fn wait_until_gone(&mut self, text: &str) -> &mut Self {
        self.wait_until(text, |terminal| !terminal.text().contains(text))
    }

    pub(crate) fn wait_until(&mut self, what: &str, is_so: impl Fn(&Self) -> bool) -> &mut Self {
        let deadline = Instant::now() + DEADLINE;
        while !is_so(self) {
            let is_over = self.take_output(deadline) == Output::Ended;
            assert!(!is_over || is_so(self), "waiting for {what}, the screen was\n{}", self.text());
        }
        self
    }

    /// Takes in what the program sends until then, or until it has sent something.
    fn take_output(&mut self, until: Instant) -> Output {
        match self.output.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(bytes) => {
                self.emulator.process(&bytes);
                let unread = self.sent.len().saturating_sub(QUESTION.len() - 1);
                self.sent.extend(bytes);
                self.answer_question(unread);
                Output::Some
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => Output::Ended,
        }
    }

    /// A program that has ended meanwhile hears no answer.
    fn answer_question(&mut self, unread: usize) {
        if asks(&self.sent[unread..])
            && let Some(writer) = &mut self.writer
        {
            let _ = writer.write_all(self.answer);
        }
    }

    /// How many bytes the program sends in a time in which nothing happens.
    pub(crate) fn sent_in(&mut self, time: Duration) -> usize {
        let (before, until) = (self.sent.len(), Instant::now() + time);
        while self.take_output(until) == Output::Some {}
        self.sent.len() - before
    }

    /// Reads a question: the program takes no answer before that can have been done.
    pub(crate) fn read(&mut self) -> &mut Self {
        self.sent_in(2 * MOMENT);
        self
    }

    pub(crate) fn resize(&mut self, width: u16, height: u16) {
        self.master.as_ref().unwrap().resize(pty_size(width, height)).unwrap();
        self.emulator.screen_mut().set_size(length(height), length(width));
    }

    pub(crate) fn process(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    pub(crate) fn signal(&self, signal: Signal) {
        let process = Pid::from_raw(self.process() as i32).unwrap();
        kill_process(process, signal).unwrap();
    }

    /// The line drops: nobody holds the other end of the terminal any more.
    pub(crate) fn hang_up(&mut self) {
        self.is_closing.store(true, Ordering::SeqCst);
        // The thread that reads lets go of its end with the next bytes that come: those of a fresh picture.
        self.signal(Signal::CONT);
        while self.take_output(Instant::now() + DEADLINE) == Output::Some {}
        (self.writer, self.master) = (None, None);
    }

    /// Waits for the end of the program, and answers with its exit code.
    pub(crate) fn end(&mut self) -> u32 {
        let deadline = Instant::now() + DEADLINE;
        while self.take_output(deadline) == Output::Some {}
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.exit_code();
            }
            assert!(Instant::now() < deadline, "the program has not ended\n{}", self.text());
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// The shell finds the terminal as it was.
    pub(crate) fn assert_given_back(&self) {
        let screen = self.screen();
        assert!(!screen.alternate_screen(), "the board's own screen is still there");
        assert!(!screen.hide_cursor(), "the cursor is hidden");
        assert!(!screen.bracketed_paste(), "pastes are still marked");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        let look = (screen.fgcolor(), screen.bgcolor(), screen.bold(), screen.inverse(), screen.underline());
        assert_eq!(look, (vt100::Color::Default, vt100::Color::Default, false, false, false));
        assert_eq!(settings(self.master.as_deref().unwrap()), self.settings);
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Whether the terminal is asked for its ground.
pub(crate) fn asks(sent: &[u8]) -> bool {
    sent.windows(QUESTION.len()).any(|bytes| bytes == QUESTION)
}

/// What came of waiting for the program's output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Output {
    Some,
    /// The time is over, or the program is.
    Ended,
}
