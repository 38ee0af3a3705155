//! The window in which a plan is made: its boxes, what is wrong with them, and what comes of it.

use std::path::{Path, PathBuf};

use super::action::Action;
use super::cursor::Cursor;
use super::form::{FormBox, FormRow, FormSubject, FormWindow, OPTIONAL};
use super::{Access, App, Begin, Effect, OpenPlan, Panel};
use crate::plan::new_plan::PlanDraft;
use crate::plan::{Plan, PlanField, PlanKey, new_plan};
use crate::words::{Lang, Phrase, Spoken, tr};

/// The boxes, from the top.
const ROWS: [FormRow; 5] = [
    FormRow::Head(PlanField::Title),
    FormRow::Head(PlanField::Number),
    FormRow::Head(PlanField::Issuer),
    FormRow::Head(PlanField::Year),
    FormRow::File,
];

/// Where the file is told in [`ROWS`].
const FILE: usize = ROWS.len() - 1;

impl FormWindow {
    fn of_plan(year: &str, file: &str, folder: PathBuf) -> Self {
        let before = |row| match row {
            FormRow::Head(PlanField::Year) => year,
            FormRow::File => file,
            _ => "",
        };
        Self::new(FormSubject::Plan(folder), ROWS.map(|row| FormBox::of(row, before(row))).into())
    }

    /// With what was typed the last time. A file that was asked for now stays.
    fn go_on_with(self, draft: &PlanDraft) -> Self {
        let rows = if self.boxes[FILE].has_begun_empty() { ROWS.len() } else { FILE };
        let texts = &draft.texts[..rows.min(draft.texts.len())];
        self.with_texts(texts)
    }

    /// The file of a new plan as it will be called: what was typed, else what is proposed.
    pub fn file(&self) -> PathBuf {
        let FormSubject::Plan(folder) = &self.subject else { return PathBuf::new() };
        let text = |row: usize| self.boxes[row].field.text();
        match text(FILE).trim() {
            "" => folder.join(new_plan::file_name(text(0), text(FILE - 1))),
            typed if typed.contains('/') => PathBuf::from(typed),
            typed => folder.join(typed),
        }
    }

    /// Why the file cannot be called so.
    pub(super) fn refused_file(&self) -> Option<Spoken> {
        (!new_plan::is_file_name(&self.file())).then(|| new_plan::FILE_NAME.spoken())
    }

    /// What can be said of a box of a new plan, if nothing is wrong with it.
    pub(super) fn plan_hint(&self, lang: Lang) -> String {
        const AS_PRINTED: Phrase = Phrase::new(
            "Như ghi trong văn bản, ví dụ Kế hoạch công tác năm 2027",
            "As printed, for instance Kế hoạch công tác năm 2027",
        );
        match self.chosen() {
            FormRow::Head(PlanField::Title) => AS_PRINTED.say(lang).to_owned(),
            FormRow::Head(PlanField::Year) => String::new(),
            FormRow::File => {
                let file = self.file();
                let file = file.display();
                tr!(lang, "Enter: tạo {file}", "Enter: make {file}")
            }
            _ => OPTIONAL.say(lang).to_owned(),
        }
    }
}

impl App {
    /// Opens the window: with the file that was asked for and is not there, or with none.
    pub(super) fn begin_plan(&mut self) {
        let (folder, file) = match &self.begin {
            Begin::Missing(file) if self.is_only_beginning() => {
                (folder_of(file), file.to_string_lossy().into_owned())
            }
            Begin::Missing(file) => (self.folder_of_plans(folder_of(file)), String::new()),
            Begin::In(folder) => (self.folder_of_plans(folder.clone()), String::new()),
        };
        let year = self.calendar.today.format("%Y").to_string();
        let mut form = FormWindow::of_plan(&year, &file, folder);
        if let Some(draft) = self.half_made.take() {
            form = form.go_on_with(&draft);
        }
        self.open_form(form);
    }

    /// Takes up what was typed for a new plan the last time: now, if its window is open, or when it will be.
    pub fn take_up(&mut self, draft: Option<PlanDraft>) {
        let Some(draft) = draft else { return };
        if let Some(Panel::Form(form)) = &mut self.panel {
            **form = form.clone().go_on_with(&draft);
            return;
        }
        self.half_made = Some(draft);
        let word = Phrase::new("đang gõ dở", "is half typed").say(self.lang);
        self.notices.tell(format!("{} {word}", Action::NewPlan.label().say(self.lang)));
    }

    /// What is typed for a new plan and not made yet, to be kept if the terminal goes away.
    pub fn half_made(&self) -> Option<PlanDraft> {
        let of_plan = |form: &&FormWindow| matches!(form.subject, FormSubject::Plan(_));
        let Some(form) = self.panel.as_ref().and_then(Panel::form).filter(of_plan) else {
            return self.half_made.clone();
        };
        form.is_changed().then(|| PlanDraft { texts: form.texts() })
    }

    /// What the window for a new plan is called.
    pub(super) fn plan_heading(&self) -> String {
        match &self.begin {
            Begin::Missing(file) if self.is_only_beginning() => {
                let file = file.display();
                tr!(self.lang, "Chưa có {file}: lập kế hoạch mới", "There is no {file} yet: make a new plan")
            }
            _ => Action::NewPlan.label().say(self.lang).to_owned(),
        }
    }

    /// The folder of the other plans, if there are any.
    fn folder_of_plans(&self, without: PathBuf) -> PathBuf {
        let open = self.plans.get(self.current.0);
        open.map_or(without, |open| folder_of(Path::new(&open.path)))
    }

    /// The window stays until the file is there: nothing that was typed is lost if it cannot be made.
    pub(super) fn make_plan(&mut self, form: Box<FormWindow>) -> Option<Effect> {
        let heads = form.boxes.iter().filter_map(|it| match it.row {
            FormRow::Head(head) => Some((head, it.field.text())),
            _ => None,
        });
        // Nothing of it is wrong any more: see `take_form`.
        let effect = Plan::begin(heads).ok().map(|plan| Effect::Make(form.file(), Box::new(plan)));
        self.panel = Some(Panel::Form(form));
        effect
    }

    pub(super) fn hear_not_made(&mut self, why: Spoken) {
        if let Some(Panel::Form(form)) = &mut self.panel {
            form.refuse(FILE, why);
        }
    }

    /// The plan is made, and is one of those that are open from now on.
    pub(super) fn take_in_new(&mut self, path: &Path, plan: Plan) {
        let open = OpenPlan::new(path.display().to_string(), plan, Access::Write);
        let told = tr!(self.lang, "Đã lập {}", "{} is made", open.path);
        self.plans.push(open);
        self.panel = None;
        self.look_at(PlanKey(self.plans.len() - 1));
        self.notices.answer(told);
    }

    /// Puts a plan on its board. What narrowed another one does not hold for it.
    pub(super) fn look_at(&mut self, key: PlanKey) {
        if self.current != key {
            self.cursor = Cursor::default();
            self.clear_filter();
        }
        self.current = key;
        self.begin_on_board();
    }

    /// Whether nothing is to be done but to make the plan that was asked for.
    pub fn is_only_beginning(&self) -> bool {
        matches!(self.begin, Begin::Missing(_)) && self.plans.is_empty()
    }
}

fn folder_of(file: &Path) -> PathBuf {
    file.parent().unwrap_or(Path::new("")).to_owned()
}
