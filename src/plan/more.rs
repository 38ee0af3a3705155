//! What a printed plan has a column for and this program no field: a map in the file, and rows in the plan.

use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserializer, Serializer};

/// `{"Kinh phí": "50 triệu đồng"}`, of one column.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct OtherColumn {
    /// As the document calls it.
    pub name: String,
    pub value: String,
}

/// Each column once or as often as it is there, in the order of the file.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<OtherColumn>, D::Error> {
    deserializer.deserialize_map(ColumnsVisitor)
}

pub(super) fn serialize<S: Serializer>(columns: &[OtherColumn], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(columns.iter().map(|column| (&column.name, &column.value)))
}

struct ColumnsVisitor;

impl<'de> Visitor<'de> for ColumnsVisitor {
    type Value = Vec<OtherColumn>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map of texts")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut columns = Vec::new();
        while let Some((name, value)) = map.next_entry()? {
            columns.push(OtherColumn { name, value });
        }
        Ok(columns)
    }
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::plan::{Change, Plan, Stamp, Task, Why};

    const TEXT: &str = "(title: \"P\", year: 2024, tasks: [(id: \"a\", title: \"A\", more: {\"b\": \"1\", /* c */ \"a\": \"2\"})])";

    fn task(plan: &Plan) -> Task {
        Task::clone(&plan.tasks[0])
    }

    #[test]
    fn columns_are_kept_in_the_order_of_the_file() {
        let mut document = Document::read(TEXT.into()).unwrap();
        let columns: Vec<(String, String)> =
            task(document.plan()).more.into_iter().map(|column| (column.name, column.value)).collect();
        assert_eq!(columns, [("b".into(), "1".into()), ("a".into(), "2".into())]);
        let stamp = Stamp {
            at: "2024-05-20T08:00:00+07:00".parse().unwrap(),
            by: "lan".into(),
            why: Why::Untold,
            on: None,
        };
        let gone = [Change::Remove { task: Box::new(task(document.plan())), after: None }];
        let made = document.make(&gone, &stamp).unwrap();
        document.make(&Change::inverses(&made), &stamp).unwrap();
        let text = String::from_utf8_lossy(document.bytes()).into_owned();
        assert!(text.contains("more: {\"b\": \"1\", \"a\": \"2\"}"), "{text}");
    }
}
