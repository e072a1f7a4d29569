import { visibleText } from '../visible.js';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/**
 * Text of a report as it may stand in the content of an element or between the quotes of an attribute: nothing in it begins or ends a tag, an
 * attribute or an entity, and no control or invisible character is left (HTML Living Standard sections 13.1.2.3 and 13.1.3).
 */
export function escapeHtml(text: string): string {
  return visibleText(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
