//! The window in which a plan is made: its fields, what is wrong with them, and what comes of it.

use std::path::{Path, PathBuf};

use super::action::Action;
use super::cursor::Cursor;
use super::scroll::Step;
use super::{Access, App, Begin, Effect, OpenPlan, Panel, Question};
use crate::plan::new_plan::PlanDraft;
use crate::plan::{Plan, PlanField, PlanKey, new_plan};
use crate::text;
use crate::words::{self, Lang, Phrase, Spoken, tr};

/// A row of the window: a field of the plan, or its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormRow {
    Head(PlanField),
    File,
}

/// The rows, from the top.
pub const FORM_ROWS: [FormRow; 5] = [
    FormRow::Head(PlanField::Title),
    FormRow::Head(PlanField::Number),
    FormRow::Head(PlanField::Issuer),
    FormRow::Head(PlanField::Year),
    FormRow::File,
];

/// Where the file is told in [`FORM_ROWS`].
const FILE: usize = FORM_ROWS.len() - 1;

/// A plan that is being made.
#[derive(Debug, Clone)]
pub struct PlanForm {
    pub fields: [text::Field; FORM_ROWS.len()],
    /// Which row has the keys.
    pub row: usize,
    /// What the fields began with.
    before: [String; FORM_ROWS.len()],
    /// Where the file goes if no folder is typed.
    folder: PathBuf,
    /// What was said when the plan was to be made, and of which row. It stands until that is typed in.
    refusal: Option<(usize, Spoken)>,
}

impl FormRow {
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Head(field) => field.label().say(lang),
            Self::File => words::FILE.say(lang),
        }
    }

    pub fn short(self, lang: Lang) -> &'static str {
        match self {
            Self::Head(field) => field.short().say(lang),
            Self::File => words::FILE.say(lang),
        }
    }
}

impl PlanForm {
    fn of(year: &str, file: &str, folder: PathBuf) -> Self {
        let field = |text: &str| text::Field::of(text, text::Lines::One);
        // A year is written anew, and no letter of it is mended.
        let fields = [field(""), field(""), field(""), field(year).selected(), field(file)];
        let before = fields.each_ref().map(|field| field.text().to_owned());
        Self { fields, row: 0, before, folder, refusal: None }
    }

    pub fn field_mut(&mut self) -> &mut text::Field {
        &mut self.fields[self.row]
    }

    /// Whether anything would be lost by leaving.
    pub fn is_changed(&self) -> bool {
        self.fields.iter().zip(&self.before).any(|(field, before)| field.text() != before)
    }

    /// With what was typed the last time. A file that was asked for now stays.
    fn go_on_with(&mut self, draft: &PlanDraft) {
        let rows = if self.before[FILE].is_empty() { FORM_ROWS.len() } else { FILE };
        for (field, text) in self.fields.iter_mut().zip(&draft.texts).take(rows) {
            *field = text::Field::of(text, text::Lines::One);
        }
    }

    pub(super) fn step(&mut self, step: Step) {
        self.row = match step {
            Step::Up => self.row.saturating_sub(1),
            _ => (self.row + 1).min(FILE),
        };
    }

    /// What was said of the row holds no more once something is typed in it.
    pub(super) fn typed(&mut self) {
        let row = self.row;
        self.refusal.take_if(|(at, _)| *at == row);
    }

    fn refuse(&mut self, row: usize, why: Spoken) {
        self.row = row;
        self.refusal = Some((row, why));
    }

    /// The file as it will be called: what was typed, else what is proposed.
    pub fn file(&self) -> PathBuf {
        let [title, _, _, year, file] = &self.fields;
        match file.text().trim() {
            "" => self.folder.join(new_plan::file_name(title.text(), year.text())),
            typed if typed.contains('/') => PathBuf::from(typed),
            typed => self.folder.join(typed),
        }
    }

    /// What is wrong with a row. One in which nothing was typed yet is wrong only once it was to be taken.
    pub fn wrong(&self, row: usize) -> Option<Spoken> {
        if let Some((_, why)) = self.refusal.as_ref().filter(|(at, _)| *at == row) {
            return Some(why.clone());
        }
        if self.fields[row].text() == self.before[row] { None } else { self.refused(row) }
    }

    /// Why a row cannot be taken as it is.
    fn refused(&self, row: usize) -> Option<Spoken> {
        match FORM_ROWS[row] {
            FormRow::Head(field) => field.typed(self.fields[row].text()).err(),
            FormRow::File => (!new_plan::is_file_name(&self.file())).then(|| new_plan::FILE_NAME.spoken()),
        }
    }

    /// What can be said of the row that has the keys, if nothing is wrong with it.
    pub fn hint(&self, lang: Lang) -> String {
        const AS_PRINTED: Phrase = Phrase::new(
            "Như ghi trong văn bản, ví dụ Kế hoạch công tác năm 2027",
            "As printed, for instance Kế hoạch công tác năm 2027",
        );
        const OPTIONAL: Phrase = Phrase::new("Có thể bỏ trống", "This may be left out");
        match FORM_ROWS[self.row] {
            FormRow::Head(PlanField::Title) => AS_PRINTED.say(lang).to_owned(),
            FormRow::Head(PlanField::Year) => String::new(),
            FormRow::Head(_) => OPTIONAL.say(lang).to_owned(),
            FormRow::File => {
                let file = self.file();
                let file = file.display();
                tr!(lang, "Enter: tạo {file}", "Enter: make {file}")
            }
        }
    }

    /// The plan that was described; or else the first row that is wrong.
    fn plan(&self) -> Result<Plan, (usize, Spoken)> {
        let wrong = (0..FORM_ROWS.len()).find_map(|row| Some((row, self.refused(row)?)));
        wrong.map_or(Ok(()), Err)?;
        let heads = FORM_ROWS.iter().zip(&self.fields).filter_map(|(row, field)| match row {
            FormRow::Head(head) => Some((*head, field.text())),
            FormRow::File => None,
        });
        Plan::begin(heads).map_err(|(_, why)| (0, why))
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
        let mut form = PlanForm::of(&year, &file, folder);
        if let Some(draft) = self.half_made.take() {
            form.go_on_with(&draft);
        }
        self.panel = Some(Panel::NewPlan(Box::new(form)));
    }

    /// Takes up what was typed for a new plan the last time: now, if its window is open, or when it will be.
    pub fn take_up(&mut self, draft: Option<PlanDraft>) {
        let Some(draft) = draft else { return };
        if let Some(Panel::NewPlan(form)) = &mut self.panel {
            form.go_on_with(&draft);
            return;
        }
        self.half_made = Some(draft);
        let word = Phrase::new("đang gõ dở", "is half typed").say(self.lang);
        self.notices.tell(format!("{} {word}", Action::NewPlan.label().say(self.lang)));
    }

    /// What is typed for a new plan and not made yet, to be kept if the terminal goes away.
    pub fn half_made(&self) -> Option<PlanDraft> {
        let Some(Panel::NewPlan(form) | Panel::Ask(Question::DiscardPlan(form))) = &self.panel else {
            return self.half_made.clone();
        };
        let texts = || form.fields.iter().map(|field| field.text().to_owned()).collect();
        form.is_changed().then(|| PlanDraft { texts: texts() })
    }

    /// What the window is for.
    pub fn form_heading(&self) -> String {
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

    /// To the next row, and from the last one on to what comes of them.
    pub(super) fn next_field(&mut self) -> Option<Effect> {
        match &mut self.panel {
            Some(Panel::NewPlan(form)) if form.row < FILE => form.step(Step::Down),
            Some(Panel::NewPlan(_)) => return self.accept(),
            Some(Panel::Conclusion(form)) => form.next(),
            _ => {}
        }
        None
    }

    /// The window stays until the file is there: nothing that was typed is lost if it cannot be made.
    pub(super) fn make_plan(&mut self, mut form: Box<PlanForm>) -> Option<Effect> {
        let made = form.plan();
        let effect = match made {
            Ok(plan) => Some(Effect::Make(form.file(), Box::new(plan))),
            Err((row, why)) => {
                form.refuse(row, why);
                None
            }
        };
        self.panel = Some(Panel::NewPlan(form));
        effect
    }

    pub(super) fn hear_not_made(&mut self, why: Spoken) {
        if let Some(Panel::NewPlan(form)) = &mut self.panel {
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
