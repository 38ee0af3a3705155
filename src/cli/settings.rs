//! What is settled before the arguments are read, since they are explained in the user's language and characters.

use std::path::PathBuf;

use super::{Environment, arguments, printed};
use crate::config::{self, Config};
use crate::plan::Signs;
use crate::store;
use crate::text;
use crate::words::{Lang, tr};

pub(super) struct Settings {
    pub(super) lang: Lang,
    /// What has set the language, if it was not the configuration.
    pub(super) lang_source: Option<&'static str>,
    /// Where the configuration is, or would be.
    pub(super) path: Option<PathBuf>,
    pub(super) config: Config,
}

impl Settings {
    /// What holds, and what is to be said of the configuration and the environment.
    pub(super) fn of(environment: &Environment) -> (Self, Vec<String>) {
        let variables = &environment.variables;
        let path = config::path(variables.config_home.as_deref(), variables.home.as_deref());
        let read = path.as_deref().map_or(Ok(None), store::read_text);
        let (mut config, remarks) = match &read {
            Ok(Some(text)) => Config::read(text),
            _ => (Config::default(), Vec::new()),
        };
        let (lang, lang_source) = lang(environment, &config);
        config.lang = Some(lang);
        let name = path.as_deref().map(printed::path).unwrap_or_default();
        let remark = |remark: &config::ConfigRemark| {
            format!("{name}:{}:{}: {}", remark.place.line, remark.place.column, remark.message(lang))
        };
        let mut remarks: Vec<String> = remarks.iter().map(remark).collect();
        remarks.extend(read.err().map(|error| format!("{name}: {}", error.message(lang))));
        remarks.extend(unknown_lang(environment, lang));
        (Self { lang, lang_source, path, config }, remarks)
    }

    pub(super) fn signs(&self) -> Signs {
        if self.config.ascii { Signs::Ascii } else { Signs::Unicode }
    }
}

/// The language as typed, as in the environment, as configured; and which of the first two has set it.
fn lang(environment: &Environment, config: &Config) -> (Lang, Option<&'static str>) {
    if let Some(lang) = arguments::typed_lang(&environment.arguments) {
        return (lang, Some("--lang"));
    }
    match environment.variables.lang.as_deref().and_then(Lang::parse) {
        Some(lang) => (lang, Some("TIENDO_LANG")),
        None => (config.lang.unwrap_or_default(), None),
    }
}

fn unknown_lang(environment: &Environment, lang: Lang) -> Option<String> {
    let code = environment.variables.lang.as_deref().filter(|code| Lang::parse(code).is_none())?;
    let code = text::line(code);
    Some(tr!(
        lang,
        "TIENDO_LANG: không có ngôn ngữ “{code}”; cần “vi” hoặc “en”",
        "TIENDO_LANG: no language “{code}”; expected “vi” or “en”"
    ))
}
