//! The order of things that two people have put in order.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// The things that stand elsewhere among those that both orders have: the fewest that explain the difference.
pub(crate) fn moved<K: Clone + Eq + Hash>(before: &[K], after: &[K]) -> HashSet<K> {
    let places: HashMap<_, _> = before.iter().enumerate().map(|(at, key)| (key, at)).collect();
    let common: Vec<_> = after.iter().filter_map(|key| Some((*places.get(key)?, key))).collect();
    let stays: HashSet<_> = longest_rise(&common.iter().map(|(at, _)| *at).collect::<Vec<_>>()).collect();
    let moved = common.iter().enumerate().filter(|(nth, _)| !stays.contains(nth));
    moved.map(|(_, (_, key))| (*key).clone()).collect()
}

/// A longest row of rising numbers: their places, from the last to the first.
pub(crate) fn longest_rise(numbers: &[usize]) -> impl Iterator<Item = usize> {
    // The places of the lowest numbers with which rows of each length end.
    let mut ends: Vec<usize> = Vec::new();
    let mut before = vec![None; numbers.len()];
    for (at, number) in numbers.iter().enumerate() {
        let length = ends.partition_point(|&end| numbers[end] < *number);
        before[at] = length.checked_sub(1).map(|shorter| ends[shorter]);
        ends.truncate(ends.len().max(length));
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    std::iter::successors(ends.last().copied(), move |&at| before[at])
}

/// Two orders of what came of one, made one: without what either has taken out, unless it `stays`, and with what
/// either has put in or moved behind the thing that it stands behind there. What both have moved stands as the
/// second has it.
pub(crate) fn merged<K: Clone + Eq + Hash>(
    base: &[K],
    first: &[K],
    second: &[K],
    stays: impl Fn(&K) -> bool,
) -> Vec<K> {
    let set = |keys: &[K]| keys.iter().cloned().collect::<HashSet<K>>();
    let (in_base, in_first, in_second) = (set(base), set(first), set(second));
    let is_kept = |key: &K| {
        let in_all = in_first.contains(key) && in_second.contains(key);
        in_all || !in_base.contains(key) || stays(key)
    };
    let by_second = moved(base, second);
    let by_first: HashSet<K> = moved(base, first).difference(&by_second).cloned().collect();
    let is_placed_by_first = |key: &K| {
        let in_both = in_first.contains(key) && in_second.contains(key);
        !in_second.contains(key) || (in_both && by_first.contains(key))
    };
    let runs = runs(first.iter().filter(|key| is_kept(key)), is_placed_by_first);
    let others = second.iter().filter(|key| is_kept(key) && !is_placed_by_first(key));
    let mut merged = run(&runs, None).to_vec();
    for key in others {
        merged.push(key);
        merged.extend(run(&runs, Some(key)));
    }
    merged.into_iter().cloned().collect()
}

type Runs<'a, K> = HashMap<Option<&'a K>, Vec<&'a K>>;

fn run<'r, 'a, K: Eq + Hash>(runs: &'r Runs<'a, K>, anchor: Option<&'a K>) -> &'r [&'a K] {
    runs.get(&anchor).map_or(&[], Vec::as_slice)
}

/// Those that are placed, by what they stand behind.
fn runs<'a, K: Eq + Hash>(keys: impl Iterator<Item = &'a K>, is_placed: impl Fn(&K) -> bool) -> Runs<'a, K> {
    let mut runs = Runs::new();
    let mut anchor = None;
    for key in keys {
        if is_placed(key) {
            runs.entry(anchor).or_default().push(key);
        } else {
            anchor = Some(key);
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    fn merged(base: &str, first: &str, second: &str) -> String {
        let keys = |text: &str| text.chars().collect::<Vec<_>>();
        super::merged(&keys(base), &keys(first), &keys(second), |_| false).into_iter().collect()
    }

    #[test]
    fn what_either_put_in_is_there() {
        assert_eq!(merged("abc", "axbc", "abcy"), "axbcy");
        assert_eq!(merged("abc", "abcx", "abcy"), "abcxy");
        assert_eq!(merged("", "xy", "z"), "xyz");
        assert_eq!(merged("", "xy", "y"), "xy");
    }

    #[test]
    fn what_either_took_out_is_gone() {
        assert_eq!(merged("abcd", "acd", "abc"), "ac");
        assert_eq!(merged("ab", "axb", "b"), "xb");
    }

    #[test]
    fn what_either_moved_stands_there() {
        assert_eq!(merged("abcd", "bcda", "abcd"), "bcda");
        assert_eq!(merged("abcd", "abcd", "bcda"), "bcda");
        assert_eq!(merged("abcd", "dabc", "abxcd"), "dabxc");
        assert_eq!(merged("abcd", "bcda", "bcad"), "bcad");
    }
}
