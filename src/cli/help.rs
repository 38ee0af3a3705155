//! The help in the language of the user: one table of words, laid over the arguments. The completions and the manual
//! page are made of the same.

use clap::{Arg, ArgAction, Command, CommandFactory};

use super::arguments::Arguments;
use crate::plan::{Extension, Field, PlanField, Progress};
use crate::words::{self, Lang, Phrase};

/// A name, and what is said of it.
type Explanation = (&'static str, Phrase);

const fn row(name: &'static str, vi: &'static str, en: &'static str) -> Explanation {
    (name, Phrase::new(vi, en))
}

/// The verbs in the order of the help, and what each does.
pub(super) const VERBS: &[Explanation] = &[
    row("new", "Lập một kế hoạch mới, chưa có nhiệm vụ", "Make a new plan, without tasks"),
    row("list", "Danh sách nhiệm vụ, mỗi việc một dòng", "The tasks, one a line"),
    row("show", "Toàn bộ một nhiệm vụ", "One task in full"),
    row(
        "due",
        "Việc quá hạn, đến hạn, mốc đã qua: để gửi thư nhắc",
        "What is overdue, due or missed: for a mail",
    ),
    row(
        "summary",
        "Số liệu tổng hợp theo quý, cơ quan, người phụ trách …",
        "The figures by quarter, agency, officer …",
    ),
    row(
        "since",
        "Khác gì so với tối một ngày, hoặc với một tệp",
        "What differs from an evening, or from a file",
    ),
    row("set", "Sửa một nhiệm vụ", "Change a task"),
    row("tell", "Ghi tiến độ của một nhiệm vụ", "Tell the progress of a task"),
    row("add", "Thêm một nhiệm vụ", "Add a task"),
    row("remove", "Xóa một nhiệm vụ", "Delete a task"),
    row(
        "restore",
        "Các bản cũ của tệp; trở lại một bản, khôi phục phần bị ghi đè",
        "The earlier texts of the file; back to one, or what was overwritten",
    ),
    row("missing", "Nơi nào chưa gửi, mỗi nơi một dòng", "Who has not sent yet, one a line"),
    row("log", "Lịch sử thay đổi, mới nhất trước", "The history of changes, newest first"),
    row(
        "sync",
        "Trao đổi với máy khác qua git: ghi, nhận về, gửi đi",
        "Exchange with other machines through git: commit, pull, push",
    ),
    row(
        "git-setup",
        "Để git biết gộp các kế hoạch theo từng việc, từng mục",
        "Let git merge plans task by task, field by field",
    ),
    row(
        "merge",
        "Gộp hai bản của một kế hoạch; git tự gọi lệnh này",
        "Merge two versions of a plan; git calls this",
    ),
    row("check", "Kiểm tra kế hoạch: chỗ sai, chỗ cần xem lại", "Check plans: what is wrong or doubtful"),
    row("config", "Cấu hình: tệp ở đâu, giá trị nào", "The configuration: where it is, what holds"),
    row("completions", "Tệp gợi ý lệnh cho shell", "Completions for a shell"),
    row("man", "Trang hướng dẫn cho lệnh man", "The manual page"),
];

const TABLE_FORMAT: Phrase =
    Phrase::new("Dạng in ra; không ghi thì là bảng", "Output format; a table by default");

/// What is said of an argument, by its name; by verb and name where a verb means something else by it.
const ARGUMENTS: &[Explanation] = &[
    row("file", "Tệp sẽ được tạo, có đuôi .ron", "The file to be made, ending in .ron"),
    ("new title", PlanField::Title.label()),
    row("year", "Năm kế hoạch; không ghi thì năm nay", "The year of the plan; this year by default"),
    row(
        "plan",
        "Tệp kế hoạch; không ghi thì lấy TIENDO_PLAN, cấu hình, rồi tệp *.ron ở đây và trong data/",
        "The plan file; else TIENDO_PLAN, the configuration, then the *.ron here and in data/",
    ),
    row(
        "plans",
        "Các tệp kế hoạch, hoặc thư mục chứa chúng; không ghi thì như TIENDO_PLAN, cấu hình, *.ron ở đây và data/",
        "Plan files, or folders with them; else TIENDO_PLAN, the configuration, the *.ron here and in data/",
    ),
    row(
        "log plans",
        "Như ở lệnh list; cuối cùng có thể là mã hoặc số thứ tự của một việc, không ghi thì lấy mọi việc",
        "As for list; the last may be the id or the number of a task, else all tasks are meant",
    ),
    row("task", "Mã của việc, hoặc số thứ tự nếu không trùng", "Its id, or its number where that is unique"),
    row("base", "Bản mà hai bên cùng xuất phát: %O của git", "What both came of: git's %O"),
    row("ours", "Bản của mình, nhận kết quả: %A của git", "Ours, which gets the result: git's %A"),
    row("theirs", "Bản của bên kia: %B của git", "Theirs: git's %B"),
    row("shell", "Shell đang dùng", "The shell that is used"),
    row(
        "today",
        "Xem kế hoạch như vào ngày này: 2024-05-20, 20/5",
        "The plan as of this day: 2024-05-20, 20/5",
    ),
    row("read_only", "Chỉ xem: không đổi gì, không ghi gì", "Only shows: nothing is changed or written"),
    row(
        "follow",
        "Màn hình thứ hai: theo cuộc giao ban của người này, chỉ xem",
        "The second screen: follows the meeting of this user, and only shows",
    ),
    row(
        "known_at",
        "Như tệp ghi vào tối ngày này, theo lịch sử thay đổi",
        "As the file was on the evening of this day, by its histories",
    ),
    row(
        "within",
        "Sắp đến hạn là trong vòng số ngày này; không ghi thì như cấu hình",
        "Due within so many days; else as configured",
    ),
    row(
        "group",
        "Xếp theo người phụ trách hoặc cơ quan chủ trì",
        "Put together by officer or by lead agency",
    ),
    row("grouping", "Mỗi dòng là gì; không ghi thì là quý", "What the rows are; quarters by default"),
    ("summary format", TABLE_FORMAT),
    row(
        "then",
        "Một ngày: tệp ghi gì vào tối hôm ấy; hoặc một tệp kế hoạch khác",
        "A day: what the file said that evening; or another plan file",
    ),
    row(
        "review",
        "Rà soát công việc thay vì tệp: lâu không có tin, quá hạn không lý do, mốc đã qua …",
        "Look at the work and not at the file: no news, late without a reason, missed steps …",
    ),
    row("lang", "Ngôn ngữ", "The language"),
    ("help", words::HELP),
    row("version", "Phiên bản", "The version"),
    row("quarter", "Chỉ việc của quý này", "Only tasks of this quarter"),
    row(
        "list lead",
        "Chỉ việc do cơ quan này chủ trì: tên, tên viết tắt hoặc một phần tên, có dấu hoặc không dấu",
        "Only tasks led by this agency: its name, its initials, or a part of it, with or without tones",
    ),
    row("list support", "Chỉ việc cơ quan này phối hợp", "Only tasks that this agency cooperates in"),
    row("list status", "Chỉ việc ở trạng thái này", "Only tasks of this status"),
    row(
        "state",
        "Chỉ việc có tiến độ này, tính theo ngày xem",
        "Only tasks that the calendar finds in this state",
    ),
    row(
        "overdue",
        "Chỉ việc quá hạn; cùng với --due-within thì một trong hai",
        "Only overdue tasks; with --due-within, either",
    ),
    row("due_within", "Chỉ việc đến hạn trong vòng số ngày này", "Only tasks due within so many days"),
    row(
        "search",
        "Chỉ việc có những chữ này, gõ có dấu hoặc không dấu",
        "Only tasks with these words, typed with or without tones",
    ),
    row(
        "query",
        "Điều kiện, cách nhau bằng dấu chấm phẩy: “chủ trì: Sở Nội vụ; mục: II; trạng thái: đang; quý: 3; \
         hạn <= 30/6; phụ trách: tôi; nguồn: ngoài kế hoạch; quy chế”; nhiều giá trị thì dùng dấu |",
        "Conditions with semicolons between them: “lead: Sở Nội vụ; section: II; status: doing; quarter: 3; \
         due <= 30/6; officer: me; source: beside the plan; quy chế”; several values with | between them",
    ),
    row("view", "Bộ lọc đã lưu trong kế hoạch, theo tên", "A view that is saved in the plan, by its name"),
    row(
        "sort",
        "Sắp xếp theo số thứ tự, hạn hoặc trạng thái; không ghi thì như trong kế hoạch",
        "By number, deadline or status; else as in the plan",
    ),
    ("list format", TABLE_FORMAT),
    row("format", "Dạng in ra; không ghi thì là dòng chữ", "Output format; lines of text by default"),
    row("since", "Chỉ thay đổi từ ngày này", "Only changes since this day"),
    row("by", "Chỉ thay đổi của người này", "Only changes by this person"),
    row(
        "strict",
        "Mã thoát 1 nếu hai bên sửa khác nhau ở cùng một chỗ",
        "Exit status 1 if both sides have set the same thing differently",
    ),
    row("title", "Nội dung nhiệm vụ", "The task itself"),
    row(
        "lead",
        "Cơ quan chủ trì; nhiều cơ quan thì cách nhau bằng dấu chấm phẩy",
        "Lead agency; several with a semicolon between them",
    ),
    row("support", "Cơ quan phối hợp, cũng như vậy", "Cooperating agencies, likewise"),
    row("quarters", "Quý: 2; II-III; 1,4; cả năm (year); none", "Quarters: 2; II-III; 1,4; year; none"),
    row(
        "time",
        "Thời gian như trong văn bản: “Quý II”, “5/2024”; quý và hạn theo đó",
        "The time as printed: “Quý II”, “5/2024”; quarters and deadline follow it",
    ),
    row("due", "Hạn hoàn thành: 2024-06-30, 30/6, cuối quý 2; none", "Deadline: 2024-06-30, 30/6; none"),
    row(
        "status",
        "Trạng thái; done không kèm --done-on thì lấy ngày hôm nay",
        "Status; done without --done-on takes today",
    ),
    row("done-on", "Ngày hoàn thành thực tế; none để xóa", "The real day of completion; none to clear"),
    row(
        "steps",
        "Các mốc, cách nhau dấu ; như “dự thảo 30/4; trình -7” (7 ngày trước hạn)",
        "Steps with ; between them, as in “draft 30/4; submit -7” (7 days before the deadline)",
    ),
    row("output", "Kết quả thực hiện: số văn bản", "Result so far: number of the document"),
    row("note", "Ghi chú, thay cho ghi chú cũ", "The note, instead of the old one"),
    row(
        "reason",
        "Lý do, số văn bản; ghi vào lịch sử thay đổi",
        "The reason and its document, for the history of changes",
    ),
    row(
        "extend",
        "--due là gia hạn, không phải đính chính: hạn đầu vẫn được giữ",
        "--due is an extension, not a correction: the first deadline stays known",
    ),
    ("doc", Extension::DOC),
    row(
        "doc_date",
        "Ngày của văn bản đó; không ghi thì hôm nay",
        "The day of that document; today by default",
    ),
    ("text", Field::Progress.label()),
    ("stuck", Progress::STUCK),
    ("ask", Progress::ASK),
    row(
        "tell on",
        "Ngày của kết quả này; không ghi thì hôm nay",
        "The day that it tells of; today by default",
    ),
    row(
        "tell by",
        "Nơi hoặc người cho biết; không ghi thì người dùng",
        "Who has told it; the user by default",
    ),
    row("after", "Đặt sau việc này; không ghi thì ở cuối", "After this task; else at the end"),
    row("yes", "Xóa mà không hỏi", "Delete without asking"),
    row("to", "Trở lại bản này: số hoặc mã của bản", "Back to this version, by its number or hash"),
    row(
        "missing",
        "Khôi phục các thay đổi bị chương trình khác ghi đè",
        "Bring back the changes that another program has overwritten",
    ),
    row("leave", "Để như hiện nay và không nhắc nữa", "Leave it as it is now and do not mention it again"),
];

/// What stands for a value, by its name among the arguments.
const VALUES: [Explanation; 20] = [
    ("PLAN", PLAN),
    ("PLANS", PLAN),
    row("PLAN|TASK", "KẾ_HOẠCH|VIỆC", "PLAN|TASK"),
    row("TASK", "VIỆC", "TASK"),
    row("FILE", "TỆP", "FILE"),
    row("YEAR", "NĂM", "YEAR"),
    row("BASE", "GỐC", "BASE"),
    row("OURS", "CỦA_MÌNH", "OURS"),
    row("THEIRS", "BÊN_KIA", "THEIRS"),
    row("SHELL", "SHELL", "SHELL"),
    row("QUERY", "ĐIỀU_KIỆN", "QUERY"),
    row("TEXT", "CHỮ", "TEXT"),
    row("DATE", "NGÀY", "DATE"),
    row("DATE|FILE", "NGÀY|TỆP", "DATE|FILE"),
    ("NAME", NAME),
    row("DAYS", "SỐ_NGÀY", "DAYS"),
    row("STATE", "TIẾN_ĐỘ", "STATE"),
    row("QUARTERS", "QUÝ", "QUARTERS"),
    row("NUMBER", "SỐ", "NUMBER"),
    row("VERSION", "BẢN", "VERSION"),
];

const PLAN: Phrase = Phrase::new("KẾ_HOẠCH", "PLAN");
pub(super) const NAME: Phrase = Phrase::new("TÊN", "NAME");

/// Everything that can be typed, with what is said of it.
pub(super) fn command(lang: Lang) -> Command {
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).global(true);
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    let root = explained(Arguments::command().args([help, version]), lang)
        .about(ABOUT.say(lang))
        .override_usage(PROGRAM_USAGE.say(lang))
        .subcommand_help_heading(VERBS_HEADING.say(lang))
        .after_help(AFTER.say(lang));
    root.mut_subcommands(|verb| {
        let verb = explained(verb, lang);
        let (about, usage) = (named(VERBS, verb.get_name()), usage(&verb, lang));
        verb.about(about.map_or("", |about| about.say(lang))).override_usage(usage)
    })
}

/// The command with its arguments explained, and none of the parser's own English.
fn explained(command: Command, lang: Lang) -> Command {
    let template = format!("{{about}}\n\n{} {{usage}}\n\n{{all-args}}{{after-help}}\n", USAGE.say(lang));
    let name = command.get_name().to_owned();
    let may_lack_first = command.get_positionals().last().is_some_and(Arg::is_required_set);
    let mut operands = 0..;
    command
        .help_template(template)
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .allow_missing_positional(may_lack_first)
        .term_width(HELP_WIDTH)
        .mut_args(|arg| {
            let arg = explained_argument(arg, &name, lang);
            match arg.get_id().as_str() {
                _ if arg.is_positional() => arg.display_order(operands.next().unwrap_or(LAST)),
                "help" | "lang" | "today" | "version" => arg.display_order(LAST),
                _ => arg,
            }
        })
}

fn explained_argument(arg: Arg, command: &str, lang: Lang) -> Arg {
    let heading = if arg.is_positional() { OPERANDS_HEADING } else { OPTIONS_HEADING };
    let help = of_argument(command, arg.get_id().as_str()).say(lang);
    let arg = arg.help_heading(heading.say(lang));
    if !arg.get_action().takes_values() {
        return arg.help(help);
    }
    let name = arg.get_value_names().map(|names| names.join(" ")).unwrap_or_default();
    let value = named(&VALUES, &name).map_or(name, |value| value.say(lang).to_owned());
    let choices: Vec<_> = arg.get_possible_values().iter().map(|it| it.get_name().to_owned()).collect();
    if choices.is_empty() {
        return arg.help(help).value_name(value);
    }
    // What may be chosen is told in the place of an option's value, where that has room for it.
    let joined = choices.join("|");
    let is_explained = arg.is_positional() || joined.len() > MOST_CHOICES;
    let arg = arg.hide_possible_values(true);
    if is_explained {
        arg.help(format!("{help}: {}", choices.join(", "))).value_name(value)
    } else {
        arg.help(help).value_name(joined)
    }
}

/// What is said of an argument of a command. That of a field is called like the field where nothing more is to be said.
fn of_argument(command: &str, argument: &str) -> Phrase {
    let own = named(ARGUMENTS, &format!("{command} {argument}"));
    let of_head = || PlanField::named(argument).map(PlanField::label);
    let of_field = || Field::named(argument).map(Field::label).or_else(of_head);
    own.or_else(|| named(ARGUMENTS, argument)).or_else(of_field).unwrap_or(Phrase::new("", ""))
}

fn named(rows: &[Explanation], name: &str) -> Option<Phrase> {
    rows.iter().find(|(known, _)| *known == name).map(|(_, phrase)| *phrase)
}

/// How a verb is called: `tiendo show [PLAN] TASK [OPTIONS]`.
fn usage(verb: &Command, lang: Lang) -> String {
    let operands = verb.get_positionals().map(|arg| {
        let value = arg.get_value_names().unwrap_or_default().join(" ");
        match arg.get_action() {
            ArgAction::Append => format!(" [{value}]…"),
            _ if arg.is_required_set() => format!(" {value}"),
            _ => format!(" [{value}]"),
        }
    });
    format!("tiendo {}{} [{}]", verb.get_name(), operands.collect::<String>(), OPTIONS_USAGE.say(lang))
}

/// What every command has stands behind its own.
const LAST: usize = 900;

/// Cells of the choices that stand in the place of a value.
const MOST_CHOICES: usize = 60;

/// Lines of help are no longer than the narrowest usual terminal is wide.
const HELP_WIDTH: usize = 80;

const ABOUT: Phrase = Phrase::new(
    "Kế hoạch năm của một cơ quan, trên bảng theo quý. Không có lệnh thì mở bảng.",
    "The yearly plan of an office, on a board by quarter. Without a verb the board opens.",
);
pub(super) const PROGRAM_USAGE: Phrase =
    Phrase::new("tiendo [KẾ_HOẠCH]… | tiendo LỆNH …", "tiendo [PLAN]… | tiendo VERB …");
const OPTIONS_USAGE: Phrase = Phrase::new("TÙY_CHỌN", "OPTIONS");
pub(super) const USAGE: Phrase = Phrase::new("Cách dùng:", "Usage:");
const VERBS_HEADING: Phrase = Phrase::new("Lệnh", "Verbs");
const OPERANDS_HEADING: Phrase = Phrase::new("Đối số", "Arguments");
const OPTIONS_HEADING: Phrase = Phrase::new("Tùy chọn", "Options");
const AFTER: Phrase = Phrase::new(
    "Mã thoát: 0 thành công; 1 có vấn đề (có lỗi, không tìm thấy); 2 không chạy được.\n\
     Biến môi trường: TIENDO_PLAN, TIENDO_LANG, NO_COLOR. Cấu hình: tiendo config.",
    "Exit status: 0 fine; 1 the answer is bad (a problem found, nothing there); 2 could not run.\n\
     Environment: TIENDO_PLAN, TIENDO_LANG, NO_COLOR. Configuration: tiendo config.",
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    #[test]
    fn the_arguments_contradict_themselves_nowhere() {
        command(Lang::Vi).debug_assert();
        command(Lang::En).debug_assert();
    }

    #[test]
    fn no_line_of_the_help_is_too_long() {
        for lang in [Lang::Vi, Lang::En] {
            let mut root = command(lang);
            root.build();
            let own = root.render_help().to_string();
            let of_verbs = root.get_subcommands_mut().map(|verb| verb.render_help().to_string());
            for help in of_verbs.chain([own]) {
                let longest = help.lines().map(text::width).max();
                assert!(longest.is_some_and(|longest| longest <= HELP_WIDTH), "{help}");
            }
        }
    }

    #[test]
    fn something_is_said_of_everything_that_can_be_typed_and_of_nothing_else() {
        let root = command(Lang::En);
        let verbs: Vec<&str> = root.get_subcommands().map(Command::get_name).collect();
        assert_eq!(verbs, VERBS.iter().map(|(name, _)| *name).collect::<Vec<_>>());
        let commands: Vec<&Command> = std::iter::once(&root).chain(root.get_subcommands()).collect();
        let mut said = Vec::new();
        for (command, arg) in
            commands.iter().flat_map(|it| it.get_arguments().map(|arg| (it.get_name(), arg)))
        {
            let name = arg.get_id().as_str();
            assert_ne!(of_argument(command, name).en, "", "{command} {name}");
            said.extend([format!("{command} {name}"), name.to_owned()]);
        }
        for (name, _) in ARGUMENTS {
            assert!(said.iter().any(|known| known == name), "there is no {name}");
        }
    }
}
