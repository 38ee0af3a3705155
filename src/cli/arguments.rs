//! The arguments as a table, and the parser that is made of it in the language of the user.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, value_parser};

use super::{VERBS, Verb, options};
use crate::app::action::Action;
use crate::text;
use crate::words::{Lang, Phrase};

/// An argument that is told by its place.
pub(super) struct Operand {
    pub(super) name: &'static str,
    value: Phrase,
    help: Phrase,
    number: Number,
    kind: Kind,
}

#[derive(Clone, Copy)]
enum Number {
    One,
    OneOrNone,
    Any,
}

/// An argument that is told by its name.
pub(super) struct Opt {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) value: Phrase,
    pub(super) help: Phrase,
    /// The option that makes no sense beside this one.
    pub(super) excludes: Option<&'static str>,
}

#[derive(Clone, Copy)]
pub(super) enum Kind {
    Flag,
    Text,
    /// A text that may begin with a dash, as the lines of Vietnamese lists do.
    Prose,
    /// May be given several times.
    Texts,
    Path,
    Choice(&'static [Choice]),
    Choices(&'static [Choice]),
}

/// A word that may be chosen, and what else means it. Tones and upper case do not count.
pub(super) struct Choice {
    pub(super) name: &'static str,
    pub(super) also: &'static [&'static str],
}

const PLAN_VALUE: Phrase = Phrase::new("KẾ_HOẠCH", "PLAN");

pub(super) const PLAN: Operand = Operand {
    name: "plan",
    value: PLAN_VALUE,
    help: Phrase::new(
        "Tệp kế hoạch; không ghi thì lấy TIENDO_PLAN, cấu hình, rồi tệp *.ron ở đây và trong data/",
        "The plan file; else TIENDO_PLAN, the configuration, then the *.ron here and in data/",
    ),
    number: Number::OneOrNone,
    kind: Kind::Path,
};

pub(super) const PLANS: Operand = Operand {
    name: "plans",
    help: Phrase::new(
        "Các tệp kế hoạch, hoặc thư mục chứa chúng; không ghi thì như TIENDO_PLAN, cấu hình, *.ron ở đây và data/",
        "Plan files, or folders with them; else TIENDO_PLAN, the configuration, the *.ron here and in data/",
    ),
    number: Number::Any,
    ..PLAN
};

pub(super) const ID: Operand = Operand {
    name: "id",
    value: options::TASK,
    help: Phrase::new(
        "Mã của việc, hoặc số thứ tự nếu không trùng",
        "Its id, or its number where that is unique",
    ),
    number: Number::One,
    kind: Kind::Text,
};

pub(super) const PLANS_OR_TASK: Operand = Operand {
    value: Phrase::new("KẾ_HOẠCH|VIỆC", "PLAN|TASK"),
    help: Phrase::new(
        "Như ở lệnh list; cuối cùng có thể là mã hoặc số thứ tự của một việc, không ghi thì lấy mọi việc",
        "As for list; the last may be the id or the number of a task, else all tasks are meant",
    ),
    ..PLANS
};

pub(super) const BASE: Operand = Operand {
    name: "base",
    value: Phrase::new("GỐC", "BASE"),
    help: Phrase::new("Bản mà hai bên cùng xuất phát: %O của git", "What both came of: git's %O"),
    number: Number::One,
    kind: Kind::Path,
};

pub(super) const OURS: Operand = Operand {
    name: "ours",
    value: Phrase::new("CỦA_MÌNH", "OURS"),
    help: Phrase::new("Bản của mình, nhận kết quả: %A của git", "Ours, which gets the result: git's %A"),
    ..BASE
};

pub(super) const THEIRS: Operand = Operand {
    name: "theirs",
    value: Phrase::new("BÊN_KIA", "THEIRS"),
    help: Phrase::new("Bản của bên kia: %B của git", "Theirs: git's %B"),
    ..BASE
};

pub(super) const SHELL: Operand = Operand {
    name: "shell",
    value: Phrase::new("SHELL", "SHELL"),
    help: Phrase::new("Shell đang dùng", "The shell that is used"),
    number: Number::One,
    kind: Kind::Choice(options::SHELLS),
};

impl Choice {
    pub(super) const fn new(name: &'static str) -> Self {
        Self { name, also: &[] }
    }

    fn means(&self, folded: &str) -> bool {
        text::fold(self.name) == folded || self.also.iter().any(|also| text::fold(also) == folded)
    }
}

/// The language typed in `--lang`, read before everything else so that all is said in it.
pub(super) fn typed_lang(arguments: &[OsString]) -> Option<Lang> {
    let words: Vec<_> =
        arguments.iter().map(|word| word.to_string_lossy()).take_while(|word| word != "--").collect();
    let behind = words.windows(2).filter(|pair| pair[0] == "--lang").map(|pair| pair[1].as_ref());
    let joined = words.iter().filter_map(|word| word.strip_prefix("--lang="));
    behind.chain(joined).find_map(|code| Lang::parse(&code.to_ascii_lowercase()))
}

pub(super) fn command(lang: Lang) -> Command {
    let root = base(Command::new("tiendo"), lang)
        .version(env!("CARGO_PKG_VERSION"))
        .about(ABOUT.say(lang))
        .override_usage(PROGRAM_USAGE.say(lang))
        .subcommand_help_heading(VERBS_HEADING.say(lang))
        .arg(operand(&PLANS, lang))
        .args(options::EVERYWHERE.iter().map(|it| option(it, lang).global(true).display_order(LAST)))
        .arg(help_flag(lang))
        .arg(version_flag(lang))
        .after_help(AFTER.say(lang));
    VERBS.iter().fold(root, |root, verb| root.subcommand(verb_command(verb, lang)))
}

fn verb_command(verb: &Verb, lang: Lang) -> Command {
    base(Command::new(verb.name), lang)
        .about(verb.about.say(lang))
        .override_usage(usage(verb, lang))
        .args(verb.operands.iter().enumerate().map(|(at, it)| operand(it, lang).display_order(at)))
        .args(verb.options.iter().copied().flatten().map(|it| option(it, lang)))
        .arg(help_flag(lang))
}

/// How a verb is called: `tiendo show [PLAN] TASK [OPTIONS]`.
fn usage(verb: &Verb, lang: Lang) -> String {
    let operands = verb.operands.iter().map(|operand| {
        let value = operand.value.say(lang);
        match operand.number {
            Number::One => format!(" {value}"),
            Number::OneOrNone => format!(" [{value}]"),
            Number::Any => format!(" [{value}]…"),
        }
    });
    format!("tiendo {}{} [{}]", verb.name, operands.collect::<String>(), OPTIONS_USAGE.say(lang))
}

/// What is alike in every command: the order of its help, and none of the parser's own English.
fn base(command: Command, lang: Lang) -> Command {
    let template = format!("{{about}}\n\n{} {{usage}}\n\n{{all-args}}{{after-help}}\n", USAGE.say(lang));
    command
        .help_template(template)
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .allow_missing_positional(true)
        .term_width(HELP_WIDTH)
}

fn operand(operand: &Operand, lang: Lang) -> Arg {
    let arg = with_kind(Arg::new(operand.name), operand.kind)
        .value_name(operand.value.say(lang))
        .help(operand_help(operand, lang))
        .help_heading(OPERANDS_HEADING.say(lang));
    match operand.number {
        Number::One => arg.required(true),
        Number::OneOrNone => arg,
        Number::Any => arg.num_args(0..).action(ArgAction::Append),
    }
}

/// What may be chosen is told where the operand is explained.
fn operand_help(operand: &Operand, lang: Lang) -> String {
    match operand.kind {
        Kind::Choice(choices) => format!("{}: {}", operand.help.say(lang), names(choices).join(", ")),
        _ => operand.help.say(lang).to_owned(),
    }
}

fn option(option: &Opt, lang: Lang) -> Arg {
    let arg = with_kind(Arg::new(option.name).long(option.name), option.kind)
        .help(option.help.say(lang))
        .help_heading(OPTIONS_HEADING.say(lang));
    let arg = option.excludes.into_iter().fold(arg, Arg::conflicts_with);
    match option.kind {
        Kind::Flag => arg,
        Kind::Choice(choices) | Kind::Choices(choices) => arg.value_name(names(choices).join("|")),
        Kind::Text | Kind::Prose | Kind::Texts | Kind::Path => arg.value_name(option.value.say(lang)),
    }
}

fn with_kind(arg: Arg, kind: Kind) -> Arg {
    match kind {
        Kind::Flag => arg.action(ArgAction::SetTrue),
        Kind::Text => arg,
        Kind::Prose => arg.allow_hyphen_values(true),
        Kind::Texts => arg.action(ArgAction::Append),
        Kind::Path => arg.value_parser(value_parser!(PathBuf)),
        Kind::Choice(choices) => arg.value_parser(Choices(choices)).hide_possible_values(true),
        Kind::Choices(choices) => arg
            .value_parser(Choices(choices))
            .hide_possible_values(true)
            .value_delimiter(',')
            .action(ArgAction::Append),
    }
}

fn help_flag(lang: Lang) -> Arg {
    Arg::new("help")
        .short('h')
        .long("help")
        .action(ArgAction::Help)
        .display_order(LAST)
        .help(HELP.say(lang))
        .help_heading(OPTIONS_HEADING.say(lang))
}

fn version_flag(lang: Lang) -> Arg {
    Arg::new("version")
        .short('V')
        .long("version")
        .action(ArgAction::Version)
        .display_order(LAST)
        .help(VERSION.say(lang))
        .help_heading(OPTIONS_HEADING.say(lang))
}

/// Reads one word of a list, and answers with it as the list has it.
#[derive(Clone, Copy)]
struct Choices(&'static [Choice]);

impl TypedValueParser for Choices {
    type Value = String;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<String, clap::Error> {
        let typed = value.to_string_lossy();
        let folded = text::fold(typed.trim());
        if let Some(choice) = self.0.iter().find(|choice| choice.means(&folded)) {
            return Ok(choice.name.to_owned());
        }
        let mut error = clap::Error::new(ErrorKind::InvalidValue).with_cmd(command);
        let named = argument.map(ToString::to_string).unwrap_or_default();
        error.insert(ContextKind::InvalidArg, ContextValue::String(named));
        error.insert(ContextKind::InvalidValue, ContextValue::String(typed.clone().into_owned()));
        let valid = names(self.0).into_iter().map(str::to_owned).collect();
        error.insert(ContextKind::ValidValue, ContextValue::Strings(valid));
        if let Some(near) = text::nearest(&typed, names(self.0)) {
            error.insert(ContextKind::SuggestedValue, ContextValue::String(near.to_owned()));
        }
        Err(error)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(names(self.0).into_iter().map(PossibleValue::new)))
    }
}

fn names(choices: &[Choice]) -> Vec<&'static str> {
    choices.iter().map(|choice| choice.name).collect()
}

/// What every command has stands behind its own.
const LAST: usize = 900;

/// Lines of help are no longer than most terminals are wide.
const HELP_WIDTH: usize = 100;

const ABOUT: Phrase = Phrase::new(
    "Kế hoạch năm của một cơ quan, trên bảng theo quý. Không có lệnh thì mở bảng.",
    "The yearly plan of an office, on a board by quarter. Without a verb the board opens.",
);
pub(super) const PROGRAM_USAGE: Phrase =
    Phrase::new("tiendo [KẾ_HOẠCH]… | tiendo LỆNH …", "tiendo [PLAN]… | tiendo VERB …");
const OPTIONS_USAGE: Phrase = Phrase::new("TÙY_CHỌN", "OPTIONS");
pub(super) const USAGE: Phrase = Phrase::new("Cách dùng:", "Usage:");
const VERBS_HEADING: Phrase = Phrase::new("Lệnh", "Verbs");
const OPERANDS_HEADING: Phrase = Phrase::new("Đối số", "Arguments");
const OPTIONS_HEADING: Phrase = Phrase::new("Tùy chọn", "Options");
const HELP: Phrase = Action::Help.label();
const VERSION: Phrase = Phrase::new("Phiên bản", "The version");
const AFTER: Phrase = Phrase::new(
    "Mã thoát: 0 thành công; 1 có vấn đề (có lỗi, không tìm thấy); 2 không chạy được.\n\
     Biến môi trường: TIENDO_PLAN, TIENDO_LANG, NO_COLOR. Cấu hình: tiendo config.",
    "Exit status: 0 fine; 1 the answer is bad (a problem found, nothing there); 2 could not run.\n\
     Environment: TIENDO_PLAN, TIENDO_LANG, NO_COLOR. Configuration: tiendo config.",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_arguments_contradicts_itself_nowhere() {
        command(Lang::Vi).debug_assert();
        command(Lang::En).debug_assert();
    }

    #[test]
    fn the_language_is_known_before_the_rest_is_understood() {
        let typed = |words: &str| typed_lang(&words.split(' ').map(OsString::from).collect::<Vec<_>>());
        assert_eq!(typed("tiendo list --lang en --nonsense"), Some(Lang::En));
        assert_eq!(typed("tiendo --lang=VI list"), Some(Lang::Vi));
        assert_eq!(typed("tiendo list --lang xx"), None);
        assert_eq!(typed("tiendo list -- --lang en"), None);
    }
}
