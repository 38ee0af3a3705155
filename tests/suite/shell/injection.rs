//! Names, texts and arguments that would act on a terminal, in every verb and every form, on a real one.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::ffi::{OsStrExt, OsStringExt};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::terminal::watched;
use super::*;
use crate::office::times;

/// What acts on a terminal or hides on it, between letters that do not.
const PARTS: [&str; 24] = [
    "a",
    "Sở",
    " ",
    "=1+2",
    "'",
    "\t",
    "\r",
    "\u{8}",
    "\u{7}",
    "\u{c}",
    "\u{1b}]0;x\u{7}",
    "\u{1b}[2J",
    "\u{1b}[1;31m",
    "\u{1b}[0m",
    "\u{1b}",
    "\u{9b}2J",
    "\u{9d}0;x\u{9c}",
    "\u{7f}",
    "\u{202e}",
    "\u{2066}",
    "\u{200f}",
    "\u{feff}",
    "\u{180e}\u{fff9}",
    "\u{e0041}",
];

fn hostile() -> impl Strategy<Value = String> {
    vec(select(&PARTS[..]), 1..6).prop_map(|parts| parts.concat())
}

/// A name that a file may have; one in two is no text at all.
fn name() -> impl Strategy<Value = OsString> {
    (hostile(), any::<bool>()).prop_map(|(name, is_text)| {
        let end: &[u8] = if is_text { b".ron" } else { b"\xff\x9b.ron" };
        OsString::from_vec([name.trim().as_bytes(), end].concat())
    })
}

/// A plan that says such things everywhere, or one that breaks off at such a thing.
fn plan() -> impl Strategy<Value = String> {
    (vec(hostile(), 6), any::<bool>()).prop_map(|(words, is_whole)| {
        let [title, id, no, note, by, body] = [0, 1, 2, 3, 4, 5].map(|at| words[at].replace('\\', ""));
        let body = format!("{body} x");
        let stray = if is_whole { "" } else { &words[1] };
        format!(
            "(title: \"{title}\", year: 2024, {stray} agencies: [(name: \"{body}\")], tasks: [(id: \"{id}\", \
             no: \"{no}1\", title: \"{title}\", lead: [\"{body}\"], support: [\"{by}\"], quarters: [Q1], \
             time: \"{note}\", note: \"{note}\", output: \"{no}\", history: [(at: \
             \"2024-05-02T09:10:00+07:00\", by: \"{by}\", field: \"{id}\", from: \"{no}\", to: \"{note}\", \
             note: \"{by}\")]), (id: \"b\", no: \"2\", title: \"b\", lead: [\"{body}\"], quarters: [Q4])])"
        )
    })
}

/// Every verb in every form, about a file of that name and with such an argument.
fn calls(name: &OsStr, word: &str) -> Vec<Vec<OsString>> {
    let shapes: [&[&str]; 31] = [
        &["list", "PLAN"],
        &["list", "PLAN", "--format", "csv"],
        &["list", "PLAN", "--format", "json"],
        &["list", "PLAN", "--format", "md"],
        &["list", "PLAN", "--lead", "WORD"],
        &["list", "PLAN", "--search", "WORD"],
        &["list", "PLAN", "--due-within", "WORD"],
        &["list", "PLAN", "--WORD"],
        &["list", "PLAN", "WORD"],
        &["show", "PLAN", "b"],
        &["show", "PLAN", "WORD"],
        &["log", "PLAN"],
        &["log", "PLAN", "--format", "json"],
        &["log", "WORD"],
        &["check", "PLAN"],
        &["check", "PLAN", "."],
        &["set", "PLAN", "b", "--note", "WORD"],
        &["set", "PLAN", "b", "--due", "WORD"],
        &["set", "PLAN", "b", "--status", "WORD"],
        &["add", "PLAN", "--title", "WORD"],
        &["add", "PLAN", "--title", "x", "--after", "WORD"],
        &["remove", "PLAN", "2", "--yes"],
        &["restore", "PLAN"],
        &["restore", "PLAN", "--to", "WORD"],
        &["restore", "PLAN", "--to", "1"],
        &["restore", "PLAN", "--missing"],
        &["sync", "PLAN"],
        &["git-setup", "PLAN"],
        &["merge", "PLAN", "PLAN", "PLAN"],
        &["config"],
        &["PLAN", "list", "WORD"],
    ];
    let put = |shape: &str| match shape {
        "PLAN" => name.to_owned(),
        "WORD" => word.into(),
        shape => shape.replace("WORD", word).into(),
    };
    shapes.iter().map(|shape| shape.iter().map(|it| put(it)).collect()).collect()
}

/// What a terminal may be sent: letters, line breaks, and nothing that is felt but not seen.
fn is_harmless(c: char) -> bool {
    let turns =
        matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let hides = matches!(c, '\u{180e}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}');
    c == '\n' || !(c.is_control() || turns || hides)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: times(4, 200) as u32, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_is_said_of_a_file_acts_on_the_terminal(name in name(), plan in plan(), word in hostile()) {
        let desk = Desk::empty();
        for call in calls(&name, &word) {
            fs::write(desk.folder.path().join(&name), &plan).unwrap();
            let (seen, _) = watched(&desk, 90, &call, "", ("NO_COLOR", "1"));
            let harm: Vec<char> = seen.chars().filter(|&c| !is_harmless(c)).collect();
            prop_assert!(harm.is_empty(), "{call:?}: {harm:?} in {seen:?}");
        }
        for variable in ["TIENDO_PLAN", "TIENDO_LANG", "XDG_CONFIG_HOME", "USER"] {
            let value = OsStr::from_bytes(name.as_bytes());
            let (seen, _) = watched(&desk, 90, &["list"], "", (variable, value));
            let uncoloured = ["0", "1;31", "32", "33", "36"];
            let plain = uncoloured.iter().fold(seen.clone(), |seen, code| seen.replace(&format!("\u{1b}[{code}m"), ""));
            prop_assert!(plain.chars().all(is_harmless), "{variable}: {seen:?}");
        }
    }
}

#[test]
fn a_program_gets_the_bytes_as_they_are() {
    let desk =
        Desk::with("plan.ron", "(title: \"P\", year: 2024, tasks: [(id: \"a\", title: \"x\u{1b}[2J\")])");
    let csv = desk.call(&["list", "--format", "csv"]).fine();
    assert!(csv.starts_with('\u{feff}') && csv.contains("x\u{1b}[2J") && csv.ends_with("\r\n"), "{csv:?}");
    let (seen, _) = watched(&desk, 80, &["list", "--format", "csv"], "", ("NO_COLOR", "1"));
    assert!(seen.starts_with("Mã,Số") && seen.contains("x<1B>[2J"), "{seen:?}");
}
