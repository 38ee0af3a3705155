//! What others have changed: where it is, what it was, and that it stands against what the user has set.

use super::{App, News};
use crate::plan::describe::told_news;
use crate::plan::{Field, Item, PlanKey, Row, TaskId, TaskRef};
use crate::words::{Phrase, tr};

impl App {
    pub fn is_news(&self, item: Item<'_>) -> bool {
        self.known_news(item).is_some()
    }

    /// On the second screen all is of others, and a note among it is for nobody in the room.
    fn known_news(&self, item: Item<'_>) -> Option<&News> {
        self.plans[item.key.0].news.get(&item.task.id).filter(|_| self.following.is_none())
    }

    /// What others have made of a task since the user was last there.
    pub fn news_of(&self, item: Item<'_>) -> Option<String> {
        let news = self.known_news(item)?;
        Some(told_news(item.plan, news.entries(item.task), &news.fields, self.calendar.today, self.lang))
    }

    /// To the next task that others have changed, in the order of the plan and around its end.
    pub(super) fn go_to_news(&mut self) {
        let Some(open) = self.open() else { return };
        let here = self.cursor.task().and_then(|task| self.row_of(task));
        let here = self.selected().map_or(here, |item| self.row_of(&item.name()));
        let changed: Vec<Row> = open
            .news
            .keys()
            .filter_map(|id| self.row_of(&TaskRef { plan: self.current, task: id.clone() }))
            .filter(|row| Some(*row) != here && self.shown().rows.binary_search(row).is_ok())
            .collect();
        let behind = changed.iter().filter(|row| Some(**row) > here).min();
        match behind.or(changed.iter().min()).map(|row| self.item(*row).name()) {
            Some(task) => self.select(&task),
            None if self.shown().rows.len() < self.shown().all && open.news.len() > 1 => {
                self.say(Phrase::new("Việc vừa đổi đang bị lọc che", "The changed tasks are filtered away"));
            }
            None => {
                self.say(Phrase::new("Không còn việc nào khác vừa đổi", "No other task has been changed"));
            }
        }
    }

    /// Says in words what stands against something that the user has set.
    pub(super) fn tell_of_overruled(&mut self, plan: PlanKey, news: &[(TaskId, News)]) {
        let open = &self.plans[plan.0];
        let Some(content) = &open.plan else { return };
        for (id, news) in news {
            let is_ours = |field: &Field| open.history.has_set(id, *field);
            let ours: Vec<Field> = news.fields.iter().copied().filter(is_ours).collect();
            let (Some(task), false) = (content.task(id), ours.is_empty()) else { continue };
            let what = told_news(content, news.entries(task), &ours, self.calendar.today, self.lang);
            let no = &task.no;
            let told = tr!(
                self.lang,
                "Việc {no} bạn vừa sửa đã bị đổi: {what}",
                "Task {no}, which you set, was changed: {what}"
            );
            self.notices.tell(told);
        }
    }

    /// What is chosen is told of until it is left.
    pub(super) fn leave_news(&mut self) {
        if self.open().is_none() {
            return;
        }
        let chosen = self.selected().map(|item| item.name().task);
        let open = &mut self.plans[self.current.0];
        if open.at == chosen {
            return;
        }
        if let Some(left) = std::mem::replace(&mut open.at, chosen)
            && open.news.remove(&left).is_some()
        {
            open.came_by.insert(left);
        }
    }
}
