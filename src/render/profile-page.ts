import { formatLimit } from '../model/format.js';
import type { LimitFacts, ProfileFacts } from '../model/profile-facts.js';
import { Layout } from './layout.js';
import type { RenderOptions } from './options.js';
import { type Palette, paletteFor } from './paint.js';

/** Prose in longer lines is hard to read. */
const WIDEST = 100;
const GAP = 2;
const INDENT = 2;
const GRADES = ['objective', 'acceptable', 'critical'] as const;

interface Style {
  layout: Layout;
  palette: Palette;
}

function styleOf(options: RenderOptions): Style {
  return { layout: new Layout({ ...options, width: Math.min(options.width, WIDEST) }), palette: paletteFor(options.color) };
}

/** A profile as a page for people: each limit with its grades, and below it where they come from. */
export function renderProfile(facts: ProfileFacts, options: RenderOptions): string {
  const style = styleOf(options);
  const { layout, palette } = style;
  const { minimumTlsVersion, unjudged } = facts;
  return finish([
    ...heading(facts, style),
    '',
    ...paragraph('Up to acceptable a check passes, up to critical it warns, beyond that it fails; the objective is shown.', 0, style),
    '',
    ...limitLines(facts.limits, style),
    ...layout.row([{ text: `TLS version: ${minimumTlsVersion.version} or later` }], [layout.width]),
    ...sourceLines(minimumTlsVersion, style),
    ...kernelLines(facts, style),
    ...(unjudged.length === 0 ? [] : ['', ...paragraph(`Not judged: ${unjudged.join(', ')}.`, 0, style)]),
    '',
    ...notes(facts).flatMap((note) => layout.row([{ text: note, wrap: true, paint: palette.faint }], [layout.width])),
  ]);
}

/** All profiles, each in a line. */
export function renderProfileList(profiles: readonly Pick<ProfileFacts, 'profile' | 'summary'>[], options: RenderOptions): string {
  const style = styleOf(options);
  const { layout, palette } = style;
  const longest = layout.widest(profiles.map(({ profile }) => profile));
  return finish([
    ...layout.row([{ text: 'Profiles: what measurements are held against', paint: palette.heading, wrap: true }], [layout.width]),
    ...profiles.flatMap(({ profile, summary }) =>
      layout.row(
        [{ text: '' }, { text: profile }, { text: '' }, { text: summary, wrap: true }],
        [INDENT, longest, GAP, layout.width - INDENT - longest - GAP],
      ),
    ),
    '',
    ...paragraph('--profile NAME chooses one. netdiag explain --profile NAME shows its limits, each with its source.', 0, style),
  ]);
}

function heading({ profile, summary }: ProfileFacts, { layout, palette }: Style): string[] {
  const name = layout.widest([profile]);
  return layout.row(
    [{ text: profile, paint: palette.heading }, { text: '' }, { text: summary, paint: palette.heading, wrap: true }],
    [name, GAP, layout.width - name - GAP],
  );
}

function limitLines(limits: readonly LimitFacts[], style: Style): string[] {
  const { layout, palette } = style;
  const grades = GRADES.map((name) => ({
    name,
    width: layout.widest([name, ...limits.map((limit) => formatLimit(limit[name], limit.unit))]),
  }));
  const room = layout.width - grades.reduce((total, { width }) => total + GAP + width, 0);
  const title = Math.max(1, Math.min(layout.widest(limits.map(titleOf)), room));
  const widths = [title, ...grades.flatMap(({ width }) => [GAP, width])];
  const header = layout.row(
    [{ text: '' }, ...grades.flatMap(({ name }) => [{ text: '' }, { text: name, align: 'right' as const, paint: palette.faint }])],
    widths,
  );
  return [
    ...header,
    ...limits.flatMap((limit) => [
      ...layout.row(
        [
          { text: titleOf(limit) },
          ...grades.flatMap(({ name }) => [{ text: '' }, { text: formatLimit(limit[name], limit.unit), align: 'right' as const }]),
        ],
        widths,
      ),
      ...sourceLines(limit, style),
    ]),
  ];
}

function titleOf({ title, percentile }: LimitFacts): string {
  return percentile === null ? title : `${title}, ${percentile}`;
}

function sourceLines({ source, inherited }: { source: string; inherited: boolean }, style: Style): string[] {
  return paragraph(inherited ? `as in default: ${source}` : source, INDENT, style, style.palette.faint);
}

/** Of settings that are those of every machine only how many there are. */
function kernelLines({ profile, kernel, governor }: ProfileFacts, style: Style): string[] {
  const { layout, palette } = style;
  const own = kernel.filter(({ inherited }) => !inherited);
  const others = kernel.length - own.length;
  return [
    '',
    ...layout.row([{ text: 'Settings of the kernel', paint: palette.heading }], [layout.width]),
    ...own.flatMap(({ assignment, source }) => [...paragraph(assignment, 0, style), ...paragraph(source, INDENT, style, palette.faint)]),
    ...(governor === null
      ? []
      : [...paragraph(`CPU governor: ${governor.name}`, 0, style), ...paragraph(governor.source, INDENT, style, palette.faint)]),
    ...(others === 0 ? [] : paragraph(`${others} as in default: netdiag host --profile ${profile} shows them`, 0, style)),
  ];
}

/** What the columns do not say by themselves. */
function notes({ limits }: ProfileFacts): string[] {
  const more = limits.filter(({ better }) => better === 'more').map(({ title }) => title);
  const percentiles = limits.some(({ percentile }) => percentile === 'p99');
  return [
    ...(more.length === 0 ? [] : [`More is better of: ${more.join(', ')}.`]),
    ...(percentiles ? ['p99 is judged where there are 100 samples, with fewer the median.'] : []),
  ];
}

function paragraph(text: string, indent: number, { layout }: Style, paint?: (text: string) => string): string[] {
  return layout.row([{ text: '' }, { text, wrap: true, ...(paint === undefined ? {} : { paint }) }], [indent, layout.width - indent]);
}

function finish(lines: readonly string[]): string {
  return `${lines.join('\n').trimEnd()}\n`;
}
