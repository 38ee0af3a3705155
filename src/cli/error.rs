//! Why a verb did not do what was asked.

use std::io;

use super::{Exit, Streams};
use crate::text;

/// The exit status, and the sentence that is printed.
#[derive(Debug)]
pub struct CliError {
    exit: Exit,
    message: String,
}

impl CliError {
    /// Nothing could be done.
    pub(super) fn unable(message: impl Into<String>) -> Self {
        Self { exit: Exit::Unable, message: message.into() }
    }

    /// What was asked for is not there, or somebody has said no.
    pub(super) fn bad(message: impl Into<String>) -> Self {
        Self { exit: Exit::Bad, message: message.into() }
    }

    /// The sentence.
    pub(super) fn message(&self) -> &str {
        &self.message
    }

    /// Prints the sentence, and answers with the exit status.
    pub(super) fn report(&self, streams: &mut Streams) -> Exit {
        if !self.message.is_empty() {
            // Nobody is left to be told if standard error is closed.
            let _ = streams.notes.line(text::clean(&self.message));
        }
        self.exit
    }
}

/// Standard output could not be written to. That a reader has seen enough and has gone is no failure.
impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self { exit: Exit::Fine, message: String::new() },
            _ => Self::unable(format!("tiendo: {error}")),
        }
    }
}
