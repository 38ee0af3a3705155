//! What an office or a person has set: one RON file, all of it optional.

use std::path::{Path, PathBuf};

use ron::error::SpannedError;
use ron::value::RawValue;
use serde::de::{DeserializeOwned, DeserializeSeed, Error as _, IntoDeserializer, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::document::{Place, TRUE_OR_FALSE};
use crate::plan::Calendar;
use crate::plan::time::Zone;
use crate::text::{self, LineStarts};
use crate::words::{Lang, Phrase, tr};

/// What holds. Whatever is not set, or not set rightly, has its usual value.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    #[serde(rename = "language", deserialize_with = "lang")]
    pub lang: Option<Lang>,
    #[serde(deserialize_with = "word")]
    pub theme: Palette,
    /// Whether only signs of ASCII are drawn.
    pub ascii: bool,
    /// How many days before its deadline a task is due soon.
    #[serde(deserialize_with = "days")]
    pub warning_days: u16,
    /// Where the plans of the office are. A leading `~` stands for the home folder.
    pub folders: Vec<PathBuf>,
    /// Where the clock of the office hangs.
    #[serde(deserialize_with = "zone")]
    pub timezone: Zone,
    /// Where each setting stands in the file.
    #[serde(skip)]
    places: Vec<(String, Place)>,
}

/// How the screens are coloured: the values of `theme`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Palette {
    /// `Dark` or `Light` by what the terminal says of its ground, and `Sixteen` until it does.
    #[default]
    Auto,
    /// The terminal's own sixteen colours, on its own ground.
    Sixteen,
    /// 256 colours on a dark ground, or on a light one.
    Dark,
    Light,
    /// No colour at all: shapes, words and bold.
    Mono,
    /// For a wall: bold titles, nothing faint.
    Projector,
}

/// What can be set, and how it is spoken of.
#[derive(Debug)]
pub struct ConfigSetting {
    /// The name in the file.
    pub name: &'static str,
    pub label: Phrase,
    /// What may stand behind the name.
    values: Phrase,
    /// What holds, as the file would have it.
    pub value: fn(&Config) -> String,
}

/// Something in the file that does not hold, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigRemark {
    pub place: Place,
    /// The setting that is lost; none where the text is not RON from here on.
    setting: Option<(String, String)>,
    error: ron::Error,
}

/// The name of the only setting that the environment sets too.
pub const LANGUAGE: &str = "language";

pub const SETTINGS: [ConfigSetting; 6] = [
    ConfigSetting {
        name: LANGUAGE,
        label: Phrase::new("ngôn ngữ", "language"),
        values: Phrase::new("\"vi\" hoặc \"en\"", "\"vi\" or \"en\""),
        value: |config| format!("{:?}", config.lang.unwrap_or_default().code()),
    },
    ConfigSetting {
        name: "theme",
        label: Phrase::new("màu", "colours"),
        values: Phrase::new(
            "\"auto\", \"sixteen\", \"dark\", \"light\", \"mono\" hoặc \"projector\"",
            "\"auto\", \"sixteen\", \"dark\", \"light\", \"mono\" or \"projector\"",
        ),
        value: |config| format!("\"{:?}\"", config.theme).to_lowercase(),
    },
    ConfigSetting {
        name: "ascii",
        label: Phrase::new("chỉ dùng ký hiệu ASCII", "ASCII signs only"),
        values: TRUE_OR_FALSE,
        value: |config| config.ascii.to_string(),
    },
    ConfigSetting {
        name: "warning_days",
        label: Phrase::new("báo trước hạn (ngày)", "days of warning"),
        values: Phrase::new("số ngày, từ 0 đến 366", "a number of days, from 0 to 366"),
        value: |config| config.warning_days.to_string(),
    },
    ConfigSetting {
        name: "folders",
        label: Phrase::new("thư mục kế hoạch", "folders with plans"),
        values: Phrase::new(
            "danh sách thư mục, như [\"/srv/ke-hoach\"]",
            "a list of folders, such as [\"/srv/plans\"]",
        ),
        value: |config| {
            let folders = config.folders.iter().map(|it| format!("{:?}", text::clean(&it.to_string_lossy())));
            format!("[{}]", folders.collect::<Vec<_>>().join(", "))
        },
    },
    ConfigSetting {
        name: "timezone",
        label: Phrase::new("múi giờ", "time zone"),
        values: Phrase::new(
            "\"Asia/Ho_Chi_Minh\", độ lệch như \"+08:00\", hoặc \"local\" (theo máy, TZ)",
            "\"Asia/Ho_Chi_Minh\", an offset such as \"+08:00\", or \"local\" (the machine's, TZ)",
        ),
        value: |config| format!("{:?}", config.timezone.name()),
    },
];

impl Default for Config {
    fn default() -> Self {
        Self {
            lang: None,
            theme: Palette::default(),
            ascii: false,
            warning_days: Calendar::WARNING,
            folders: Vec::new(),
            timezone: Zone::default(),
            places: Vec::new(),
        }
    }
}

impl Config {
    /// What the text sets. A fault costs the setting that it is in and no other: each is read with those before it that
    /// hold.
    pub fn read(text: &str) -> (Self, Vec<ConfigRemark>) {
        let (mut config, mut remarks, mut holding) = (Self::default(), Vec::new(), String::new());
        let mut entries = Entries { text, found: Vec::new() };
        let broken = entries.read().err();
        for (name, value) in entries.found {
            let place = |part: &str| place_of(text, part.as_ptr() as usize - text.as_ptr() as usize);
            let with_this = format!("{holding}{name}: {value},\n");
            match ron::from_str::<Self>(&format!("({with_this})")) {
                Ok(read) => {
                    config = Self { places: config.places, ..read };
                    config.places.push((name.to_owned(), place(name)));
                    holding = with_this;
                }
                Err(error) => {
                    let place = place(if is_about_name(&error.code) { name } else { value });
                    let setting = Some((name.to_owned(), value.to_owned()));
                    remarks.push(ConfigRemark { place, setting, error: error.code });
                }
            }
        }
        remarks.extend(broken.map(|error| ConfigRemark {
            place: Place { line: error.span.start.line, column: error.span.start.col },
            setting: None,
            error: error.code,
        }));
        (config, remarks)
    }

    /// Where in the file a setting is, if it is set.
    pub fn place(&self, name: &str) -> Option<Place> {
        self.places.iter().find(|(set, _)| set == name).map(|&(_, place)| place)
    }
}

const fn is_about_name(error: &ron::Error) -> bool {
    matches!(error, ron::Error::NoSuchStructField { .. } | ron::Error::DuplicateStructField { .. })
}

impl ConfigRemark {
    /// What was found, and what was expected.
    pub fn message(&self, lang: Lang) -> String {
        let Some((name, found)) = &self.setting else { return SYNTAX.say(lang).to_owned() };
        match (&self.error, SETTINGS.iter().find(|setting| setting.name == name)) {
            (ron::Error::DuplicateStructField { .. }, _) => tr!(
                lang,
                "“{name}” được đặt hai lần; lần đầu có hiệu lực",
                "“{name}” is set twice; the first holds"
            ),
            (_, Some(setting)) => {
                let values = setting.values.say(lang);
                tr!(
                    lang,
                    "giá trị {found} của “{name}” không dùng được; cần {values}",
                    "{found} is not a value for “{name}”; expected {values}"
                )
            }
            (_, None) => unknown(name, lang),
        }
    }
}

const SYNTAX: Phrase = Phrase::new(
    "từ đây không đọc được; tệp có dạng (language: \"vi\", warning_days: 7)",
    "not readable from here on; the file looks like (language: \"vi\", warning_days: 7)",
);

fn unknown(name: &str, lang: Lang) -> String {
    let names = SETTINGS.map(|setting| setting.name);
    let known = names.join(", ");
    match text::nearest(name, names) {
        Some(near) => tr!(
            lang,
            "không có mục “{name}”; có phải là “{near}”?",
            "no setting “{name}”; did you mean “{near}”?"
        ),
        None => tr!(
            lang,
            "không có mục “{name}”; các mục: {known}",
            "no setting “{name}”; the settings are {known}"
        ),
    }
}

/// Where the configuration of a user is: the folder that the desktop's standard names, else `~/.config`.
pub fn path(config_home: Option<&Path>, home: Option<&Path>) -> Option<PathBuf> {
    let folder = match config_home.filter(|folder| folder.is_absolute()) {
        Some(folder) => folder.to_owned(),
        None => home?.join(".config"),
    };
    Some(folder.join("tiendo").join("config.ron"))
}

/// A value that is one word, with quotation marks or without, whatever its case.
fn word<'de, D: Deserializer<'de>, T: DeserializeOwned>(deserializer: D) -> Result<T, D::Error> {
    let value = <&RawValue>::deserialize(deserializer)?.trim().get_ron();
    let is_bare = value.chars().all(|c| c.is_ascii_alphanumeric());
    let word = if is_bare { value.to_owned() } else { ron::from_str(value).map_err(D::Error::custom)? };
    T::deserialize(word.to_ascii_lowercase().into_deserializer())
}

fn lang<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Lang>, D::Error> {
    word(deserializer).map(Some)
}

fn days<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u16, D::Error> {
    let days = u16::deserialize(deserializer)?;
    if days <= 366 { Ok(days) } else { Err(D::Error::custom("too many days")) }
}

fn zone<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Zone, D::Error> {
    let name = String::deserialize(deserializer)?;
    Zone::named(name.trim()).ok_or_else(|| D::Error::custom("no such time zone"))
}

fn place_of(text: &str, offset: usize) -> Place {
    LineStarts::of(text).place(text, offset)
}

/// The settings as they stand in the text, `name: value`, up to where it stops being readable.
struct Entries<'a> {
    text: &'a str,
    found: Vec<(&'a str, &'a str)>,
}

impl Entries<'_> {
    /// Where the text stops being readable is an error. A file that somebody has only begun has nothing but comments.
    fn read(&mut self) -> Result<(), SpannedError> {
        if self.text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with("//")) {
            return Ok(());
        }
        let mut deserializer = ron::Deserializer::from_str(self.text)?;
        let read = self.deserialize(&mut deserializer).and_then(|()| deserializer.end());
        read.map_err(|error| deserializer.span_error(error))
    }
}

impl<'a> DeserializeSeed<'a> for &mut Entries<'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_struct("Config", &[], self)
    }
}

impl<'a> Visitor<'a> for &mut Entries<'a> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("settings in parentheses")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key()? {
            self.found.push((name, map.next_value::<&RawValue>()?.trim().get_ron()));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> (Config, Vec<String>) {
        let (config, remarks) = Config::read(text);
        let say = |remark: &ConfigRemark| {
            let Place { line, column } = remark.place;
            format!("{line}:{column}: {}", remark.message(Lang::En))
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
        assert_eq!(config.place("folders"), Some(Place { line: 7, column: 5 }));
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
