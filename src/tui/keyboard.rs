//! The user's keys and pastes: a thread waits in front of crossterm's reader, sees a terminal that is gone, joins what
//! a slow line has torn apart, and takes out what nobody has typed.

use std::io;
use std::os::unix::net::UnixStream;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, Instant};

use crossterm::event::{self, Event, KeyEvent, KeyEventKind};
use rustix::event::{PollFd, PollFlags, Timespec, poll};

use self::escape::Escape;
use super::Message;
use crate::view::theme::Ground;

mod escape;

/// What comes from the terminal. A window of another size is a signal, not an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Input {
    /// Keys that were read together, and when.
    Keys(Instant, Vec<KeyEvent>),
    /// A bracketed paste, as it came.
    Paste(String),
    /// The terminal has answered what its ground is.
    Ground(Ground),
    /// The terminal is gone. Nothing comes after this.
    Hangup,
}

/// For how long an escape may be the beginning of a key. It is also how long the thread stays with crossterm's
/// reader after the last key; crossterm looks at what it has read only as long as its time has not run out,
/// so a short time would leave keys lying there on a busy machine.
const PATIENCE: Duration = Duration::from_millis(30);

/// What has come in one go is there within this time. It is not shorter, because crossterm tells of nothing in no time,
/// and not longer, because crossterm does not sleep for less than a millisecond: it asks again and again.
const TOGETHER: Duration = Duration::from_micros(50);

/// The thread ends when this is dropped.
#[derive(Debug)]
pub(super) struct Keyboard {
    /// What the reader sees closed.
    _control: UnixStream,
}

impl Keyboard {
    /// Reads standard input. It sends until nobody receives any more. The terminal may have been asked for its ground.
    pub(super) fn open(sender: Sender<Message>, asked: Option<Instant>) -> io::Result<Self> {
        let (control, controlled) = UnixStream::pair()?;
        let reader = KeyReader { sender, control: controlled, escape: Escape::new(asked) };
        thread::Builder::new().name("keyboard".to_string()).spawn(move || reader.keep())?;
        Ok(Self { _control: control })
    }
}

/// What runs in the thread.
struct KeyReader {
    sender: Sender<Message>,
    /// Closed when [`Keyboard`] is dropped; nothing is ever sent.
    control: UnixStream,
    escape: Escape,
}

/// Why the thread has woken up.
enum ReadCall {
    Keys,
    /// It has been quiet for so long.
    Quiet(Duration),
    Closed,
    Hangup,
}

/// The thread has nothing left to do.
struct Closed;

impl KeyReader {
    fn keep(mut self) {
        loop {
            let done = match self.wait() {
                ReadCall::Keys => self.pass_keys(),
                ReadCall::Quiet(lasting) => self.pass_quiet(lasting),
                ReadCall::Closed => Err(Closed),
                ReadCall::Hangup => {
                    let _ = self.send(Input::Hangup);
                    Err(Closed)
                }
            };
            if done.is_err() {
                return;
            }
        }
    }

    /// Sleeps until there is something to do: keys, or the time to pass on what is held. crossterm alone would not see
    /// a hang-up, and burn a processor.
    fn wait(&self) -> ReadCall {
        let input = rustix::stdio::stdin();
        let mut sources = [PollFd::new(&input, PollFlags::IN), PollFd::new(&self.control, PollFlags::IN)];
        let patience = self.escape.patience();
        let timeout = patience.and_then(|patience| Timespec::try_from(patience).ok());
        loop {
            match poll(&mut sources, timeout.as_ref()) {
                Ok(0) => return ReadCall::Quiet(patience.unwrap_or_default()),
                Ok(_) => break,
                Err(rustix::io::Errno::INTR) => {}
                Err(_) => return ReadCall::Hangup,
            }
        }
        let [input, control] = sources.map(|source| source.revents());
        if input.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
            ReadCall::Hangup
        } else if control.is_empty() {
            ReadCall::Keys
        } else {
            ReadCall::Closed
        }
    }

    fn pass_keys(&mut self) -> Result<(), Closed> {
        match self.drain() {
            Ok(sent) => sent,
            // The next wait tells whether the terminal is gone, but a reader that has failed without that
            // will fail again.
            Err(_) => self.send(Input::Hangup).and(Err(Closed)),
        }
    }

    fn drain(&mut self) -> io::Result<Result<(), Closed>> {
        while event::poll(PATIENCE)? {
            let sent = self.pass_read()?;
            if sent.is_err() {
                return Ok(sent);
            }
        }
        Ok(self.pass_quiet(PATIENCE))
    }

    fn pass_quiet(&mut self, lasting: Duration) -> Result<(), Closed> {
        let keys = self.escape.quiet(lasting);
        self.send_keys(Instant::now(), keys)
    }

    /// Passes on all that has come in one go.
    fn pass_read(&mut self) -> io::Result<Result<(), Closed>> {
        let at = Instant::now();
        let mut keys = Vec::new();
        loop {
            match event::read()? {
                Event::Key(key) if key.kind == KeyEventKind::Press => keys.extend(self.escape.accept(key)),
                Event::Paste(text) => {
                    keys.extend(self.escape.give_up());
                    let before = self.send_keys(at, std::mem::take(&mut keys));
                    let sent = before.and_then(|()| self.send(Input::Paste(text)));
                    if sent.is_err() {
                        return Ok(sent);
                    }
                }
                _ => {}
            }
            if !has_more()? {
                keys.extend(self.escape.quiet(TOGETHER));
                return Ok(self.send_keys(at, keys));
            }
        }
    }

    /// Sends what has been typed, and what has been answered meanwhile.
    fn send_keys(&mut self, at: Instant, keys: Vec<KeyEvent>) -> Result<(), Closed> {
        if let Some(ground) = self.escape.take_ground() {
            self.send(Input::Ground(ground))?;
        }
        if keys.is_empty() { Ok(()) } else { self.send(Input::Keys(at, keys)) }
    }

    fn send(&self, input: Input) -> Result<(), Closed> {
        self.sender.send(Message::Input(input)).map_err(|_| Closed)
    }
}

/// Whether more has come in one go with what was read last.
fn has_more() -> io::Result<bool> {
    loop {
        let asked = Instant::now();
        if event::poll(TOGETHER)? {
            return Ok(true);
        }
        // A thread that did not run meanwhile has not looked.
        if asked.elapsed() < 2 * TOGETHER {
            return Ok(false);
        }
    }
}
