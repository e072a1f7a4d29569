import { formatLimit } from '../model/format.js';
import { METRICS, type Metric } from '../model/limits.js';
import type { LimitFacts, ProfileFacts } from '../model/profile-facts.js';

/** `docs/profiles.md`: every profile with its limits and their sources, as Markdown. The first of them is the one that the others build on. */
export function renderProfilesDocument(profiles: readonly ProfileFacts[]): string {
  const names = profiles.map(({ profile }) => profile);
  const metrics = Object.keys(METRICS) as Metric[];
  const cell = ({ limits }: ProfileFacts, metric: Metric): string => {
    const limit = limits.find((one) => one.metric === metric);
    if (limit === undefined) return '';
    const { objective, acceptable, critical, unit, percentile } = limit;
    const grades = [objective, acceptable, critical].map((value) => formatLimit(value, unit)).join(' · ');
    return percentile === null ? grades : `${grades} (${percentile})`;
  };
  return `${[
    '# Profiles',
    '',
    ...INTRODUCTION,
    '',
    `| | ${names.join(' | ')} |`,
    `|---|${names.map(() => '---|').join('')}`,
    ...metrics.map((metric) => `| ${METRICS[metric].title} | ${profiles.map((profile) => cell(profile, metric)).join(' | ')} |`),
    '',
    'An empty cell: the profile has no grades for it, and it is not judged.',
    '',
    ...NOTES,
    ...profiles.flatMap((profile) => ['', ...section(profile)]),
  ].join('\n')}\n`;
}

const INTRODUCTION = [
  'A profile is what measurements are held against: `--profile NAME`, `default` unless said otherwise. `netdiag explain profiles` lists them,',
  '`netdiag explain --profile NAME` prints one. This page is made from `src/model/profiles/`, and a test holds it to them.',
  '',
  'Each limit has three grades, here as objective · acceptable · critical. Up to acceptable a check passes, beyond it warns, beyond critical it',
  'fails; a limit itself is still met. The objective is what the best networks of this kind reach: it is shown, and missing it is no fault. Of the',
  'path MTU, of connections that open, of what is left of a certificate and of messages in a second more is better, so that a check warns below',
  'acceptable.',
];

const NOTES = [
  'What is judged is the median, since of few samples a high percentile is the one worst packet. Where p99 stands behind the grades it is judged',
  'in its place, once there are 100 samples. From times that the process clock tells, what our own delay can be is taken off where they would not',
  'pass otherwise. Loss is the share of packets whose answer did not come; it fails only where chance does not explain it. A clock is judged by',
  'what is left of its difference without the uncertainty of the measurement.',
  '',
  'A profile other than `default`, or a `--budget`, adds a table to the report that shows each judged value beside its three grades and which of',
  'them it reaches: `objective`, `acceptable`, `missed` (worse than acceptable, not yet critical) or `critical`. In JSON every check that held a',
  'number against grades has it in `budget`: `metric`, `value` (as it was judged), `unit`, the grades and their `source`.',
];

function section(facts: ProfileFacts): string[] {
  const { profile, summary, minimumTlsVersion: tls, kernel, governor } = facts;
  const own = facts.limits.filter(({ inherited }) => !inherited);
  const settings = kernel.filter(({ inherited }) => !inherited);
  return [
    `## ${profile}`,
    '',
    `${sentence(summary)}${own.length === facts.limits.length ? '' : ' What is not listed is as in `default`.'}`,
    '',
    '| limit | objective | acceptable | critical | source |',
    '|---|---|---|---|---|',
    ...own.map(limitRow),
    ...(tls.inherited ? [] : [`| TLS version | | ${tls.version} | | ${prose(tls.source)} |`]),
    ...(settings.length === 0
      ? []
      : [
          '',
          'Settings of the kernel, by `netdiag host`:',
          '',
          '| wanted | because |',
          '|---|---|',
          ...settings.map(({ assignment, source }) => `| \`${assignment}\` | ${prose(source)} |`),
          ...(governor === null ? [] : [`| CPU governor \`${governor.name}\` | ${prose(governor.source)} |`]),
        ]),
  ];
}

function limitRow({ title, percentile, unit, source, ...grades }: LimitFacts): string {
  const numbers = [grades.objective, grades.acceptable, grades.critical].map((value) => formatLimit(value, unit));
  return `| ${percentile === null ? title : `${title}, ${percentile}`} | ${numbers.join(' | ')} | ${prose(source)} |`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** What Markdown would take for emphasis, HTML or a column is escaped. */
function prose(text: string): string {
  return text.replace(/[*<>_[\]|]/g, '\\$&');
}
