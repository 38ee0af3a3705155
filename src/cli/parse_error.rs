//! Why the arguments were not understood, in the language of the user: the parser itself speaks English only.

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::help::USAGE;
use crate::words::{Lang, Phrase, tr};

/// What is wrong, and how it is called rightly.
pub(super) fn message(error: &Error, lang: Lang) -> String {
    let usage = context(error, ContextKind::Usage);
    let usage = usage.strip_prefix("Usage: ").unwrap_or(&usage);
    match usage {
        "" => what(error, lang),
        usage => format!("{}\n{} {usage}", what(error, lang), USAGE.say(lang)),
    }
}

fn what(error: &Error, lang: Lang) -> String {
    let argument = context(error, ContextKind::InvalidArg);
    let found = context(error, ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::UnknownArgument => unknown(error, &argument, lang),
        ErrorKind::InvalidValue => invalid_value(error, &argument, &found, lang),
        ErrorKind::MissingRequiredArgument => tr!(lang, "thiếu {argument}", "{argument} is missing"),
        ErrorKind::ArgumentConflict => conflict(error, &argument, lang),
        ErrorKind::TooManyValues => {
            tr!(lang, "thừa “{found}” ở “{argument}”", "unexpected “{found}” for “{argument}”")
        }
        ErrorKind::InvalidUtf8 => NOT_TEXT.say(lang).to_owned(),
        // What is left cannot come of these arguments, and is better said in English than not at all.
        _ => error.to_string(),
    }
}

const NOT_TEXT: Phrase = Phrase::new("đối số không phải chữ UTF-8", "an argument is not UTF-8");

fn unknown(error: &Error, argument: &str, lang: Lang) -> String {
    if !argument.starts_with('-') {
        return tr!(lang, "thừa “{argument}”", "unexpected “{argument}”");
    }
    match context(error, ContextKind::SuggestedArg) {
        near if near.is_empty() => tr!(lang, "không có tùy chọn “{argument}”", "no option “{argument}”"),
        near => tr!(
            lang,
            "không có tùy chọn “{argument}”; có phải là “{near}”?",
            "no option “{argument}”; did you mean “{near}”?"
        ),
    }
}

fn invalid_value(error: &Error, argument: &str, found: &str, lang: Lang) -> String {
    let valid = context(error, ContextKind::ValidValue);
    let name = argument.split(' ').next().unwrap_or_default();
    match context(error, ContextKind::SuggestedValue) {
        _ if found.is_empty() => {
            tr!(lang, "thiếu giá trị của “{name}”: {argument}", "“{name}” lacks its value: {argument}")
        }
        near if near.is_empty() => tr!(
            lang,
            "“{found}” không dùng được cho {name}; các giá trị: {valid}",
            "“{found}” is not a value for {name}; the values are {valid}"
        ),
        near => tr!(
            lang,
            "“{found}” không dùng được cho {name}; có phải là “{near}”? Các giá trị: {valid}",
            "“{found}” is not a value for {name}; did you mean “{near}”? The values are {valid}"
        ),
    }
}

fn conflict(error: &Error, one: &str, lang: Lang) -> String {
    match context(error, ContextKind::PriorArg) {
        other if other == one => {
            tr!(lang, "“{one}” chỉ được dùng một lần", "“{one}” may be given only once")
        }
        other => tr!(
            lang,
            "“{one}” và “{other}” không dùng cùng nhau được",
            "“{one}” and “{other}” do not go together"
        ),
    }
}

/// What the parser tells of itself, in a row; empty where it tells nothing.
fn context(error: &Error, kind: ContextKind) -> String {
    match error.get(kind) {
        None | Some(ContextValue::None) => String::new(),
        Some(value) => value.to_string(),
    }
}
