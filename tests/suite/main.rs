//! One test program: what people do with tiendo, and what must hold whatever they do.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod acknowledged;
mod agencies;
mod ahead;
mod answers;
mod appends;
mod away;
mod beginnings;
mod boards;
mod bytes;
mod clashes;
mod colleagues;
mod conclusions;
mod crowds;
mod days;
#[path = "../bench/desk.rs"]
mod desk;
mod disk;
mod document;
mod drawing;
mod earlier;
mod faults;
mod fields;
mod git;
mod gone;
mod ground;
mod hands;
mod hangups;
mod laws;
mod meeting;
mod merge;
mod messages;
mod network;
mod office;
mod overwrites;
mod permissions;
mod places;
#[path = "../bench/plans.rs"]
#[expect(dead_code, reason = "the benches use more of it")]
mod plans;
mod power;
mod pty;
mod races;
mod readme;
mod screen;
mod shell;
mod smoke;
mod stage;
mod steps;
mod stories;
mod summary;
mod tasks;
mod telling;
mod tidy;
mod times;
mod typing;
mod waiting;
mod windows;
mod year;
