import { visibleText } from './visible.js';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/**
 * Text as it may stand in an element of XML 1.0. What XML forbids there altogether (control characters, halves of surrogate pairs, U+FFFE and
 * U+FFFF; section 2.2) is made visible, and so are line ends.
 */
export function escapeXml(text: string): string {
  return visibleText(text, Number.POSITIVE_INFINITY).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

export type Attributes = Readonly<Record<string, string | number | null>>;

/** ` name="value"` for each attribute that is not `null`. */
export function xmlAttributes(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => (value === null ? '' : ` ${name}="${escapeXml(String(value))}"`))
    .join('');
}
