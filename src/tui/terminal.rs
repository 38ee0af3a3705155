//! Taking the terminal, and giving it back as it was, however the program ends.

use std::io::{self, IsTerminal as _, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::{panic, thread};

use rustix::event::{PollFd, PollFlags};
use signal_hook::consts::SIGSTOP;

use crate::words::{Lang, Phrase};

/// Why the board cannot be shown here.
#[derive(Debug)]
pub enum Refused {
    /// Standard input or output is a file or a pipe.
    NoTerminal,
    /// `TERM` is `dumb` or not set: it would show the escape sequences as text.
    Dumb,
    Failed(io::Error),
}

impl Refused {
    pub fn say(&self, lang: Lang) -> String {
        match self {
            Self::Failed(error) => {
                format!("{}: {error}. {}", self.phrase().say(lang), PLAIN_COMMANDS.say(lang))
            }
            Self::NoTerminal | Self::Dumb => {
                format!("{}. {}", self.phrase().say(lang), PLAIN_COMMANDS.say(lang))
            }
        }
    }

    fn phrase(&self) -> Phrase {
        match self {
            Self::NoTerminal => Phrase::new(
                "Bảng chỉ mở được khi đầu vào và đầu ra là terminal",
                "The board needs a terminal as its input and its output",
            ),
            Self::Dumb => Phrase::new(
                "Terminal này không hiển thị được bảng (TERM là dumb hoặc chưa được đặt)",
                "This terminal cannot show the board (TERM is dumb or not set)",
            ),
            Self::Failed(_) => Phrase::new("Không dùng được terminal", "The terminal cannot be used"),
        }
    }
}

const PLAIN_COMMANDS: Phrase =
    Phrase::new("Hãy dùng `tiendo list` hoặc `tiendo show`.", "Use `tiendo list` or `tiendo show` instead.");

/// What stands between the program and the user's terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Multiplexer {
    Tmux,
    /// GNU screen.
    Screen,
}

/// The terminal is ours while this lives. Dropping it gives the terminal back.
#[derive(Debug)]
pub struct Terminal {
    /// We have stopped ourselves, and the signal that woke us has not been seen yet.
    expects_continue: bool,
}

impl Terminal {
    /// `term` is the value of `TERM`. A panic of the thread that calls this gives the terminal back before
    /// it is reported; one of any other thread does not end the program, so its report waits.
    pub fn take(term: Option<&str>) -> Result<Self, Refused> {
        if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
            return Err(Refused::NoTerminal);
        }
        if matches!(term, None | Some("" | "dumb")) {
            return Err(Refused::Dumb);
        }
        restore_on_panic();
        enter().map_err(Refused::Failed)?;
        Ok(Self { expects_continue: false })
    }

    /// Gives the terminal back and stops, as the shell expects after `SIGTSTP`; returns when the program has
    /// been continued and the terminal is ours again. The next frame must be a full one.
    pub fn suspend(&mut self) -> io::Result<()> {
        restore();
        self.expects_continue = true;
        // The thread itself must be hit, or it may run on for a while; a SIGTSTP would be dropped where
        // no shell of the session is waiting.
        signal_hook::low_level::raise(SIGSTOP)?;
        enter()
    }

    /// To be called on `SIGCONT`: true if someone else has stopped the program, and the terminal has had to
    /// be taken again. The next frame must then be a full one.
    pub fn continued(&mut self) -> io::Result<bool> {
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
pub fn size() -> io::Result<(u16, u16)> {
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
pub fn restore() {
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
pub struct Output;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_names_the_commands_that_work_without_a_board() {
        let failed = || Refused::Failed(io::ErrorKind::PermissionDenied.into());
        for refused in [Refused::NoTerminal, Refused::Dumb, failed()] {
            for lang in [Lang::Vi, Lang::En] {
                assert!(refused.say(lang).contains("`tiendo list`"), "{refused:?}");
            }
        }
    }

    #[test]
    fn an_unset_terminal_is_refused() {
        // Under a test program the streams may or may not be terminals; either way it is refused.
        assert!(matches!(Terminal::take(None), Err(Refused::Dumb | Refused::NoTerminal)));
    }
}
