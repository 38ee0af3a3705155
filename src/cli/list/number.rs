//! The order of the numbers of tasks: by their value, be they Arabic or Roman.

use crate::text;

/// Part by part, so that 2 comes before 10, and IV before IX; a task without a number comes last.
pub(super) fn key(no: &str, figures: ListFigures) -> (bool, Vec<(u64, text::SortKey)>) {
    (no.is_empty(), parts(no).map(|part| (value(part, figures), text::order(part))).collect())
}

fn parts(no: &str) -> impl Iterator<Item = &str> {
    no.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty())
}

/// How small letters are read that may be Roman figures.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ListFigures {
    Letters,
    Roman,
}

/// Small letters that go from a to i are letters; where there is an ii as well, i is a figure.
pub(super) fn figures_of<'a>(numbers: impl Iterator<Item = &'a str>) -> ListFigures {
    let is_small_roman = |part: &str| {
        part.len() > 1 && part.chars().all(char::is_lowercase) && roman(&part.to_uppercase()).is_some()
    };
    let mut parts = numbers.flat_map(parts);
    if parts.any(is_small_roman) { ListFigures::Roman } else { ListFigures::Letters }
}

/// The number that a part begins with, be it in Arabic or in Roman figures; words come after all numbers.
fn value(part: &str, figures: ListFigures) -> u64 {
    let arabic = part.trim_end_matches(|c: char| !c.is_ascii_digit()).parse().ok();
    let roman = || if figures == ListFigures::Roman { roman(&part.to_uppercase()) } else { roman(part) };
    arabic.or_else(roman).unwrap_or(u64::MAX)
}

/// A letter counts against the sum where a greater one follows it.
fn roman(part: &str) -> Option<u64> {
    let value = |letter: char| match letter {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        'L' => Some(50),
        _ => None,
    };
    let values: Vec<i64> = part.chars().map(value).collect::<Option<_>>()?;
    let signed = values.iter().enumerate().map(|(at, &value)| match values.get(at + 1) {
        Some(&next) if next > value => -value,
        _ => value,
    });
    u64::try_from(signed.sum::<i64>()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_sorted_by_their_value() {
        let sorted = |mut numbers: Vec<&'static str>| {
            let figures = figures_of(numbers.iter().copied());
            numbers.sort_by_cached_key(|no| key(no, figures));
            numbers
        };
        for (numbers, expected) in [
            ("10,,2,IX.1,IV.12,IV.3,2a,2.1,I", "I,2,2.1,2a,IV.3,IV.12,IX.1,10,"),
            ("X,VIII,V,IX,IV,II,I", "I,II,IV,V,VIII,IX,X"),
            ("x,viii,v,ix,iv,ii,i", "i,ii,iv,v,viii,ix,x"),
            ("l,i,h,g,đ,d,a", "a,d,đ,g,h,i,l"),
        ] {
            assert_eq!(sorted(numbers.split(',').collect()).join(","), expected);
        }
    }
}
