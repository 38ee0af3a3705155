//! These keys on this plan lead to this screen: `tests/stories/*.txt`. `UPDATE=1 cargo test stories` writes them.

use std::fs;
use std::path::{Path, PathBuf};

use tiendo::app::layout::Size;
use tiendo::app::{Begin, Day, Event};
use tiendo::plan::meeting::{MeetingOrder, MeetingPlace};
use tiendo::plan::{Change, Edit, Field, Plan, Task};
use tiendo::view::theme::{Palette, Signs};
use tiendo::words::Lang;

use crate::stage::Stage;

#[test]
fn every_story_leads_to_its_screen() {
    let mut wrong = Vec::new();
    for path in stories() {
        let text = fs::read_to_string(&path).unwrap();
        let (head, expected) = text.split_once("\n---\n").unwrap_or((text.trim_end(), ""));
        let told = tell(head).screen();
        if told == expected {
            continue;
        }
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, format!("{head}\n---\n{told}")).unwrap();
        } else {
            wrong.push(format!("{}:\n{told}\ninstead of\n{expected}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Colours and weight are not in the text: no sign and no word is missing where there is no colour.
#[test]
fn every_story_says_the_same_in_every_palette() {
    let others = [Palette::Sixteen, Palette::Dark, Palette::Light, Palette::Mono, Palette::Projector];
    for path in stories() {
        let text = fs::read_to_string(&path).unwrap();
        let mut stage = tell(text.split("\n---\n").next().unwrap());
        stage.theme.palette = Palette::Auto;
        let told = stage.screen();
        for palette in others {
            stage.theme.palette = palette;
            assert_eq!(stage.screen(), told, "{} in {palette:?}", path.display());
        }
    }
}

fn stories() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty());
    paths
}

/// Plays what stands above the line: `plan:`, none or several, `missing:` with a file that was asked for and is not there, `size:`, `today:` or `as of:`, `lang:`, `theme:`, and as often as wanted `keys:`, and
/// what somebody else does, `deleted:` with the number of a task and `noted:` with a note behind it.
fn tell(head: &str) -> Stage {
    let lines: Vec<(&str, &str)> = head
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| line.split_once(':').unwrap_or_else(|| panic!("no name in {line}")))
        .map(|(name, value)| (name, value.trim()))
        .collect();
    let value = |name: &str| lines.iter().find(|line| line.0 == name).map(|line| line.1);
    let plans: Vec<&str> = lines.iter().filter(|line| line.0 == "plan").map(|line| line.1).collect();
    let (width, height) = value("size").unwrap_or("80x24").split_once('x').unwrap();
    let size = Size { width: width.parse().unwrap(), height: height.parse().unwrap() };
    let as_of = value("as of");
    let today = value("today").or(as_of).unwrap_or("2024-05-20").parse().unwrap();
    let lang = Lang::parse(value("lang").unwrap_or("vi")).unwrap();
    let begin = value("missing").map_or(Begin::In("".into()), |file| Begin::Missing(file.into()));
    let mut stage = Stage::beginning(begin, &plans, size, today, lang);
    stage.app.day = if as_of.is_some() { Day::AsOf } else { Day::Real };
    match value("theme") {
        Some("mono") => stage.theme.palette = Palette::Mono,
        Some("ascii") => stage.theme.signs = Signs::Ascii,
        _ => {}
    }
    if value("following").is_some() {
        stage = stage.following("lan");
    }
    for (name, value) in lines {
        match name {
            "keys" => drop(stage.press(value)),
            "deleted" => stage.others(|plan| vec![deletion(plan, value)]),
            "followed" => stage.handle(Event::Followed(Some(place(&stage.plans[0], value)))),
            "noted" => stage.others(|plan| vec![note(plan, value)]),
            _ => {}
        }
    }
    stage
}

fn numbered<'a>(plan: &'a Plan, no: &str) -> &'a Task {
    plan.tasks.iter().find(|task| task.no == no).unwrap_or_else(|| panic!("no task {no}"))
}

/// Where somebody is in a meeting.
fn place(plan: &Plan, no: &str) -> MeetingPlace {
    let task = Some(numbered(plan, no).id.clone());
    MeetingPlace { task, nth: 7, all: 24, order: MeetingOrder::Late }
}

fn deletion(plan: &Plan, no: &str) -> Change {
    let task = Box::new(numbered(plan, no).clone());
    Change::Remove { after: plan.before(&task.id), task }
}

fn note(plan: &Plan, told: &str) -> Change {
    let (no, note) = told.split_once(' ').expect("a number and a note");
    let task = numbered(plan, no);
    Change::Edit { task: task.id.clone(), edit: Edit::new(Field::Note, task.note.clone(), note.to_owned()) }
}
