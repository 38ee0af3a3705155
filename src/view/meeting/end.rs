//! The last slide: what was decided, task by task, as it will be written.

use ratatui::layout::Position;
use ratatui::style::Style;

use crate::app::App;
use crate::app::action::Action;
use crate::plan::meeting::{Decision, Markup};
use crate::text;
use crate::view::canvas::{self, Canvas};
use crate::words::{Phrase, tr};

pub(super) fn draw(app: &App, canvas: &mut Canvas) -> Option<Position> {
    let (theme, width, height) = (canvas.theme, canvas.width(), usize::from(canvas.height()));
    let decisions = app.decisions();
    canvas.write(2, 0, &summed(app, &decisions), theme.title());
    let lines = lines(&decisions, app, canvas);
    let room = height.saturating_sub(3).max(1);
    let first = app.view().scroll.first.min(lines.len().saturating_sub(room));
    for (row, (line, style)) in lines.iter().skip(first).take(room).enumerate() {
        canvas.write(2, 2 + row as u16, &text::cut(line, width.saturating_sub(3)), *style);
    }
    let below = lines.len().saturating_sub(first + room);
    let marks = canvas::out_of_sight(theme, first, below, 0);
    canvas.write_all_before(width, 0, &marks);
    if !app.refuses(Action::WriteMinutes) {
        tell_of_files(app, &mut canvas.rows(height.saturating_sub(1) as u16..height as u16));
    }
    canvas.position(2, 0)
}

fn tell_of_files(app: &App, line: &mut Canvas) {
    let (name, endings) = (app.minutes_name(), Markup::ALL.map(|markup| format!(".{}", markup.ending())));
    let files = format!("{name}{}", endings.join(", "));
    let told = tr!(app.lang, "F2 ghi {files} cạnh kế hoạch", "F2 writes {files} beside the plan");
    line.write(2, 0, &text::cut(&told, line.width().saturating_sub(3)), line.theme.muted());
}

/// `7 việc có kết luận, 2 việc mới; đã xem 20/24`
fn summed(app: &App, decisions: &[Decision<'_>]) -> String {
    let Some(meeting) = app.meeting() else { return String::new() };
    let new = decisions.iter().filter(|decision| decision.is_new()).count();
    let old = decisions.len() - new;
    let is_seen = |id: &&_| meeting.heard.contains(id) || decisions.iter().any(|it| it.task.id == **id);
    let (seen, all) = (meeting.tasks.iter().filter(is_seen).count(), meeting.tasks.len());
    tr!(
        app.lang,
        "{old} việc có kết luận, {new} việc mới; đã xem {seen}/{all}",
        "Decided: {old}, new tasks: {new}, gone through: {seen}/{all}"
    )
}

fn lines(decisions: &[Decision<'_>], app: &App, canvas: &Canvas) -> Vec<(String, Style)> {
    let theme = canvas.theme;
    if decisions.is_empty() {
        let none = Phrase::new("Chưa có kết luận nào", "Nothing was decided").say(app.lang);
        return vec![(none.to_owned(), theme.muted())];
    }
    let room = canvas.width().saturating_sub(7).max(1);
    let mut lines = Vec::new();
    for Decision { task, entries } in decisions {
        let head = format!("{:<2}  {}", text::line(&task.no), text::line(&task.title));
        lines.push((head, theme.title()));
        for told in entries.iter().flat_map(|entry| entry.told_whole(task, app.lang)) {
            let told = text::clean(&told).into_owned();
            let wrapped = text::wrap(&told, room).map(|line| (format!("    {line}"), theme.text()));
            lines.extend(wrapped);
        }
    }
    lines
}
