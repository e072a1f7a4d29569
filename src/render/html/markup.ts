import { escapeHtml } from './escape.js';

/** HTML that is safe as it stands. It is not exported as a class, so that only {@link html} can make it. */
class SafeMarkup {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
}

export type Markup = SafeMarkup;

/** What may stand between the pieces of a template: text, which is escaped; markup, which is; a list of both; `null` for nothing. */
export type Content = string | number | Markup | null | readonly Content[];

/**
 * The tag of all templates of the page: escapes every text that is put in. Values stand in the content of elements or between double quotes of
 * attributes and nowhere else: never in a tag's name, in an attribute without quotes, in a style or in an address.
 */
export function html(pieces: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return new SafeMarkup(String.raw({ raw: pieces }, ...values.map(sourceOf)));
}

/** The content as HTML source. */
export function sourceOf(content: Content): string {
  if (content === null) return '';
  if (content instanceof SafeMarkup) return content.source;
  if (typeof content === 'object') return content.map(sourceOf).join('');
  return escapeHtml(String(content));
}

/**
 * A style sheet of the program itself: inside `<style>` entities would not be read, so it goes in as it is.
 *
 * @throws Error where it could end the element.
 */
export function styleElement(css: string): Markup {
  if (css.includes('<')) throw new Error('a style sheet must not hold a tag');
  return new SafeMarkup(`<style>${css}</style>`);
}
