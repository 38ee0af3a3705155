//! The sources keep to what they promise: who may use whom, and who may touch the world.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What touches the world, and the modules that may.
const TOUCHES: [(&str, &[&str]); 24] = [
    ("std::fs", &["store"]),
    ("File::open", &["store"]),
    ("File::create", &["store"]),
    ("OpenOptions", &["store"]),
    ("ratatui", &["view", "tui"]),
    ("crossterm::terminal", &["tui"]),
    ("crossterm::execute", &["tui"]),
    ("crossterm::cursor", &["tui"]),
    ("crossterm::style", &["tui"]),
    ("event::poll", &["tui"]),
    ("event::read", &["tui"]),
    ("std::env", &["main"]),
    ("chrono::Local", &["plan"]),
    ("Utc::now", &["tui", "main"]),
    ("SystemTime::now", &["tui", "main"]),
    ("Instant::now", &["tui", "store"]),
    ("thread::sleep", &["store"]),
    ("std::net", &[]),
    ("std::process", &["store", "main"]),
    ("process::exit", &[]),
    ("io::stdout", &["tui", "main"]),
    ("io::stdin", &["tui", "main"]),
    ("io::stderr", &["tui", "main"]),
    ("signal_hook", &["tui"]),
];

/// What no module does: output goes through a writer, and a failure that cannot happen says why it cannot.
const NOBODY: [&str; 10] = [
    "println!",
    "print!(",
    "eprintln!",
    "eprint!(",
    "dbg!",
    "todo!",
    "unimplemented!",
    ".unwrap()",
    "#[allow(",
    "#![allow(",
];

/// Names that say nothing of what a thing is.
const EMPTY_NAMES: [&str; 12] = [
    "Manager", "Handler", "Helper", "Helpers", "Service", "Provider", "Util", "Utils", "Base", "Impl",
    "Common", "Info",
];

/// What a backend of ratatui must have is not ours to name.
const NAMED_BY_RATATUI: &str = "get_cursor_position";

/// Beyond so many lines without its tests a file is two things.
const LONGEST_FILE: usize = 450;

/// Beyond so many lines a function is two.
const LONGEST_FUNCTION: usize = 50;

struct Source {
    /// From the top of the repository.
    path: String,
    text: String,
}

impl Source {
    /// `plan` for all that is in `src/plan.rs` and `src/plan/`.
    fn module(&self) -> &str {
        let path = self.path.strip_prefix("src/").unwrap();
        path.split(['/', '.']).next().unwrap()
    }

    /// What is compiled into the program, line by line, without its comments.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate().map(|(at, line)| (at + 1, line));
        let code = lines.take_while(|(_, line)| line.trim() != "#[cfg(test)]");
        code.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// How many `super::` lead out of the file's own module, to the root of all.
    fn depth(&self) -> usize {
        self.path.matches('/').count()
    }
}

fn sources(folder: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    gather(&root.join(folder), &mut paths);
    paths.sort();
    assert!(!paths.is_empty(), "{folder} has no sources");
    let source = |path: PathBuf| Source {
        text: fs::read_to_string(&path).unwrap(),
        path: path.strip_prefix(root).unwrap().to_str().unwrap().to_owned(),
    };
    paths.into_iter().map(source).collect()
}

fn gather(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, paths);
        } else if path.extension().is_some_and(|it| it == "rs") {
            paths.push(path);
        }
    }
}

fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

/// The first names behind `crate::` (or, in the program, `tiendo::`) in a line: one, or several in braces.
fn used(line: &str, root: &str) -> Vec<String> {
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let is_apart = |before: &str| !before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
    let mut used = Vec::new();
    for (at, _) in line.match_indices(root).filter(|(at, _)| is_apart(&line[..*at])) {
        let rest = &line[at + root.len()..];
        match rest.strip_prefix('{') {
            Some(names) => used.extend(outermost(names).into_iter().map(|name| word(name.trim()))),
            None => used.push(word(rest)),
        }
    }
    used
}

/// `a::{b, c}, d` is `a::{b, c}` and `d`.
fn outermost(names: &str) -> Vec<&str> {
    let (mut depth, mut from, mut parts) = (0, 0, Vec::new());
    for (at, c) in names.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                parts.push(&names[from..at]);
                return parts;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&names[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&names[from..]);
    parts
}

/// Items that a formatter has spread over lines are put into one.
fn statements(source: &Source) -> Vec<(usize, String)> {
    let mut statements: Vec<(usize, String)> = Vec::new();
    let mut is_open = false;
    for (at, line) in source.code() {
        match statements.last_mut() {
            Some(last) if is_open => last.1.push_str(line.trim()),
            _ => statements.push((at, line.to_owned())),
        }
        let last = &statements.last().unwrap().1;
        let is_use =
            ["use ", "pub use ", "pub(crate) use "].iter().any(|it| last.trim_start().starts_with(it));
        is_open = is_use && !last.trim_end().ends_with(';');
    }
    statements
}

/// The modules in reading order, and what each may use of the others, as `lib.rs` has it. What a module may use of
/// itself is its own.
fn may_use() -> Vec<(String, Vec<String>)> {
    let lib = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let rows = lib.lines().filter_map(|line| line.strip_prefix("//! | `"));
    let names = |row: &str| row.split('`').step_by(2).map(str::to_owned).collect::<Vec<_>>();
    let rows: Vec<_> = rows.map(|row| (names(row)[0].clone(), names(row)[1..].to_vec())).collect();
    assert!(rows.len() > 10, "the table is not found");
    rows
}

#[test]
fn each_module_only_uses_what_it_may() {
    let may_use = may_use();
    let mut faults = Vec::new();
    for source in sources("src").iter().filter(|source| source.path != "src/lib.rs") {
        let module = source.module();
        let row = may_use.iter().find(|row| row.0 == module);
        let allowed = &row.unwrap_or_else(|| panic!("{module} is in no row of the table")).1;
        let root = if module == "main" { "tiendo::" } else { "crate::" };
        for (line, statement) in statements(source) {
            for name in used(&statement, root) {
                if name != module && !allowed.contains(&name) {
                    faults.push(format!("{}:{line}: {module} uses {name}", source.path));
                }
            }
        }
    }
    assert_none(&faults);
}

/// Or the table would not see what is used.
#[test]
fn no_module_climbs_out_of_itself() {
    let mut faults = Vec::new();
    for source in sources("src") {
        let climb = "super::".repeat(source.depth());
        let climbing = source.code().filter(|(_, line)| line.contains(&climb));
        faults.extend(climbing.map(|(line, _)| format!("{}:{line}: {climb}", source.path)));
    }
    assert_none(&faults);
}

#[test]
fn only_its_owner_touches_a_part_of_the_world() {
    let mut faults = Vec::new();
    for source in sources("src") {
        for (line, statement) in statements(&source) {
            let touched = TOUCHES.iter().filter(|(what, _)| touches(&statement, what));
            for (what, _) in touched.filter(|(_, owners)| !owners.contains(&source.module())) {
                faults.push(format!("{}:{line}: {} touches {what}", source.path, source.module()));
            }
        }
    }
    assert_none(&faults);
}

/// Whether a path is written out in a statement, or in the braces of a `use`.
fn touches(statement: &str, what: &str) -> bool {
    let is_apart =
        |at: usize| !statement[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
    if statement.match_indices(what).any(|(at, _)| is_apart(at)) {
        return true;
    }
    what.split_once("::").is_some_and(|(root, name)| {
        let names = used(statement, &format!("{root}::"));
        !name.is_empty() && statement.trim_start().starts_with("use ") && names.iter().any(|it| it == name)
    })
}

#[test]
fn nobody_prints_on_the_side_or_fails_without_a_reason() {
    let mut faults = Vec::new();
    for source in sources("src") {
        for (line, code) in source.code() {
            let is_apart = |at: usize| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
            let is_there = |what: &&&str| {
                code.match_indices(**what).any(|(at, _)| what.starts_with('.') || is_apart(at))
            };
            faults.extend(NOBODY.iter().find(is_there).map(|what| format!("{}:{line}: {what}", source.path)));
        }
    }
    assert_none(&faults);
}

#[test]
fn every_file_says_first_what_it_is_for_and_is_one_thing() {
    let mut faults = Vec::new();
    for source in ["src", "tests"].into_iter().flat_map(sources) {
        if !source.text.starts_with("//! ") {
            faults.push(format!("{}: no sentence on what it is for", source.path));
        }
        let lines = source.text.lines().take_while(|line| line.trim() != "#[cfg(test)]").count();
        if lines > LONGEST_FILE && source.path.starts_with("src") || lines > 2 * LONGEST_FILE {
            faults.push(format!("{}: {lines} lines", source.path));
        }
        let is_empty =
            |name: &str| EMPTY_NAMES.iter().any(|it| it.eq_ignore_ascii_case(name)) || name == "mod";
        if source.path.split(['/', '.', '_']).any(is_empty) {
            faults.push(format!("{}: an empty name", source.path));
        }
    }
    assert_none(&faults);
}

/// A reader holds one of them in mind.
#[test]
fn no_function_is_long() {
    let mut faults = Vec::new();
    for source in sources("src") {
        let lines: Vec<&str> = source.text.lines().take_while(|line| line.trim() != "#[cfg(test)]").collect();
        for (at, line) in lines.iter().enumerate() {
            let words: Vec<&str> = line.split_whitespace().collect();
            let is_head = words.iter().position(|word| *word == "fn").is_some_and(|at| {
                words[..at].iter().all(|word| word.starts_with("pub") || ["const", "async"].contains(word))
            });
            let end = format!("{}}}", " ".repeat(line.len() - line.trim_start().len()));
            let length = lines[at..].iter().position(|line| line.starts_with(&end)).map_or(1, |end| end + 1);
            if is_head && !line.ends_with(['}', ';']) && length > LONGEST_FUNCTION {
                faults.push(format!("{}:{}: {length} lines", source.path, at + 1));
            }
        }
    }
    assert_none(&faults);
}

/// Types that may share a name.
const SHARED_NAMES: [&str; 2] = [
    // Each verb of the shell has its own.
    "Arguments",
    // The app is told of a save what the store says of it.
    "Saved",
];

/// One word is one thing in the whole crate.
#[test]
fn every_type_has_a_name_of_its_own() {
    let mut known: HashMap<String, String> = HashMap::new();
    let mut faults = Vec::new();
    for source in sources("src") {
        for (_, code) in source.code() {
            let words = code.split(|c: char| !c.is_alphanumeric() && c != '_');
            let mut words =
                words.skip_while(|word| ["", "pub", "crate", "super", "self", "in"].contains(word));
            let (Some(kind), Some(name)) = (words.next(), words.next()) else { continue };
            let is_type =
                ["struct", "enum", "trait"].contains(&kind) || kind == "type" && !code.starts_with(' ');
            if !is_type || SHARED_NAMES.contains(&name) {
                continue;
            }
            let before = known.insert(name.to_owned(), source.path.clone());
            faults.extend(before.map(|before| format!("{name}: {before} and {}", source.path)));
        }
    }
    assert_none(&faults);
}

#[test]
fn every_name_says_what_it_names() {
    let mut faults = Vec::new();
    for source in ["src", "tests"].into_iter().flat_map(sources) {
        for (line, code) in source.code() {
            let words: Vec<&str> = code.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
            for pair in words.windows(2) {
                let (kind, name) = (pair[0], pair[1]);
                let is_type = ["struct", "enum", "trait", "type"].contains(&kind);
                let is_empty_type = is_type && EMPTY_NAMES.iter().any(|it| name.ends_with(it));
                let is_empty_verb =
                    kind == "fn" && ["get_", "do_", "handle_"].iter().any(|it| name.starts_with(it));
                let is_ours = name != NAMED_BY_RATATUI;
                if is_empty_type || (is_empty_verb && is_ours) {
                    faults.push(format!("{}:{line}: {kind} {name}", source.path));
                }
            }
        }
    }
    assert_none(&faults);
}

/// A reader who goes by `lib.rs` meets nothing before it is explained.
#[test]
fn each_module_only_uses_those_before_it() {
    let lib = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let listed = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    let listed: Vec<&str> = listed.chain(["main"]).collect();
    let may_use = may_use();
    assert_eq!(may_use.iter().map(|row| row.0.as_str()).collect::<Vec<_>>(), listed, "the table's own order");
    for (at, (module, allowed)) in may_use.iter().enumerate() {
        let later = allowed.iter().find(|name| listed[at..].contains(&name.as_str()));
        assert_eq!(later, None, "{module} comes before it");
    }
}

/// The screen and the shell say the same thing with the same words, because there is one place that says it: a phrase
/// or a sentence with values in it.
#[test]
fn nothing_is_said_in_two_places() {
    let mut said: HashMap<[String; 2], String> = HashMap::new();
    let mut faults = Vec::new();
    for source in sources("src") {
        let code: Vec<&str> = source.code().map(|(_, line)| line.trim()).collect();
        let code = code.join(" ");
        // A row of a table has its name before its phrase.
        let rows = code.split("row(\"").skip(1).filter_map(|row| Some(row.split_once('"')?.1));
        for one in ["Phrase::new(", "tr!("].iter().flat_map(|way| code.split(way).skip(1)).chain(rows) {
            let mut texts = string_literals(one);
            let (Some(vi), Some(en)) = (texts.next(), texts.next()) else { continue };
            let fault = format!("{} / {} in {}", vi, en, source.path);
            let before = said.insert([vi, en], source.path.clone());
            faults.extend(before.map(|before| format!("{fault} and {before}")));
        }
    }
    assert_none(&faults);
    assert!(said.len() > 400, "only {} phrases are found", said.len());
}

/// The texts between quotation marks, as they are written.
fn string_literals(code: &str) -> impl Iterator<Item = String> {
    let mut marks = code.match_indices('"').map(|(at, _)| at).filter(|&at| !code[..at].ends_with('\\'));
    std::iter::from_fn(move || Some(code[marks.next()? + 1..marks.next()?].to_owned()))
}

#[test]
fn the_tests_of_the_sources_see_what_they_look_for() {
    assert_eq!(used("use crate::{plan::{Plan, Task}, text};", "crate::"), ["plan", "text"]);
    assert_eq!(used("let it = crate::store::open(crate::plan::new());", "crate::"), ["store", "plan"]);
    assert!(used("othercrate::plan", "crate::").is_empty());
    assert!(touches("use std::{env, io};", "std::env"));
    assert!(touches("let now = chrono::Local::now();", "chrono::Local"));
    assert!(touches("use chrono::{DateTime, Local};", "chrono::Local"));
    assert!(!touches("use rustix::fs::open;", "std::fs"));
    let literals: Vec<_> = string_literals(r#"lang, "a \"b\"", "c", more"#).collect();
    assert_eq!(literals, [r#"a \"b\""#, "c"]);
}
