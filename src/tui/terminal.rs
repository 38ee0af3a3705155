//! Taking the terminal, and giving it back as it was, however the program ends.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::{panic, thread};

use rustix::event::{PollFd, PollFlags};
use signal_hook::consts::SIGSTOP;

/// What stands between the program and the user's terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Multiplexer {
    Tmux,
    /// GNU screen.
    Screen,
}

/// The terminal is ours while this lives. Dropping it gives the terminal back.
#[derive(Debug)]
pub(super) struct Terminal {
    /// We have stopped ourselves, and the signal that woke us has not been seen yet.
    expects_continue: bool,
}

impl Terminal {
    /// A panic of the thread that calls this gives the terminal back before it is reported; one of any other thread does
    /// not end the program, so its report waits.
    pub(super) fn take() -> io::Result<Self> {
        restore_on_panic();
        enter()?;
        Ok(Self { expects_continue: false })
    }

    /// Gives the terminal back and stops, as the shell expects after `SIGTSTP`; returns when the program has
    /// been continued and the terminal is ours again. The next frame must be a full one.
    pub(super) fn suspend(&mut self) -> io::Result<()> {
        restore();
        self.expects_continue = true;
        // The thread itself must be hit, or it may run on for a while; a SIGTSTP would be dropped where
        // no shell of the session is waiting.
        signal_hook::low_level::raise(SIGSTOP)?;
        enter()
    }

    /// To be called on `SIGCONT`: true if someone else has stopped the program, and the terminal has had to
    /// be taken again. The next frame must then be a full one.
    pub(super) fn continued(&mut self) -> io::Result<bool> {
        if std::mem::take(&mut self.expects_continue) {
            return Ok(false);
        }
        restore();
        enter()?;
        Ok(true)
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        restore();
    }
}

/// Columns and rows of the window. A line without a size, such as a serial one, counts as 80×24.
pub(super) fn size() -> io::Result<(u16, u16)> {
    let size = rustix::termios::tcgetwinsize(rustix::stdio::stdout())?;
    if size.ws_col == 0 || size.ws_row == 0 {
        return Ok((80, 24));
    }
    Ok((size.ws_col, size.ws_row))
}

static TAKEN: AtomicBool = AtomicBool::new(false);

/// What threads that panicked while the board was shown have to say when it is gone.
static REPORTS: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn enter() -> io::Result<()> {
    // First, so that a failure half-way is taken back.
    TAKEN.store(true, Ordering::SeqCst);
    let entered =
        crossterm::terminal::enable_raw_mode().and_then(|()| Output.write_all(b"\x1b[?1049h\x1b[?2004h"));
    if entered.is_err() {
        restore();
    }
    entered
}

/// Gives the terminal back, once. Nothing can be done about an error here: the terminal may be gone.
pub(super) fn restore() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let _ = Output.write_all(FAREWELL);
    let _ = crossterm::terminal::disable_raw_mode();
    let reports = std::mem::take(&mut *REPORTS.lock().unwrap_or_else(PoisonError::into_inner));
    for report in reports {
        let _ = writeln!(io::stderr(), "{report}");
    }
}

/// End of a synchronized frame, plain look, no bracketed paste, no mouse, a visible cursor; then the last
/// line and a line feed, so that the prompt finds an empty line where the alternate screen is turned off
/// (`PuTTY` has a setting for it); and the screen as it was.
const FAREWELL: &[u8] =
    b"\x1b[?2026l\x1b[m\x1b[?2004l\x1b[?1006l\x1b[?1002l\x1b[?1000l\x1b[?25h\x1b[9999H\r\n\x1b[?1049l";

fn restore_on_panic() {
    let ours = thread::current().id();
    let previous = panic::take_hook();
    panic::set_hook(Box::new(move |report| {
        if thread::current().id() == ours {
            restore();
        } else if TAKEN.load(Ordering::SeqCst) {
            REPORTS.lock().unwrap_or_else(PoisonError::into_inner).push(report.to_string());
            return;
        }
        previous(report);
    }));
}

/// Standard output without a buffer: `std::io::Stdout` would cut a frame at its last line feed.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Output;

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        loop {
            match rustix::io::write(rustix::stdio::stdout(), bytes) {
                // Another program on this terminal has made it non-blocking, for us as well.
                Err(rustix::io::Errno::AGAIN) => wait_until_writable()?,
                result => return Ok(result?),
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn wait_until_writable() -> io::Result<()> {
    let output = rustix::stdio::stdout();
    rustix::event::poll(&mut [PollFd::new(&output, PollFlags::OUT)], None)?;
    Ok(())
}
