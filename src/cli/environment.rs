//! What a call of the program finds around it: read once, in `main`, and passed down.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::SystemTime;

/// Everything outside the plan that an answer may depend on.
#[derive(Debug, Clone)]
pub struct Environment {
    /// What was typed, the name of the program first.
    pub arguments: Vec<OsString>,
    /// Where the program itself is, for others to call it.
    pub program: PathBuf,
    pub now: SystemTime,
    pub user: User,
    /// What new ids are drawn from; different in every process.
    pub seed: u64,
    pub variables: Variables,
    pub terminal: TerminalSettings,
}

/// The person at the keyboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    pub name: String,
    pub source: UserSource,
}

/// Where the name of the user was found, the most trustworthy first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserSource {
    /// The system's accounts, those of a directory server among them, have the real user.
    Accounts,
    /// `$USER`. Anybody can set it.
    Variable,
    /// Only the number is known.
    Number,
}

impl User {
    /// The real user, by number: as the list of accounts has it; `$USER` only where that does not have it.
    pub fn of(number: u32, account: Option<String>, variable: Option<String>) -> Self {
        let of_account = account.map(|name| Self { name, source: UserSource::Accounts });
        let of_variable = || variable.map(|name| Self { name, source: UserSource::Variable });
        let of_number = || Self { name: number.to_string(), source: UserSource::Number };
        of_account.or_else(of_variable).unwrap_or_else(of_number)
    }
}

/// The variables of the environment that mean something here. One that is empty is not set.
#[derive(Debug, Clone, Default)]
pub struct Variables {
    /// `TIENDO_LANG`
    pub lang: Option<String>,
    /// `TIENDO_PLAN`
    pub plan: Option<PathBuf>,
    /// `XDG_CONFIG_HOME`
    pub config_home: Option<PathBuf>,
    /// `XDG_STATE_HOME`
    pub state_home: Option<PathBuf>,
    /// `HOME`
    pub home: Option<PathBuf>,
    /// Whether `NO_COLOR` is set.
    pub no_color: bool,
    /// `TERM`
    pub term: Option<String>,
    /// Whether the terminal is inside tmux: `TMUX`.
    pub is_in_tmux: bool,
    /// Whether it is inside GNU screen: `STY`.
    pub is_in_screen: bool,
}

/// What the standard streams are joined to.
#[derive(Debug, Clone, Copy, Default)]
pub struct TerminalSettings {
    /// The cells of a line, where standard output is a terminal that says so.
    pub width: Option<usize>,
    pub is_output: bool,
    pub is_input: bool,
}

impl Environment {
    /// Whether the terminal can move its cursor about, so that the screens can be drawn on it.
    pub fn can_draw(&self) -> bool {
        self.terminal.is_output && self.terminal.is_input && !self.is_dumb()
    }

    /// Whether what is printed may be coloured.
    pub fn can_colour(&self) -> bool {
        self.terminal.is_output && !self.variables.no_color && !self.is_dumb()
    }

    /// Where the program keeps what is the user's own: the folder that the desktop's standard names for it.
    pub fn state_folder(&self) -> Option<PathBuf> {
        let Variables { state_home, home, .. } = &self.variables;
        let folder = state_home.clone().filter(|folder| folder.is_absolute());
        let folder = folder.or_else(|| Some(home.as_ref()?.join(".local").join("state")))?;
        Some(folder.join("tiendo"))
    }

    fn is_dumb(&self) -> bool {
        self.variables.term.as_deref().is_none_or(|term| term == "dumb")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forged_variable_does_not_change_who_somebody_is() {
        let user = |account: Option<&str>, variable: Option<&str>| {
            User::of(1000, account.map(str::to_owned), variable.map(str::to_owned))
        };
        let lan = User { name: "lan".into(), source: UserSource::Accounts };
        assert_eq!(user(Some("lan"), Some("giam-doc")), lan);
        assert_eq!(user(None, Some("minh")).source, UserSource::Variable);
        assert_eq!(user(None, None), User { name: "1000".into(), source: UserSource::Number });
    }
}
