//! What an office or a person has set: one RON file, all of it optional.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::document::Place;
use crate::plan::Calendar;
use crate::text::LineStarts;
use crate::words::{Lang, Phrase, tr};

mod entries;

/// What holds. Whatever is not set, or not set rightly, has its usual value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    pub lang: Option<Lang>,
    pub theme: Palette,
    /// Whether only signs of ASCII are drawn.
    pub ascii: bool,
    /// How many days before its deadline a task is due soon.
    pub warning_days: u16,
    /// Where the plans of the office are. A leading `~` stands for the home folder.
    pub folders: Vec<PathBuf>,
    set: Vec<(Key, Place)>,
}

/// How the screens are coloured: the values of `theme`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Palette {
    /// Sixteen colours on the terminal's own ground.
    #[default]
    Auto,
    /// The same where the ground is known to be dark, or light.
    Dark,
    Light,
    /// No colour at all: shapes, words and bold.
    Mono,
    /// For a wall: bold titles, nothing faint.
    Projector,
}

/// What can be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    Language,
    Theme,
    Ascii,
    WarningDays,
    Folders,
}

/// Something in the file that does not hold, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    pub place: Place,
    pub fault: Fault,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The text is not RON from here on.
    Syntax,
    UnknownKey {
        found: String,
        nearest: Option<Key>,
    },
    SetTwice(Key),
    WrongValue {
        key: Key,
        found: String,
    },
}

impl Default for Config {
    fn default() -> Self {
        Self {
            lang: None,
            theme: Palette::default(),
            ascii: false,
            warning_days: Calendar::WARNING,
            folders: Vec::new(),
            set: Vec::new(),
        }
    }
}

impl Config {
    /// What the text sets. A fault costs the setting that it is in and no other.
    pub fn read(text: &str) -> (Self, Vec<Remark>) {
        let mut config = Self::default();
        let (entries, broken) = entries::of(text);
        let faults = entries.iter().filter_map(|entry| {
            let (offset, fault) = config.take(entry)?;
            Some(Remark { place: place_of(text, offset), fault })
        });
        let mut remarks: Vec<Remark> = faults.collect();
        remarks.extend(broken.map(|place| Remark { place, fault: Fault::Syntax }));
        (config, remarks)
    }

    /// Where in the file it is set, if it is.
    pub fn place(&self, key: Key) -> Option<Place> {
        self.set.iter().find(|(set, _)| *set == key).map(|&(_, place)| place)
    }

    /// Takes one setting over, or says where and why not.
    fn take(&mut self, entry: &entries::Entry) -> Option<(usize, Fault)> {
        let Some(key) = Key::named(entry.name) else {
            let nearest = crate::text::nearest(entry.name, Key::ALL.map(Key::name)).and_then(Key::named);
            return Some((entry.at, Fault::UnknownKey { found: entry.name.to_owned(), nearest }));
        };
        if self.place(key).is_some() {
            return Some((entry.at, Fault::SetTwice(key)));
        }
        if self.set(key, entry.value).is_none() {
            return Some((entry.value_at, Fault::WrongValue { key, found: entry.value.to_owned() }));
        }
        self.set.push((key, entry.place));
        None
    }

    fn set(&mut self, key: Key, value: &str) -> Option<()> {
        match key {
            Key::Language => self.lang = Some(Lang::parse(&word(value)?)?),
            Key::Theme => self.theme = Palette::named(&word(value)?)?,
            Key::Ascii => self.ascii = parsed(value)?,
            Key::WarningDays => self.warning_days = parsed(value).filter(|days| *days <= 366)?,
            Key::Folders => self.folders = parsed(value)?,
        }
        Some(())
    }
}

impl Palette {
    pub const ALL: [Self; 5] = [Self::Auto, Self::Dark, Self::Light, Self::Mono, Self::Projector];

    /// The name in the file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Dark => "dark",
            Self::Light => "light",
            Self::Mono => "mono",
            Self::Projector => "projector",
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
    }
}

impl Key {
    pub const ALL: [Self; 5] = [Self::Language, Self::Theme, Self::Ascii, Self::WarningDays, Self::Folders];

    /// The name in the file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Language => "language",
            Self::Theme => "theme",
            Self::Ascii => "ascii",
            Self::WarningDays => "warning_days",
            Self::Folders => "folders",
        }
    }

    pub const fn label(self) -> Phrase {
        match self {
            Self::Language => Phrase::new("ngôn ngữ", "language"),
            Self::Theme => Phrase::new("màu", "colours"),
            Self::Ascii => Phrase::new("chỉ dùng ký hiệu ASCII", "ASCII signs only"),
            Self::WarningDays => Phrase::new("báo trước hạn (ngày)", "days of warning"),
            Self::Folders => Phrase::new("thư mục kế hoạch", "folders with plans"),
        }
    }

    /// What may stand behind the name.
    pub const fn values(self) -> Phrase {
        match self {
            Self::Language => Phrase::new("\"vi\" hoặc \"en\"", "\"vi\" or \"en\""),
            Self::Theme => Phrase::new(
                "\"auto\", \"dark\", \"light\", \"mono\" hoặc \"projector\"",
                "\"auto\", \"dark\", \"light\", \"mono\" or \"projector\"",
            ),
            Self::Ascii => Phrase::new("true hoặc false", "true or false"),
            Self::WarningDays => Phrase::new("số ngày, từ 0 đến 366", "a number of days, from 0 to 366"),
            Self::Folders => Phrase::new(
                "danh sách thư mục, như [\"/srv/ke-hoach\"]",
                "a list of folders, such as [\"/srv/plans\"]",
            ),
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.name() == name)
    }
}

impl Fault {
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Syntax => syntax(lang).to_owned(),
            Self::UnknownKey { found, nearest } => unknown_key(found, *nearest, lang),
            Self::SetTwice(key) => set_twice(*key, lang),
            Self::WrongValue { key, found } => wrong_value(*key, found, lang),
        }
    }
}

const fn syntax(lang: Lang) -> &'static str {
    Phrase::new(
        "từ đây không đọc được; tệp có dạng (language: \"vi\", warning_days: 7)",
        "not readable from here on; the file looks like (language: \"vi\", warning_days: 7)",
    )
    .say(lang)
}

fn unknown_key(found: &str, nearest: Option<Key>, lang: Lang) -> String {
    let known = Key::ALL.map(Key::name).join(", ");
    match (lang, nearest) {
        (Lang::Vi, Some(key)) => format!("không có mục “{found}”; có phải là “{}”?", key.name()),
        (Lang::En, Some(key)) => format!("no setting “{found}”; did you mean “{}”?", key.name()),
        (Lang::Vi, None) => format!("không có mục “{found}”; các mục: {known}"),
        (Lang::En, None) => format!("no setting “{found}”; the settings are {known}"),
    }
}

fn set_twice(key: Key, lang: Lang) -> String {
    match lang {
        Lang::Vi => format!("“{}” được đặt hai lần; lần đầu có hiệu lực", key.name()),
        Lang::En => format!("“{}” is set twice; the first holds", key.name()),
    }
}

fn wrong_value(key: Key, found: &str, lang: Lang) -> String {
    let (name, values) = (key.name(), key.values().say(lang));
    tr!(
        lang,
        "giá trị {found} của “{name}” không dùng được; cần {values}",
        "{found} is not a value for “{name}”; expected {values}"
    )
}

/// Where the configuration of a user is: the folder that the desktop's standard names, else `~/.config`.
pub fn path(config_home: Option<&Path>, home: Option<&Path>) -> Option<PathBuf> {
    let folder = match config_home.filter(|folder| folder.is_absolute()) {
        Some(folder) => folder.to_owned(),
        None => home?.join(".config"),
    };
    Some(folder.join("tiendo").join("config.ron"))
}

/// A value that is one word, with quotation marks or without, in small letters.
fn word(value: &str) -> Option<String> {
    let is_bare = value.chars().all(|c| c.is_ascii_alphanumeric());
    let word = if is_bare { value.to_owned() } else { parsed::<String>(value)? };
    Some(word.to_ascii_lowercase())
}

fn parsed<'a, T: Deserialize<'a>>(value: &'a str) -> Option<T> {
    ron::from_str(value).ok()
}

fn place_of(text: &str, offset: usize) -> Place {
    LineStarts::of(text).place(text, offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> (Config, Vec<String>) {
        let (config, remarks) = Config::read(text);
        let say = |remark: &Remark| {
            let Place { line, column } = remark.place;
            format!("{line}:{column}: {}", remark.fault.message(Lang::En))
        };
        (config, remarks.iter().map(say).collect())
    }

    #[test]
    fn an_empty_file_leaves_everything_as_usual() {
        assert_eq!(said(""), (Config::default(), vec![]));
        assert_eq!(said("()"), (Config::default(), vec![]));
        assert_eq!(said("// nothing yet\n"), (Config::default(), vec![]));
    }

    #[test]
    fn every_setting_holds() {
        let (config, remarks) = said(
            "// Phòng Nội vụ\nConfig(\n    language: \"en\",\n    theme: Projector,\n    ascii: true,\n    \
             warning_days: 10,\n    folders: [\"/srv/kế hoạch\", \"~/plans\"],\n)\n",
        );
        assert_eq!(remarks, Vec::<String>::new());
        assert_eq!(config.lang, Some(Lang::En));
        assert_eq!(config.theme, Palette::Projector);
        assert!(config.ascii);
        assert_eq!(config.warning_days, 10);
        assert_eq!(config.folders, ["/srv/kế hoạch", "~/plans"].map(PathBuf::from));
        assert_eq!(config.place(Key::Folders), Some(Place { line: 7, column: 5 }));
    }

    #[test]
    fn a_wrong_name_or_value_is_said_and_the_rest_holds() {
        let (config, remarks) =
            said("(\n  them: \"dark\",\n  ascii: yes, warning_days: -3,\n  language: \"en\",\n)");
        assert_eq!(
            remarks,
            [
                "2:3: no setting “them”; did you mean “theme”?",
                "3:10: yes is not a value for “ascii”; expected true or false",
                "3:29: -3 is not a value for “warning_days”; expected a number of days, from 0 to 366",
            ]
        );
        assert_eq!(config.lang, Some(Lang::En));
        assert_eq!(config.warning_days, Calendar::WARNING);
    }

    #[test]
    fn what_stands_before_a_broken_place_still_holds() {
        let (config, remarks) = said("(\n  warning_days: 3,\n  theme = dark,\n)");
        assert_eq!(config.warning_days, 3);
        assert_eq!(remarks.len(), 1);
        assert!(remarks[0].starts_with("3:"), "{remarks:?}");
    }

    #[test]
    fn a_setting_made_twice_is_said() {
        let (config, remarks) = said("(ascii: true, ascii: false)");
        assert!(config.ascii);
        assert_eq!(remarks, ["1:15: “ascii” is set twice; the first holds"]);
    }

    #[test]
    fn a_relative_folder_in_the_environment_does_not_count() {
        let home = Path::new("/home/lan");
        let usual = Some(PathBuf::from("/home/lan/.config/tiendo/config.ron"));
        assert_eq!(path(None, Some(home)), usual);
        assert_eq!(path(Some(Path::new("conf")), Some(home)), usual);
        assert_eq!(path(Some(Path::new("/etc/x")), None), Some("/etc/x/tiendo/config.ron".into()));
        assert_eq!(path(None, None), None);
    }
}
