import { html, type Markup } from './markup.js';

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

/** A moment of the report (ISO 8601, UTC) for people, to the second: `2025-03-04 05:06:07 UTC`. */
export function moment(iso: string): Markup {
  // A report of somebody else may hold anything.
  if (!ISO.test(iso)) return html`<span>${iso}</span>`;
  return html`<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC</time>`;
}
