//! A plan and its RON text, kept in step.
//!
//! A change rewrites only the bytes that it is about. What it has written is read again before it counts: the
//! text must say the plan that was meant, and every comment must still be there.

mod edit;
mod layout;
mod lex;
pub mod merge;
mod patch;
mod patcher;
mod problem;
mod read;
mod remarks;
mod reparse;
mod schema;
mod sequence;
mod structure;
mod tree;
mod values;
mod write;

use std::collections::HashMap;
use std::sync::OnceLock;

use ron::error::SpannedError;

use self::edit::Strategy;
use self::lex::Lexer;
use self::patch::Patches;
use self::patcher::{Alignment, Patcher};
use self::problem::Flaw;
pub use self::problem::{Problem, TRUE_OR_FALSE};
pub use self::remarks::Remark;
use self::tree::{Element, Node, NodeBody, TO_TASKS};
pub use crate::plan::ChangeError;
use crate::plan::check::Spot;
use crate::plan::replay::ReplayTarget;
use crate::plan::{Change, Plan, Stamp, TaskId, Why};
use crate::text::LineStarts;
pub use crate::text::Place;

/// What is larger is no plan but another file, named by mistake.
pub const LARGEST: usize = LARGEST_IN_MB << 20;

/// The same, as it is told.
pub const LARGEST_IN_MB: usize = 64;

/// A plan together with the text that it was read from.
#[derive(Debug, Clone)]
pub struct Document {
    text: String,
    plan: Plan,
    /// The spans of the tasks in the text, once they are known.
    root: OnceLock<Option<Node>>,
    /// Its lines, likewise.
    lines: OnceLock<LineStarts>,
    /// The places of the tasks in the plan, likewise.
    positions: OnceLock<HashMap<TaskId, usize>>,
}

impl Document {
    pub fn read(bytes: Vec<u8>) -> Result<Self, Problem> {
        Self::read_text(decoded(bytes)?)
    }

    fn read_text(text: String) -> Result<Self, Problem> {
        let plan = read::plan(&text).map_err(|error| problem_of(&text, &error))?;
        Ok(Self::new(text, plan, OnceLock::new()))
    }

    /// A text, and the plan that it says.
    const fn new(text: String, plan: Plan, root: OnceLock<Option<Node>>) -> Self {
        Self { text, plan, root, lines: OnceLock::new(), positions: OnceLock::new() }
    }

    /// A new text for a plan, in the layout of the house.
    pub fn of(plan: &Plan) -> Result<Self, Problem> {
        Self::read(Self::write_new(plan).into_bytes())
    }

    /// The whole text of a new plan file.
    pub fn write_new(plan: &Plan) -> String {
        write::plan(plan)
    }

    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    pub fn bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }

    /// Reads another text of the plan, such as a later one: what is the same in both need not be parsed again.
    pub fn read_again(&self, bytes: Vec<u8>) -> Result<Self, Problem> {
        self.read_text_again(decoded(bytes)?)
    }

    fn read_text_again(&self, text: String) -> Result<Self, Problem> {
        let known = self.root().and_then(|root| reparse::read(&self.text, &self.plan, root, &text));
        let Some((plan, root)) = known else { return Self::read_text(text) };
        debug_assert_eq!(Some(&root), Node::root(&text, TO_TASKS).as_ref());
        debug_assert_eq!(read::plan(&text).as_ref(), Ok(&plan));
        Ok(Self::new(text, plan, OnceLock::from(Some(root))))
    }

    /// Makes all of the changes, records them in the tasks' histories, and writes just that into the text.
    /// Answers with the changes that had an effect. After a refusal nothing is changed.
    pub fn make(&mut self, changes: &[Change], stamp: &Stamp) -> Result<Vec<Change>, ChangeError> {
        let mut wanted = self.plan.clone();
        let made = wanted.make(&read::normalized(changes)).map_err(ChangeError::Conflict)?;
        if made.is_empty() {
            return Ok(made);
        }
        wanted.record(&made, &read::normalized_stamp(stamp));
        let alignment = Alignment::of(&self.plan, &self.plan.ids(), &wanted, &made);
        wanted.tell_apart();
        let strategies: &[Strategy] = match stamp.why {
            Why::Undo => &[Strategy::Bare, Strategy::Fields, Strategy::Anew],
            _ => &[Strategy::Fields, Strategy::Anew],
        };
        *self = self.rewritten(&alignment, &wanted, strategies).ok_or(ChangeError::Unwritable)?;
        Ok(made)
    }

    /// Writes other histories into the text. What else the plan says stays.
    pub fn tell(&mut self, tell: impl FnOnce(&mut Plan)) -> Result<(), ChangeError> {
        let mut wanted = self.plan.clone();
        tell(&mut wanted);
        if wanted == self.plan {
            return Ok(());
        }
        let alignment = Alignment::between(&self.plan, &wanted.ids(), &wanted);
        *self = self
            .rewritten(&alignment, &wanted, &[Strategy::Fields, Strategy::Anew])
            .ok_or(ChangeError::Unwritable)?;
        Ok(())
    }

    /// The text changed so that it says what is wanted.
    fn rewritten(&self, alignment: &Alignment, wanted: &Plan, strategies: &[Strategy]) -> Option<Self> {
        let root = self.root()?;
        strategies.iter().find_map(|&strategy| {
            let (text, before) = (&self.text, &self.plan);
            let patcher = Patcher { text, root, before, plan: wanted, alignment, strategy };
            self.verified(&patcher.patches()?, wanted)
        })
    }

    /// The new text, if it says what is wanted and has lost no comment.
    fn verified(&self, patches: &Patches, wanted: &Plan) -> Option<Self> {
        let text = patches.apply(&self.text, 0..self.text.len())?;
        if text.len() > LARGEST || !patches.keeps_comments(&self.text, &text) {
            return None;
        }
        self.read_text_again(text).ok().filter(|document| document.plan == *wanted)
    }

    /// Where the thing stands, or what it would stand in.
    pub fn place(&self, spot: &Spot) -> Place {
        let at = self.start_of(spot).or(self.root().map(|root| root.start));
        self.lines().place(&self.text, at.unwrap_or(0))
    }

    /// What is doubtful in the text, and would not be seen in the plan.
    pub fn remarks(&self) -> Vec<Remark> {
        remarks::remarks(&self.text, self.lines())
    }

    fn root(&self) -> Option<&Node> {
        self.root.get_or_init(|| Node::root(&self.text, TO_TASKS)).as_ref()
    }

    fn lines(&self) -> &LineStarts {
        self.lines.get_or_init(|| LineStarts::of(&self.text))
    }

    fn start_of(&self, spot: &Spot) -> Option<usize> {
        let plan = self.root()?.fields()?;
        match spot {
            Spot::Plan(name) => Some(plan.field(&self.text, name)?.start()),
            Spot::Agency(at) => {
                let agencies = plan.field(&self.text, "agencies")?;
                let agency = agencies.value.list().and_then(|list| list.elements.get(*at));
                Some(agency.unwrap_or(agencies).start())
            }
            Spot::Task(id) => Some(self.task(plan, id)?.value.start),
            Spot::Field(id, field) => {
                let task = self.task(plan, id)?.value.start;
                let opened = Node::at(&self.text, task, 1)?;
                let field = opened.fields().and_then(|fields| fields.field(&self.text, field.name()));
                Some(field.map_or(task, Element::start))
            }
        }
    }

    /// Where the task stands among the tasks. That is asked for as many as there are.
    fn position(&self, id: &TaskId) -> Option<usize> {
        self.positions.get_or_init(|| self.plan.ids().into_iter().zip(0..).collect()).get(id).copied()
    }

    fn task<'a>(&self, plan: &'a NodeBody, id: &TaskId) -> Option<&'a Element> {
        let at = self.position(id)?;
        plan.field(&self.text, "tasks")?.value.list()?.elements.get(at)
    }
}

impl ReplayTarget for Document {
    fn plan(&self) -> &Plan {
        &self.plan
    }

    fn make(&mut self, changes: &[Change], stamp: &Stamp) -> Result<Vec<Change>, ChangeError> {
        Self::make(self, changes, stamp)
    }
}

fn decoded(bytes: Vec<u8>) -> Result<String, Problem> {
    if bytes.len() > LARGEST {
        return Err(Problem::at_start(Flaw::TooLarge));
    }
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Err(Problem::at_start(Flaw::UTF_16));
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(&error.as_bytes()[..valid]);
        Problem::of(&before, before.len(), Flaw::OLD_ENCODING)
    })
}

/// Our own look at the structure first, because it knows where things were opened; then at the values, because
/// it knows what belongs there; and what is left is for `ron` to say.
fn problem_of(text: &str, error: &SpannedError) -> Problem {
    let is_bare = |text: &str| Lexer::at_start_of(text).all(|token| token.is_trivia());
    if is_bare(text) {
        return Problem::at_start(Flaw::EMPTY);
    }
    if error.code == ron::Error::ExceededRecursionLimit {
        return Problem::of(text, at(text, error), Flaw::TOO_DEEP);
    }
    let (at, flaw) = structure::flaw(text)
        .or_else(|| values::flaw(text))
        .unwrap_or_else(|| (at(text, error), Flaw::Ron(error.code.to_string())));
    Problem::of(text, at, flaw)
}

fn at(text: &str, error: &SpannedError) -> usize {
    let mark = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let place = Place { line: error.span.start.line, column: error.span.start.col };
    mark + place.offset(&text[mark..])
}
