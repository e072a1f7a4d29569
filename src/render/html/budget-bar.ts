import type { Budget } from '../../model/report.js';
import { budgetInWords, moreIsBetter } from '../budget-words.js';
import { html, type Markup } from './markup.js';
import { at } from './scale.js';

const WIDTH = 180;
const HEIGHT = 18;
const TRACK = { top: 6, height: 8 };
/** On both sides, so that a pointer at the very end is whole. */
const POINTER_ROOM = 5;
/** Room beyond the outermost grade. A value beyond it would leave no room for the grades: its pointer shows out of the bar. */
const MARGIN = 1.25;

/**
 * The value on a line between its grades, and the same in words below. What meets the objective, what is acceptable and what is critical differ
 * in height as well as in shade; the value is the pointer.
 */
export function budgetBar(budget: Budget): Markup {
  const { value, objective, acceptable, critical } = budget;
  const words = budgetInWords(budget);
  const numbers = [value, objective, acceptable, critical];
  if (!numbers.every((number) => Number.isFinite(number) && number >= 0)) return html`<p class="grades">${words}</p>`;
  const top = Math.max(objective, acceptable, critical) * MARGIN || 1;
  const x = (number: number) => POINTER_ROOM + (Math.min(number, top) / top) * (WIDTH - 2 * POINTER_ROOM);
  const zones = moreIsBetter(budget)
    ? [
        { from: 0, to: critical, grade: 'critical' },
        { from: critical, to: acceptable, grade: 'beyond' },
        { from: acceptable, to: objective, grade: 'acceptable' },
        { from: objective, to: top, grade: 'objective' },
      ]
    : [
        { from: 0, to: objective, grade: 'objective' },
        { from: objective, to: acceptable, grade: 'acceptable' },
        { from: acceptable, to: critical, grade: 'beyond' },
        { from: critical, to: top, grade: 'critical' },
      ];
  return html`<svg class="budget" role="img" aria-label="${words}" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">${zones
    .filter(({ from, to }) => to > from)
    .map(({ from, to, grade }) => {
      const height = HEIGHTS[grade] ?? TRACK.height;
      return html`<rect class="grade-${grade}" x="${at(x(from))}" y="${at(TRACK.top + TRACK.height - height)}" width="${at(x(to) - x(from))}" height="${height}"/>`;
    })}<path class="pointer" d="${value > top ? beyond(x(value)) : pointer(x(value))}"/></svg><p class="grades">${words}</p>`;
}

function pointer(x: number): string {
  return `M${at(x)} ${TRACK.top - 1}l-4 -5h8zM${at(x)} ${TRACK.top - 1}V${HEIGHT - 1}`;
}

function beyond(x: number): string {
  return `M${at(x - 1)} ${TRACK.top}l5 4l-5 4z`;
}

const HEIGHTS: Readonly<Record<string, number>> = { objective: 2, acceptable: 4, beyond: 6, critical: 8 };
