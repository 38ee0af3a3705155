//! Rules on the views that are saved in the plan.

use super::{Examined, FoundAt, Spot};
use crate::plan::field::PlanField;
use crate::plan::query::{Query, QueryContext};
use crate::plan::status::Calendar;

pub(super) fn unreadable(examined: &Examined<'_>) -> FoundAt {
    let calendar = Calendar { today: examined.today, warning: Calendar::WARNING };
    let context = QueryContext { plan: examined.plan, index: &examined.index, calendar, user: "" };
    let unreadable = examined.plan.views.iter().filter_map(|view| {
        let error = Query::parse(&view.query, &context).err()?;
        Some((Spot::Plan(PlanField::Views.name()), error.message_of_view(&view.name, examined.lang)))
    });
    unreadable.collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{of_text, rules};
    use super::super::{Rule, Spot};
    use crate::words::Lang;

    #[test]
    fn a_view_that_a_hand_has_written_can_be_opened() {
        let plan = |query: &str| {
            let views = format!("views: [(name: \"Thứ Hai\", query: \"{query}\")]");
            of_text(&format!("Plan(title: \"Kế hoạch\", year: 2024, {views}, tasks: [])"))
        };
        assert_eq!(plan("hạn <= 30/6; phụ trách: tôi; trạng thái: đang"), []);
        let found = plan("hạn <= 31/6");
        assert_eq!(rules(&found), [Rule::UnreadableView]);
        assert_eq!(found[0].spot, Spot::Plan("views"));
        let message = found[0].message(Lang::Vi);
        assert!(
            message.starts_with("Không mở được bộ lọc “Thứ Hai”: ") && message.contains("31/6"),
            "{message}"
        );
    }
}
