//! What each action does.

use super::action::Action;
use super::cursor::{Empty, Side};
use super::editor::{Cause, Editor, FIELDS, Part, Subject as Edited};
use super::history::Purpose;
use super::picker::{Role, Subject as Choice};
use super::scroll::{Scroll, Step};
use super::{Access, App, Detail, Effect, Line, Next, Panel, Pending, Question, View, edits, step_of};
use crate::plan::query::Lateness;
use crate::plan::{Change, Field, Status, Task, TaskId, Why};
use crate::text::{self, Needle};

impl App {
    pub(super) fn act(&mut self, action: Action) -> Option<Effect> {
        if let Some(step) = step_of(action) {
            self.step(step);
            return None;
        }
        match action {
            Action::Left => self.sideways(Side::Left),
            Action::Right => self.sideways(Side::Right),
            Action::Open => self.open_chosen(),
            Action::Back | Action::Cancel => self.back(),
            Action::Accept => return self.accept(),
            Action::Mark => self.mark(),
            Action::Newline => self.newline(),
            Action::Correct => return self.correct(),
            Action::KeepBoth => return self.keep_both(),
            Action::Drop => return self.give_up(),
            Action::Offers => self.show_offer(),
            Action::Advance => return self.advance(),
            Action::Retreat => return self.set_status(Status::previous),
            Action::Set(status) => return self.set_status(|_| status),
            Action::SetBecause => self.pick_status_because(),
            Action::Edit => self.edit(),
            Action::New => self.begin_task(),
            Action::Delete => self.ask_delete(),
            Action::MoveUp => return self.move_task(Side::Left),
            Action::MoveDown => return self.move_task(Side::Right),
            Action::Undo => return self.undo(),
            Action::Redo => return self.redo(),
            Action::NextView | Action::Deadlines => self.enter_next_view(),
            Action::Card => self.enter(View::Board),
            Action::Plans => self.enter(View::Plans),
            Action::Leads => self.pick_filter(Role::Lead),
            Action::Supports if self.panel.is_some() => self.pick_other_role(),
            Action::Supports => self.pick_filter(Role::Support),
            Action::OnlyOverdue => self.filter_by_lateness(Lateness::Overdue),
            Action::OnlyDueSoon => self.filter_by_lateness(Lateness::Within(self.calendar.warning)),
            Action::ClearFilter => self.clear_filter(),
            Action::Search => self.begin_search(),
            Action::Palette => self.pick_command(),
            Action::Language => self.lang = self.lang.other(),
            Action::ChangePart => self.change_part(),
            Action::Past => self.panel = Some(Panel::Past(Scroll::default())),
            Action::NextNews => self.go_to_news(),
            Action::Help => self.panel = Some(Panel::Help(Scroll::default())),
            Action::Quit => return Some(Effect::Quit),
            _ => {}
        }
        None
    }

    fn step(&mut self, step: Step) {
        let (width, height) = (self.field_width(), self.list_height());
        let page = usize::from(self.size.height.saturating_sub(2)).max(1);
        match &mut self.panel {
            Some(Panel::Help(scroll) | Panel::Past(scroll)) => {
                scroll.first = stepped(scroll.first, step, page);
            }
            Some(Panel::Pick(picker)) => picker.step(step, height),
            Some(Panel::Edit(editor)) => {
                let _ = if step == Step::Up { editor.field.up(width) } else { editor.field.down(width) };
            }
            Some(Panel::Ask(_)) => {}
            Some(Panel::Search) | None => self.step_view(step),
        }
    }

    fn step_view(&mut self, step: Step) {
        if self.detail.is_some() && self.panel.is_none() {
            self.step_detail(step);
            return;
        }
        match self.view {
            View::Plans => self.listed.step(step, self.plans.len(), self.list_height()),
            View::Board => {
                self.on_board(|cursor, plan, board, layout| cursor.step(step, plan, board, layout));
            }
            View::Deadlines => self.step_deadlines(step),
        }
    }

    /// Up and down go through the fields, page by page through the tasks.
    fn step_detail(&mut self, step: Step) {
        let Some(detail) = &mut self.detail else { return };
        match step {
            Step::Up => detail.scroll.row = detail.scroll.row.saturating_sub(1),
            Step::Down => detail.scroll.row = (detail.scroll.row + 1).min(FIELDS.len() - 1),
            Step::First => detail.scroll.row = 0,
            Step::Last => detail.scroll.row = FIELDS.len() - 1,
            Step::PageUp => self.turn(Step::Up),
            Step::PageDown => self.turn(Step::Down),
        }
    }

    /// To the task before or behind, in the order of the view that lies under this one.
    fn turn(&mut self, step: Step) {
        let detail = self.detail.take();
        self.step_view(step);
        self.detail = detail;
        let task = self.cursor.task().cloned();
        if let (Some(detail), Some(task)) = (&mut self.detail, task) {
            detail.task = task;
        }
    }

    fn step_deadlines(&mut self, step: Step) {
        let lines = self.agenda();
        let mut scroll = self.deadlines;
        scroll.step(step, lines.len(), self.list_height());
        let backwards = matches!(step, Step::Up | Step::PageUp);
        let is_task = |row: &usize| matches!(lines.get(*row), Some(Line::Task(_)));
        let behind = (scroll.row..lines.len()).find(is_task);
        let before = (0..=scroll.row).rev().find(is_task);
        let row = if backwards { before.or(behind) } else { behind.or(before) };
        let Some(row) = row else { return };
        let Line::Task(at) = lines[row] else { return };
        self.deadlines = Scroll { row, ..scroll };
        let id = self.plan().expect("lines are of a plan").tasks[at].id.clone();
        self.select_only(&id);
    }

    /// Puts the board's cursor on a task without touching the list of deadlines.
    fn select_only(&mut self, id: &TaskId) {
        let mut cursor = self.cursor.clone();
        if let Some(plan) = self.plan() {
            cursor.select(plan, id);
        }
        self.cursor = cursor;
    }

    fn on_board(
        &mut self,
        act: impl FnOnce(
            &mut super::cursor::Cursor,
            &crate::plan::Plan,
            &crate::plan::board::Board,
            &super::layout::Layout,
        ),
    ) {
        let mut cursor = self.cursor.clone();
        let Some(plan) = self.plan() else { return };
        let board = self.board();
        let layout = self.layout(plan, &board);
        act(&mut cursor, plan, &board, &layout);
        self.cursor = cursor;
    }

    fn sideways(&mut self, side: Side) {
        if self.detail.is_some() {
            self.turn(if side == Side::Left { Step::Up } else { Step::Down });
            return;
        }
        // What is filtered is to be found; in a plan without a filter an empty quarter is where a task is added.
        let empty = if self.query.is_empty() { Empty::Entered } else { Empty::Passed };
        self.on_board(|cursor, plan, board, layout| cursor.sideways(side, empty, plan, board, layout));
    }

    fn open_chosen(&mut self) {
        if self.view == View::Plans {
            self.open_plan();
            return;
        }
        if let Some(task) = self.selected().map(|task| task.id.clone()) {
            self.detail = Some(Detail { task, scroll: Scroll::default() });
        }
    }

    fn open_plan(&mut self) {
        let Some(open) = self.plans.get(self.listed.row) else { return };
        if open.plan.is_none() {
            if let Some(trouble) = open.trouble.clone() {
                self.notices.answer(trouble);
            }
            return;
        }
        if self.current != self.listed.row {
            self.cursor = super::Cursor::default();
            self.query = crate::plan::query::Query::default();
            self.search = text::Field::of("", text::Lines::One);
        }
        self.current = self.listed.row;
        self.view = View::Board;
        self.enter_current_quarter();
    }

    /// One thing at a time is left behind: what lies on top, the task, the search, the filter.
    fn back(&mut self) {
        match self.panel.take() {
            Some(Panel::Search) => self.clear_search(),
            Some(Panel::Edit(editor)) if editor.is_changed() => self.ask(Question::Discard(Box::new(editor))),
            Some(Panel::Edit(editor)) if editor.is_of_extension() => self.leave_extension(&editor),
            Some(Panel::Ask(question)) => self.answer_no(question),
            None if self.detail.is_some() => self.detail = None,
            None if !self.search.is_empty() => self.clear_search(),
            None if !self.query.is_empty() => self.clear_filter(),
            None if self.view == View::Deadlines => self.enter(View::Board),
            None if self.plans.len() > 1 => self.enter(View::Plans),
            Some(Panel::Pick(_) | Panel::Edit(_) | Panel::Help(_) | Panel::Past(_)) | None => {}
        }
    }

    fn begin_search(&mut self) {
        if let Some(open) = self.open()
            && let Some(plan) = &open.plan
        {
            open.index.prepare(plan);
        }
        self.panel = Some(Panel::Search);
    }

    fn clear_search(&mut self) {
        self.search = text::Field::of("", text::Lines::One);
        self.query.search = Needle::default();
    }

    fn clear_filter(&mut self) {
        self.held.clear();
        self.clear_search();
        self.query = crate::plan::query::Query::default();
    }

    fn filter_by_lateness(&mut self, lateness: Lateness) {
        self.query.lateness = lateness;
        self.seek();
    }

    fn enter(&mut self, view: View) {
        self.held.clear();
        self.detail = None;
        if view == View::Plans {
            self.listed.row = self.current;
        }
        self.view = view;
        if view == View::Deadlines {
            self.follow_cursor();
        }
    }

    fn enter_next_view(&mut self) {
        self.enter(if self.view == View::Board { View::Deadlines } else { View::Board });
    }

    pub(super) fn accept(&mut self) -> Option<Effect> {
        match self.panel.take()? {
            Panel::Search | Panel::Help(_) | Panel::Past(_) => None,
            Panel::Pick(picker) => self.take(&picker),
            Panel::Edit(editor) => self.finish(editor),
            Panel::Ask(question) => self.answer_yes(question),
        }
    }

    fn newline(&mut self) {
        if let Some(Panel::Edit(editor)) = &mut self.panel {
            let _ = editor.field.newline();
        }
    }

    fn mark(&mut self) {
        if let Some(Panel::Pick(picker)) = &mut self.panel {
            picker.mark();
        }
    }
}

fn stepped(first: usize, step: Step, page: usize) -> usize {
    match step {
        Step::Up => first.saturating_sub(1),
        Step::Down => first + 1,
        Step::PageUp => first.saturating_sub(page),
        Step::PageDown => first + page,
        Step::First => 0,
        Step::Last => usize::MAX / 2,
    }
}

/// Changes of the plan.
impl App {
    pub(super) fn commit(&mut self, changes: Vec<Change>) -> Option<Effect> {
        self.commit_for(Purpose::Change, changes, Why::Untold)
    }

    pub(super) fn commit_because(&mut self, why: Why, changes: Vec<Change>) -> Option<Effect> {
        self.commit_for(Purpose::Change, changes, why)
    }

    fn commit_for(&mut self, purpose: Purpose, changes: Vec<Change>, why: Why) -> Option<Effect> {
        if changes.is_empty() {
            return None;
        }
        if self.is_read_only() {
            return None;
        }
        if purpose == Purpose::Change
            && let Some(question) = self.about_the_gone(&changes, &why)
        {
            self.ask_unasked(question);
            return None;
        }
        self.pending = Some(Pending { purpose, changes: changes.clone(), why: why.clone() });
        Some(Effect::Commit(self.current, changes, why))
    }

    /// Whether nothing can be changed, which is said.
    pub(super) fn is_read_only(&mut self) -> bool {
        let is_read_only = self.open().is_some_and(|open| open.access == Access::ReadOnly);
        if is_read_only {
            self.say("Tệp này chỉ đọc: không đổi được", "This file is read-only: nothing can be changed");
        }
        is_read_only
    }

    fn advance(&mut self) -> Option<Effect> {
        if self.selected()?.status == Status::Done {
            self.say(
                "Việc đã hoàn thành. Phím - để lùi trạng thái",
                "The task is done. The key - steps back",
            );
            return None;
        }
        self.set_status(Status::next)
    }

    fn set_status(&mut self, status: impl FnOnce(Status) -> Status) -> Option<Effect> {
        let task = self.selected()?.clone();
        self.set_status_of(&task, status(task.status))
    }

    pub(super) fn set_status_of(&mut self, task: &Task, status: Status) -> Option<Effect> {
        match status {
            Status::Paused | Status::Dropped => {
                self.set_status_because(task, status);
                None
            }
            Status::Done => self.complete(task, Part::Day),
            Status::Todo | Status::Doing => self.commit(edits::status(task, status, self.calendar.today)),
        }
    }

    /// Asks why before it is set.
    pub(super) fn set_status_because(&mut self, task: &Task, status: Status) {
        let changes = edits::status(task, status, self.calendar.today);
        if !changes.is_empty() && !self.is_read_only() {
            self.panel = Some(Panel::Edit(Editor::of_reason(Cause::Status(status), changes)));
        }
    }

    fn undo(&mut self) -> Option<Effect> {
        let Some((changes, why)) = self.open()?.history.undo() else {
            self.say("Không còn gì để hoàn tác", "Nothing to undo");
            return None;
        };
        self.commit_for(Purpose::Undo, changes, why)
    }

    fn redo(&mut self) -> Option<Effect> {
        let Some((changes, why)) = self.open()?.history.redo() else {
            self.say("Không còn gì để làm lại", "Nothing to redo");
            return None;
        };
        self.commit_for(Purpose::Redo, changes, why)
    }

    /// Opens what the chosen field is changed with.
    fn edit(&mut self) {
        let Some(task) = self.selected().cloned() else { return };
        if self.is_read_only() {
            return;
        }
        if self.detail.is_none() {
            let row = FIELDS.iter().position(|field| *field == self.last_field).unwrap_or_default();
            self.detail = Some(Detail { task: task.id.clone(), scroll: Scroll { row, first: 0 } });
        }
        let Some(detail) = &self.detail else { return };
        let field = FIELDS[detail.scroll.row];
        if field.is_typed() {
            self.last_field = field;
        }
        self.panel = Some(match field {
            Field::Status => Panel::Pick(self.pick_status(&task, Choice::Status)),
            Field::Quarters => Panel::Pick(self.pick_quarters(&task)),
            Field::Lead => Panel::Pick(self.pick_agencies(&task, Role::Lead)),
            Field::Support => Panel::Pick(self.pick_agencies(&task, Role::Support)),
            field => Panel::Edit(Editor::of_field(&task, field)),
        });
    }

    fn finish(&mut self, editor: Editor) -> Option<Effect> {
        if self.is_read_only() {
            self.panel = Some(Panel::Edit(editor));
            return None;
        }
        if let Some((changes, why)) = editor.reasoned() {
            return self.commit_because(why, changes.clone());
        }
        let task = match &editor.subject {
            Edited::Field(task, _) => task,
            Edited::Completion(completion) => &completion.task,
            Edited::Reason(..) | Edited::New { .. } => return self.add(editor),
        };
        let plan = self.plan()?;
        match editor.changes(plan, self.calendar) {
            Ok(edits) => self.commit_or_extend(task, edits::of(task, edits)),
            Err(trouble) => {
                self.notices.answer(trouble);
                self.panel = Some(Panel::Edit(editor));
                None
            }
        }
    }

    fn ask_delete(&mut self) {
        if let Some(task) = self.selected().map(|task| task.id.clone())
            && !self.is_read_only()
        {
            self.ask(Question::Delete(task));
        }
    }

    pub(super) fn delete(&mut self, id: &TaskId) -> Option<Effect> {
        let plan = self.plan()?;
        let task = plan.task(id)?.clone();
        let change = Change::Remove { after: plan.before(id), task: Box::new(task) };
        let effect = self.commit(vec![change]);
        self.detail = None;
        effect
    }

    /// Moves the chosen task before or behind its neighbour in the column.
    fn move_task(&mut self, side: Side) -> Option<Effect> {
        let plan = self.plan()?;
        let id = self.selected()?.id.clone();
        let at = plan.position(&id)?;
        let board = self.board();
        let lane = board.lanes.iter().find(|lane| lane.column == self.cursor.column())?;
        let row = lane.tasks.iter().position(|&other| other == at)?;
        let to = match side {
            Side::Left => plan.before(&plan.tasks[lane.tasks[row.checked_sub(1)?]].id),
            Side::Right => Some(plan.tasks[*lane.tasks.get(row + 1)?].id.clone()),
        };
        let change = Change::Move { from: plan.before(&id), task: id.clone(), to };
        self.next = Some(Next::Select(id));
        self.commit(vec![change])
    }
}
