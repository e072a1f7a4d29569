import type { Entries, Language } from './language.js';
import type { Translator } from './translator.js';

export { LANGUAGES, type Language, languageOfEnvironment, languageOfTag, type Say } from './language.js';

/** What says texts in a language; its catalogue is loaded only for those who read it; with `ascii` its letters have no accents. `null` for that of the sources, in which all is said already. */
export async function translatorFor(language: Language, { ascii = false } = {}): Promise<Translator | null> {
  if (language === 'en') return null;
  const [{ translatorOf }, { ENTRIES, JOINED_BY }] = await Promise.all([import('./translator.js'), import('./pt-BR/index.js')]);
  return translatorOf(ascii ? withoutAccents(ENTRIES) : ENTRIES, JOINED_BY);
}

/** For terminals that have ASCII alone: the letters stay, which reads better than escapes. What a peer sent is escaped all the same. */
function withoutAccents(entries: Entries): Entries {
  return Object.fromEntries(Object.entries(entries).map(([english, said]) => [english, said.normalize('NFD').replaceAll(/\p{M}/gu, '')]));
}
