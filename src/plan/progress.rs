//! Kết quả đến nay: what was told of a task, line by line, and the names of those who work on it.

use std::cmp::Reverse;

use super::Plan;
use super::change::Edit;
use super::field::Field;
use super::table::{Extension, Progress};
use super::task::Task;
use super::time::write_date;
use crate::words::{Lang, Phrase, tr};

impl Progress {
    pub const STUCK: Phrase = Phrase::new("Khó khăn, vướng mắc", "Difficulties");
    pub const STUCK_SHORT: Phrase = Phrase::new("Khó khăn", "Difficulty");
    pub const ASK: Phrase = Phrase::new("Kiến nghị", "Proposal");

    /// Whether nothing is told in it.
    pub fn is_empty(&self) -> bool {
        self.told().next().is_none()
    }

    /// What is told in it, each with the word for it. The result goes without one.
    pub fn told(&self) -> impl Iterator<Item = (Option<Phrase>, &str)> {
        let parts =
            [(None, &self.text), (Some(Self::STUCK_SHORT), &self.stuck), (Some(Self::ASK), &self.ask)];
        parts.into_iter().filter(|(_, text)| !text.is_empty()).map(|(word, text)| (word, text.as_str()))
    }

    /// The result, and each of difficulty and proposal in a line of its own, with its word.
    pub fn shown(&self, lang: Lang) -> String {
        let line = |(word, text): (Option<Phrase>, &str)| {
            word.map_or_else(|| text.to_owned(), |word| format!("{}: {text}", word.say(lang)))
        };
        self.told().map(line).collect::<Vec<_>>().join("\n")
    }

    /// The same under when and by whom.
    pub fn whole(&self, lang: Lang) -> String {
        format!("{}\n{}", self.head(), self.shown(lang))
    }

    /// All of it in one line: `07/06/2024 Ban TĐKT: Đã họp · Khó khăn: thiếu kinh phí`.
    pub fn line(&self, lang: Lang) -> String {
        let said = [self.head(), self.said(lang)].into_iter().filter(|part| !part.is_empty());
        said.collect::<Vec<_>>().join(": ")
    }

    /// The same without when and by whom.
    pub fn said(&self, lang: Lang) -> String {
        let shown = self.shown(lang);
        let parts: Vec<_> = shown.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        parts.join(" · ")
    }

    /// When and by whom: `07/06/2024 Ban TĐKT`.
    pub fn head(&self) -> String {
        let day = self.on.map(write_date);
        let by = Some(self.by.clone()).filter(|by| !by.is_empty());
        day.into_iter().chain(by).collect::<Vec<_>>().join(" ")
    }
}

impl Extension {
    /// What a task is that was given more time.
    pub const EXTENDED: Phrase = Phrase::new("gia hạn", "extended");

    /// `31/08/2024: Công văn 12/SNV ngày 20/05/2024, chờ kinh phí`
    pub(super) fn shown(&self, lang: Lang) -> String {
        let to = self.to.map_or_else(String::new, write_date);
        let document = match (self.doc.as_str(), self.on.map(write_date)) {
            ("", Some(day)) => tr!(lang, "từ ngày {day}", "granted on {day}"),
            (doc, Some(day)) => tr!(lang, "{doc} ngày {day}", "{doc} of {day}"),
            (doc, None) => doc.to_owned(),
        };
        let said = [document.as_str(), &self.why].into_iter().filter(|text| !text.is_empty());
        let said = said.collect::<Vec<_>>().join(", ");
        if said.is_empty() { to } else { format!("{to}: {said}") }
    }

    pub const TO: Phrase = Phrase::new("Gia hạn đến", "Extended to");
    pub const DOC: Phrase = Phrase::new("Văn bản gia hạn", "Granted by");
    pub const ON: Phrase = Phrase::new("Ngày văn bản", "Dated");
    pub const WHY: Phrase = Phrase::new("Lý do", "Reason");
}

impl Task {
    /// The extensions, the last first, one a line.
    pub fn extensions_shown(&self, lang: Lang) -> String {
        self.extensions.iter().rev().map(|it| it.shown(lang)).collect::<Vec<_>>().join("\n")
    }

    /// What was told of it, the newest first: by its day, and of one day the last that was written down.
    pub fn progress_newest_first(&self) -> Vec<&Progress> {
        let mut rows: Vec<&Progress> = self.progress.iter().rev().collect();
        rows.sort_by_key(|row| Reverse(row.on));
        rows
    }

    /// All that was told of it.
    pub fn progress_texts(&self) -> impl Iterator<Item = &str> {
        self.progress.iter().flat_map(|row| row.told().map(|(_, text)| text))
    }

    /// The row of the latest day; of several on that day the one that was written down last.
    pub fn last_progress(&self) -> Option<&Progress> {
        self.progress.iter().max_by_key(|row| row.on)
    }

    /// What adds a line to what was told before.
    pub fn tell(&self, row: Progress) -> Edit {
        let mut rows = self.progress.clone();
        rows.push(row);
        Edit::of(Field::Progress, self, rows)
    }
}

impl Plan {
    /// What people call somebody whom a history knows by a login.
    pub fn name_of<'a>(&'a self, login: &'a str) -> &'a str {
        let person = self.people.iter().find(|person| person.login == login && !person.name.is_empty());
        person.map_or(login, |person| &person.name)
    }
}
