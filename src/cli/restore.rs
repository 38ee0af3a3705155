//! `tiendo restore`: the earlier texts of a plan, and what an editor has overwritten; and bringing them back.

use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use chrono::{DateTime, FixedOffset};

use super::arguments::Typed;
use super::plan_file::PlanFile;
use super::{Call, CliError, Printer, Streams, printed, resolve};
use crate::plan::time::{by_office_clock, office_time, write_date};
use crate::plan::{Change, Field, Plan};
use crate::store::{Backup, Backups, BroughtBack, Commit, Difference, Saved};
use crate::text;
use crate::words::{Lang, Phrase, tr};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    plan: Option<PathBuf>,
    #[arg(long, value_name = "VERSION", conflicts_with = "missing")]
    to: Option<Typed>,
    #[arg(long, conflicts_with = "leave")]
    missing: bool,
    #[arg(long, conflicts_with = "to")]
    leave: bool,
}

pub(super) fn run(call: &Call, given: &Arguments, streams: &mut Streams) -> Result<(), CliError> {
    let named = given.plan.as_slice();
    let path = resolve::path(call, named)?;
    if given.missing || given.leave {
        let mut file = resolve::open(call, named)?;
        return if given.leave { leave(&mut file, streams.out) } else { bring_back(&mut file, streams) };
    }
    let backups = Backups::of(&path, call.environment.state_folder().as_deref());
    let backups = backups.map_err(|error| call.file_error(&path, &error))?;
    match &given.to {
        Some(name) => bring_text_back(call, streams.out, &path, &backups, name.trim()),
        None => Ok(list(call, streams.out, &path, &backups.texts(), named)?),
    }
}

/// The earlier texts, newest first, and what is missing. A plan that is broken has earlier texts all the same.
fn list(call: &Call, out: &mut Printer, path: &Path, texts: &[Backup], named: &[PathBuf]) -> io::Result<()> {
    let lang = call.lang();
    if texts.is_empty() {
        out.line_about(path, call.say(NO_TEXTS))?;
    }
    let author = |text: &Backup| text.by.clone().unwrap_or_else(|| OTHER_PROGRAM.say(lang).to_owned());
    let room = texts.iter().map(|text| text::width(&author(text))).max().unwrap_or_default();
    out.lines(texts.iter().map(|text| {
        let author = printed::padded(&text::line(&author(text)), room);
        let (at, what) = (moment(text.at), contents(text, lang));
        format!("{:>4}  {}  {at}  {author}  {what}", text.number, hash(text))
    }))?;
    if let Ok(file) = resolve::open(call, named)
        && let Some(missing) = file.store.lost_updates()
    {
        let clear = missing.commits.iter().map(|commit| commit.without(&missing.outdone)).collect::<Vec<_>>();
        write_changes(call, out, &clear, file.store.plan(), |count, lang| {
            tr!(
                lang,
                "Thiếu {count} thay đổi đã lưu, do chương trình khác đã ghi bản cũ đè lên. \
                 Khôi phục: tiendo restore --missing; để như vậy: --leave",
                "{count} saved changes are missing: another program has written an older version over them. \
                 Bring them back: tiendo restore --missing; leave it so: --leave"
            )
        })?;
        // Others have set something else since, and had not seen them.
        write_changes(call, out, &missing.outdone, file.store.plan(), |count, lang| {
            tr!(
                lang,
                "Thiếu {count} thay đổi đã lưu; sau đó có người đặt giá trị khác do không nhìn thấy. \
                 Giữ cả hai, có đánh dấu trong lịch sử: tiendo restore --missing; để như vậy: --leave",
                "{count} saved changes are missing and somebody has set something else since, without seeing them. \
                 Keep both, marked in the history: tiendo restore --missing; leave it so: --leave"
            )
        })?;
    }
    Ok(())
}

const NO_TEXTS: Phrase = Phrase::new("chưa có bản cũ nào", "there are no earlier versions yet");
const OTHER_PROGRAM: Phrase = Phrase::new("(chương trình khác)", "(another program)");

/// As much of it as nobody mistakes.
fn hash(text: &Backup) -> String {
    format!("{:016x}", text.hash)[..8].to_owned()
}

fn moment(at: SystemTime) -> String {
    moment_of(office_time(at))
}

fn moment_of(at: DateTime<FixedOffset>) -> String {
    let at = by_office_clock(at);
    format!("{} {}", write_date(at.date_naive()), at.format("%H:%M:%S"))
}

/// What the text was saved for, and what bringing it back would come to.
fn contents(text: &Backup, lang: Lang) -> String {
    let figures = text.difference.map_or_else(|| NOT_A_PLAN.say(lang).to_owned(), |it| figures(it, lang));
    let news = text.news.as_ref().and_then(|(plan, changes)| news(plan, changes, lang));
    let unmerged = text.is_unmerged.then(|| UNMERGED.say(lang).to_owned());
    news.into_iter().chain([figures]).chain(unmerged).collect::<Vec<_>>().join("; ")
}

/// The first of the changes, and how many there are besides.
fn news(plan: &Plan, changes: &[Change], lang: Lang) -> Option<String> {
    let is_status = |change: &&Change| change.edit_in(Field::Status).is_some();
    let first = changes.iter().find(is_status).or(changes.first())?;
    let first = text::cut(&printed::change(first, plan, lang), NEWS).into_owned();
    Some(match changes.len() - 1 {
        0 => first,
        others => tr!(lang, "{first} và {others} thay đổi nữa", "{first} and {others} more"),
    })
}

/// So much of what a text was saved for, in columns, tells it from the others.
const NEWS: usize = 80;

const NOT_A_PLAN: Phrase =
    Phrase::new("không so sánh được: tệp hỏng", "cannot be compared: a file is broken");
const UNMERGED: Phrase = Phrase::new("chưa có trong bản nào khác", "in no other version");
const SAME: Phrase = Phrase::new("như hiện nay", "as it is now");

fn figures(Difference { back, gone, other }: Difference, lang: Lang) -> String {
    let [others, backs, losses] = [other, back, gone].map(|count| match count {
        1 => "1 task".to_owned(),
        count => format!("{count} tasks"),
    });
    let figures = [
        (other, tr!(lang, "nay khác ở {other} việc", "other than now in {others}")),
        (back, tr!(lang, "{back} việc sẽ có lại", "brings back {backs}")),
        (gone, tr!(lang, "{gone} việc sẽ mất", "loses {losses}")),
    ];
    let figures: Vec<_> = figures.into_iter().filter(|(count, _)| *count > 0).map(|it| it.1).collect();
    if figures.is_empty() { SAME.say(lang).to_owned() } else { figures.join(", ") }
}

fn bring_text_back(
    call: &Call,
    out: &mut Printer,
    path: &Path,
    backups: &Backups,
    name: &str,
) -> Result<(), CliError> {
    let texts = backups.texts();
    let file = printed::path(path);
    let text = named(&texts, name).ok_or_else(|| {
        CliError::bad(tr!(
            call.lang(),
            "{file}: không có bản “{name}”; xem các bản: tiendo restore {file}",
            "{file}: no version “{name}”; to see which there are: tiendo restore {file}"
        ))
    })?;
    let saved = backups.bring_back(text).map_err(|error| call.file_error(path, &error))?;
    let (number, at) = (text.number, moment(text.at));
    let what = match saved {
        Saved::Nothing => {
            tr!(
                call.lang(),
                "tệp đã đúng như bản {number} ({at})",
                "the file is already version {number} ({at})"
            )
        }
        _ => tr!(
            call.lang(),
            "đã trở lại bản {number} ({at}); bản vừa thay vẫn được giữ",
            "back to version {number} ({at}); the one it replaces is kept"
        ),
    };
    Ok(out.line(format!("{file}: {what}"))?)
}

/// By its number, or by the beginning of its hash.
fn named<'a>(texts: &'a [Backup], name: &str) -> Option<&'a Backup> {
    let is_numbered = |text: &&Backup| name.parse() == Ok(text.number);
    let is_hashed = |text: &&Backup| {
        name.len() >= 4 && format!("{:016x}", text.hash).starts_with(&name.to_ascii_lowercase())
    };
    texts.iter().find(is_numbered).or_else(|| texts.iter().find(is_hashed))
}

fn bring_back(file: &mut PlanFile, streams: &mut Streams) -> Result<(), CliError> {
    if file.store.lost_updates().is_none() {
        return nothing_missing(file, streams.out);
    }
    let outcome = file.store.bring_back().map_err(|error| file.error(&error))?;
    let BroughtBack { back, outdone, refused } = &outcome.brought_back;
    write_changes(file.call, streams.out, back, &outcome.plan, |count, lang| {
        tr!(lang, "Đã khôi phục {count} thay đổi:", "{count} changes brought back:")
    })?;
    write_changes(file.call, streams.out, outdone, &outcome.plan, |count, lang| {
        tr!(
            lang,
            "Giá trị đặt sau được giữ; {count} thay đổi này được giữ trong lịch sử, có đánh dấu:",
            "What was set later stays; these {count} changes are kept in the history, marked:"
        )
    })?;
    write_changes(file.call, streams.out, refused, &outcome.plan, |count, lang| {
        tr!(
            lang,
            "Không khôi phục {count} thay đổi vì việc đã được sửa:",
            "{count} changes are not brought back, because the task has been changed:"
        )
    })?;
    Ok(file.remarks(streams.notes, &outcome)?)
}

fn leave(file: &mut PlanFile, out: &mut Printer) -> Result<(), CliError> {
    let Some(missing) = file.store.lost_updates() else {
        return nothing_missing(file, out);
    };
    let outcome = file.store.leave_lost_updates().map_err(|error| file.error(&error))?;
    write_changes(file.call, out, &missing.commits, &outcome.plan, |count, lang| {
        tr!(
            lang,
            "Để như hiện nay, không có {count} thay đổi này:",
            "Left as it is now, without these {count} changes:"
        )
    })?;
    Ok(())
}

fn nothing_missing(file: &PlanFile, out: &mut Printer) -> Result<(), CliError> {
    let path = printed::path(file.store.path());
    Ok(out.line(tr!(file.call.lang(), "{path}: không thiếu thay đổi nào", "{path}: no change is missing"))?)
}

/// The changes under a heading that has their number in it. Nothing, if there are none.
fn write_changes(
    call: &Call,
    out: &mut Printer,
    commits: &[Commit],
    plan: &Plan,
    heading: fn(usize, Lang) -> String,
) -> io::Result<()> {
    let changes = commits.iter().flat_map(|commit| commit.changes.iter().map(move |change| (commit, change)));
    let lines: Vec<_> = changes
        .map(|(commit, change)| format!("  {}", change_of(commit, change, plan, call.lang())))
        .collect();
    if !lines.is_empty() {
        out.line(heading(lines.len(), call.lang()))?;
    }
    out.lines(lines)
}

fn change_of(commit: &Commit, change: &Change, plan: &Plan, lang: Lang) -> String {
    let (at, by) = (moment_of(commit.stamp.at), text::line(&commit.stamp.by));
    format!("{at}  {by}  {}", printed::change(change, plan, lang))
}
