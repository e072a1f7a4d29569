import { formatQuantity } from '../model/format.js';
import { METRICS, type Metric, reachedGrade } from '../model/limits.js';
import type { Budget } from '../model/report.js';

/** `21.3 ms: objective (objective 50 ms, acceptable 150 ms, critical 400 ms)`: a value, the grade that it reaches, and the grades. */
export function budgetInWords(budget: Budget): string {
  const { value, unit, objective, acceptable, critical } = budget;
  const grades = `objective ${formatQuantity(objective, unit)}, acceptable ${formatQuantity(acceptable, unit)}, critical ${formatQuantity(critical, unit)}`;
  return `${formatQuantity(value, unit)}: ${REACHED[reachedGrade(budget)]} (${grades})`;
}

const REACHED: Readonly<Record<ReturnType<typeof reachedGrade>, string>> = {
  objective: 'reaches the objective',
  acceptable: 'acceptable',
  missed: 'misses what is acceptable',
  critical: 'critical',
};

/** Whether more is better, as of what is left of a certificate; of a metric that is not known here, the order of its grades says so. */
export function moreIsBetter({ metric, objective, critical }: Budget): boolean {
  return Object.hasOwn(METRICS, metric) ? METRICS[metric as Metric].better === 'more' : objective > critical;
}
