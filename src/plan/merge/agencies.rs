//! The bodies of a plan that two people have changed.

use std::collections::HashMap;

use super::order;
use super::{counted, rows};
use crate::plan::Agency;

pub(crate) fn merged(base: &[Agency], first: &[Agency], second: &[Agency]) -> Vec<Agency> {
    let [base, first, second] = [base, first, second].map(ListedAgencies::of);
    let stays = |key: &AgencyKey| {
        let left = first.by_key.get(key).or_else(|| second.by_key.get(key));
        left != base.by_key.get(key)
    };
    let order = order::merged(&base.keys, &first.keys, &second.keys, stays);
    let merge = |key: &AgencyKey| match (first.by_key.get(key), second.by_key.get(key)) {
        (Some(first), Some(second)) => {
            let nothing = Agency::default();
            agency(base.by_key.get(key).copied().unwrap_or(&nothing), first, second)
        }
        (first, second) => (*first.or(second).expect("the order has only what is in one of them")).clone(),
    };
    order.iter().map(merge).collect()
}

/// A name, and how many times it has been there.
type AgencyKey = (String, usize);

struct ListedAgencies<'a> {
    keys: Vec<AgencyKey>,
    by_key: HashMap<AgencyKey, &'a Agency>,
}

impl<'a> ListedAgencies<'a> {
    fn of(agencies: &'a [Agency]) -> Self {
        let names: Vec<_> = agencies.iter().map(|agency| agency.name.clone()).collect();
        let keys = counted(&names);
        let by_key = keys.iter().cloned().zip(agencies).collect();
        Self { keys, by_key }
    }
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
