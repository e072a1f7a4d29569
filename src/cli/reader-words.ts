import type { Words } from '../render/options.js';
import { type Language, languageOfEnvironment, translatorFor } from '../words/index.js';

/** In what language to speak to who reads it; absent for English, in which everything is written. Without Unicode, letters lose their accents. */
export async function readerWords(language: Language, unicode: boolean): Promise<{ words?: Words }> {
  const translator = await translatorFor(language, { ascii: !unicode });
  return translator === null ? {} : { words: { language, say: translator.say, keep: translator.keep } };
}

/** The same for a command that reads no configuration: by its flag, the environment, the locale. */
export function readerLanguage(flag: Language | undefined): Language {
  return flag ?? languageOfEnvironment(process.env) ?? 'en';
}
