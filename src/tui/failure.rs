//! Why the screens could not be shown, in words.

use std::io;

use crate::store::StoreError;
use crate::words::{Lang, tr};

/// Why the screens were not shown.
#[derive(Debug)]
pub enum Failure {
    Terminal(io::Error),
    /// The only file that was asked for.
    Unreadable(String, StoreError),
}

impl Failure {
    /// With the path, and the place in the file where there is one.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Terminal(error) => tr!(
                lang,
                "Không dùng được terminal: {error}. Hãy dùng `tiendo list` hoặc `tiendo show`.",
                "The terminal cannot be used: {error}. Use `tiendo list` or `tiendo show` instead."
            ),
            Self::Unreadable(path, StoreError::Broken(problem)) => {
                format!("{path}:{}:{}: {}", problem.place.line, problem.place.column, problem.message(lang))
            }
            Self::Unreadable(path, trouble) => format!("{path}: {}", trouble.message(lang)),
        }
    }
}
