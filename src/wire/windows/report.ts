/**
 * Reader of what our PowerShell script prints on Windows: one JSON object, a key for each question, `{"v": [rows]}` or `{"e": "error id"}`
 * below it. Names of properties and numbers of states are the same in every display language. Nothing here throws.
 */

export type WindowsRow = Readonly<Record<string, unknown>>;

export type WindowsSection = { kind: 'rows'; rows: readonly WindowsRow[] } | { kind: 'refused'; because: string };

export type WindowsReport = ReadonlyMap<string, WindowsSection>;

const MAXIMUM_ROWS = 65_536;

/** `null` where it is no JSON object: then nothing of it can be trusted. */
export function parseWindowsReport(text: string): WindowsReport | null {
  const from = text.indexOf('{');
  if (from < 0 || text.slice(0, from).replace('\uFEFF', '').trim() !== '') return null;
  let value: unknown;
  try {
    value = JSON.parse(text.slice(from));
  } catch {
    return null;
  }
  if (!isObject(value)) return null;
  const report = new Map<string, WindowsSection>();
  for (const [key, section] of Object.entries(value)) {
    const read = readSection(section);
    if (read !== null) report.set(key, read);
  }
  return report;
}

function readSection(section: unknown): WindowsSection | null {
  if (!isObject(section)) return null;
  if (typeof section['e'] === 'string') return { kind: 'refused', because: section['e'].slice(0, 200) };
  return 'v' in section ? { kind: 'rows', rows: listOf(section['v']).filter(isObject).slice(0, MAXIMUM_ROWS) } : null;
}

/**
 * PowerShell writes a list of one as that one, no list as `null`, and in some versions a list as `{"value": [...], "Count": 2}`.
 */
export function listOf(value: unknown): readonly unknown[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value;
  if (isObject(value) && Array.isArray(value['value']) && typeof value['Count'] === 'number') return value['value'];
  return [value];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The rows below a key; `null` where the question was refused or not asked. */
export function windowsRows(report: WindowsReport, key: string): readonly WindowsRow[] | null {
  const section = report.get(key);
  return section?.kind === 'rows' ? section.rows : null;
}

/** A whole number from 0 on; `null` for anything else, all bits set among it, which stands for "not known". */
export function windowsNumber(row: WindowsRow, key: string): number | null {
  const value = row[key];
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 && value < 2 ** 63 ? Math.round(value) : null;
}

export function windowsText(row: WindowsRow, key: string): string | null {
  const value = row[key];
  return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 1024) : null;
}

export function windowsFlag(row: WindowsRow, key: string): boolean | null {
  const value = row[key];
  if (typeof value === 'boolean') return value;
  return value === 0 ? false : value === 1 ? true : null;
}

export function windowsTexts(row: WindowsRow, key: string): string[] {
  return listOf(row[key])
    .filter((value) => typeof value === 'string' && value.trim() !== '')
    .slice(0, 1024)
    .map((value) => String(value).trim().slice(0, 1024));
}
