/** Numbers of drawings. Lengths are in units of the drawing, which are pixels at its natural size. */

/** A coordinate with as many digits as can be seen. */
export function at(value: number): string {
  return String(Number(value.toFixed(1)));
}

/** An axis from 0 to a round number that takes in `most`, with round marks on it. */
export interface Axis {
  top: number;
  marks: readonly number[];
  /** The mark as text, with as many digits as its step needs. */
  label: (mark: number) => string;
}

const ROUND_STEPS = [1, 2, 2.5, 5, 10];

/** @param steps how many marks there is room for, 0 not counted */
export function axisFor(most: number, steps: number): Axis {
  const wanted = Number.isFinite(most) && most > 0 ? most / Math.max(1, steps) : 1 / Math.max(1, steps);
  const size = 10 ** Math.floor(Math.log10(wanted));
  const step = size * (ROUND_STEPS.find((round) => round * size >= wanted * 0.999) ?? 10);
  const count = Math.max(1, Math.ceil((Number.isFinite(most) ? most : 1) / step - 0.001));
  const digits = Math.max(
    0,
    Math.min(6, -Math.floor(Math.log10(step)) + (Number.isInteger(step / 10 ** Math.floor(Math.log10(step))) ? 0 : 1)),
  );
  return {
    top: step * count,
    marks: Array.from({ length: count + 1 }, (_, index) => index * step),
    label: (mark) => mark.toFixed(digits),
  };
}
