//! Why a verb did not do what was asked, in words that help.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::git_setup::RULE;
use super::settings::Settings;
use super::{Exit, Streams, VERBS, saying};
use crate::plan::TaskId;
use crate::plan::time::{Asked, NotADate};
use crate::store::StoreError;
use crate::text;
use crate::words::{Lang, Phrase, Spoken, tr};

#[derive(Debug)]
pub enum Complaint {
    /// The arguments, with what is to be said of them.
    Refused(String),
    PlanBeforeVerb {
        plan: PathBuf,
        verb: &'static str,
    },
    /// What stands behind an option is not what it takes.
    Value {
        option: &'static str,
        found: String,
        expected: Phrase,
    },
    Day {
        option: &'static str,
        asked: Asked,
        found: String,
        why: NotADate,
    },
    NoTerminal,
    NoPlan,
    /// One plan was needed.
    SeveralPlans(Vec<PathBuf>),
    File {
        path: PathBuf,
        trouble: StoreError,
    },
    /// The same with a name that `TIENDO_PLAN` has.
    Variable {
        path: PathBuf,
        trouble: StoreError,
    },
    NoTask {
        path: PathBuf,
        name: String,
    },
    /// A number that several tasks have: where each stands, and its id.
    SeveralTasks {
        name: String,
        tasks: Vec<(String, TaskId)>,
    },
    /// No earlier text is called that.
    NoText {
        path: PathBuf,
        name: String,
    },
    NoAgency {
        name: String,
        nearest: Option<String>,
    },
    SeveralAgencies {
        name: String,
        agencies: Vec<String>,
    },
    NothingToSet,
    /// An extension without the day to which.
    NothingToExtend,
    NoTitle,
    /// A day of completion for work that is not done.
    NotDone,
    /// Somebody else was quicker; where that was.
    Conflict {
        place: String,
        told: Spoken,
    },
    /// Whoever was asked has said no.
    Declined,
    /// Nobody could be asked.
    NotConfirmed,
    /// Git did not do what it was asked for; in its own words.
    Git {
        doing: Phrase,
        words: String,
    },
    NoGit(io::Error),
    /// The plan is in no repository of git.
    NoRepository(PathBuf),
    /// Git has no text of the plan, or is told to leave the file alone, so that nothing of it is exchanged.
    NotInGit {
        path: PathBuf,
        why: NotInGit,
    },
    /// What is called `.gitattributes` is no file of its own.
    NoAttributes(PathBuf),
    /// A merge or something like it was begun and not ended.
    Unfinished,
    /// There is nobody to exchange with.
    NoRemote,
    /// Standard output could not be written to.
    Output(io::Error),
}

/// Why a plan is not exchanged though git finds nothing to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotInGit {
    NeverAdded,
    /// `git update-index --assume-unchanged` or `--skip-worktree`.
    LeftAlone,
}

impl From<io::Error> for Complaint {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl Complaint {
    /// Says it, and answers with the exit status. A reader that has seen enough is no reason to complain.
    pub(super) fn make(&self, settings: &Settings, streams: &mut Streams) -> Exit {
        if let Self::Output(error) = self
            && error.kind() == io::ErrorKind::BrokenPipe
        {
            return Exit::Fine;
        }
        let message = self.message(settings.lang);
        // Nobody is left to be told if standard error is closed.
        let _ = writeln!(streams.notes, "{}", settings.printable(&text::clean(&message)));
        self.exit()
    }

    const fn exit(&self) -> Exit {
        match self {
            Self::NoTask { .. }
            | Self::SeveralTasks { .. }
            | Self::NoText { .. }
            | Self::NoAgency { .. }
            | Self::SeveralAgencies { .. }
            | Self::Conflict { .. }
            | Self::Declined
            | Self::NotConfirmed
            | Self::NoRemote => Exit::Bad,
            _ => Exit::Unable,
        }
    }

    fn message(&self, lang: Lang) -> String {
        match self {
            Self::Refused(words) => format!("tiendo: {words}"),
            Self::PlanBeforeVerb { plan, verb } => plan_before_verb(&saying::path(plan), verb, lang),
            Self::Value { option, found, expected } => wrong_value(option, found, expected.say(lang), lang),
            Self::Day { option, asked, found, why } => {
                wrong_value(option, found, &wrong_day(*why, *asked, lang), lang)
            }
            Self::NoTerminal => NO_TERMINAL.say(lang).to_owned(),
            Self::NoPlan => NO_PLAN.say(lang).to_owned(),
            Self::SeveralPlans(plans) => several_plans(plans, lang),
            Self::File { path, trouble } => file(path, trouble, lang),
            Self::NoTask { path, name } => no_task(&saying::path(path), name, lang),
            Self::SeveralTasks { name, tasks } => several_tasks(name, tasks, lang),
            Self::NoText { path, name } => no_text(&saying::path(path), name, lang),
            Self::NoAgency { name, nearest } => no_agency(name, nearest.as_deref(), lang),
            Self::SeveralAgencies { name, agencies } => several_agencies(name, agencies, lang),
            Self::NothingToSet => NOTHING_TO_SET.say(lang).to_owned(),
            Self::NothingToExtend => NOTHING_TO_EXTEND.say(lang).to_owned(),
            Self::NoTitle => NO_TITLE.say(lang).to_owned(),
            Self::NotDone => NOT_DONE.say(lang).to_owned(),
            Self::Conflict { place, told } => format!("{place}: {}", told.say(lang)),
            Self::Variable { path, trouble } => {
                format!("TIENDO_PLAN: {}", saying::trouble(path, trouble, lang))
            }
            Self::Declined => DECLINED.say(lang).to_owned(),
            Self::NotConfirmed => NOT_CONFIRMED.say(lang).to_owned(),
            Self::Git { doing, words } => format!("{}: {words}", doing.say(lang)),
            Self::NoGit(error) => format!("{}: {error}", NO_GIT.say(lang)),
            Self::NoRepository(path) => format!("{}: {}", saying::path(path), NO_REPOSITORY.say(lang)),
            Self::NotInGit { path, why } => not_in_git(path, *why, lang),
            Self::NoAttributes(path) => no_attributes(&saying::path(path), lang),
            Self::Unfinished => UNFINISHED.say(lang).to_owned(),
            Self::NoRemote => NO_REMOTE.say(lang).to_owned(),
            Self::Output(error) => format!("tiendo: {error}"),
        }
    }
}

const NO_TERMINAL: Phrase = Phrase::new(
    "tiendo: không phải terminal nên không mở được bảng; để in danh sách: tiendo list",
    "tiendo: this is not a terminal, so the board cannot be drawn; to print the tasks: tiendo list",
);
const NO_PLAN: Phrase = Phrase::new(
    "tiendo: không thấy kế hoạch nào (*.ron) ở đây, trong data/ hoặc trong các thư mục đã cấu hình",
    "tiendo: no plan (*.ron) here, in data/ or in the configured folders",
);
const NOTHING_TO_SET: Phrase = Phrase::new(
    "tiendo: chưa cho biết sửa mục nào; xem tiendo set --help",
    "tiendo: nothing to set; see tiendo set --help",
);
const NOTHING_TO_EXTEND: Phrase = Phrase::new(
    "tiendo: --extend là gia hạn: cần có --due với hạn mới",
    "tiendo: --extend extends the deadline: it needs --due with the new day",
);
const NO_TITLE: Phrase = Phrase::new(
    "tiendo: thiếu nội dung nhiệm vụ: --title CHỮ",
    "tiendo: the task itself is missing: --title TEXT",
);
const NOT_DONE: Phrase = Phrase::new(
    "tiendo: --done-on chỉ dùng cho việc đã hoàn thành; thêm --status done",
    "tiendo: --done-on is for tasks that are done; add --status done",
);
const DECLINED: Phrase = Phrase::new("Không xóa.", "Not deleted.");
const NOT_CONFIRMED: Phrase = Phrase::new(
    "tiendo: chưa xóa; để xóa mà không hỏi: --yes",
    "tiendo: not deleted; to delete without asking: --yes",
);

const NO_GIT: Phrase = Phrase::new("tiendo: không chạy được git", "tiendo: git cannot be run");
const NO_REPOSITORY: Phrase = Phrase::new(
    "không nằm trong kho git nào; để tạo kho: git init",
    "in no git repository; to make one: git init",
);
const UNFINISHED: Phrase = Phrase::new(
    "tiendo: kho git còn việc gộp làm dở; hãy làm cho xong (xem git status) rồi thử lại",
    "tiendo: a merge or rebase is under way in the repository; end it (git status), then try again",
);
const NO_REMOTE: Phrase = Phrase::new(
    "tiendo: kho git này chưa nối với kho nào khác nên chưa gửi đi đâu; để nối: git remote add origin …",
    "tiendo: the repository has no remote, so nothing was sent; to add one: git remote add origin …",
);

fn not_in_git(path: &Path, why: NotInGit, lang: Lang) -> String {
    let words = match why {
        NotInGit::NeverAdded => Phrase::new(
            "kế hoạch chưa có trong git nên chưa được trao đổi; để thêm: git add -f",
            "the plan is not in git, so it was not exchanged; to add it: git add -f",
        ),
        NotInGit::LeftAlone => Phrase::new(
            "git đang được đặt để bỏ qua tệp này nên thay đổi chưa được trao đổi; để bỏ thiết lập đó: \
             git update-index --no-assume-unchanged --no-skip-worktree",
            "git was told to leave this file alone, so its changes were not exchanged; to take that back: \
             git update-index --no-assume-unchanged --no-skip-worktree",
        ),
    };
    let path = saying::path(path);
    format!("{path}: {} '{path}'", words.say(lang))
}

fn no_attributes(path: &str, lang: Lang) -> String {
    tr!(
        lang,
        "{path}: là liên kết hoặc không phải tệp riêng nên không được sửa; \
             hãy thay bằng một tệp thường có dòng “{RULE}”",
        "{path}: is a link or no file of its own, and is left alone; \
             make it a regular file with the line “{RULE}”"
    )
}

fn plan_before_verb(plan: &str, verb: &str, lang: Lang) -> String {
    tr!(
        lang,
        "tiendo: ghi tệp kế hoạch sau tên lệnh: tiendo {verb} {plan}",
        "tiendo: the plan goes after the command: tiendo {verb} {plan}"
    )
}

/// What is wrong, within a sentence. Nothing more is typed behind an option.
fn wrong_day(why: NotADate, asked: Asked, lang: Lang) -> String {
    let why = if why == NotADate::Unfinished { NotADate::Unknown } else { why };
    let message = why.message(asked, lang);
    let mut letters = message.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn wrong_value(option: &str, found: &str, expected: &str, lang: Lang) -> String {
    tr!(
        lang,
        "tiendo: “{found}” không dùng được cho --{option}: {expected}",
        "tiendo: “{found}” is not a value for --{option}: {expected}"
    )
}

fn several_plans(plans: &[PathBuf], lang: Lang) -> String {
    let heading = match lang {
        Lang::Vi => "tiendo: có nhiều kế hoạch, hãy ghi rõ:",
        Lang::En => "tiendo: there are several plans, name one:",
    };
    plans.iter().fold(heading.to_owned(), |message, plan| format!("{message}\n  {}", saying::path(plan)))
}

/// A file that is not there may have been meant as a verb.
fn file(path: &Path, trouble: &StoreError, lang: Lang) -> String {
    let name = saying::path(path);
    let verb = text::nearest(&name, VERBS.map(|verb| verb.name));
    let verb = verb
        .filter(|_| matches!(trouble, StoreError::Read(error) if error.kind() == io::ErrorKind::NotFound));
    let message = saying::trouble(path, trouble, lang);
    match (lang, verb) {
        (_, None) => message,
        (Lang::Vi, Some(verb)) => format!("{message} Có phải là lệnh “{verb}”?"),
        (Lang::En, Some(verb)) => format!("{message} Did you mean the verb “{verb}”?"),
    }
}

fn no_task(path: &str, name: &str, lang: Lang) -> String {
    tr!(lang, "{path}: không có việc “{name}”", "{path}: no task “{name}”")
}

fn no_text(path: &str, name: &str, lang: Lang) -> String {
    tr!(
        lang,
        "{path}: không có bản “{name}”; xem các bản: tiendo restore {path}",
        "{path}: no version “{name}”; to see which there are: tiendo restore {path}"
    )
}

fn several_tasks(name: &str, tasks: &[(String, TaskId)], lang: Lang) -> String {
    let mut message = tr!(
        lang,
        "tiendo: nhiều việc có số “{name}”, hãy ghi mã:",
        "tiendo: several tasks have the number “{name}”, name the id:"
    );
    for (place, id) in tasks {
        write!(message, "\n{place}: {id}").expect("a string takes all that is written");
    }
    message
}

fn no_agency(name: &str, nearest: Option<&str>, lang: Lang) -> String {
    match (lang, nearest) {
        (Lang::Vi, None) => format!("tiendo: kế hoạch không có cơ quan “{name}”"),
        (Lang::En, None) => format!("tiendo: the plan has no agency “{name}”"),
        (Lang::Vi, Some(near)) => format!("tiendo: kế hoạch không có cơ quan “{name}”; có phải là “{near}”?"),
        (Lang::En, Some(near)) => format!("tiendo: the plan has no agency “{name}”; did you mean “{near}”?"),
    }
}

fn several_agencies(name: &str, agencies: &[String], lang: Lang) -> String {
    let heading = tr!(
        lang,
        "tiendo: nhiều cơ quan có “{name}” trong tên:",
        "tiendo: several agencies have “{name}” in their names:"
    );
    agencies.iter().fold(heading, |message, agency| format!("{message}\n  {}", text::line(agency)))
}
