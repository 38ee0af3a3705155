//! What the README promises to people who share a folder: each line of it is held by tests, which are named here.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::readme::compare;

/// Who it is; what the system lets them do; what they never do all the same, and the tests of that.
type Promise = (&'static str, &'static str, &'static str, &'static [&'static str]);

const PROMISES: [Promise; 9] = [
    (
        "may only read the plan",
        "read it and its earlier texts; lay files into a folder that is open to all",
        "keeps anybody from saving, or gets a change into the plan",
        &[
            "who_may_only_read_keeps_nobody_from_saving",
            "a_forged_waiting_change_is_never_made",
            "a_forged_journal_never_replaces_a_plan",
        ],
    ),
    (
        "may write the plan",
        "change or empty it, and write any name into its histories",
        "has you make a change, or costs you your access by saving; \
         what waits to be saved is saved by the one who made it",
        &["nobody_makes_a_colleague_make_a_change", "what_a_newer_version_lets_wait_outlives_an_older_one"],
    ),
    (
        "may write in the folder",
        "replace the plan, delete its earlier texts, lay links, pipes, devices or huge files beside it",
        "has a file of yours changed, emptied, deleted, given to others or copied, or a board that cannot be left; \
         you save, or are told which file is in the way",
        &[
            "whatever_lies_beside_a_plan_one_can_save_or_is_told_what_is_in_the_way",
            "whatever_lies_beside_a_plan_the_board_opens_and_can_be_left",
            "a_folder_in_the_making_is_never_somebody_elses",
            "a_plan_that_becomes_a_link_while_one_looks_costs_nobody_a_file",
            "a_link_to_a_folder_costs_nobody_a_letter",
            "no_task_of_a_private_plan_comes_into_the_shared_one",
            "a_pipe_in_the_way_keeps_no_board_from_being_left",
            "huge_files_beside_a_plan_cost_little_time_and_memory",
            "a_folder_full_of_files_costs_little_time",
        ],
    ),
    (
        "asks you to look at a plan, or gives you one through git",
        "show you what they like",
        "has anything written by it: looking changes nothing, \
         but that your own changes that waited are saved when you open the board",
        &[
            "a_look_at_a_plan_leaves_nothing_beside_it",
            "a_look_delivers_nothing_that_waits",
            "a_look_at_the_board_delivers_nothing_that_waits_of_others",
            "a_look_at_an_overwritten_change_writes_nothing_down",
            "a_planted_link_costs_nobody_a_file",
            "whatever_lies_beside_a_plan_looking_changes_nothing",
        ],
    ),
    (
        "is killed in the middle of a save",
        "lose the change that was not confirmed yet",
        "leaves a plan that does not open, or one that others cannot save",
        &["a_killed_save_keeps_nobody_from_saving_and_the_plan_opens_for_all"],
    ),
    (
        "is stopped in the middle of a save",
        "keep you waiting for some seconds; you are told who it is",
        "keeps you for ever, or costs you what you have typed",
        &[
            "a_colleague_stopped_amid_a_save_keeps_nobody_waiting_for_ever",
            "who_goes_on_after_a_stop_overwrites_nobody",
            "a_colleague_who_holds_every_lock_keeps_nobody_waiting_for_ever",
            "the_board_of_who_waits_can_be_left_and_keeps_what_was_typed",
            "a_dropped_line_while_one_waits_costs_no_text",
            "a_board_that_looks_again_while_somebody_saves_leaves_nothing_open",
        ],
    ),
    (
        "has been shut out of the plan",
        "keep what they have read",
        "reads anything new of it in the files beside it",
        &[
            "nothing_beside_a_plan_is_wider_than_the_plan",
            "no_secret_comes_into_a_file_that_others_may_read",
            "who_is_taken_off_the_access_list_reads_nothing_new",
            "colleagues_in_a_group_keep_their_access_whatever_their_umask",
        ],
    ),
    (
        "has another plan in the same folder",
        "give it any name",
        "touches what is kept for yours",
        &["plans_with_names_alike_do_not_touch_what_is_each_others"],
    ),
    (
        "looks after the server",
        "do everything; take away a home, a disk, or minutes of the clock",
        "loses a change by these three",
        &[
            "one_can_save_without_a_home",
            "the_board_works_without_a_home",
            "a_disk_that_is_taken_away_is_noticed",
            "a_disk_that_is_laid_over_another_is_noticed",
            "what_is_overwritten_is_told_whatever_the_clock_says",
            "a_later_save_with_an_earlier_time_hides_nothing",
        ],
    ),
];

#[test]
fn the_readme_promises_what_is_tested() {
    let mut table = "| Somebody who … | can | but never |\n|---|---|---|\n".to_owned();
    for (who, can, never, _) in PROMISES {
        writeln!(table, "| {who} | {can} | {never} |").unwrap();
    }
    compare("shared", &table);
}

/// Every test of these is for one of the promises, and the other way round.
#[test]
fn each_promise_has_its_tests() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/colleagues");
    let mut tests = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.ends_with("promises.rs") {
            continue;
        }
        let text = fs::read_to_string(path).unwrap();
        let names = text.split("#[test]\nfn ").skip(1).filter_map(|rest| rest.split_once('('));
        tests.extend(names.map(|(name, _)| name.to_owned()));
    }
    tests.sort();
    let mut promised: Vec<&str> = PROMISES.iter().flat_map(|promise| promise.3).copied().collect();
    promised.sort_unstable();
    assert_eq!(tests, promised);
}
