//! Rules on the names of agencies: one body, one name.

mod likeness;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use likeness::{Likeness, Name};

use super::{Examined, FoundAt, Spot, called};
use crate::plan::agency::{Agency, parts};
use crate::plan::field::Field;
use crate::plan::task::Task;
use crate::text;
use crate::words::{Lang, Phrase, tr};

pub(super) fn missing_name(examined: &Examined<'_>) -> FoundAt {
    let said = Phrase::new("Cơ quan chưa có tên", "The agency has no name").say(examined.lang);
    examined.each_agency(|_, agency| agency.name.trim().is_empty().then(|| said.to_owned()))
}

pub(super) fn listed_twice(examined: &Examined<'_>) -> FoundAt {
    let agencies = &examined.plan.agencies;
    let first = first_of(agencies, |agency| std::iter::once(agency.name.as_str()));
    examined.each_agency(|at, agency| {
        let key = text::name_key(&agency.name);
        let other = *first.get(&key).filter(|&&other| other != at && !key.is_empty())?;
        let (name, other) = (&agency.name, &agencies[other].name);
        Some(tr!(
            examined.lang,
            "Cơ quan “{name}” đã có trong danh sách, là “{other}”; gộp hai mục làm một",
            "The agency “{name}” is already listed, as “{other}”; make one entry of the two"
        ))
    })
}

/// A name under which two agencies are listed makes them one for the program.
pub(super) fn name_of_two(examined: &Examined<'_>) -> FoundAt {
    let agencies = &examined.plan.agencies;
    let owners = first_of(agencies, Agency::names);
    examined.each_agency(|at, agency| {
        let own = text::name_key(&agency.name);
        let (name, other) = agency.names().find_map(|name| {
            let owner = owners.get(&text::name_key(name)).copied()?;
            let other = &agencies[owner].name;
            (owner != at && text::name_key(other) != own).then_some((name, other))
        })?;
        let agency = &agency.name;
        Some(tr!(
            examined.lang,
            "Tên “{name}” là của cả “{other}” và “{agency}”; bỏ ở một bên, hoặc gộp hai mục làm một",
            "The name “{name}” is that of both “{other}” and “{agency}”; take it out of one, or make one entry of \
             the two"
        ))
    })
}

/// The first agency that is listed under each name, by the key of the name.
fn first_of<'a, I: Iterator<Item = &'a str>>(
    agencies: &'a [Agency],
    names: impl Fn(&'a Agency) -> I,
) -> HashMap<String, usize> {
    let mut first = HashMap::new();
    for (at, agency) in agencies.iter().enumerate() {
        for name in names(agency) {
            first.entry(text::name_key(name)).or_insert(at);
        }
    }
    first
}

pub(super) fn repeated(examined: &Examined<'_>) -> FoundAt {
    examined.each_task(|task| {
        let mut seen = HashSet::new();
        let (field, name) = named(task).find(|(_, name)| !seen.insert(examined.directory().place(name)))?;
        let task = called(task);
        let said = tr!(
            examined.lang,
            "Cơ quan “{name}” được ghi hai lần trong việc {task}",
            "The agency “{name}” stands twice in task {task}"
        );
        Some((field, said))
    })
}

/// Every agency of the task that has a name, with the field that it stands in.
fn named(task: &Task) -> impl Iterator<Item = (Field, &str)> {
    let lead = task.lead.iter().map(|name| (Field::Lead, name.as_str()));
    let support = task.support.iter().map(|name| (Field::Support, name.as_str()));
    lead.chain(support).filter(|(_, name)| !name.trim().is_empty())
}

/// Several bodies in one name: none of them can be filtered by. A name that is listed is meant as it stands.
pub(super) fn several_in_one(examined: &Examined<'_>) -> FoundAt {
    let listed: HashSet<String> =
        examined.plan.agencies.iter().flat_map(Agency::names).map(text::name_key).collect();
    let mut seen: HashSet<&str> = HashSet::new();
    let names = examined.plan.tasks.iter().flat_map(|task| named(task)).map(|(_, name)| name);
    let names = names.filter(|name| seen.insert(name)).take(MOST_COMPARED);
    let several = names.filter_map(|name| {
        let bodies = bodies_in(name, examined);
        (bodies.len() > 1 && !listed.contains(&text::name_key(name))).then_some((name, bodies))
    });
    let several: HashMap<&str, Vec<&str>> = several.collect();
    examined.each_task(|task| {
        let ((field, name), bodies) = named(task).find_map(|named| Some((named, several.get(named.1)?)))?;
        let (count, bodies) = (bodies.len(), bodies.join("”, “"));
        let said = tr!(
            examined.lang,
            "“{name}” là {count} cơ quan trong một tên; ghi thành “{bodies}”; nếu là một thì ghi vào agencies",
            "“{name}” is {count} agencies in one name; write “{bodies}”; if it is one, list it under agencies"
        );
        Some((field, said))
    })
}

fn bodies_in<'a>(name: &'a str, examined: &Examined<'_>) -> Vec<&'a str> {
    let whole = examined.directory().place(name);
    parts(name, |part| examined.directory().place(part).is_some_and(|at| Some(at) != whole))
}

/// More bodies than this no hand has written; to compare each with each would take long.
const MOST_COMPARED: usize = 1000;

/// A name that is spelled otherwise, or so much like another that both may be one body. What is
/// listed is meant as it stands: listing a name, as an agency or an alias, silences this rule.
pub(super) fn two_ways(examined: &Examined<'_>) -> FoundAt {
    let names = known(examined);
    let doubtful = names.iter().filter(|known| known.first.is_some()).take(MOST_COMPARED);
    doubtful.filter_map(|known| finding(known, &names, examined.lang)).collect()
}

/// A name that the plan uses or lists.
struct Known<'a> {
    name: Name<'a>,
    /// How often it is used. What is listed stands above all that is not.
    weight: usize,
    /// Where it is used first; nowhere, if it is listed.
    first: Option<(&'a Task, Field)>,
}

/// The names that are listed, then the others by how early they are used.
fn known<'a>(examined: &Examined<'a>) -> Vec<Known<'a>> {
    let plan = examined.plan;
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut known: Vec<Known<'_>> = Vec::new();
    let listed = plan.agencies.iter().flat_map(Agency::names).map(|name| (name, None));
    let used = |task: &'a Arc<Task>| named(task).map(move |(field, name)| (name, Some((&**task, field))));
    for (name, first) in listed.chain(plan.tasks.iter().flat_map(used)) {
        let at = *places.entry(name).or_insert_with(|| {
            known.push(Known { name: Name::of(name), weight: first.map_or(usize::MAX, |_| 0), first });
            known.len() - 1
        });
        known[at].weight = known[at].weight.saturating_add(1);
    }
    known
}

fn finding(doubtful: &Known<'_>, names: &[Known<'_>], lang: Lang) -> Option<(Spot, String)> {
    let (task, field) = doubtful.first?;
    let (likeness, model) = model(doubtful, names)?;
    let (name, model) = (doubtful.name.text, model.name.text);
    let said = match likeness {
        Likeness::Same => return None,
        Likeness::SpelledOtherwise => tr!(
            lang,
            "“{name}” là cách viết khác của “{model}”; viết “{model}”, hoặc thêm vào aliases",
            "“{name}” is another spelling of “{model}”; write “{model}”, or add it to the aliases"
        ),
        Likeness::NearlySpelled => {
            tr!(lang, "“{name}” rất giống “{model}”", "“{name}” is very much like “{model}”")
        }
        Likeness::Abbreviated => tr!(
            lang,
            "“{name}” và “{model}” có lẽ là một, một bên viết tắt",
            "“{name}” and “{model}” may be one, the one being short for the other"
        ),
    };
    let suggestion = tr!(
        lang,
        "nếu là một thì viết “{model}” hoặc thêm vào aliases, nếu là hai thì ghi cả hai vào agencies",
        "if they are one, write “{model}” or add it to the aliases; if two, list both under agencies"
    );
    let is_doubtful = likeness > Likeness::SpelledOtherwise;
    let said = if is_doubtful { format!("{said}; {suggestion}") } else { said };
    Some((Spot::Field(task.id.clone(), field), said))
}

/// The name that this one should perhaps be: the best known of those most like it.
/// Of two names that are used alike the later one is doubted.
fn model<'a>(doubtful: &Known<'_>, names: &'a [Known<'a>]) -> Option<(Likeness, &'a Known<'a>)> {
    let mut is_earlier = true;
    let mut best: Option<(Likeness, &Known<'_>)> = None;
    for other in names.iter().take(2 * MOST_COMPARED) {
        if std::ptr::eq(other, doubtful) {
            is_earlier = false;
            continue;
        }
        if other.weight < doubtful.weight || (other.weight == doubtful.weight && !is_earlier) {
            continue;
        }
        let Some(likeness) = doubtful.name.likeness(&other.name) else { continue };
        if best.is_none_or(|(known, model)| (likeness, model.weight) < (known, other.weight)) {
            best = Some((likeness, other));
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::super::tests::{Told, findings, rules, task};
    use super::super::{Rule, Spot};
    use super::*;
    use crate::words::Lang;

    /// Tasks with these leads, one each.
    fn led_by(agencies: &str, leads: &[&str]) -> Vec<Told> {
        let tasks =
            leads.iter().enumerate().map(|(at, lead)| task(&format!("id: \"{at}\", lead: [\"{lead}\"]")));
        findings(agencies, &tasks.collect::<String>())
    }

    #[test]
    fn an_agency_has_a_name() {
        assert_eq!(rules(&findings("(name: \" \")", "")), [Rule::MissingAgencyName]);
        assert_eq!(findings("(name: \"Sở Nội vụ\")", ""), []);
    }

    #[test]
    fn an_agency_is_listed_once() {
        let found = findings("(name: \"Sở Nội vụ\"), (name: \"Sở  nội vụ\")", "");
        assert_eq!(rules(&found), [Rule::AgencyListedTwice]);
        assert_eq!(found[0].spot, Spot::Agency(1));
        assert_eq!(findings("(name: \"Sở Nội vụ\"), (name: \"Sở Tư pháp\")", ""), []);
    }

    #[test]
    fn a_name_is_one_agencys() {
        let found = findings("(name: \"A\", aliases: [\"X\"]), (name: \"B\", aliases: [\"x\"])", "");
        assert_eq!(rules(&found), [Rule::NameOfTwoAgencies]);
        assert!(found[0].message(Lang::Vi).starts_with("Tên “x” là của cả “A” và “B”"));
        let found = findings("(name: \"A\"), (name: \"B\", full: \"A\")", "");
        assert_eq!(rules(&found), [Rule::NameOfTwoAgencies]);
        assert_eq!(findings("(name: \"A\", full: \"A\", aliases: [\"a\"]), (name: \"B\")", ""), []);
    }

    #[test]
    fn an_agency_stands_once_in_a_task() {
        let listed = "(name: \"Ban TĐKT\", aliases: [\"Ban Thi đua\"])";
        let found =
            findings(listed, &task("lead: [\"Ban TĐKT\"], support: [\"Sở Tư pháp\", \"Ban Thi đua\"]"));
        assert_eq!(rules(&found), [Rule::AgencyRepeated]);
        assert_eq!(found[0].spot, Spot::Field(crate::plan::TaskId::new("a"), Field::Support));
        assert_eq!(
            findings(listed, &task("lead: [\"Ban TĐKT\"], support: [\"Sở Tư pháp\", \"\", \"\"]")),
            []
        );
    }

    #[test]
    fn two_bodies_in_one_name_are_told() {
        let found = led_by("(name: \"Sở Nội vụ\")", &["Sở Nội vụ và các đơn vị liên quan", "Sở Tư pháp"]);
        assert_eq!(rules(&found), [Rule::SeveralInOneName]);
        assert_eq!(
            found[0].message(Lang::Vi),
            "“Sở Nội vụ và các đơn vị liên quan” là 2 cơ quan trong một tên; ghi thành “Sở Nội vụ”, “các đơn vị \
             liên quan”; nếu là một thì ghi vào agencies"
        );
        let found = led_by("", &["Sở Nội vụ, Sở Tư pháp", "Sở Nội vụ", "Sở Tư pháp"]);
        assert_eq!(rules(&found), [Rule::SeveralInOneName]);
        assert_eq!(led_by("", &["Sở Nội vụ, Sở Tư pháp", "Sở Nội vụ", "Sở Y tế"]), []);
        let listed = "(name: \"Sở Nội vụ, Sở Tư pháp\")";
        assert_eq!(led_by(listed, &["Sở Nội vụ, Sở Tư pháp", "Sở Nội vụ", "Sở Tư pháp"]), []);
    }

    #[test]
    fn the_rarer_of_two_spellings_is_doubted() {
        let found = led_by("", &["Sở Nội vu", "Sở Nội vụ", "Sở Nội vụ"]);
        assert_eq!(rules(&found), [Rule::AgencyTwoWays]);
        assert!(found[0].message(Lang::Vi).starts_with("“Sở Nội vu” rất giống “Sở Nội vụ”"));
        let found = led_by("", &["Sở Nội vụ", "Sở Nội vu"]);
        assert!(found[0].message(Lang::En).starts_with("“Sở Nội vu” is very much like “Sở Nội vụ”"));
    }

    #[test]
    fn a_listed_name_is_the_one_to_write() {
        let found = led_by("(name: \"Sở Nội vụ\")", &["Sở Nội Vụ", "Sở Nội Vụ", "SNV"]);
        assert_eq!(rules(&found), [Rule::AgencyTwoWays, Rule::AgencyTwoWays]);
        assert_eq!(
            found[0].message(Lang::Vi),
            "“Sở Nội Vụ” là cách viết khác của “Sở Nội vụ”; viết “Sở Nội vụ”, hoặc thêm vào aliases"
        );
        assert!(found[1].message(Lang::En).starts_with("“SNV” and “Sở Nội vụ” may be one"));
    }

    #[test]
    fn what_is_listed_is_meant() {
        assert_eq!(
            led_by("(name: \"Sở Nội vụ\", aliases: [\"SNV\", \"Sở Nội Vụ\"])", &["Sở Nội Vụ", "SNV"]),
            []
        );
        assert_eq!(led_by("(name: \"Hội đồng ĐTKH\"), (name: \"Hội đồng ĐTKT\")", &["Hội đồng ĐTKT"]), []);
        assert_eq!(led_by("(name: \"Các cơ quan\")", &["các cơ quan"]), []);
        assert_eq!(led_by("", &["Sở Nội vụ", "Sở Tư pháp", "Sở Y tế"]), []);
    }
}
