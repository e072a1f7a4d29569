/** Bounds against junk: settings of services are a few dozen lines. */
const MAXIMUM_LINES = 20_000;
const MAXIMUM_SETTINGS = 2000;
const LONGEST_VALUE = 1000;

export interface IniSetting {
  /** In small letters. */
  section: string;
  /** In small letters. */
  key: string;
  value: string;
}

/**
 * Reads files of sections and settings, as systemd, NetworkManager, WSL, git and desktops have them: `[section]`, `key=value`, remarks behind
 * `#` or `;` on lines of their own. In the order of the file; what is neither is passed over. Quotes around a whole value are taken off.
 */
export function parseIniFile(text: string): IniSetting[] {
  const settings: IniSetting[] = [];
  let section = '';
  for (const line of text.split(/\r\n|\n|\r/, MAXIMUM_LINES)) {
    const heading = /^\s*\[([^\]\n]{1,200})\]\s*(?:[#;].*)?$/.exec(line);
    if (heading !== null) {
      section = (heading[1] ?? '').trim().toLowerCase();
      continue;
    }
    const equals = line.indexOf('=');
    if (equals < 0 || /^\s*[#;]/.test(line)) continue;
    const key = line.slice(0, equals).trim().toLowerCase();
    if (!/^[\w.+-]{1,100}$/.test(key) || settings.length === MAXIMUM_SETTINGS) continue;
    const value = line.slice(equals + 1, equals + 1 + LONGEST_VALUE).trim();
    settings.push({ section, key, value: value.replace(/^"([^"]*)"$|^'([^']*)'$/, '$1$2') });
  }
  return settings;
}

/** The last value of a setting; `null` where it is not set. `key` and `section` in small letters. */
export function iniValue(settings: readonly IniSetting[], section: string, key: string): string | null {
  return settings.findLast((setting) => setting.section === section && setting.key === key)?.value ?? null;
}
