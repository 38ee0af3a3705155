//! Reminders put together: plan by plan, or for whom they are.

use std::collections::HashMap;

use super::{By, Due};
use crate::cli::plan_file::PlanFile;
use crate::cli::resolve;
use crate::plan::due::Reminder;
use crate::plan::{Agency, Directory};
use crate::text;
use crate::words::Phrase;

/// The reminders under one heading, each with the place of its plan.
pub(super) struct DueGroup<'a> {
    pub(super) name: String,
    /// Where they can be sent.
    mail: String,
    pub(super) is_urged: bool,
    pub(super) reminders: Vec<(usize, Reminder<'a>)>,
}

const NO_LEAD: Phrase = Phrase::new("Chưa có cơ quan chủ trì", "Without a lead agency");
const NO_OFFICER: Phrase = Phrase::new("Chưa có người phụ trách", "Without an officer");

impl DueGroup<'_> {
    /// `Ban TĐKT <thidua@tinh.gov.vn>`
    pub(super) fn heading(&self) -> String {
        if self.mail.is_empty() { self.name.clone() } else { format!("{} <{}>", self.name, self.mail) }
    }
}

impl Due<'_> {
    /// Groups without reminders are none.
    pub(super) fn groups<'r>(&self, reminders: &[Vec<Reminder<'r>>]) -> Vec<DueGroup<'r>> {
        let directory = Directory::of(self.opened.files.iter().map(PlanFile::as_of_today));
        let mut groups: Vec<DueGroup> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        let all =
            reminders.iter().enumerate().flat_map(|(file, of_plan)| of_plan.iter().map(move |it| (file, it)));
        for (file, reminder) in all {
            for name in self.names(file, reminder, &directory) {
                let at = *places.entry(name.clone()).or_insert(groups.len());
                if at == groups.len() {
                    groups.push(self.group(name, &directory));
                }
                groups[at].reminders.push((file, *reminder));
            }
        }
        if self.by.is_some() {
            groups.sort_by_cached_key(|group| text::order(&group.name));
        }
        for group in &mut groups {
            group.reminders.sort_by_key(|(_, reminder)| (reminder.urgency, reminder.day));
        }
        groups
    }

    /// The headings that a reminder stands under.
    fn names(&self, file: usize, reminder: &Reminder, directory: &Directory) -> Vec<String> {
        let mut names = match self.by {
            None => vec![self.plan_heading(file)],
            Some(By::Officer) => vec![text::line(reminder.plan.name_of(&reminder.task.officer)).into_owned()],
            Some(By::Agency) => {
                let name = |printed: &String| {
                    let name = directory.body(printed).map_or(printed.as_str(), |body| body.name());
                    text::line(name).into_owned()
                };
                reminder.task.lead.iter().map(name).collect()
            }
        };
        names.retain(|name| !name.is_empty());
        names.sort();
        names.dedup();
        if names.is_empty() {
            let nobody = if self.by == Some(By::Agency) { NO_LEAD } else { NO_OFFICER };
            names.push(self.call.say(nobody).to_owned());
        }
        names
    }

    /// The title of a plan, and its file where there are several.
    fn plan_heading(&self, file: usize) -> String {
        let title = text::line(&self.opened.files[file].as_of_today().title).into_owned();
        if self.opened.are_several() {
            format!("{title} [{}]", resolve::plan_name(&self.opened.files, file))
        } else {
            title
        }
    }

    fn group<'r>(&self, name: String, directory: &Directory) -> DueGroup<'r> {
        let body = directory.body(&name).filter(|_| self.by == Some(By::Agency));
        let plans = self.opened.files.iter().map(PlanFile::as_of_today);
        let is_body = |agency: &&Agency| {
            let place = directory.place(&agency.name);
            body.is_some() && place == directory.place(&name)
        };
        let listed: Vec<&Agency> = plans.flat_map(|plan| plan.agencies.iter()).filter(is_body).collect();
        let mail = listed.iter().map(|agency| text::line(&agency.mail)).find(|mail| !mail.is_empty());
        let mail = mail.unwrap_or_default().into_owned();
        DueGroup { name, mail, is_urged: listed.iter().all(|agency| agency.urge), reminders: Vec::new() }
    }
}
