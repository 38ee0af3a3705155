//! A plan that was opened for a verb: its tasks by the names that people give them, and what is said of a save.

use std::cell::OnceCell;
use std::io;

use super::{Call, CliError, Printer, printed};
use chrono::NaiveDate;

use crate::document::Place;
use crate::plan::check::Spot;
use crate::plan::{Change, Plan, Stamp, Task, TaskId, Unnamed};
use crate::store::{Outcome, Policy, Store, StoreError};
use crate::text;
use crate::words::tr;

pub(super) struct PlanFile<'a> {
    pub(super) call: &'a Call<'a>,
    pub(super) store: Store,
    known: OnceCell<Plan>,
    as_of_today: OnceCell<Plan>,
}

impl<'a> PlanFile<'a> {
    pub(super) fn of(call: &'a Call<'a>, store: Store) -> Self {
        Self { call, store, known: OnceCell::new(), as_of_today: OnceCell::new() }
    }

    /// The plan as the file has it, or had it on the evening that is asked about.
    pub(super) fn known(&self) -> &Plan {
        match self.call.known_at {
            None => self.store.plan(),
            Some(day) => self.known.get_or_init(|| self.known_at(day)),
        }
    }

    /// The plan as the file had it on an evening.
    pub(super) fn known_at(&self, day: NaiveDate) -> Plan {
        self.store.plan().known_at(day, &self.store.removed())
    }

    /// The same with what had happened by the day that is asked about.
    pub(super) fn as_of_today(&self) -> &Plan {
        self.as_of_today.get_or_init(|| self.known().as_of(self.call.calendar.today))
    }

    /// The task that has this id or this number.
    pub(super) fn task(&self, name: &str) -> Result<&Task, CliError> {
        self.task_in(self.store.plan(), name)
    }

    /// The same in the plan of another day.
    pub(super) fn task_in<'p>(&self, plan: &'p Plan, name: &str) -> Result<&'p Task, CliError> {
        plan.named(name.trim()).map_err(|unnamed| match unnamed {
            Unnamed::Missing => self.no_task(name),
            Unnamed::Several(tasks) => {
                let heading = tr!(
                    self.call.lang(),
                    "tiendo: nhiều việc có số “{name}”, hãy ghi mã:",
                    "tiendo: several tasks have the number “{name}”, name the id:"
                );
                let list = |message, id: &TaskId| format!("{message}\n{}: {id}", self.place(id));
                CliError::bad(tasks.iter().fold(heading, list))
            }
        })
    }

    /// No task of the plan is called so. Whoever is typing in the file may have just added it.
    pub(super) fn no_task(&self, name: &str) -> CliError {
        if let Some(broken @ StoreError::Broken(_)) = self.store.blocked_by() {
            return self.error(broken);
        }
        let path = printed::path(self.store.path());
        CliError::bad(tr!(self.call.lang(), "{path}: không có việc “{name}”", "{path}: no task “{name}”"))
    }

    pub(super) fn error(&self, error: &StoreError) -> CliError {
        self.call.file_error(self.store.path(), error)
    }

    /// Where a task stands: `path:line:column`.
    pub(super) fn place(&self, task: &TaskId) -> String {
        let Place { line, column } = self.store.document().place(&Spot::Task(task.clone()));
        format!("{}:{line}:{column}", printed::path(self.store.path()))
    }

    /// Which task is spoken of, and where it stands.
    pub(super) fn title(&self, task: &Task) -> String {
        format!("{}: {}", self.place(&task.id), printed::title(task))
    }

    /// Makes the changes on disk, also over what somebody else has set in this moment: that is in the history then.
    /// What cannot be made even so is an answer, and nothing has been written then.
    pub(super) fn commit(
        &mut self,
        task: &TaskId,
        changes: &[Change],
        stamp: &Stamp,
    ) -> Result<Outcome, CliError> {
        let outcome =
            self.store.commit(changes, stamp, Policy::LaterWins).map_err(|error| self.error(&error))?;
        match &outcome.conflict {
            Some(conflict) => {
                let message = conflict.told(&outcome.plan, self.call.lang());
                Err(CliError::bad(format!("{}: {message}", self.place(task))))
            }
            None => Ok(outcome),
        }
    }

    /// What else is to be known of a save.
    pub(super) fn remarks(&self, notes: &mut Printer, outcome: &Outcome) -> io::Result<()> {
        self.hindered(notes, outcome.blocked_by.as_ref())?;
        notes.lines(outcome.remarks().iter().map(|remark| text::line(remark.say(self.call.lang()))))
    }

    /// Where the file is no plan at the moment, it is told where it stops being one.
    pub(super) fn hindered(&self, notes: &mut Printer, blocked_by: Option<&StoreError>) -> io::Result<()> {
        let broken = blocked_by.filter(|error| matches!(error, StoreError::Broken(_)));
        notes.lines(broken.map(|error| printed::error(self.store.path(), error, self.call.lang())))
    }
}
