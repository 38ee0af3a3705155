//! Why the arguments were not understood, in the language of the user: the parser itself speaks English only.

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::arguments::USAGE;
use crate::words::{Lang, tr};

/// What is wrong, and how it is called rightly.
pub(super) fn words(error: &Error, lang: Lang) -> String {
    let usage = said(error, ContextKind::Usage);
    let usage = usage.strip_prefix("Usage: ").unwrap_or(&usage);
    match usage {
        "" => what(error, lang),
        usage => format!("{}\n{} {usage}", what(error, lang), USAGE.say(lang)),
    }
}

fn what(error: &Error, lang: Lang) -> String {
    match error.kind() {
        ErrorKind::UnknownArgument => unknown(error, lang),
        ErrorKind::InvalidValue => invalid_value(error, lang),
        ErrorKind::MissingRequiredArgument => missing(error, lang),
        ErrorKind::ArgumentConflict => conflict(error, lang),
        ErrorKind::TooManyValues => too_many(error, lang),
        ErrorKind::InvalidUtf8 => not_text(lang).to_owned(),
        // What is left cannot come of this table of arguments, and is better said in English than not at all.
        _ => error.to_string(),
    }
}

fn unknown(error: &Error, lang: Lang) -> String {
    let found = said(error, ContextKind::InvalidArg);
    let near = said(error, ContextKind::SuggestedArg);
    let is_option = found.starts_with('-');
    match (lang, is_option, near.is_empty()) {
        (Lang::Vi, true, false) => format!("không có tùy chọn “{found}”; có phải là “{near}”?"),
        (Lang::En, true, false) => format!("no option “{found}”; did you mean “{near}”?"),
        (Lang::Vi, true, true) => format!("không có tùy chọn “{found}”"),
        (Lang::En, true, true) => format!("no option “{found}”"),
        (Lang::Vi, false, _) => format!("thừa “{found}”"),
        (Lang::En, false, _) => format!("unexpected “{found}”"),
    }
}

fn invalid_value(error: &Error, lang: Lang) -> String {
    let (found, argument) = (said(error, ContextKind::InvalidValue), said(error, ContextKind::InvalidArg));
    let valid = said(error, ContextKind::ValidValue);
    let name = argument.split(' ').next().unwrap_or_default();
    let near = said(error, ContextKind::SuggestedValue);
    match (lang, found.is_empty(), near.is_empty()) {
        (Lang::Vi, true, _) => format!("thiếu giá trị của “{name}”: {argument}"),
        (Lang::En, true, _) => format!("“{name}” lacks its value: {argument}"),
        (Lang::Vi, false, true) => format!("“{found}” không dùng được cho {name}; các giá trị: {valid}"),
        (Lang::En, false, true) => format!("“{found}” is not a value for {name}; the values are {valid}"),
        (Lang::Vi, false, false) => {
            format!("“{found}” không dùng được cho {name}; có phải là “{near}”? Các giá trị: {valid}")
        }
        (Lang::En, false, false) => {
            format!("“{found}” is not a value for {name}; did you mean “{near}”? The values are {valid}")
        }
    }
}

fn missing(error: &Error, lang: Lang) -> String {
    let missing = said(error, ContextKind::InvalidArg);
    tr!(lang, "thiếu {missing}", "{missing} is missing")
}

fn conflict(error: &Error, lang: Lang) -> String {
    let (one, other) = (said(error, ContextKind::InvalidArg), said(error, ContextKind::PriorArg));
    match (lang, one == other) {
        (Lang::Vi, true) => format!("“{one}” chỉ được dùng một lần"),
        (Lang::En, true) => format!("“{one}” may be given only once"),
        (Lang::Vi, false) => format!("“{one}” và “{other}” không dùng cùng nhau được"),
        (Lang::En, false) => format!("“{one}” and “{other}” do not go together"),
    }
}

fn too_many(error: &Error, lang: Lang) -> String {
    let (found, argument) = (said(error, ContextKind::InvalidValue), said(error, ContextKind::InvalidArg));
    tr!(lang, "thừa “{found}” ở “{argument}”", "unexpected “{found}” for “{argument}”")
}

const fn not_text(lang: Lang) -> &'static str {
    match lang {
        Lang::Vi => "đối số không phải chữ UTF-8",
        Lang::En => "an argument is not UTF-8",
    }
}

/// What the parser tells of itself, in a row; empty where it tells nothing.
fn said(error: &Error, kind: ContextKind) -> String {
    match error.get(kind) {
        None | Some(ContextValue::None) => String::new(),
        Some(value) => value.to_string(),
    }
}
