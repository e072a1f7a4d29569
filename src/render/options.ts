import type { Language, Say } from '../words/index.js';

/** How wide and how rich the output may be. JSON formats do not depend on it. */
export interface RenderOptions {
  /** Columns of the terminal. No line is longer. */
  width: number;
  /** Levels of chalk: none, 16 colours, 256 colours, true colour. */
  color: 0 | 1 | 2 | 3;
  /** Whether signs beyond ASCII may be used. */
  unicode: boolean;
  /** The language of who reads it, where that is not English. Formats for programs have no language. */
  words?: Words;
}

export interface Words {
  language: Language;
  say: Say;
  /** What is a name or somebody's own words, and stays as it is. */
  keep(texts: Iterable<string>): void;
}
