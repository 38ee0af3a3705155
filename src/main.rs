//! Arguments and environment in, exit code out.

use std::env;
use std::io::{self, BufWriter, IsTerminal, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::Local;
use tiendo::app::Day;
use tiendo::app::Setting;
use tiendo::app::layout::Size;
use tiendo::cli::{self, Answer, Exit, Printer, Reader, Screens, Streams, Terminal, User, Variables, World};
use tiendo::store;
use tiendo::tui::{self, Setup};
use tiendo::view::Theme;
use tiendo::view::theme::{Palette, Signs};

fn main() -> ExitCode {
    let world = world();
    match answer(&world) {
        Answer::Done(exit) => ExitCode::from(exit as u8),
        Answer::Screens(screens) => open_screens(&world, &screens),
    }
}

/// The standard streams are held only until the arguments are answered: the screens need them for themselves.
fn answer(world: &World) -> Answer {
    let (mut out, mut notes) = (BufWriter::new(io::stdout().lock()), io::stderr().lock());
    let mut streams = Streams {
        input: &mut io::stdin().lock(),
        out: &mut Printer::new(&mut out, reader(world.terminal.is_output)),
        notes: &mut Printer::new(&mut notes, reader(io::stderr().is_terminal())),
    };
    cli::run(world, &mut streams)
}

const fn reader(is_terminal: bool) -> Reader {
    if is_terminal { Reader::Terminal } else { Reader::Program }
}

/// Opens the screens, and comes back when the user leaves them.
fn open_screens(world: &World, screens: &Screens) -> ExitCode {
    let setting = Setting {
        lang: screens.lang,
        user: world.user.name.clone(),
        calendar: screens.calendar,
        day: if screens.is_rehearsed { Day::AsOf } else { Day::Real },
        size: Size::default(),
        seed: world.seed,
    };
    let setup = Setup {
        theme: theme(world, screens),
        term: world.variables.term.clone(),
        is_multiplexed: world.variables.is_multiplexed,
        user: world.user.name.clone(),
        state: world.state_folder(),
    };
    match tui::open(&screens.plans, setting, &setup) {
        Ok(ended) => {
            if ended.waiting > 0 {
                // Where nobody can read it any more, there is nobody to tell.
                let _ = writeln!(io::stderr(), "tiendo: {}", tui::told_waiting(ended.waiting, screens.lang));
            }
            ExitCode::from(ended.code)
        }
        Err(failure) => {
            // Where nobody can read it any more, there is nobody to tell.
            let mut notes = io::stderr();
            let mut notes = Printer::new(&mut notes, reader(io::stderr().is_terminal()));
            let _ = writeln!(notes, "tiendo: {}", failure.message(screens.lang));
            ExitCode::from(Exit::Unable as u8)
        }
    }
}

fn theme(world: &World, screens: &Screens) -> Theme {
    let palette = if world.variables.no_color { Palette::Mono } else { screens.config.theme };
    Theme { palette, signs: if screens.config.ascii { Signs::Ascii } else { Signs::Unicode } }
}

/// The only look at the environment.
fn world() -> World {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    World {
        arguments: env::args_os().collect(),
        program: env::current_exe().unwrap_or_else(|_| "tiendo".into()),
        now: Local::now().fixed_offset(),
        user: user(),
        seed: since_epoch.as_nanos() as u64 ^ u64::from(std::process::id()).rotate_left(40),
        variables: variables(),
        terminal: terminal(),
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
        is_multiplexed: set("TMUX").or_else(|| set("STY")).is_some(),
    }
}

fn user() -> User {
    let accounts = store::read_text(Path::new("/etc/passwd")).ok().flatten().unwrap_or_default();
    let variable = env::var("USER").ok().filter(|name| !name.is_empty());
    User::of(rustix::process::getuid().as_raw(), &accounts, variable)
}

fn terminal() -> Terminal {
    let size = rustix::termios::tcgetwinsize(rustix::stdio::stdout()).ok();
    Terminal {
        width: size.map(|size| usize::from(size.ws_col)).filter(|&width| width > 0),
        is_output: io::stdout().is_terminal(),
        is_input: io::stdin().is_terminal(),
    }
}
