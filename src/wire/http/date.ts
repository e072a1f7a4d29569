const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** RFC 9110 section 5.6.7: the one form that may be sent, and the two that are still to be read. */
const FORMS = [
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (?<day>\d{2}) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) (?<hour>\d{2}):(?<minute>\d{2}):(?<second>\d{2}) GMT$/,
  /^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (?<day>\d{2})-(?<month>[A-Z][a-z]{2})-(?<year>\d{2}) (?<hour>\d{2}):(?<minute>\d{2}):(?<second>\d{2}) GMT$/,
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?<month>[A-Z][a-z]{2}) (?<day>[ \d]\d) (?<hour>\d{2}):(?<minute>\d{2}):(?<second>\d{2}) (?<year>\d{4})$/,
];

/** Two digits of a year are of this century below it, of the one before from it on: those who still write them wrote them long ago. */
const CENTURY_TURN = 70;

/** Reads a date of HTTP (RFC 9110 section 5.6.7) into milliseconds since 1970; `null` where it is none, or no day of the calendar. */
export function parseHttpDate(text: string): number | null {
  const trimmed = text.trim();
  for (const form of FORMS) {
    const groups = form.exec(trimmed)?.groups;
    if (groups === undefined) continue;
    const number = (name: string) => Number(groups[name] ?? Number.NaN);
    const month = MONTHS.indexOf(groups['month'] ?? '');
    const written = number('year');
    const year = (groups['year'] ?? '').length === 2 ? written + (written < CENTURY_TURN ? 2000 : 1900) : written;
    const [day, hour, minute, second] = [number('day'), number('hour'), number('minute'), number('second')];
    // A leap second is a second of a clock too.
    if (month < 0 || hour > 23 || minute > 59 || second > 60) return null;
    const time = Date.UTC(year, month, day, hour, minute, second);
    const made = new Date(time - (second === 60 ? 1000 : 0));
    return year >= 1900 && made.getUTCDate() === day && made.getUTCMonth() === month ? time : null;
  }
  return null;
}
