//! What others have changed: where it is, what it was, and that it stands against what the user has set.

use super::{App, News};
use crate::plan::telling::told_news;
use crate::plan::{Task, TaskId};
use crate::words::{Lang, Spoken};

impl App {
    /// What others have made of a task since the user was last there.
    pub fn news_of(&self, task: &Task, lang: Lang) -> Option<String> {
        let news = self.open()?.news.get(&task.id)?;
        Some(told_news(task, news.known, &news.fields, self.calendar.today, lang))
    }

    /// To the next task that others have changed, in the order of the plan and around its end.
    pub(super) fn go_to_news(&mut self) {
        let (Some(open), Some(plan)) = (self.open(), self.plan()) else { return };
        let shown = self.shown();
        let is_news = |at: &usize| open.news.contains_key(&plan.tasks[*at].id);
        let here = self.selected().and_then(|task| plan.position(&task.id)).unwrap_or_default();
        let (before, behind): (Vec<usize>, Vec<usize>) =
            shown.iter().copied().filter(is_news).filter(|at| *at != here).partition(|at| *at < here);
        let next = behind.into_iter().chain(before).next().map(|at| plan.tasks[at].id.clone());
        match next {
            Some(task) => self.select(&task),
            None if shown.len() < plan.tasks.len() && open.news.len() > 1 => {
                self.say("Việc vừa đổi đang bị lọc che", "The changed tasks are filtered away");
            }
            None => self.say("Không còn việc nào khác vừa đổi", "No other task has been changed"),
        }
    }

    /// Says in words what stands against something that the user has set.
    pub(super) fn tell_of_overruled(&mut self, at: usize, news: &[(TaskId, News)]) {
        let open = &self.plans[at];
        let Some(plan) = &open.plan else { return };
        let mut told = Vec::new();
        for (id, News { known, fields }) in news {
            let Some(task) = plan.task(id) else { continue };
            let ours: Vec<_> =
                fields.iter().copied().filter(|field| open.history.has_set(id, *field)).collect();
            if !ours.is_empty() {
                let today = self.calendar.today;
                let what = |lang| told_news(task, *known, &ours, today, lang);
                told.push(Spoken {
                    vi: format!("Việc {} bạn vừa sửa đã bị đổi: {}", task.no, what(Lang::Vi)),
                    en: format!("Task {}, which you set, was changed: {}", task.no, what(Lang::En)),
                });
            }
        }
        for told in told {
            self.notices.tell(told);
        }
    }
}
