/** Languages that texts can be asked for in (RFC 5646). The first is that of the sources. */
export const LANGUAGES = ['en', 'pt-BR'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Texts of a catalogue by the English ones. A hole is `{0}`, `{1}`: the same ones on both sides. */
export type Entries = Readonly<Record<string, string>>;

/** Says a text of a report in the language of a reader. What it does not know it leaves as it is. */
export type Say = (text: string) => string;

/** The language of a tag, in whatever letters, or of its first part alone. `null`: none of ours. */
export function languageOfTag(tag: string): Language | null {
  const asked = tag.toLowerCase().replace('_', '-');
  return LANGUAGES.find((language) => language.toLowerCase() === asked || language.toLowerCase().split('-', 1)[0] === asked) ?? null;
}

/**
 * The language that a name of a locale stands for: `pt_BR.UTF-8`, `pt-BR`, `pt`, `en_GB`. Portuguese of any country is that of Brazil here, the
 * only one there is. `null`: none of ours.
 */
export function languageOfLocale(locale: string): Language | null {
  const [language] = locale.toLowerCase().split(/[_.@-]/, 1);
  if (language === 'pt') return 'pt-BR';
  return language === 'en' ? 'en' : null;
}

/**
 * The language of messages that the environment asks for: `LC_ALL`, `LC_MESSAGES`, `LANG`, the first that is set (setlocale(3)), and with one of
 * those also the list of `LANGUAGE` (gettext(1)), the first of ours. `null`: it asks for none of ours.
 */
export function languageOfEnvironment(env: Readonly<Record<string, string | undefined>>): Language | null {
  const locale = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((value) => value !== undefined && value !== '');
  // "C" means no language at all, whatever the list says.
  if (locale === undefined || /^(C|POSIX)(\.|$)/.test(locale)) return null;
  const listed = (env['LANGUAGE'] ?? '').slice(0, LONGEST_LIST).split(':');
  for (const name of [...listed, locale]) {
    const language = languageOfLocale(name);
    if (language !== null) return language;
  }
  return null;
}

const LONGEST_LIST = 500;
