//! The bodies of a plan that two people have changed.

use super::{IN_ONE_OF_THEM, Versions, by_keys, counted, rows};
use crate::plan::Agency;

/// Each is known by its name, and by how many times that has been there.
pub(crate) fn merged(base: &[Agency], first: &[Agency], second: &[Agency]) -> Vec<Agency> {
    let named =
        |agencies: &'_ [Agency]| counted(&agencies.iter().map(|it| it.name.clone()).collect::<Vec<_>>());
    let rows = [base, first, second].map(|agencies| named(agencies).into_iter().zip(agencies).collect());
    by_keys(
        rows,
        |_| false,
        |_, versions: Versions<&Agency>| match versions {
            [base, Some(first), Some(second)] => agency(base.unwrap_or(&Agency::default()), first, second),
            [_, first, second] => first.or(second).expect(IN_ONE_OF_THEM).clone(),
        },
    )
}

/// A full name that had to give way is still a name of the body.
fn agency(base: &Agency, first: &Agency, second: &Agency) -> Agency {
    let mut aliases = rows(&base.aliases, &first.aliases, &second.aliases);
    let (kept, lost) = if second.full == base.full { (first, second) } else { (second, first) };
    let is_lost = lost.full != base.full && lost.full != kept.full && !lost.full.is_empty();
    if is_lost && !aliases.contains(&lost.full) {
        aliases.push(lost.full.clone());
    }
    Agency { name: second.name.clone(), full: kept.full.clone(), aliases }
}
