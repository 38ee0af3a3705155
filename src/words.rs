//! The languages of the screen, and how a phrase is said in each.

use serde::Deserialize;

/// The language that the user reads. Vietnamese unless asked otherwise, because the plans are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    #[default]
    Vi,
    En,
}

impl Lang {
    /// `vi` or `en`, as typed in `--lang`, `TIENDO_LANG` and the configuration.
    pub fn parse(code: &str) -> Option<Self> {
        match code {
            "vi" => Some(Self::Vi),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    pub const fn code(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Vi => Self::En,
            Self::En => Self::Vi,
        }
    }
}

/// Something the program says, in every language. It stands with the thing that it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phrase {
    pub vi: &'static str,
    pub en: &'static str,
}

impl Phrase {
    pub const fn new(vi: &'static str, en: &'static str) -> Self {
        Self { vi, en }
    }

    pub fn spoken(self) -> Spoken {
        Spoken { vi: self.vi.to_owned(), en: self.en.to_owned() }
    }

    pub const fn say(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Vi => self.vi,
            Lang::En => self.en,
        }
    }
}

/// What `--help` is called, and the screen with the keys.
pub const HELP: Phrase = Phrase::new("Trợ giúp", "Help");

/// What a plan is in.
pub const FILE: Phrase = Phrase::new("Tệp", "File");

/// A sentence with names and figures in it, in the user's language: `tr!(lang, "còn {n} ngày", "{n} days left")`.
/// A text without any is a [`Phrase`]. Nothing else in the program chooses between two languages.
macro_rules! tr {
    ($lang:expr, $vi:literal, $en:literal $(, $($value:tt)*)?) => {
        match $lang {
            $crate::words::Lang::Vi => format!($vi $(, $($value)*)?),
            $crate::words::Lang::En => format!($en $(, $($value)*)?),
        }
    };
}
pub(crate) use tr;

/// A sentence with names and figures in it, in every language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    pub vi: String,
    pub en: String,
}

impl Spoken {
    /// A name, which is the same in every language.
    pub fn name(name: &str) -> Self {
        Self::of(|_| name.to_owned())
    }

    pub fn of(say: impl Fn(Lang) -> String) -> Self {
        Self { vi: say(Lang::Vi), en: say(Lang::En) }
    }

    pub fn say(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }
}
