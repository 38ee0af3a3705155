//! The time zone of the office: which day it is goes by that, and not by where its server believes to stand.

use std::sync::OnceLock;
use std::time::SystemTime;

use chrono::{DateTime, Datelike, FixedOffset, Local, Utc};

/// Where the clock of the office hangs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zone {
    /// So far from Greenwich all year.
    Fixed(FixedOffset),
    /// Where the machine believes to stand: `TZ`, or the system's own setting.
    Machine,
}

/// The process has one zone, as it has one `TZ`. It is settled before anything asks for the time.
static OURS: OnceLock<Zone> = OnceLock::new();

const HOUR: i32 = 60 * 60;

impl Zone {
    /// Viet Nam has no daylight saving time, so that no database of zones is needed.
    const VIETNAM: FixedOffset = FixedOffset::east_opt(7 * HOUR).expect("seven hours are less than a day");
    const VIETNAM_NAMES: [&str; 2] = ["Asia/Ho_Chi_Minh", "Asia/Saigon"];
    const MACHINE: &str = "local";

    /// As the configuration has it: `Asia/Ho_Chi_Minh`, `UTC`, `+08:00`, or `local` for that of the machine.
    pub fn named(name: &str) -> Option<Self> {
        let is = |known: &str| known.eq_ignore_ascii_case(name);
        match name {
            _ if Self::VIETNAM_NAMES.into_iter().any(is) => Some(Self::default()),
            _ if is(Self::MACHINE) => Some(Self::Machine),
            _ if is("UTC") => FixedOffset::east_opt(0).map(Self::Fixed),
            offset => offset.parse().ok().map(Self::Fixed),
        }
    }

    pub fn name(self) -> String {
        match self {
            Self::Fixed(Self::VIETNAM) => Self::VIETNAM_NAMES[0].to_owned(),
            Self::Fixed(offset) => offset.to_string(),
            Self::Machine => Self::MACHINE.to_owned(),
        }
    }

    /// From now on all days and hours are told in this zone. Only the first call counts.
    pub fn settle(self) {
        OURS.get_or_init(|| self);
    }

    fn time(self, moment: SystemTime) -> DateTime<FixedOffset> {
        match self {
            Self::Fixed(offset) => DateTime::<Utc>::from(moment).with_timezone(&offset),
            Self::Machine => DateTime::<Local>::from(moment).fixed_offset(),
        }
    }
}

impl Default for Zone {
    fn default() -> Self {
        Self::Fixed(Self::VIETNAM)
    }
}

/// What the clock of the office shows at a moment.
pub fn office_time(moment: SystemTime) -> DateTime<FixedOffset> {
    OURS.get().copied().unwrap_or_default().time(moment)
}

/// The same of a moment that was written down by another clock. One that no clock of ours can show stays as written.
pub fn by_office_clock(moment: DateTime<FixedOffset>) -> DateTime<FixedOffset> {
    if (1..=9999).contains(&moment.naive_utc().year()) { office_time(moment.into()) } else { moment }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;

    #[test]
    fn what_another_clock_has_written_is_told_by_ours() {
        let told = |moment: &str| by_office_clock(moment.parse().expect("a moment")).to_rfc3339();
        assert_eq!(told("2024-05-20T18:30:00+00:00"), "2024-05-21T01:30:00+07:00");
        assert_eq!(told("2024-05-20T23:30:00+09:00"), "2024-05-20T21:30:00+07:00");
        for far in ["+262142-12-31T23:30:00+00:00", "-262143-01-02T00:30:00+09:00"] {
            assert_eq!(told(far), far);
        }
    }

    #[test]
    fn the_day_begins_when_it_begins_in_the_office() {
        // 2024-05-19 at 17:00 in Greenwich.
        let midnight = UNIX_EPOCH + Duration::from_secs(1_716_138_000);
        let day =
            |name: &str, moment| Zone::named(name).map(|zone| zone.time(moment).date_naive().to_string());
        let before = midnight - Duration::from_secs(1);
        assert_eq!(day("Asia/Ho_Chi_Minh", before).as_deref(), Some("2024-05-19"));
        assert_eq!(day("asia/saigon", midnight).as_deref(), Some("2024-05-20"));
        assert_eq!(day("UTC", midnight).as_deref(), Some("2024-05-19"));
        assert_eq!(day("+08:00", before).as_deref(), Some("2024-05-20"));
        assert_eq!(day("Europe/Paris", midnight), None);
    }

    #[test]
    fn a_name_that_is_shown_is_read_again() {
        for name in ["Asia/Ho_Chi_Minh", "local", "+08:00", "+00:00", "-03:30"] {
            assert_eq!(Zone::named(name).map(Zone::name).as_deref(), Some(name));
        }
    }
}
