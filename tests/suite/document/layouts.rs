//! The same plan in all the ways that hands lay out a file.

use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;
use tiendo::plan::more::OtherColumn;
use tiendo::plan::{
    Agency, Entry, Field as TaskField, FieldOf as _, Plan, PlanField, Status, TableRows, Task, Value,
};
use unicode_normalization::UnicodeNormalization as _;

use super::dice::Dice;
use super::hands;

/// A text with what is known of it.
pub(super) struct Sheet {
    pub(super) text: String,
    /// Each comment's words, and the id of the task that it goes with, if any.
    pub(super) comments: Vec<(String, Option<String>)>,
    /// Where the tasks stand.
    pub(super) tasks: Vec<Range<usize>>,
    pub(super) copies_ids: bool,
}

/// How a file is laid out, as far as its writer kept to one way.
struct Writer<'a, 'b> {
    dice: &'a mut Dice<'b>,
    sheet: Sheet,
    eol: &'static str,
    manner: Manner,
    /// The task that is being written.
    owner: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    Block,
    /// Each task on one line.
    Rows,
    /// All on one line.
    Line,
    Chaos,
}

impl Sheet {
    pub(super) fn roll(dice: &mut Dice) -> Self {
        let mut plan = hands::plan(dice);
        let copies_ids = plan.tasks.len() > 1 && dice.once_in(12);
        if copies_ids {
            Arc::make_mut(&mut plan.tasks[1]).id = plan.tasks[0].id.clone();
        }
        let sheet = Self { text: String::new(), comments: Vec::new(), tasks: Vec::new(), copies_ids };
        let manner = *dice.pick(&[Manner::Block, Manner::Rows, Manner::Line, Manner::Chaos]);
        let eol = *dice.pick(&["\n", "\n", "\r\n"]);
        let mut writer = Writer { dice, sheet, eol, manner, owner: None };
        writer.plan(&plan);
        let sheet = writer.sheet;
        assert_read(&sheet.text, &plan);
        sheet
    }
}

/// The writer must mean what the plan says, or the tests would test something else.
fn assert_read(text: &str, plan: &Plan) {
    let mut plan = plan.clone();
    plan.tell_apart();
    assert_eq!(super::read(text).plan(), &plan, "\n{text}");
}

impl Writer<'_, '_> {
    fn put(&mut self, text: &str) {
        self.sheet.text.push_str(text);
    }

    fn plan(&mut self, plan: &Plan) {
        if self.dice.once_in(4) {
            self.put("\u{FEFF}");
        }
        self.gap(0);
        for attribute in
            ["#![enable(implicit_some)]", "#![ enable ( unwrap_newtypes , ) ]", "#![type = \"a)\"]"]
        {
            if self.dice.once_in(2) {
                self.put(attribute);
                self.line(0);
            }
        }
        if self.dice.once_in(2) {
            self.put("Plan");
            self.gap(0);
        }
        let mut fields: Vec<Field> = vec![
            ("version", Box::new(|it| it.number(plan.version))),
            ("title", Box::new(|it| it.text(&plan.title))),
            ("number", Box::new(|it| it.text(&plan.number))),
            ("issuer", Box::new(|it| it.text(&plan.issuer))),
            ("issued", Box::new(|it| it.day(plan.issued))),
            ("year", Box::new(|it| it.put("2024"))),
            ("agencies", Box::new(|it| it.list(1, &plan.agencies, Writer::agency))),
        ];
        for field in [PlanField::Sections, PlanField::People, PlanField::Views] {
            if let Value::Table(rows) = field.of(plan)
                && !(rows.cells.is_empty() && self.dice.once_in(2))
            {
                fields.push((field.name(), Box::new(move |it| it.table(1, &rows))));
            }
        }
        if !(plan.tasks.is_empty() && self.dice.once_in(2)) {
            fields.push(("tasks", Box::new(|it| it.list(1, &plan.tasks, |it, task| it.task(task)))));
        }
        self.fields(0, fields);
        self.gap(0);
    }

    fn agency(&mut self, agency: &Agency) {
        let mut fields: Vec<Field> = vec![("name", Box::new(|it| it.text(&agency.name)))];
        if !agency.full.is_empty() {
            fields.push(("full", Box::new(|it| it.text(&agency.full))));
        }
        if !agency.members.is_empty() {
            fields.push(("members", Box::new(|it| it.list(3, &agency.members, |it, text| it.text(text)))));
        }
        if !agency.urge || self.dice.once_in(4) {
            fields.push(("urge", Box::new(|it| it.put(if agency.urge { "true" } else { "false" }))));
        }
        if !agency.mail.is_empty() {
            fields.push(("mail", Box::new(|it| it.text(&agency.mail))));
        }
        fields.push(("aliases", Box::new(|it| it.list(3, &agency.aliases, |it, text| it.text(text)))));
        self.fields(2, fields);
    }

    fn task(&mut self, task: &Task) {
        self.owner = Some(task.id.text().to_owned());
        let start = self.sheet.text.len();
        if self.dice.once_in(4) {
            self.put("Task");
            self.gap(2);
        }
        let mut fields: Vec<(Field, bool)> = vec![
            (("id", Box::new(|it| it.text(task.id.text()))), false),
            (("no", Box::new(|it| it.text(&task.no))), task.no.is_empty()),
            (("title", Box::new(|it| it.text(&task.title))), task.title.is_empty()),
            (("lead", Box::new(|it| it.list(3, &task.lead, |it, text| it.text(text)))), task.lead.is_empty()),
            (
                ("support", Box::new(|it| it.list(3, &task.support, |it, text| it.text(text)))),
                task.support.is_empty(),
            ),
            (("quarters", Box::new(|it| it.quarters(task))), task.quarters.is_empty()),
            (("time", Box::new(|it| it.text(&task.time))), task.time.is_empty()),
            (("due", Box::new(|it| it.day(task.due))), task.due.is_none()),
            (("status", Box::new(|it| it.status(task.status))), task.status == Status::Todo),
            (("done_on", Box::new(|it| it.day(task.done_on))), task.done_on.is_none()),
            (("output", Box::new(|it| it.text(&task.output))), task.output.is_empty()),
            (("note", Box::new(|it| it.text(&task.note))), task.note.is_empty()),
            (("more", Box::new(|it| it.map(3, &task.more))), task.more.is_empty()),
            (("history", Box::new(|it| it.list(3, &task.history, Writer::entry))), task.history.is_empty()),
        ];
        for field in [TaskField::Product, TaskField::Officer, TaskField::Leader, TaskField::Source] {
            let text = field.recorded_of(task);
            let is_empty = text.is_empty();
            fields.push(((field.name(), Box::new(move |it| it.text(&text))), is_empty));
        }
        for field in [TaskField::Extensions, TaskField::Steps, TaskField::Progress, TaskField::Received] {
            let Value::Table(rows) = field.of(task) else { continue };
            let is_empty = rows.cells.is_empty();
            fields.push(((field.name(), Box::new(move |it| it.table(3, &rows))), is_empty));
        }
        let fields = fields.into_iter().filter(|(_, is_default)| !is_default || self.dice.once_in(3));
        let fields = fields.map(|(field, _)| field).collect();
        self.fields(2, fields);
        self.sheet.tasks.push(start..self.sheet.text.len());
    }

    fn map(&mut self, level: usize, columns: &[OtherColumn]) {
        self.put("{");
        for (at, column) in columns.iter().enumerate() {
            self.inner_gap();
            self.text(&column.name);
            self.inner_gap();
            self.put(":");
            self.inner_gap();
            self.text(&column.value);
            self.comma(at + 1 == columns.len(), level + 1);
        }
        self.inner_gap();
        self.put("}");
    }

    fn table(&mut self, depth: usize, rows: &TableRows) {
        let columns = rows.table.kind().columns;
        self.list(depth, &rows.cells, |it, row| {
            let mut fields: Vec<Field> = Vec::new();
            for (column, cell) in columns.iter().zip(row) {
                match cell {
                    Value::Day(day) => fields.push((column.name, Box::new(|it| it.day(*day)))),
                    Value::Text(text) if text.is_empty() && it.dice.once_in(2) => {}
                    Value::Text(text) => fields.push((column.name, Box::new(|it| it.text(text)))),
                    other => panic!("{other:?} in a row"),
                }
            }
            it.fields(depth + 1, fields);
        });
    }

    fn entry(&mut self, entry: &Entry) {
        let mut fields: Vec<Field> = vec![
            ("at", Box::new(|it| it.put("\"2024-05-02T09:10:00+07:00\""))),
            ("by", Box::new(|it| it.text(&entry.by))),
            ("field", Box::new(|it| it.text(entry.kind.name()))),
            ("from", Box::new(|it| it.text(&entry.from))),
            ("to", Box::new(|it| it.text(&entry.to))),
            ("note", Box::new(|it| it.text(&entry.note))),
        ];
        if !entry.on.is_empty() {
            fields.push(("on", Box::new(|it| it.text(&entry.on))));
        }
        if entry.clash || self.dice.once_in(4) {
            fields.push(("clash", Box::new(|it| it.put(if entry.clash { "true" } else { "false" }))));
        }
        self.fields(4, fields);
    }

    fn number(&mut self, number: u32) {
        let forms =
            [number.to_string(), format!("0x{number:x}"), format!("0_{number}"), format!("+{number}u32")];
        let form = self.dice.pick(&forms).clone();
        self.put(&form);
    }

    fn status(&mut self, status: Status) {
        let forms = [status.name().to_owned(), status.name().to_lowercase(), status.name().to_uppercase()];
        let form = self.dice.pick(&forms).clone();
        self.put(&form);
    }

    fn quarters(&mut self, task: &Task) {
        let mut names: Vec<_> = task.quarters.iter().map(tiendo::plan::Quarter::name).collect();
        if !names.is_empty() && self.dice.once_in(4) {
            names.push(names[0]);
            self.dice.shuffle(&mut names);
        }
        self.list(3, &names, |it, name| it.put(name));
    }

    fn day(&mut self, day: Option<NaiveDate>) {
        let Some(day) = day else {
            let none = *self.dice.pick(&["None", "\"\"", "Some(\"\")"]);
            return self.put(none);
        };
        if self.dice.once_in(3) {
            self.put("Some");
            self.inner_gap();
            self.put("(");
            self.inner_gap();
            self.text(&day.to_string());
            self.inner_gap();
            let comma = *self.dice.pick(&["", ","]);
            self.put(comma);
            self.put(")");
        } else {
            self.text(&day.to_string());
        }
    }

    /// One of the ways to write a string.
    fn text(&mut self, text: &str) {
        let is_raw = !text.contains('\r') && !text.contains('\0');
        match self.dice.roll(4) {
            3 if is_raw => {
                let text = self.lines(text);
                let _ = write!(self.sheet.text, "r##\"{text}\"##");
            }
            2 => {
                let text: String = text.nfd().collect();
                self.escaped(&text, true);
            }
            1 => self.escaped(text, true),
            _ => self.escaped(text, false),
        }
    }

    fn escaped(&mut self, text: &str, keeps_lines: bool) {
        let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\r', "\\r");
        let text = if keeps_lines { self.lines(&text) } else { text.replace('\n', "\\n") };
        let text = if !text.contains("  ") && self.dice.once_in(6) {
            text.replace(' ', &format!(" \\{}   ", self.eol))
        } else {
            text
        };
        let _ = write!(self.sheet.text, "\"{text}\"");
    }

    fn lines(&self, text: &str) -> String {
        text.replace('\n', self.eol)
    }

    fn list<T>(&mut self, level: usize, elements: &[T], mut write: impl FnMut(&mut Self, &T)) {
        self.put("[");
        let is_spread = level < 3 || self.dice.once_in(3);
        for (at, element) in elements.iter().enumerate() {
            self.leave_task(level);
            if is_spread {
                self.line(level + 1);
            } else {
                self.inner_gap();
            }
            write(self, element);
            self.comma(at + 1 == elements.len(), level + 1);
        }
        self.leave_task(level);
        if is_spread {
            self.line(level);
        } else {
            self.inner_gap();
        }
        self.put("]");
    }

    /// What comes now belongs to no task. Where there are no lines it may still stand right behind one.
    fn leave_task(&mut self, level: usize) {
        if level == 1 && self.manner != Manner::Chaos {
            self.owner = None;
        }
    }

    fn fields(&mut self, level: usize, fields: Vec<Field>) {
        let mut fields = fields;
        if self.dice.once_in(4) {
            self.dice.shuffle(&mut fields);
        }
        self.put("(");
        let count = fields.len();
        for (at, (name, write)) in fields.into_iter().enumerate() {
            self.line(level + 1);
            if self.dice.once_in(16) {
                self.put(
                    "chủ_đề: Any(x: [1, {\"k\": 'c'}, r#y, 1.5e3, 0..5, ()], y: Some(\")\"), z: b\"]\"),",
                );
                self.line(level + 1);
            }
            let prefix = if self.dice.once_in(10) { "r#" } else { "" };
            self.put(prefix);
            self.put(name);
            if self.dice.once_in(8) {
                self.inner_gap();
            }
            self.put(":");
            self.inner_gap();
            write(self);
            self.comma(at + 1 == count, level + 1);
        }
        self.line(level);
        self.put(")");
    }

    fn comma(&mut self, is_last: bool, level: usize) {
        if self.dice.once_in(10) {
            self.gap(level);
        }
        if !(is_last && self.dice.once_in(2)) {
            self.put(",");
        }
        if self.manner != Manner::Line && self.dice.once_in(6) {
            self.put(" ");
            self.line_comment();
            self.put(&" ".repeat(4 * level));
        }
    }

    /// What stands before an element of this level.
    fn line(&mut self, level: usize) {
        match self.manner {
            Manner::Line => self.inner_gap(),
            Manner::Rows if level > 2 || (level == 2 && self.sheet.text.ends_with(' ')) => self.inner_gap(),
            Manner::Chaos => self.gap(level),
            Manner::Block | Manner::Rows => {
                let blank = if self.dice.once_in(4) { self.eol } else { "" };
                let indent = " ".repeat(4 * level);
                let _ = write!(self.sheet.text, "{}{blank}", self.eol);
                if self.dice.once_in(8) {
                    self.put(&indent);
                    self.line_comment();
                }
                self.put(&indent);
            }
        }
    }

    fn inner_gap(&mut self) {
        let _: () = match self.dice.roll(24) {
            22 => self.block_comment(),
            23 if self.manner != Manner::Line => self.line_comment(),
            _ => self.put(" "),
        };
    }

    /// Anything that may stand between two tokens.
    fn gap(&mut self, level: usize) {
        for _ in 0..self.dice.roll(4) {
            match self.dice.roll(9) {
                0 => self.put(" "),
                1 => self.put(self.eol),
                2 => self.put(&" ".repeat(2 * level)),
                3 => self.put("\t"),
                4 => self.block_comment(),
                5 => self.line_comment(),
                6 => self.put(["\u{2028}", "\u{200E}", "\u{85}", "\u{B}"][level % 4]),
                7 => self.put("\r\n\r\n"),
                _ => self.put("  "),
            }
        }
    }

    fn words(&mut self) -> String {
        let words = format!("<{}>", self.sheet.comments.len());
        self.sheet.comments.push((words.clone(), self.owner.clone()));
        let more = *self.dice.pick(&["", " \"", " )", "]", " ghi chú ệ", " {", " '", " r#\"", "\\"]);
        words + more
    }

    fn line_comment(&mut self) {
        let words = self.words();
        let more = *self.dice.pick(&["", " /*", " */", " //"]);
        let _ = write!(self.sheet.text, "// {words}{more}{}", self.eol);
    }

    fn block_comment(&mut self) {
        let words = self.words();
        let more = *self.dice.pick(&["", " /* x */", " // y", "/**/", "*"]);
        let line = if self.dice.once_in(4) { self.eol } else { "" };
        let _ = write!(self.sheet.text, "/* {line}{words}{more} */");
    }
}

type Field<'a> = (&'static str, Box<dyn FnOnce(&mut Writer) + 'a>);
