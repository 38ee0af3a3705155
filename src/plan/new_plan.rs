//! A plan that is to be made: what may be typed for it, and how its file may be called.

use std::ops::RangeInclusive;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{FieldOf, Kind, Plan, PlanField, Value, first_version};
use crate::text;
use crate::words::{Phrase, Spoken, tr};

/// The years that a plan can be of.
pub(super) const YEARS: RangeInclusive<i32> = 1945..=2100;

/// No title of a real plan is half as long, in characters. A longer one is a paste by mistake.
const LONGEST_LINE: usize = 500;

/// What a file of a plan is to be called, if it is to be found in its folder again.
pub const FILE_NAME: Phrase = Phrase::new(
    "Tên tệp phải có đuôi .ron và không bắt đầu bằng dấu chấm, ví dụ ke-hoach-2027.ron.",
    "The name must end in .ron and not begin with a dot, for instance ke-hoach-2027.ron.",
);

/// What was being typed for a new plan when the line dropped: a text for each row of its window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanDraft {
    pub texts: Vec<String>,
}

/// A field that was typed wrongly, and why it is wrong.
pub type WrongField = (PlanField, Spoken);

impl Plan {
    /// A plan without tasks, of what was typed for its fields; or the first field that is wrong.
    pub fn begin<'a>(typed: impl IntoIterator<Item = (PlanField, &'a str)>) -> Result<Self, WrongField> {
        let mut plan = Self { version: first_version(), ..Self::default() };
        for (field, text) in typed {
            field.set(&mut plan, field.typed(text).map_err(|why| (field, why))?);
        }
        Ok(plan)
    }
}

impl PlanField {
    /// What was typed for a new plan, as its file will have it: in one line, without what nobody can see.
    pub fn typed(self, text: &str) -> Result<Value, Spoken> {
        if self.kind() == Kind::Year {
            return year(text).map(Value::Year);
        }
        let line = text::Field::of(text, text::Lines::One).into_text();
        match line.trim() {
            "" if self == Self::Title => Err(NO_TITLE.spoken()),
            line if line.chars().count() > LONGEST_LINE => Err(too_long(line.chars().count())),
            line => Ok(line.into()),
        }
    }
}

const NO_TITLE: Phrase = Phrase::new("Kế hoạch phải có tên", "A plan must have a title");

fn too_long(count: usize) -> Spoken {
    Spoken::of(|lang| {
        tr!(
            lang,
            "Dài {count} ký tự; không quá {LONGEST_LINE}",
            "{count} characters are too many; {LONGEST_LINE} at most"
        )
    })
}

fn year(text: &str) -> Result<i32, Spoken> {
    let (first, last) = (YEARS.start(), YEARS.end());
    text.trim().parse().ok().filter(|year| YEARS.contains(year)).ok_or_else(|| {
        Spoken::of(|lang| {
            tr!(
                lang,
                "Năm gõ bằng bốn chữ số, từ {first} đến {last}",
                "A year from {first} to {last}, in full"
            )
        })
    })
}

/// Whether a file is called like a plan: others are not looked for in folders.
pub fn is_file_name(path: &Path) -> bool {
    let is_hidden = path.file_name().is_none_or(|name| name.as_encoded_bytes().starts_with(b"."));
    !is_hidden && path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ron"))
}

/// So many characters of a title are in the name that is proposed for its file.
const LONGEST_STEM: usize = 32;

/// A name for the file of a plan, without marks and blanks: `ke-hoach-cong-tac-2027.ron`.
pub fn file_name(title: &str, year: &str) -> String {
    let title = text::fold(title);
    let words = title.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words = words.filter(|word| !word.is_empty() && !["nam", year.trim()].contains(word));
    let mut stem = String::new();
    for word in words {
        if stem.len() + word.len() >= LONGEST_STEM {
            break;
        }
        stem.push_str(word);
        stem.push('-');
    }
    if stem.is_empty() {
        stem.push_str("ke-hoach-");
    }
    let year: String = year.chars().filter(char::is_ascii_digit).take(4).collect();
    format!("{}.ron", format!("{stem}{year}").trim_end_matches('-'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    #[test]
    fn a_plan_begins_with_what_was_typed_and_no_task() {
        let typed = [(PlanField::Title, " Kế hoạch\tcông tác\n"), (PlanField::Year, " 2027 ")];
        let plan = Plan::begin(typed).unwrap();
        assert_eq!((plan.title.as_str(), plan.year, plan.version), ("Kế hoạch công tác", 2027, 1));
        assert!(plan.tasks.is_empty());
    }

    #[test]
    fn what_no_plan_can_have_is_refused_and_says_why() {
        let long = "a".repeat(LONGEST_LINE + 1);
        let wrong = [
            (PlanField::Title, " ", "must have a title"),
            (PlanField::Title, "\u{200B}", "must have a title"),
            (PlanField::Issuer, &long, "501 characters"),
            (PlanField::Year, "", "from 1945 to 2100"),
            (PlanField::Year, "27", "from 1945"),
            (PlanField::Year, "1944", "from 1945"),
            (PlanField::Year, "2101", "from 1945"),
            (PlanField::Year, "năm nay", "from 1945"),
        ];
        for (field, text, why) in wrong {
            let (refused, told) = Plan::begin([(field, text)]).unwrap_err();
            assert!(refused == field && told.say(Lang::En).contains(why), "{text}: {told:?}");
        }
    }

    #[test]
    fn a_file_is_called_as_its_plan_without_marks() {
        let names = [
            ("", "2027", "ke-hoach-2027.ron"),
            ("", "", "ke-hoach.ron"),
            ("Kế hoạch công tác năm 2027", "2027", "ke-hoach-cong-tac-2027.ron"),
            ("Thi đua - Khen thưởng/../tỉnh", "2027", "thi-dua-khen-thuong-tinh-2027.ron"),
            ("Năm 2027", "2027", "ke-hoach-2027.ron"),
            ("工作", "2027", "ke-hoach-2027.ron"),
            ("a", "20\u{1b}7", "a-207.ron"),
        ];
        for (title, year, name) in names {
            assert_eq!(file_name(title, year), name);
            assert!(is_file_name(Path::new(name)));
        }
        let long = file_name("Kế hoạch hoạt động của Hội đồng Thi đua - Khen thưởng tỉnh", "2024");
        assert_eq!(long, "ke-hoach-hoat-dong-cua-hoi-dong-2024.ron");
    }

    #[test]
    fn what_would_not_be_found_again_is_no_name() {
        for name in ["a", "a.txt", ".ron", ".a.ron", "a/", "..", ""] {
            assert!(!is_file_name(Path::new(name)), "{name}");
        }
        assert!(is_file_name(Path::new("data/A.RON")));
    }
}
