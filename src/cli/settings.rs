//! What is settled before the arguments are read, since they are explained in the user's language and characters.

use std::borrow::Cow;
use std::path::PathBuf;

use super::saying::{self, Signs};
use super::{World, arguments};
use crate::config::{self, Config};
use crate::store;
use crate::text;
use crate::words::{Lang, tr};

pub(super) struct Settings {
    pub(super) lang: Lang,
    /// Where the configuration is, or would be.
    pub(super) path: Option<PathBuf>,
    pub(super) config: Config,
}

impl Settings {
    /// What holds, and what is to be said of the configuration and the environment.
    pub(super) fn of(world: &World) -> (Self, Vec<String>) {
        let variables = &world.variables;
        let path = config::path(variables.config_home.as_deref(), variables.home.as_deref());
        let read = path.as_deref().map_or(Ok(None), store::read_text);
        let (config, remarks) = match &read {
            Ok(Some(text)) => Config::read(text),
            _ => (Config::default(), Vec::new()),
        };
        let lang = lang(world, &config);
        let name = path.as_deref().map(saying::path).unwrap_or_default();
        let mut said: Vec<String> = remarks.iter().map(|it| remark(&name, it, lang)).collect();
        said.extend(read.err().map(|trouble| format!("{name}: {}", trouble.message(lang))));
        said.extend(unknown_lang(world, lang));
        (Self { lang, path, config }, said)
    }

    pub(super) fn signs(&self) -> Signs {
        if self.config.ascii { Signs::Ascii } else { Signs::Drawn }
    }

    /// The line in the characters that the user's terminal has.
    pub(super) fn printable<'a>(&self, line: &'a str) -> Cow<'a, str> {
        match self.signs() {
            Signs::Drawn => Cow::Borrowed(line),
            Signs::Ascii => text::to_ascii(line),
        }
    }
}

/// The language as typed, as in the environment, as configured.
fn lang(world: &World, config: &Config) -> Lang {
    let typed = arguments::typed_lang(&world.arguments);
    let variable = world.variables.lang.as_deref().and_then(Lang::parse);
    typed.or(variable).or(config.lang).unwrap_or_default()
}

fn remark(path: &str, config::Remark { place, fault }: &config::Remark, lang: Lang) -> String {
    format!("{path}:{}:{}: {}", place.line, place.column, fault.message(lang))
}

fn unknown_lang(world: &World, lang: Lang) -> Option<String> {
    let code = world.variables.lang.as_deref().filter(|code| Lang::parse(code).is_none())?;
    let code = text::line(code);
    Some(tr!(
        lang,
        "TIENDO_LANG: không có ngôn ngữ “{code}”; cần “vi” hoặc “en”",
        "TIENDO_LANG: no language “{code}”; expected “vi” or “en”"
    ))
}
