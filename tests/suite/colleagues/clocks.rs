//! The clock of a server goes back: what came later still came later.

use chrono::Duration;
use tiendo::plan::{Change, Stamp};
use tiendo::store::{Clash, Store};

use crate::office::*;

fn set_at(store: &mut Store, task: usize, change: &[Change], minutes: i64) {
    let at = stamp().at + Duration::minutes(minutes);
    let outcome = store.commit(change, &Stamp { at, ..stamp() }, Clash::Ask).unwrap();
    assert_eq!((outcome.made.len(), outcome.conflict), (1, None), "task {task}, {minutes}");
}

/// Each of these is the minute at which the clock stands when the next change is saved.
const CLOCKS: [[i64; 4]; 5] =
    [[0, 10, 20, 30], [30, 20, 10, 0], [0, 60, -60, 5], [0, 0, 0, 0], [90, 0, 0, 30]];

#[test]
fn what_is_overwritten_is_told_whatever_the_clock_says() {
    for clock in CLOCKS {
        for kept in 0..clock.len() {
            let office = Office::with(1);
            let mut store = office.store();
            let mut texts = vec![office.text()];
            for (count, minutes) in clock.into_iter().enumerate() {
                set_at(&mut store, 0, &crate::office::count(0, count), minutes);
                texts.push(office.text());
            }
            std::fs::write(&office.plan, &texts[kept]).unwrap();
            let mut store = office.store();
            assert!(store.lost_updates().is_some(), "{clock:?}, back to {kept}: nobody is told");
            store.bring_back().unwrap();
            assert_eq!(office.note(0), clock.len(), "{clock:?}, back to {kept}");
        }
    }
}

/// Two tasks: what was saved last about one does not hide what went missing of the other.
#[test]
fn a_later_save_with_an_earlier_time_hides_nothing() {
    for clock in CLOCKS {
        let office = Office::with(2);
        let mut store = office.store();
        set_at(&mut store, 0, &count(0, 0), clock[0]);
        let older = office.text();
        set_at(&mut store, 1, &count(1, 0), clock[1]);
        set_at(&mut store, 0, &count(0, 1), clock[2]);
        std::fs::write(&office.plan, older).unwrap();
        let mut store = office.store();
        set_at(&mut store, 1, &[crate::office::count(1, 0)[0].clone()], clock[3] + 500);
        let mut store = office.store();
        assert!(store.lost_updates().is_some(), "{clock:?}: nobody is told");
        store.bring_back().unwrap();
        assert_eq!((office.note(0), office.note(1)), (2, 1), "{clock:?}");
    }
}
