//! Rules on the rows of tables: each is known by something, is there once, and tells of no day to come.

use std::collections::HashSet;

use super::steps::quoted;
use super::{Examined, FoundAt, Spot};
use crate::plan::field::{Field, FieldOf, PlanField};
use crate::plan::table::{Table, TableRows};
use crate::plan::time::write_date;
use crate::plan::value::Value;
use crate::words::{Lang, Phrase, tr};

/// Bodies and steps have rules of their own for this.
pub(super) fn repeated(examined: &Examined<'_>) -> FoundAt {
    let lang = examined.lang;
    each_table(examined, |label, rows| {
        if matches!(rows.table, Table::Agencies | Table::Steps) {
            return None;
        }
        let mut seen = HashSet::new();
        let rows = named(rows, rows.keys().into_iter().map(|key| !seen.insert(key)), lang)?;
        Some(tr!(
            lang,
            "{label}: {rows} ghi nhiều lần; giữ một dòng",
            "{label}: {rows} is there more than once; keep one row"
        ))
    })
}

pub(super) fn unnamed(examined: &Examined<'_>) -> FoundAt {
    each_table(examined, |label, rows| {
        let is_empty = |row: &Vec<Value>| row[0].recorded().trim().is_empty();
        let row = rows.cells.iter().position(is_empty).filter(|_| rows.table != Table::Agencies)? + 1;
        let name = rows.table.kind().columns[0].name;
        Some(tr!(examined.lang, "{label}: dòng thứ {row} chưa có {name}", "{label}: row {row} has no {name}"))
    })
}

/// What has not come yet is on no screen before its day, and a wrong year hides it for good.
pub(super) fn in_future(examined: &Examined<'_>) -> FoundAt {
    let (today, lang) = (examined.today, examined.lang);
    each_table(examined, |label, rows| {
        let on = rows.table.kind().columns.iter().position(|column| column.name == "on")?;
        let is_to_come = |row: &Vec<Value>| row[on].day().is_some_and(|day| day > today);
        let (rows, today) = (named(rows, rows.cells.iter().map(is_to_come), lang)?, write_date(today));
        Some(tr!(lang, "{label}: {rows} ghi sau ngày {today}", "{label}: {rows} is dated after {today}"))
    })
}

/// What is said of the tables of the plan and of its tasks, behind what each is called.
fn each_table(examined: &Examined<'_>, find: impl Fn(&str, &TableRows) -> Option<String>) -> FoundAt {
    let (plan, lang) = (examined.plan, examined.lang);
    let find = |label: Phrase, rows: &TableRows| find(label.say(lang), rows);
    let of_plan = tables::<PlanField>(plan)
        .filter_map(|(field, rows)| Some((Spot::Plan(field.name()), find(field.label(), &rows)?)));
    let of_tasks = plan.tasks.iter().flat_map(|task| {
        let of_task = tables::<Field>(task);
        of_task.map(move |(field, rows)| (Spot::Field(task.id.clone(), field), field, rows))
    });
    let of_tasks = of_tasks.filter_map(|(spot, field, rows)| Some((spot, find(field.label(), &rows)?)));
    of_plan.chain(of_tasks).collect()
}

fn tables<F: FieldOf>(owner: &F::Owner) -> impl Iterator<Item = (F, TableRows)> {
    F::ALL.iter().filter(|field| field.row().kind.table().is_some()).filter_map(|&field| {
        match field.of(owner) {
            Value::Table(rows) => Some((field, rows)),
            _ => None,
        }
    })
}

/// The rows that are meant, by what a history tells of them.
fn named(rows: &TableRows, is_meant: impl Iterator<Item = bool>, lang: Lang) -> Option<String> {
    let told = rows.told(lang);
    quoted(told.iter().zip(is_meant).filter(|(_, is_meant)| *is_meant).map(|(row, _)| row.as_str()))
}

#[cfg(test)]
mod tests {
    use super::super::Rule;
    use super::super::tests::{findings, of_text, rules, task};
    use crate::words::Lang;

    #[test]
    fn a_row_is_there_once() {
        let line = r#"(on: "2024-05-02", by: "Sở", text: "a")"#;
        let found = findings("", &task(&format!("quarters: [Q2], progress: [{line}, {line}]")));
        assert_eq!(rules(&found), [Rule::RowRepeated]);
        let said = "Kết quả đến nay: “02/05/2024 Sở: a” ghi nhiều lần; giữ một dòng";
        assert_eq!(found[0].message(Lang::Vi), said);
        let other = r#"(on: "2024-05-02", by: "Sở", text: "b")"#;
        assert_eq!(findings("", &task(&format!("quarters: [Q2], progress: [{line}, {other}]"))), []);
        let people = "(title: \"P\", year: 2024, people: [(login: \"lan\"), (login: \"lan\")], tasks: [])";
        assert_eq!(rules(&of_text(people)), [Rule::RowRepeated]);
    }

    #[test]
    fn a_row_is_known_by_something() {
        let found = findings("", &task("quarters: [Q2], extensions: [(on: \"2024-05-02\")]"));
        assert_eq!(rules(&found), [Rule::RowUnnamed]);
        assert_eq!(found[0].message(Lang::En), "Extensions: row 1 has no to");
        let views = "(title: \"P\", year: 2024, views: [(query: \"a\"), (name: \"  \")], tasks: [])";
        assert_eq!(rules(&of_text(views)), [Rule::RowUnnamed]);
    }

    #[test]
    fn nothing_is_told_of_a_day_to_come() {
        let of = |fields: &str| rules(&findings("", &task(&format!("quarters: [Q2], {fields}"))));
        assert_eq!(of(r#"progress: [(on: "2024-05-21", text: "a")]"#), [Rule::DatedInFuture]);
        assert_eq!(of(r#"extensions: [(to: "2024-07-31", on: "2042-05-02")]"#), [Rule::DatedInFuture]);
        assert_eq!(of(r#"progress: [(on: "2024-05-20", text: "a")]"#), []);
    }
}
