//! Arguments and environment in, exit code out.

use std::env;
use std::io::{self, BufWriter, IsTerminal, Write as _};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use tiendo::app::layout::Size;
use tiendo::app::{Access, Begin, Day, Setting};
use tiendo::cli::{
    self, CliAnswer, Environment, Exit, Printer, Recipient, Screens, Streams, TerminalSettings, User,
    Variables,
};

use tiendo::tui::{self, Ended, Multiplexer, Setup};
use tiendo::view::Theme;
use tiendo::view::theme::{Palette, Signs};

fn main() -> ExitCode {
    let environment = environment();
    match answer(&environment) {
        CliAnswer::Done(exit) => ExitCode::from(exit as u8),
        CliAnswer::Screens(screens) => open_screens(environment, screens),
    }
}

/// The standard streams are held only until the arguments are answered: the screens need them for themselves.
fn answer(environment: &Environment) -> CliAnswer {
    let (mut out, mut notes) = (BufWriter::new(io::stdout().lock()), io::stderr().lock());
    let mut streams = Streams {
        input: &mut io::stdin().lock(),
        out: &mut Printer::new(&mut out, Recipient::of(&io::stdout())),
        notes: &mut Printer::new(&mut notes, Recipient::of(&io::stderr())),
    };
    cli::run(environment, &mut streams)
}

/// Opens the screens, and comes back when the user leaves them.
fn open_screens(environment: Environment, screens: Screens) -> ExitCode {
    let Screens { plans, folder, missing, lang, calendar, is_rehearsed, is_read_only, follow, config } =
        screens;
    let theme = Theme {
        palette: if environment.variables.no_color { Palette::Mono } else { config.theme },
        signs: if config.ascii { Signs::Ascii } else { Signs::Unicode },
    };
    let setup = Setup {
        theme,
        multiplexer: multiplexer(&environment.variables),
        term: environment.variables.term.clone(),
        state: environment.state_folder(),
        access: if is_read_only { Access::ReadOnly } else { Access::Write },
        follow,
    };
    let day = if is_rehearsed { Day::AsOf } else { Day::Real };
    let (user, seed) = (environment.user.name, environment.seed);
    let begin = missing.as_ref().map_or(Begin::In(folder), |missing| Begin::Missing(missing.path.clone()));
    let setting = Setting { lang, user, calendar, day, size: Size::default(), begin, seed };
    let (code, message) = match (tui::open(&plans, setting, &setup), missing) {
        (Ok(Ended { code: 0, plans: 0, .. }), Some(missing)) => (Exit::Unable as u8, missing.told),
        (Ok(Ended { code, waiting: 0, .. }), _) => return ExitCode::from(code),
        (Ok(ended), _) => (ended.code, format!("tiendo: {}", tui::told_waiting(ended.waiting, lang))),
        (Err(failure), _) => (Exit::Unable as u8, format!("tiendo: {}", failure.message(lang))),
    };
    let mut notes = io::stderr();
    // Where nobody can read it any more, there is nobody to tell.
    let _ = writeln!(Printer::new(&mut notes, Recipient::of(&io::stderr())), "{message}");
    ExitCode::from(code)
}

/// The only look at the environment.
fn environment() -> Environment {
    let now = SystemTime::now();
    let since_epoch = now.duration_since(UNIX_EPOCH).unwrap_or_default();
    let size = rustix::termios::tcgetwinsize(rustix::stdio::stdout()).ok();
    Environment {
        arguments: env::args_os().collect(),
        program: env::current_exe().unwrap_or_else(|_| "tiendo".into()),
        now,
        user: user(),
        seed: since_epoch.as_nanos() as u64 ^ u64::from(std::process::id()).rotate_left(40),
        variables: variables(),
        terminal: TerminalSettings {
            width: size.map(|size| usize::from(size.ws_col)).filter(|&width| width > 0),
            is_output: io::stdout().is_terminal(),
            is_input: io::stdin().is_terminal(),
        },
    }
}

fn variables() -> Variables {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty());
    let text = |name: &str| set(name).map(|value| value.to_string_lossy().into_owned());
    Variables {
        lang: text("TIENDO_LANG"),
        plan: set("TIENDO_PLAN").map(Into::into),
        config_home: set("XDG_CONFIG_HOME").map(Into::into),
        state_home: set("XDG_STATE_HOME").map(Into::into),
        home: set("HOME").map(Into::into),
        no_color: set("NO_COLOR").is_some(),
        term: text("TERM"),
        is_in_tmux: set("TMUX").is_some(),
        is_in_screen: set("STY").is_some(),
    }
}

/// Where one runs in the other, only screen is sure to be in the way.
fn multiplexer(variables: &Variables) -> Option<Multiplexer> {
    let in_tmux = variables.is_in_tmux.then_some(Multiplexer::Tmux);
    variables.is_in_screen.then_some(Multiplexer::Screen).or(in_tmux)
}

fn user() -> User {
    let number = rustix::process::getuid().as_raw();
    let account = uzers::get_user_by_uid(number).map(|account| account.name().to_string_lossy().into_owned());
    let variable = env::var("USER").ok().filter(|name| !name.is_empty());
    User::of(number, account, variable)
}
