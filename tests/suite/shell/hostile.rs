//! Calls and files that nobody would make on purpose, answered by the program itself without its process.

use chrono::DateTime;
use proptest::prelude::*;
use tiendo::cli::{
    self, CliAnswer, Environment, Exit, Printer, Recipient, Streams, TerminalSettings, User, UserSource,
    Variables,
};
use tiendo::config::Config;

use super::*;

/// Everything a call may be made of, and some things that it may not.
const WORDS: [&str; 40] = [
    "list",
    "show",
    "set",
    "add",
    "remove",
    "check",
    "config",
    "completions",
    "man",
    "plan.ron",
    "a",
    "1",
    "--quarter",
    "--lead",
    "--support",
    "--status",
    "--overdue",
    "--due-within",
    "--search",
    "--sort",
    "--format",
    "--today",
    "--lang",
    "--yes",
    "--title",
    "--due",
    "--done-on",
    "--quarters",
    "--note",
    "--after",
    "json",
    "csv",
    "md",
    "due",
    "done",
    "30/6",
    "\u{1b}[2J",
    "\u{202e}",
    "--",
    "",
];

fn environment(desk: &Desk, words: &[String], config: &Path) -> Environment {
    let plan = desk.path("plan.ron").display().to_string();
    let words = words.iter().map(|word| if word == "plan.ron" { plan.clone() } else { word.clone() });
    let terminal =
        TerminalSettings { width: Some(words.len() * 7), is_output: words.len() % 2 == 0, is_input: false };
    Environment {
        arguments: std::iter::once("tiendo".to_owned()).chain(words).map(Into::into).collect(),
        program: "tiendo".into(),
        now: DateTime::parse_from_rfc3339("2024-05-20T08:00:00+07:00").unwrap().into(),
        user: User { name: "lan".into(), source: UserSource::Accounts },
        seed: 1,
        variables: Variables {
            config_home: Some(config.to_owned()),
            plan: Some(plan.into()),
            ..Variables::default()
        },
        terminal,
    }
}

fn answer(environment: &Environment) -> (CliAnswer, String) {
    let (mut out, mut notes) = (Vec::new(), Vec::new());
    let reader = if environment.terminal.is_output { Recipient::Terminal } else { Recipient::Program };
    let (mut to_out, mut to_notes) = (Printer::new(&mut out, reader), Printer::new(&mut notes, reader));
    let answer =
        cli::run(environment, &mut Streams { input: &mut &b""[..], out: &mut to_out, notes: &mut to_notes });
    out.extend(notes);
    (answer, String::from_utf8(out).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn every_call_is_answered(
        words in prop::collection::vec(prop_oneof![9 => prop::sample::select(&WORDS[..]).prop_map(str::to_owned), 1 => ".{0,6}"], 0..8),
    ) {
        let desk = Desk::new();
        let (answer, said) = answer(&environment(&desk, &words, desk.folder.path()));
        prop_assert!(matches!(answer, CliAnswer::Done(_)), "{words:?}");
        let plain = ["0", "1;31", "32", "33", "36"].iter().fold(said.clone(), |said, code| said.replace(&format!("\u{1b}[{code}m"), ""));
        prop_assert!(!plain.contains(['\u{1b}', '\u{202e}']), "{words:?}: {said:?}");
    }

    #[test]
    fn every_plan_is_listed_or_refused(text in plan_texts()) {
        let desk = Desk::with("plan.ron", &text);
        for words in [&["list"][..], &["show", "a"], &["check"], &["list", "--format", "json"], &["set", "a", "--note", "x"]] {
            let words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
            let (answer, _) = answer(&environment(&desk, &words, desk.folder.path()));
            prop_assert!(matches!(answer, CliAnswer::Done(Exit::Fine | Exit::Bad | Exit::Unable)));
        }
    }

    #[test]
    fn every_configuration_is_read_or_remarked_upon(text in prop_oneof![".{0,80}", "[(){}\\[\\],:\"'a-z_0-9\n /*#!\\\\]{0,80}"]) {
        let (config, remarks) = Config::read(&text);
        prop_assert!(remarks.iter().all(|remark| remark.place.line >= 1 && remark.place.column >= 1));
        prop_assert!(config == Config::default() || !text.is_empty());
    }
}

/// The plan with pieces torn out, doubled, or put in from elsewhere.
fn plan_texts() -> impl Strategy<Value = String> {
    let tear = (
        0..PLAN.len(),
        0..40_usize,
        prop_oneof![Just(String::new()), ".{0,4}", "[(){}\\[\\],:\"\\\\u]{1,3}"],
    );
    prop::collection::vec(tear, 1..4).prop_map(|tears| {
        tears.into_iter().fold(PLAN.to_owned(), |text, (at, length, put)| {
            let letters: Vec<char> = text.chars().collect();
            let start = at.min(letters.len());
            let end = (start + length).min(letters.len());
            letters[..start]
                .iter()
                .copied()
                .chain(put.chars())
                .chain(letters[end..].iter().copied())
                .collect()
        })
    })
}
