//! tiendo: the yearly plan of an office as a board in the terminal.
//!
//! A **plan** is a value. A **change** takes a plan to the next, knows what it expects to find, and can be taken
//! back. The **document** is the plan's text, and a change rewrites only the bytes it is about. The **store**
//! commits changes to whatever is on disk by then. The **app** is told events and answers with effects; the
//! **view** draws it and touches nothing; the **tui** is the only loop.
//!
//! The plan on screen is always a plan that is on disk: there is no unsaved state.
//!
//! ```text
//!             key                    Action                 Change                 bytes
//!  terminal ────────▶ app::keymap ────────────▶ app::App ─────────────▶ store ◀──────────────▶ plan.ron
//!      ▲                                         ▲    │   Effect::Commit  │  lock, read, apply,      │
//!      │ cells                                   │    │ &App              │  write beside, exchange  │
//!      └──────────────── view::draw ◀────────────┼────┘                   │                          │
//!                                                │     Event::Saved       │                          │
//!                                                └────────────────────────┘                          │
//!                                                │     Event::Loaded      someone else saved         │
//!                                                └───────────── tui::watch ◀─────────────────────────┘
//! ```
//!
//! The nouns, each one thing in the whole crate:
//!
//! | noun | what it is |
//! |---|---|
//! | plan | what one file holds: its own fields, its agencies, its tasks |
//! | task | one row of a plan, named by its id; with its plan it is an **item**, which views draw |
//! | field | a row of a table: its name in the file, its label, what it may hold |
//! | change | what is to become of one field, one task or one place: what it expects to find, and what it makes of it |
//! | commit | changes that were made together, with who made them and when |
//! | conflict | why a change was not made: somebody else has set the same otherwise |
//! | history | what a task remembers: one entry a thing done |
//! | as of | what had happened by the end of a day, as is known now: every screen, list and figure goes by it |
//! | facet | what tasks can be narrowed and grouped by, beside their words: agencies, people, sections, sources |
//! | query | which tasks: the filter of the screens, the options of the shell and a saved view are one |
//! | meeting | a way through the open tasks of a plan, kept for its user until the minutes are written |
//! | document | a plan and its text, in step |
//! | outbox | commits that cannot be in the file yet, safely on the disk |
//! | lost update | a commit that was saved and then overwritten by an older text |
//!
//! The modules in reading order; each uses only those before it, and of those only some. A test reads this table.
//!
//! | module | may use |
//! |---|---|
//! | `text` | |
//! | `words` | |
//! | `plan` | `text`, `words` |
//! | `document` | `plan`, `text`, `words` |
//! | `store` | `plan`, `document`, `words` |
//! | `config` | `document`, `plan`, `text`, `words` |
//! | `app` | `plan`, `text`, `words` |
//! | `view` | `plan`, `config`, `app`, `text`, `words` |
//! | `tui` | `plan`, `store`, `app`, `view`, `words` |
//! | `cli` | `text`, `words`, `plan`, `document`, `store`, `config` |
//! | `main` | `store`, `app`, `view`, `tui`, `cli` |

pub mod text;
pub mod words;

pub mod plan;

pub mod document;

pub mod store;

pub mod config;

pub mod app;

pub mod view;

pub mod tui;

pub mod cli;
