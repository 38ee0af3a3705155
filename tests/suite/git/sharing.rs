//! Repositories that several use at once, and what may lie in them.

use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;

use super::*;
use crate::office::set_mode;

/// The plan with so many more tasks.
fn large(tasks: usize, note: &str) -> String {
    let task =
        |nth| format!("        (id: \"n{nth}\", no: \"{nth}\", title: \"Việc {nth}\", note: \"{note}\"),\n");
    let tasks: String = (10..10 + tasks).map(task).collect();
    PLAN.replace("    tasks: [\n", &format!("    tasks: [\n{tasks}"))
}

#[test]
fn any_number_of_changes_is_exchanged() {
    let office = Office::new();
    let [lan, minh] = office.shared();
    lan.write(&large(2000, ""));
    lan.tiendo(&["sync", "plan.ron"]);
    lan.write(&large(2000, &"đã gửi ".repeat(40)));
    let said = lan.tiendo(&["sync", "plan.ron"]);
    assert!(said.contains("  Plan: 2000 changes\n") && said.contains("  … and 1900 more\n"), "{said}");
    let message = lan.git(&["log", "-1", "--format=%B"]);
    let told = message.lines().filter(|line| !line.is_empty()).count();
    assert!(told == 102 && message.len() < 1 << 17, "{message}");
    let said = minh.tiendo(&["sync", "plan.ron"]);
    assert!(said.contains("  … and 1900 more\n") || said.lines().count() < 110, "{said}");
    assert_eq!(lan.text(), minh.text());
}

#[test]
fn no_message_is_taken_for_a_comment() {
    let office = Office::new();
    let [lan, _minh] = office.shared();
    lan.git(&["config", "commit.cleanup", "strip"]);
    lan.tiendo(&["set", "plan.ron", "a", "--no", "#1"]);
    lan.tiendo(&["sync", "plan.ron"]);
    assert!(lan.git(&["log", "-1", "--format=%s"]).starts_with("#1 · Tổng kết"));
}

/// What git calls while it commits may take as long as it likes, or save the plan itself.
#[test]
fn nobody_waits_for_what_git_calls() {
    let office = Office::new();
    let [lan, minh] = office.shared();
    let (hook, program) = (lan.path(".git/hooks/pre-commit"), env!("CARGO_BIN_EXE_tiendo"));
    fs::create_dir_all(hook.parent().unwrap()).unwrap();
    fs::write(&hook, format!("#!/bin/sh\nexec '{program}' set plan.ron c --note 'từ hook' >&2\n")).unwrap();
    set_mode(&hook, 0o755);
    lan.tiendo(&["set", "plan.ron", "a", "--status", "doing"]);
    lan.tiendo(&["sync", "plan.ron"]);
    assert!(lan.text().contains("từ hook"), "{}", lan.text());
    fs::remove_file(hook).unwrap();
    minh.tiendo(&["sync", "plan.ron"]);
    assert!(minh.text().contains("Doing") && !minh.text().contains("từ hook"), "what was read is committed");
    lan.tiendo(&["sync", "plan.ron"]);
    lan.is_clean();
    minh.tiendo(&["sync", "plan.ron"]);
    assert_eq!(lan.text(), minh.text());
}

#[test]
fn attributes_that_are_a_link_are_left_alone() {
    let office = Office::new();
    let lan = office.first("lan", PLAN);
    let (attributes, other) = (lan.path(".gitattributes"), office.path("other"));
    fs::write(&other, "alias ls=ls\n").unwrap();
    let plants: [fn(&Path, &Path); 3] = [
        |other, attributes| symlink(other, attributes).unwrap(),
        |other, attributes| fs::hard_link(other, attributes).unwrap(),
        |_, attributes| fs::create_dir(attributes).unwrap(),
    ];
    for plant in plants {
        fs::remove_file(&attributes).unwrap();
        plant(&other, &attributes);
        for verb in ["git-setup", "sync"] {
            let said = lan.try_tiendo(&[verb, "plan.ron"]);
            assert!(
                notes(&said).contains(".gitattributes: is a link or no file of its own"),
                "{}",
                notes(&said)
            );
            assert_eq!(said.status.code(), Some(2));
        }
        assert_eq!(fs::read_to_string(&other).unwrap(), "alias ls=ls\n");
        if attributes.is_dir() {
            fs::remove_dir(&attributes).unwrap();
            fs::write(&attributes, "").unwrap();
        }
    }
    let said = lan.try_tiendo(&["sync", "plan.ron"]);
    assert_eq!(said.status.code(), Some(1), "{}", notes(&said));
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| {
            let inner = if path.is_dir() { files_in(&path) } else { Vec::new() };
            std::iter::once(path).chain(inner)
        })
        .collect()
}

#[test]
fn one_users_umask_does_not_stop_another() {
    let office = Office::new();
    let [lan, minh] = office.shared();
    minh.commit_a_note();
    minh.git(&["push", "--quiet"]);
    fs::remove_file(lan.path(".gitattributes")).unwrap();
    for path in files_in(&lan.path("")).into_iter().chain([lan.path("")]) {
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        set_mode(&path, if path.is_dir() { 0o2770 } else { mode & 0o700 | (mode & 0o700) >> 3 });
    }
    lan.tiendo(&["set", "plan.ron", "a", "--status", "doing"]);
    let mut command = lan.command("sh");
    let script = r#"umask 077; exec "$0" sync plan.ron"#;
    let said = finish(command.args(["-c", script, env!("CARGO_BIN_EXE_tiendo")]));
    assert!(said.status.success(), "{}", notes(&said));
    for path in files_in(&lan.path("")).into_iter().filter(|path| !path.starts_with(lan.path(".tiendo"))) {
        let found = fs::metadata(&path).unwrap();
        let wanted = found.mode() >> 3 & 0o070;
        assert_eq!(found.mode() & wanted, wanted, "{}: {:o}", path.display(), found.mode());
    }
    assert!(lan.path("note.txt").exists() && lan.text().contains("Doing"));
}

#[test]
fn in_a_shared_repository_the_command_for_git_itself_is_told() {
    let office = Office::new();
    let lan = office.first("lan", PLAN);
    set_mode(&lan.path(""), 0o2770);
    let said = lan.tiendo(&["git-setup", "plan.ron"]);
    let top = fs::canonicalize(lan.path("")).unwrap();
    let command = format!("git -C '{}' config core.sharedRepository group\n", top.display());
    assert!(said.ends_with(&command), "{said}");
    lan.git(&["config", "core.sharedRepository", "group"]);
    assert!(!lan.tiendo(&["git-setup", "plan.ron"]).contains("core.sharedRepository"));
}

#[test]
fn a_plan_that_git_does_not_have_is_not_called_exchanged() {
    let office = Office::new();
    let [lan, _minh] = office.shared();
    lan.git(&["rm", "--quiet", "--cached", "plan.ron"]);
    lan.git(&["commit", "--quiet", "-m", "away"]);
    lan.git(&["push", "--quiet", "origin", "HEAD"]);
    lan.git(&["config", "status.showUntrackedFiles", "no"]);
    assert!(lan.tiendo(&["sync", "plan.ron"]).starts_with("Committed:\n  New plan: "));
    for (leave, take) in
        [("--assume-unchanged", "--no-assume-unchanged"), ("--skip-worktree", "--no-skip-worktree")]
    {
        lan.git(&["update-index", leave, "plan.ron"]);
        lan.tiendo(&["set", "plan.ron", "a", "--note", leave]);
        let said = lan.try_tiendo(&["sync", "plan.ron"]);
        assert!(
            notes(&said).starts_with("plan.ron: git was told to leave this file alone"),
            "{}",
            notes(&said)
        );
        assert!(notes(&said).contains(take) && said.status.code() == Some(2), "{}", notes(&said));
        lan.git(&["update-index", take, "plan.ron"]);
        assert!(lan.tiendo(&["sync", "plan.ron"]).contains(leave));
    }
}

#[test]
fn a_repository_that_git_does_not_trust_is_told_as_such() {
    let office = Office::new();
    let lan = office.first("lan", PLAN);
    for verb in ["sync", "git-setup"] {
        let mut command = lan.command(env!("CARGO_BIN_EXE_tiendo"));
        command.env("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1").args([verb, "plan.ron", "--lang", "en"]);
        let said = finish(&mut command);
        assert!(notes(&said).starts_with("Git will not work in this repository: "), "{}", notes(&said));
        assert!(notes(&said).contains("git config --global --add safe.directory"), "{}", notes(&said));
        assert_eq!(said.status.code(), Some(2));
    }
}

#[test]
fn what_is_too_large_for_a_plan_is_not_merged() {
    let office = Office::new();
    let lan = office.first("lan", PLAN);
    for name in ["base", "ours"] {
        fs::write(lan.path(name), PLAN).unwrap();
    }
    fs::File::create(lan.path("large")).unwrap().set_len(65 << 20).unwrap();
    fs::create_dir(lan.path("folder")).unwrap();
    for theirs in ["large", "folder", "/dev/zero"] {
        let said = lan.try_tiendo(&["merge", "base", "ours", theirs]);
        assert_eq!(said.status.code(), Some(2), "{}", notes(&said));
        assert!(notes(&said).starts_with(theirs), "{}", notes(&said));
    }
    let said = lan.try_tiendo(&["merge", "base", "large", "ours"]);
    assert!(notes(&said).contains("larger than 64 MB"), "{}", notes(&said));
    assert_eq!(fs::metadata(lan.path("large")).unwrap().len(), 65 << 20);
    assert_eq!(fs::read_to_string(lan.path("ours")).unwrap(), PLAN);
}

#[test]
fn a_merge_tells_no_more_than_somebody_reads() {
    let office = Office::new();
    let lan = office.first("lan", PLAN);
    for (name, note) in [("base", ""), ("ours", "của lan"), ("theirs", "của minh")] {
        fs::write(lan.path(name), large(150, "x").replace("title: \"Việc", &format!("title: \"{note} Việc")))
            .unwrap();
    }
    let said = lan.tiendo(&["merge", "base", "ours", "theirs"]);
    assert_eq!(said.lines().count(), 101, "{said}");
    assert!(said.ends_with("… and 50 more\n"), "{said}");
}
