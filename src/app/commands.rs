//! What each action does.

use super::action::Action;
use super::cursor::CursorSide;
use super::editor::{Edited, Editor};
use super::history::Purpose;
use super::keymap::Mode;
use super::marks::StatusStep;
use super::picker::{Choice, Picker, Role};
use super::scroll::Step;
use super::{
    App, Detail, DetailRow, Effect, Next, Original, Panel, Question, Request, TextWindow, edits, step_of,
};
use crate::plan::{Change, Field, Status, TaskRef, Why};
use crate::words::Phrase;

impl App {
    pub(super) fn act(&mut self, action: Action) -> Option<Effect> {
        if let Some(step) = step_of(action) {
            self.step(step);
            return None;
        }
        match action {
            Action::Left => self.sideways(CursorSide::Left),
            Action::Right => self.sideways(CursorSide::Right),
            Action::Open => self.open_chosen(),
            Action::Back | Action::Cancel => self.back(),
            Action::Accept => return self.accept(),
            Action::Mark => return self.mark(),
            Action::Tick => return self.tick(),
            Action::Newline => return self.newline(),
            Action::Correct => return self.correct(),
            Action::KeepBoth => return self.keep_both(),
            Action::Drop => return self.give_up(),
            Action::Offers => self.show_offer(),
            Action::Advance => return self.advance(),
            Action::Retreat => return self.step_status(StatusStep::BACK),
            Action::Set(status) => return self.set_status(status),
            Action::SetBecause => self.pick_status_because(),
            Action::Edit => self.edit(),
            Action::EditField(field) => self.edit_field(field),
            Action::New => self.begin_task(),
            Action::NextField => return self.next_field(),
            Action::Delete => self.ask_delete(),
            Action::MoveUp => return self.move_task(CursorSide::Left),
            Action::MoveDown => return self.move_task(CursorSide::Right),
            Action::Undo => return self.undo(),
            Action::Redo => return self.redo(),
            Action::NextView => self.enter_next_view(),
            Action::Deadlines => self.enter(Mode::Deadlines),
            Action::Review => self.enter(Mode::Review),
            Action::Summary => self.enter(Mode::Summary),
            Action::NextGrouping => self.next_grouping(),
            Action::Tasks => self.open_figure(),
            Action::Card | Action::Board => self.enter(Mode::Board),
            Action::Plans => self.enter(Mode::Plans),
            Action::NextBox | Action::PreviousBox => self.turn_box(action),
            Action::NextNews => self.go_to_news(),
            Action::Language => self.lang = self.lang.other(),
            Action::Colours => return Some(Effect::NextColours),
            Action::Quit => return Some(Effect::Quit),
            other => return self.act_in_meeting(other),
        }
        None
    }

    fn act_in_meeting(&mut self, action: Action) -> Option<Effect> {
        match action {
            Action::Begin => self.begin_meeting(),
            Action::Hear => self.hear_nothing_new(),
            Action::NextTask => self.next_slide(CursorSide::Right),
            Action::PreviousTask => self.next_slide(CursorSide::Left),
            Action::StopMeeting => self.stop_meeting(),
            Action::WriteMinutes => return self.write_minutes(),
            window => self.open_window(window),
        }
        None
    }

    /// Opens what lies over the view.
    fn open_window(&mut self, action: Action) {
        match action {
            Action::NewPlan => self.begin_plan(),
            Action::Meeting => self.open_meeting(),
            Action::FindTask => self.pick_slide(),
            Action::Conclude => self.conclude(),
            Action::Tell => self.begin_progress(),
            Action::Extend => self.begin_extension(),
            Action::Search => self.panel = Some(Panel::Search),
            Action::Palette => self.pick_command(),
            Action::AsOf => self.ask_for_day(),
            Action::Ticks => self.open_ticks(),
            Action::Past => self.panel = Some(Panel::Past(TextWindow::default())),
            Action::Help => self.panel = Some(Panel::Help(TextWindow::default())),
            other => self.narrow_or_mark(other),
        }
    }

    fn step(&mut self, step: Step) {
        let (width, height, lang) = (self.field_width(), self.list_height(), self.lang);
        let page = usize::from(self.size.height.saturating_sub(2)).max(1);
        match &mut self.panel {
            Some(Panel::Help(window) | Panel::Past(window)) => window.step(step, page),
            Some(Panel::Pick(picker)) => {
                picker.step(step, height);
                self.try_filter();
            }
            Some(Panel::Edit(editor)) => {
                let _ = if step == Step::Up { editor.field.up(width) } else { editor.field.down(width) };
            }
            Some(Panel::Form(form)) => {
                form.step(step, form.room(usize::from(self.size.width.saturating_sub(2)), lang));
            }
            Some(Panel::Ask(_)) => {}
            None if self.detail.is_some() => self.step_detail(step),
            Some(Panel::Search) | None => (self.view().step)(self, step),
        }
    }

    fn open_chosen(&mut self) {
        if self.is_in(Mode::Plans) {
            self.open_plan();
        } else if let Some(task) = self.selected().map(|item| item.name()) {
            self.detail = Some(Detail::of(task));
        }
    }

    /// One thing at a time is left behind: what narrows a window, what lies on top, the task, the search, the filter.
    fn back(&mut self) {
        if let Some(Panel::Help(window) | Panel::Past(window)) = &mut self.panel
            && !window.typed.is_empty()
        {
            *window = TextWindow::default();
            return;
        }
        match self.panel.take() {
            Some(Panel::Search) => self.clear_search(),
            Some(Panel::Edit(editor)) if editor.is_changed() => self.ask(Question::Discard(Box::new(editor))),
            Some(Panel::Form(form)) if form.is_changed() => self.ask(Question::DiscardForm(form)),
            Some(Panel::Ask(question)) => self.answer_no(question),
            None => self.leave(),
            Some(Panel::Pick(_)) => self.leave_filter(),
            Some(Panel::Edit(_) | Panel::Form(_) | Panel::Help(_) | Panel::Past(_)) => {}
        }
    }

    pub(super) fn accept(&mut self) -> Option<Effect> {
        match self.panel.take()? {
            Panel::Search => {
                self.take_search();
                None
            }
            Panel::Help(_) | Panel::Past(_) => None,
            Panel::Pick(picker) => self.take(&picker),
            Panel::Edit(editor) => self.finish(editor),
            Panel::Form(form) => self.take_form(form),
            Panel::Ask(question) => self.answer_yes(question),
        }
    }

    /// In a box of one line it is taken as by Enter.
    fn newline(&mut self) -> Option<Effect> {
        match &mut self.panel {
            Some(Panel::Edit(editor)) => drop(editor.field.newline()),
            Some(Panel::Form(form)) if form.chosen().is_of_many_lines() => drop(form.field_mut().newline()),
            Some(Panel::Form(_)) => return self.accept(),
            _ => {}
        }
        None
    }

    fn mark(&mut self) -> Option<Effect> {
        match &mut self.panel {
            Some(Panel::Pick(Picker { subject: Choice::Ticks(_), .. })) => return self.tick_chosen(),
            Some(Panel::Pick(picker)) => picker.mark(),
            _ => return None,
        }
        self.try_filter();
        None
    }
}

/// Changes of the plan.
impl App {
    fn advance(&mut self) -> Option<Effect> {
        let is_done = |app: &Self| Some(app.selected()?.task.status == Status::Done);
        if !self.acts_on_marked() && is_done(self)? {
            self.say(Phrase::new(
                "Việc đã hoàn thành. Phím - để lùi trạng thái",
                "The task is done. The key - steps back",
            ));
            return None;
        }
        self.step_status(StatusStep::ON)
    }

    fn step_status(&mut self, step: StatusStep) -> Option<Effect> {
        if self.acts_on_marked() {
            return self.step_marked(step);
        }
        let task = Original::of(self.selected()?);
        let status = (step.step)(task.task.status);
        self.set_status_of(&task, status)
    }

    fn set_status(&mut self, status: Status) -> Option<Effect> {
        let task = Original::of(self.subject_without(status)?);
        self.set_status_of(&task, status)
    }

    pub(super) fn set_status_of(&mut self, it: &Original, status: Status) -> Option<Effect> {
        match status {
            Status::Paused | Status::Dropped => {
                self.set_status_because(it, status);
                None
            }
            Status::Done => self.complete(it, Field::DoneOn),
            Status::Todo | Status::Doing => {
                self.commit(it.plan, edits::status(&it.task, status, self.calendar.today))
            }
        }
    }

    /// Asks why before it is set.
    pub(super) fn set_status_because(&mut self, it: &Original, status: Status) {
        let changes = edits::status(&it.task, status, self.calendar.today);
        if !changes.is_empty() && !self.is_read_only(it.plan) {
            let request = Request { plan: it.plan, changes, why: Why::Untold };
            self.panel = Some(Panel::Edit(Editor::of_reason(status, request)));
        }
    }

    fn undo(&mut self) -> Option<Effect> {
        let Some((changes, why)) = self.open()?.history.undo() else {
            self.say(Phrase::new("Không còn gì để hoàn tác", "Nothing to undo"));
            return None;
        };
        self.commit_for(Purpose::Undo, Request { plan: self.current, changes, why })
    }

    fn redo(&mut self) -> Option<Effect> {
        let Some((changes, why)) = self.open()?.history.redo() else {
            self.say(Phrase::new("Không còn gì để làm lại", "Nothing to redo"));
            return None;
        };
        self.commit_for(Purpose::Redo, Request { plan: self.current, changes, why })
    }

    /// Opens what the chosen field is changed with.
    fn edit(&mut self) {
        if self.is_in_ticks() {
            self.type_steps();
            return;
        }
        let field = match self.detail.as_ref().map(|detail| &detail.row) {
            Some(DetailRow::Field(field)) => *field,
            _ => self.last_field,
        };
        let Some(it) = self.begin_on(field) else { return };
        // In a meeting the slide stays.
        if self.is_in(Mode::Meeting) {
            return self.edit_of(it, self.last_field);
        }
        let detail = self.detail.get_or_insert_with(|| Detail::at(it.name(), self.last_field));
        match detail.row {
            DetailRow::Field(field) => self.edit_of(it, field),
            DetailRow::More => self.pick_field_to_add(&it.task),
        }
    }

    /// Opens a field of the chosen task, wherever it is looked at. What goes to several tasks is not about the screen of
    /// one of them.
    pub(super) fn edit_field(&mut self, field: Field) {
        let Some(it) = self.begin_on(field) else { return };
        let is_of_several = field.is_shared() && self.goes_to_all_marked(it.plan, &it.task.id);
        if !self.is_in(Mode::Meeting) && (self.detail.is_some() || !is_of_several) {
            self.detail = Some(Detail::at(it.name(), field));
        }
        self.edit_of(it, field);
    }

    /// Opens the line of the steps over whatever is looked at.
    pub(super) fn type_steps(&mut self) {
        if let Some(it) = self.begin_on(Field::Steps) {
            self.edit_of(it, Field::Steps);
        }
    }

    fn edit_of(&mut self, it: Original, field: Field) {
        let is_listed = matches!(field, Field::Officer | Field::Leader | Field::Source);
        if field.is_typed() && !is_listed {
            self.last_field = field;
        }
        if let Field::Progress | Field::Extensions = field {
            self.open_window(if field == Field::Progress { Action::Tell } else { Action::Extend });
            return;
        }
        self.panel = Some(match field {
            Field::Officer | Field::Leader | Field::Source => Panel::Pick(self.pick_text(it, field)),
            Field::Status => Panel::Pick(self.pick_status(it, Choice::Status)),
            Field::Quarters => Panel::Pick(self.pick_quarters(it)),
            Field::Lead => Panel::Pick(self.pick_agencies(it, Role::Lead)),
            Field::Support => Panel::Pick(self.pick_agencies(it, Role::Support)),
            Field::Received => return self.open_ticks(),
            field => Panel::Edit(self.editor_of_field(it, field)),
        });
    }

    fn finish(&mut self, editor: Editor) -> Option<Effect> {
        match &editor.subject {
            Edited::Day(_) => return self.take_day(editor),
            Edited::View(plan, name) => {
                let (plan, name) = (*plan, name.clone());
                return self.name_view(plan, name.as_deref(), editor);
            }
            _ => {}
        }
        if self.is_read_only(editor.plan()) {
            self.panel = Some(Panel::Edit(editor));
            return None;
        }
        if let Some(request) = editor.reasoned() {
            return self.commit_request(request);
        }
        let Edited::Field(it, _) = &editor.subject else { return self.add(editor) };
        match editor.changes(self.plan_of(it.plan)?, self.calendar, self.lang) {
            Ok(edits) => self.commit_or_extend(it, Change::edits(&it.task.id, edits)),
            Err(why) => self.refuse(editor, why),
        }
    }

    /// Says why what was typed is not taken. It stays in its field.
    pub(super) fn refuse(&mut self, editor: Editor, why: String) -> Option<Effect> {
        self.notices.answer(why);
        self.panel = Some(Panel::Edit(editor));
        None
    }

    fn ask_delete(&mut self) {
        if let Some(task) = self.selected().map(|item| item.name())
            && !self.is_read_only(task.plan)
        {
            self.ask(Question::Delete(task));
        }
    }

    pub(super) fn delete(&mut self, name: &TaskRef) -> Option<Effect> {
        let item = self.item_of(name)?;
        let task = Box::new(item.task.clone());
        let change = Change::Remove { after: item.plan.before(&name.task), task };
        let effect = self.commit(name.plan, vec![change]);
        self.detail = None;
        effect
    }

    /// Moves the chosen task before or behind its neighbour in the column.
    fn move_task(&mut self, side: CursorSide) -> Option<Effect> {
        let item = self.selected()?;
        let (name, plan) = (item.name(), item.plan);
        let row = self.row_of(&name)?;
        let rows = &self.cursor.lane(self)?.rows;
        let at = rows.iter().position(|other| *other == row)?;
        let neighbour = match side {
            CursorSide::Left => rows.get(at.checked_sub(1)?)?,
            CursorSide::Right => rows.get(at + 1)?,
        };
        if neighbour.plan != row.plan {
            return None;
        }
        let neighbour = &plan.tasks[neighbour.at].id;
        let to = if side == CursorSide::Left { plan.before(neighbour) } else { Some(neighbour.clone()) };
        let change = Change::Move { from: plan.before(&name.task), task: name.task.clone(), to };
        let plan = name.plan;
        self.next = Some(Next::Select(name));
        self.commit(plan, vec![change])
    }
}
