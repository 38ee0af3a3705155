//! Three rows of things, of which two came of the first: where both agree, where one of them was changed, and where
//! both were.

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;

use super::order::longest_rise;

/// A hunk of the merged row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Hunk<'a, T> {
    /// As both have it, or as the only one has it who changed it.
    Agreed(&'a [T]),
    /// Both have changed it, and not in the same way.
    Clash { base: &'a [T], ours: &'a [T], theirs: &'a [T] },
}

pub(crate) fn diff3<'a, T: Eq + Hash>(base: &'a [T], ours: &'a [T], theirs: &'a [T]) -> Vec<Hunk<'a, T>> {
    let (in_ours, in_theirs) = (matches(base, ours), matches(base, theirs));
    let mut hunks = Vec::new();
    let mut done = (0, 0, 0);
    let end = (base.len(), ours.len(), theirs.len());
    let anchors = (0..base.len()).filter_map(|at| Some((at, in_ours[at]?, in_theirs[at]?)));
    for anchor in anchors.chain([end]) {
        let parts = (&base[done.0..anchor.0], &ours[done.1..anchor.1], &theirs[done.2..anchor.2]);
        if !(parts.0.is_empty() && parts.1.is_empty() && parts.2.is_empty()) {
            hunks.push(hunk(parts.0, parts.1, parts.2));
        }
        if anchor != end {
            hunks.push(Hunk::Agreed(&base[anchor.0..=anchor.0]));
            done = (anchor.0 + 1, anchor.1 + 1, anchor.2 + 1);
        }
    }
    hunks
}

fn hunk<'a, T: Eq>(base: &'a [T], ours: &'a [T], theirs: &'a [T]) -> Hunk<'a, T> {
    match () {
        () if theirs == base || ours == theirs => Hunk::Agreed(ours),
        () if ours == base => Hunk::Agreed(theirs),
        () => Hunk::Clash { base, ours, theirs },
    }
}

/// For each thing of one row its place in the other, if it is there. The places rise.
///
/// What stands only once in both rows is matched first, and then what lies between, which is what a person would do;
/// it is never slow, however much is changed.
fn matches<T: Eq + Hash>(one: &[T], other: &[T]) -> Vec<Option<usize>> {
    let mut matches = vec![None; one.len()];
    let mut open = vec![(0..one.len(), 0..other.len())];
    while let Some((mut left, mut right)) = open.pop() {
        while !left.is_empty() && !right.is_empty() && one[left.start] == other[right.start] {
            matches[left.start] = Some(right.start);
            (left.start, right.start) = (left.start + 1, right.start + 1);
        }
        while !left.is_empty() && !right.is_empty() && one[left.end - 1] == other[right.end - 1] {
            (left.end, right.end) = (left.end - 1, right.end - 1);
            matches[left.end] = Some(right.end);
        }
        let mut start = (left.start, right.start);
        let anchors = anchors(one, other, left.clone(), right.clone());
        if anchors.is_empty() {
            continue;
        }
        for (at, there) in anchors {
            matches[at] = Some(there);
            open.push((start.0..at, start.1..there));
            start = (at + 1, there + 1);
        }
        open.push((start.0..left.end, start.1..right.end));
    }
    matches
}

/// The things that stand only once in either part, as many as are in the same order in both.
fn anchors<T: Eq + Hash>(
    one: &[T],
    other: &[T],
    left: Range<usize>,
    right: Range<usize>,
) -> Vec<(usize, usize)> {
    let (here, there) = (single(one, left.clone()), single(other, right));
    let pairs = left.filter_map(|at| {
        here.get(&one[at]).copied().flatten()?;
        Some((at, there.get(&one[at]).copied().flatten()?))
    });
    let pairs: Vec<_> = pairs.collect();
    let mut rise: Vec<_> = longest_rise(&pairs.iter().map(|pair| pair.1).collect::<Vec<_>>()).collect();
    rise.reverse();
    rise.into_iter().map(|nth| pairs[nth]).collect()
}

/// Where each thing stands, if it stands there once.
fn single<T: Eq + Hash>(row: &[T], part: Range<usize>) -> HashMap<&T, Option<usize>> {
    let mut places = HashMap::with_capacity(part.len());
    for at in part {
        places.entry(&row[at]).and_modify(|place| *place = None).or_insert(Some(at));
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The merged letters, with a clash as `{ours|theirs}`.
    fn merged(base: &str, ours: &str, theirs: &str) -> String {
        let letters = |text: &str| text.chars().collect::<Vec<_>>();
        let (base, ours, theirs) = (letters(base), letters(ours), letters(theirs));
        let said = |hunk: &Hunk<char>| match hunk {
            Hunk::Agreed(letters) => letters.iter().collect(),
            Hunk::Clash { ours, theirs, .. } => {
                format!("{{{}|{}}}", ours.iter().collect::<String>(), theirs.iter().collect::<String>())
            }
        };
        diff3(&base, &ours, &theirs).iter().map(said).collect()
    }

    #[test]
    fn changes_in_different_places_are_both_there() {
        assert_eq!(merged("abcdef", "aXcdef", "abcdYf"), "aXcdYf");
        assert_eq!(merged("abcdef", "acdef", "abcdefg"), "acdefg");
        assert_eq!(merged("", "", "abc"), "abc");
    }

    #[test]
    fn the_same_change_is_made_once() {
        assert_eq!(merged("abc", "aXc", "aXc"), "aXc");
    }

    #[test]
    fn different_changes_in_one_place_clash() {
        assert_eq!(merged("abc", "aXc", "aYc"), "a{X|Y}c");
        assert_eq!(merged("", "x", "y"), "{x|y}");
        assert_eq!(merged("abc", "ac", "aYc"), "a{|Y}c");
    }

    #[test]
    fn rows_without_single_letters_are_merged_too() {
        assert_eq!(merged("aabb", "aabbX", "Yaabb"), "YaabbX");
    }
}
