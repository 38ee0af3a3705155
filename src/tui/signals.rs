//! What the system tells a program, as messages: nothing is done inside a signal handler.

use std::io;
use std::sync::mpsc::Sender;
use std::thread;

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::{Handle, Signals};

use super::Message;

/// A signal that the program answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signal {
    /// The line has dropped.
    Hangup,
    Interrupt,
    Terminate,
    /// Stop for a while; Ctrl-Z does not send it, because in raw mode that is a key.
    Suspend,
    /// The program was stopped and goes on.
    Continue,
    /// The window has another size.
    Resize,
}

impl Signal {
    const ALL: [(i32, Self); 6] = [
        (SIGHUP, Self::Hangup),
        (SIGINT, Self::Interrupt),
        (SIGTERM, Self::Terminate),
        (SIGTSTP, Self::Suspend),
        (SIGCONT, Self::Continue),
        (SIGWINCH, Self::Resize),
    ];

    /// The code to exit with, if the signal asks the program to end.
    pub(super) fn exit_code(self) -> Option<u8> {
        match self {
            Self::Hangup => Some(128 + SIGHUP as u8),
            Self::Interrupt => Some(128 + SIGINT as u8),
            Self::Terminate => Some(128 + SIGTERM as u8),
            Self::Suspend | Self::Continue | Self::Resize => None,
        }
    }

    fn of(number: i32) -> Option<Self> {
        Self::ALL.iter().find(|(it, _)| *it == number).map(|(_, signal)| *signal)
    }
}

/// Signals are sent on as long as this lives. Keep it until the program ends: afterwards they have no effect,
/// not even the one that the system gave them.
#[derive(Debug)]
pub(super) struct Listening(Handle);

/// Sends the signals on until nobody receives them any more.
pub(super) fn listen(sender: Sender<Message>) -> io::Result<Listening> {
    let mut signals = Signals::new(Signal::ALL.map(|(number, _)| number))?;
    let handle = signals.handle();
    thread::Builder::new().name("signals".to_string()).spawn(move || {
        for signal in signals.forever().filter_map(Signal::of) {
            if sender.send(Message::Signal(signal)).is_err() {
                return;
            }
        }
    })?;
    Ok(Listening(handle))
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.0.close();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn a_signal_arrives_as_a_message() {
        let (sender, receiver) = mpsc::channel();
        let _listening = listen(sender).unwrap();
        for (number, signal) in Signal::ALL {
            signal_hook::low_level::raise(number).unwrap();
            assert!(matches!(receiver.recv(), Ok(Message::Signal(told)) if told == signal));
        }
    }

    #[test]
    fn the_exit_code_tells_the_signal() {
        assert_eq!(Signal::Hangup.exit_code(), Some(129));
        assert_eq!(Signal::Interrupt.exit_code(), Some(130));
        assert_eq!(Signal::Terminate.exit_code(), Some(143));
        assert_eq!(Signal::Resize.exit_code(), None);
    }
}
