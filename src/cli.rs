//! What can be typed in a shell: the verbs, and which of them runs.

use std::borrow::Cow;
use std::io::{BufRead, Write as _};
use std::path::PathBuf;

use chrono::{Datelike, NaiveDate};
use clap::ArgMatches;

use crate::config::{Config, Palette};
use crate::plan::{Calendar, time};
use crate::text;
use crate::words::{Lang, Phrase};

mod add;
mod agencies;
mod arguments;
mod changes;
mod check;
mod complaint;
mod completions;
mod config;
mod fields;
mod git_setup;
mod list;
mod log;
mod man;
mod merge;
mod options;
mod printer;
mod refusal;
mod remove;
mod restore;
mod saying;
mod set;
mod settings;
mod show;
mod sync;
mod which;
mod world;

use arguments::{BASE, ID, OURS, Operand, Opt, PLAN, PLANS, PLANS_OR_TASK, SHELL, THEIRS};
pub use complaint::Complaint;
pub use printer::{Printer, Reader};
use settings::Settings;
pub use world::{Terminal, User, UserSource, Variables, World};

/// A word behind the program's name, and what it does.
struct Verb {
    name: &'static str,
    about: Phrase,
    operands: &'static [Operand],
    options: &'static [&'static [Opt]],
    run: fn(&Call, &mut Streams) -> Result<Exit, Complaint>,
}

/// The verbs and what each does, for whoever tells of them elsewhere.
pub fn verbs() -> impl Iterator<Item = (&'static str, Phrase)> {
    VERBS.iter().map(|verb| (verb.name, verb.about))
}

/// Every verb, in the order of the help. Help, completions and the manual are read off this table.
const VERBS: [Verb; 14] = [
    Verb {
        name: "list",
        about: Phrase::new("Danh sách nhiệm vụ, mỗi việc một dòng", "The tasks, one a line"),
        operands: &[PLANS],
        options: &[options::LIST],
        run: list::run,
    },
    Verb {
        name: "show",
        about: Phrase::new("Toàn bộ một nhiệm vụ", "One task in full"),
        operands: &[PLAN, ID],
        options: &[&[options::LOG_FORMAT]],
        run: show::run,
    },
    Verb {
        name: "set",
        about: Phrase::new("Sửa một nhiệm vụ", "Change a task"),
        operands: &[PLAN, ID],
        options: &[options::FIELDS, options::WHY],
        run: set::run,
    },
    Verb {
        name: "add",
        about: Phrase::new("Thêm một nhiệm vụ", "Add a task"),
        operands: &[PLAN],
        options: &[options::FIELDS, &[options::AFTER]],
        run: add::run,
    },
    Verb {
        name: "remove",
        about: Phrase::new("Xóa một nhiệm vụ", "Delete a task"),
        operands: &[PLAN, ID],
        options: &[&[options::YES]],
        run: remove::run,
    },
    Verb {
        name: "restore",
        about: Phrase::new(
            "Các bản cũ của tệp; trở lại một bản, khôi phục phần bị ghi đè",
            "The earlier texts of the file; back to one, or what was overwritten",
        ),
        operands: &[PLAN],
        options: &[&[options::TO, options::MISSING, options::LEAVE]],
        run: restore::run,
    },
    Verb {
        name: "log",
        about: Phrase::new("Lịch sử thay đổi, mới nhất trước", "The history of changes, newest first"),
        operands: &[PLANS_OR_TASK],
        options: &[options::LOG],
        run: log::run,
    },
    Verb {
        name: "sync",
        about: Phrase::new(
            "Trao đổi với máy khác qua git: ghi, nhận về, gửi đi",
            "Exchange with other machines through git: commit, pull, push",
        ),
        operands: &[PLAN],
        options: &[],
        run: sync::run,
    },
    Verb {
        name: "git-setup",
        about: Phrase::new(
            "Để git biết gộp các kế hoạch theo từng việc, từng mục",
            "Let git merge plans task by task, field by field",
        ),
        operands: &[PLANS],
        options: &[],
        run: git_setup::run,
    },
    Verb {
        name: "merge",
        about: Phrase::new(
            "Gộp hai bản của một kế hoạch; git tự gọi lệnh này",
            "Merge two versions of a plan; git calls this",
        ),
        operands: &[BASE, OURS, THEIRS],
        options: &[&[options::STRICT]],
        run: merge::run,
    },
    Verb {
        name: "check",
        about: Phrase::new(
            "Kiểm tra kế hoạch: chỗ sai, chỗ cần xem lại",
            "Check plans: what is wrong or doubtful",
        ),
        operands: &[PLANS],
        options: &[],
        run: check::run,
    },
    Verb {
        name: "config",
        about: Phrase::new("Cấu hình: tệp ở đâu, giá trị nào", "The configuration: where it is, what holds"),
        operands: &[],
        options: &[],
        run: config::run,
    },
    Verb {
        name: "completions",
        about: Phrase::new("Tệp gợi ý lệnh cho shell", "Completions for a shell"),
        operands: &[SHELL],
        options: &[],
        run: completions::run,
    },
    Verb {
        name: "man",
        about: Phrase::new("Trang hướng dẫn cho lệnh man", "The manual page"),
        operands: &[],
        options: &[],
        run: man::run,
    },
];

/// The exit status of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    Fine = 0,
    /// The answer is bad: a problem was found, or nothing was where something must be.
    Bad = 1,
    /// Nothing could be done.
    Unable = 2,
}

/// What is left to do once the arguments are understood.
#[derive(Debug)]
pub enum Answer {
    Done(Exit),
    Screens(Screens),
}

/// The screens that were asked for.
#[derive(Debug)]
pub struct Screens {
    /// One opens, several are offered. Never empty.
    pub plans: Vec<PathBuf>,
    pub lang: Lang,
    pub calendar: Calendar,
    /// Whether `--today` was given: the clock does not move such a day.
    pub is_rehearsed: bool,
    pub config: Config,
}

/// The standard streams.
pub struct Streams<'a, 'b> {
    pub input: &'a mut dyn BufRead,
    pub out: &'a mut Printer<'b>,
    /// Where complaints go.
    pub notes: &'a mut Printer<'b>,
}

/// A call of the program, understood.
struct Call<'a> {
    world: &'a World,
    settings: &'a Settings,
    calendar: Calendar,
    given: &'a ArgMatches,
}

/// Does what was typed, or answers with the screens that are to be opened. Complaints have been made by then.
pub fn run(world: &World, streams: &mut Streams) -> Answer {
    let (settings, remarks) = Settings::of(world);
    for remark in remarks {
        // What is wrong with the settings is no reason to fail, and neither is a closed standard error.
        let _ = writeln!(streams.notes, "{}", settings.printable(&text::clean(&remark)));
    }
    let answer = answer(world, &settings, streams).and_then(|answer| {
        streams.out.flush()?;
        Ok(answer)
    });
    answer.unwrap_or_else(|complaint| Answer::Done(complaint.make(&settings, streams)))
}

fn answer(world: &World, settings: &Settings, streams: &mut Streams) -> Result<Answer, Complaint> {
    let mut command = arguments::command(settings.lang);
    let given = match command.try_get_matches_from_mut(&world.arguments) {
        Ok(given) => given,
        Err(error) if error.use_stderr() => {
            return Err(Complaint::Refused(refusal::words(&error, settings.lang)));
        }
        Err(help) => {
            let help = help.render().to_string();
            writeln!(streams.out, "{}", settings.printable(help.trim_end()))?;
            return Ok(Answer::Done(Exit::Fine));
        }
    };
    let calendar = calendar(world, settings, &given)?;
    let Some((name, of_verb)) = given.subcommand() else {
        let call = Call { world, settings, calendar, given: &given };
        return call.screens().map(Answer::Screens);
    };
    let verb = VERBS.iter().find(|verb| verb.name == name).expect("the command is made of the table");
    let call = Call { world, settings, calendar, given: of_verb };
    (verb.run)(&call, streams).map(Answer::Done)
}

/// `--today`, which may stand before the verb or behind it.
fn calendar(world: &World, settings: &Settings, given: &ArgMatches) -> Result<Calendar, Complaint> {
    let typed = given
        .subcommand()
        .and_then(|(_, of_verb)| of_verb.get_one::<String>(options::TODAY.name))
        .or_else(|| given.get_one(options::TODAY.name));
    let today = match typed {
        Some(typed) => read_day(options::TODAY.name, typed, world.today())?,
        None => world.today(),
    };
    Ok(Calendar { today, warning: settings.config.warning_days })
}

/// One that is not a day, or no day at all, is refused.
fn read_day(option: &'static str, typed: &str, today: NaiveDate) -> Result<NaiveDate, Complaint> {
    let read = time::read_date(typed, today.year(), today);
    let day = read.and_then(|day| day.ok_or(time::TimeError::Unknown));
    let asked = time::Asked::Today;
    day.map_err(|why| Complaint::Day { option, asked, found: typed.to_owned(), why })
}

impl Call<'_> {
    fn lang(&self) -> Lang {
        self.settings.lang
    }

    /// What stands behind an option, its marks composed as they are in plans.
    fn text(&self, name: &str) -> Option<String> {
        self.given.get_one::<String>(name).map(|typed| text::nfc(typed).into_owned())
    }

    /// What stands behind each of an option that may be given several times.
    fn texts(&self, name: &str) -> Vec<String> {
        let typed = self.given.get_many::<String>(name).into_iter().flatten();
        typed.map(|typed| text::nfc(typed).into_owned()).collect()
    }

    /// The cells of a line, where lines are read on a terminal.
    fn width(&self) -> Option<usize> {
        self.world.terminal.width.filter(|_| self.world.terminal.is_output)
    }

    fn can_colour(&self) -> bool {
        self.world.can_colour() && self.settings.config.theme != Palette::Mono
    }

    fn printable<'a>(&self, line: &'a str) -> Cow<'a, str> {
        self.settings.printable(line)
    }

    fn is_given(&self, name: &str) -> bool {
        self.given.get_flag(name)
    }

    fn screens(&self) -> Result<Screens, Complaint> {
        let plans = which::plans(self)?;
        which::expect_files(&plans)?;
        if !self.world.can_draw() {
            return Err(Complaint::NoTerminal);
        }
        Ok(Screens {
            plans,
            lang: self.lang(),
            calendar: self.calendar,
            is_rehearsed: self.given.contains_id(options::TODAY.name),
            config: self.settings.config.clone(),
        })
    }
}
