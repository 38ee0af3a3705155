//! Whoever only looks at a plan changes nothing, wherever it lies and whatever lies beside it.

use std::fs;
use std::os::unix::fs::symlink;

use super::picture::Picture;
use super::*;

/// All ways of looking in a shell, one after the other. Answers with what is otherwise then.
fn looked(shared: &Shared, person: Person) -> Vec<String> {
    let before = Picture::of(shared.root.path(), &[]);
    let mut faults = Vec::new();
    for verb in LOOKS {
        let said = person.look(shared, verb);
        if said.exit.is_none_or(|exit| exit == 2) {
            faults.push(format!("{verb}: {said:?}"));
        }
    }
    faults.extend(before.changes(&Picture::of(shared.root.path(), &[])));
    faults
}

/// The same for the board, which keeps for its user what that one has seen.
fn looked_at_the_board(shared: &Shared, person: Person) -> Vec<String> {
    let own = [person.home(shared).join(".local")];
    let before = Picture::of(shared.root.path(), &own);
    assert_eq!(person.looks_at_the_board(shared), 0);
    before.changes(&Picture::of(shared.root.path(), &own))
}

#[test]
fn a_look_at_a_plan_leaves_nothing_beside_it() {
    for owned in [OFFICE, AT_ANS, TO_LOOK_AT, STICKY, STICKY_TO_READ] {
        let Some(shared) = Shared::new(owned) else { return };
        for person in [LAN, KHACH] {
            assert_none(&looked(&shared, person));
            assert_none(&looked_at_the_board(&shared, person));
        }
        assert!(!shared.side().exists());
    }
}

/// Lan has two changes that wait, and Minh one; the file could be written by now.
fn with_waiting_changes() -> Option<Shared> {
    let shared = Shared::new(OFFICE)?;
    LAN.saves(&shared, 0, "trước");
    let text = shared.break_plan();
    for (person, task, note) in [(LAN, 1, "của Lan"), (MINH, 2, "của Minh"), (LAN, 3, "của Lan nữa")]
    {
        let said = person.set_note(&shared, task, note);
        assert_eq!(said.exit, Some(0), "{said:?}");
    }
    fs::write(&shared.plan, text).unwrap();
    Some(shared)
}

/// Changes that wait are shown; they are made by the next save.
#[test]
fn a_look_delivers_nothing_that_waits() {
    let Some(shared) = with_waiting_changes() else { return };
    for person in [LAN, AN, KHACH] {
        assert_none(&looked(&shared, person));
    }
    LAN.saves(&shared, 4, "sau");
    assert!(shared.has_note("của Lan") && shared.has_note("của Lan nữa"), "{}", shared.text());
    MINH.saves(&shared, 5, "sau cùng");
    assert!(shared.has_note("của Minh"), "{}", shared.text());
}

/// Who comes back to the board has one's own changes saved, and nobody else's.
#[test]
fn a_look_at_the_board_delivers_nothing_that_waits_of_others() {
    let Some(shared) = with_waiting_changes() else { return };
    for person in [KHACH, AN] {
        assert_none(&looked_at_the_board(&shared, person));
    }
    looked_at_the_board(&shared, LAN);
    assert!(shared.has_note("của Lan") && !shared.has_note("của Minh"), "{}", shared.text());
}

#[test]
fn a_look_at_an_overwritten_change_writes_nothing_down() {
    let Some(shared) = Shared::new(OFFICE) else { return };
    LAN.saves(&shared, 0, "trước");
    let older = shared.text();
    LAN.saves(&shared, 1, "bị ghi đè");
    fs::write(&shared.plan, older).unwrap();
    assert_none(&looked(&shared, MINH));
    assert_none(&looked_at_the_board(&shared, MINH));
    assert!(LAN.look(&shared, "restore").out.contains("bị ghi đè"));
}

/// A colleague asks for a look at a plan, or a repository is pulled: the link is the colleague's then, or one's
/// own.
#[test]
fn a_planted_link_costs_nobody_a_file() {
    for (owned, planter) in [(TO_LOOK_AT, AN), (AT_ANS, AN), (AT_ANS, LAN), (OFFICE, AN), (OFFICE, LAN)] {
        for ending in ["waiting", "log", "log.old", "missing", "journal", "lock", "part", "snap"] {
            let Some(shared) = Shared::new(owned) else { return };
            fs::create_dir(shared.side()).unwrap();
            give(&shared.side(), planter.owns(0o2775));
            let link = shared.side().join(format!("ke-hoach.ron.{ending}"));
            symlink(LAN.home(&shared).join("công văn.txt"), &link).unwrap();
            give(&link, planter.owns(0));
            let what = format!("{owned:?}, {ending} planted by {}", planter.name);
            let before = Picture::of(shared.root.path(), &[]);
            for verb in ["list", "check", "restore"] {
                LAN.look(&shared, verb);
            }
            assert_eq!(before.changes(&Picture::of(shared.root.path(), &[])), [""; 0], "{what}");
            LAN.set_note(&shared, 0, "Lan ghi");
            let letter = fs::read_to_string(LAN.home(&shared).join("công văn.txt")).unwrap();
            assert_eq!(letter.trim(), PRIVATE, "{what}");
        }
    }
}

/// The letters of a folder are numbered as earlier texts are, and there are more of them than are kept.
#[test]
fn a_link_to_a_folder_costs_nobody_a_letter() {
    for owned in [AT_ANS, OFFICE, STICKY] {
        let Some(shared) = Shared::new(owned) else { return };
        fs::create_dir(shared.side()).unwrap();
        give(&shared.side(), AN.owns(0o2777));
        LAN.saves(&shared, 0, "trước");
        let folders = paths_in(&shared.side()).into_iter().filter(|path| path.is_dir());
        let letters = LAN.home(&shared).join("thư");
        let before = Picture::of(&letters, &[]);
        for folder in folders.chain([shared.side().join("ke-hoach.ron.snap")]) {
            plants::remove(&folder);
            symlink(&letters, &folder).unwrap();
            give(&folder, AN.owns(0));
        }
        for round in 0..3 {
            LAN.set_note(&shared, 0, &format!("lần {round}"));
            assert_eq!(before.changes(&Picture::of(&letters, &[])), [""; 0], "{owned:?}");
        }
    }
}
