import { formatMs, formatRatio } from '../../model/format.js';
import type { LossPath, MeasurementOf, RouteHop } from '../../model/measurement.js';
import type { Report } from '../../model/report.js';
import { counted } from '../quantities.js';
import { routeLines } from '../route-text.js';
import { visibleText } from '../visible.js';
import { type Drawing, figureOf, figureSection } from './figure.js';
import { html, type Markup } from './markup.js';
import { at } from './scale.js';
import { table } from './table.js';

const FIGURES_SHOWN = 12;
const HOPS_SHOWN = 64;

/** A stop on the way. Form and words say what the colour says. */
interface Stop {
  /** In the circle: the hop's number, or nothing. */
  label: string;
  name: string;
  /** Below the name. */
  detail: string;
  /** `spares`: leaves probes unanswered while packets pass it, which is no loss. */
  state: 'here' | 'answers' | 'silent' | 'loses' | 'spares' | 'unclear' | 'target' | 'unreached';
}

interface Path {
  title: string;
  description: string;
  stops: readonly Stop[];
  note: string | null;
}

/** The way to each target, hop by hop. `null` where no path was looked for. */
export function pathSection({ measurements }: Report): Markup | null {
  const paths = measurements.flatMap((measurement) => {
    if (measurement.probe === 'route' && measurement.data.hops.length > 0) return [routeOf(measurement)];
    const way = measurement.probe === 'loss' ? measurement.data.path : null;
    return way === null || way.hops.length === 0 ? [] : [lossPathOf(measurement as MeasurementOf<'loss'>, way)];
  });
  const figures = paths.map((path, index) => () => picture(path, `path-${index + 1}`));
  return figureSection('path', 'The path', figures, FIGURES_SHOWN);
}

const HERE: Stop = { label: '', name: 'this machine', detail: '', state: 'here' };

function routeOf(measurement: MeasurementOf<'route'>): Path {
  const { data, target } = measurement;
  const [summary = '', ...remarks] = routeLines(measurement);
  const hops = data.hops.slice(0, HOPS_SHOWN);
  const reached = data.reached === true;
  const stops = hops.map((hop, index) => stopOf(hop, data.hops, reached && index === data.hops.length - 1));
  const place = target ?? data.address ?? 'the target';
  return {
    title: `The path to ${place}`,
    description: `${summary}.`,
    stops: [HERE, ...stops, ...(reached ? [] : [unreached(place)])],
    note: [...remarks, ...cutNote(data.hops.length)].join('; ') || null,
  };
}

function unreached(place: string): Stop {
  return { label: '', name: place, detail: 'not reached', state: 'unreached' };
}

function cutNote(count: number): string[] {
  return count > HOPS_SHOWN ? [`${counted(count - HOPS_SHOWN, 'more hop')} in the JSON report`] : [];
}

function stopOf(hop: RouteHop, hops: readonly RouteHop[], isTarget: boolean): Stop {
  const { ttl, addresses, hostname, sent, received, lossRatio, rttMs } = hop;
  const lost = lossRatio ?? 0;
  const spares = hops.some((later) => later.ttl > ttl && later.lossRatio !== null && later.lossRatio < lost);
  const others = addresses.length > 1 ? `and ${addresses.length - 1} more in turn` : '';
  const said = hop.errors.map(({ meaning }) => meaning.replaceAll('-', ' ')).slice(0, 2);
  const answers = sent === null ? counted(received, 'answer') : `${received} of ${sent} answered`;
  const detail = [
    rttMs === null ? '' : formatMs(rttMs.p50),
    received === 0 && sent !== null ? `0 of ${sent} answered` : answers,
    others,
    ...said,
  ];
  const silent = addresses.length === 0;
  return {
    label: String(ttl),
    name: silent ? 'no answer' : [addresses[0], hostname].filter((part) => part !== null && part !== undefined).join(' '),
    detail: detail.filter((part) => part !== '').join(' · '),
    state: silent ? 'silent' : spares ? 'spares' : lost > 0 ? 'loses' : isTarget ? 'target' : 'answers',
  };
}

const STATES: Readonly<Record<LossPath['hops'][number]['state'], Stop['state']>> = {
  clean: 'answers',
  lossy: 'loses',
  limited: 'spares',
  silent: 'silent',
  unclear: 'unclear',
};

const STATE_WORDS: Readonly<Record<LossPath['hops'][number]['state'], string>> = {
  clean: 'loses nothing to speak of',
  lossy: 'loses, as all behind it do',
  limited: 'leaves some unanswered, while packets pass',
  silent: 'never answers',
  unclear: 'too few packets to tell',
};

function lossPathOf({ data, target }: MeasurementOf<'loss'>, { hops, start, because }: LossPath): Path {
  const place = target ?? data.address ?? 'the target';
  const stops = hops.slice(0, HOPS_SHOWN).map((hop): Stop => {
    // What a router leaves unanswered is not lost on the way to the target.
    const spares = hop.state === 'limited' || hop.state === 'silent';
    const lost = hop.lossRatio === null || spares ? '' : `${hop.sent - hop.received} of ${hop.sent} lost (${formatRatio(hop.lossRatio)})`;
    const counts = spares ? `${hop.received} of ${hop.sent} answered` : lost;
    return {
      label: String(hop.ttl),
      name: hop.address ?? 'no answer',
      detail: [counts, STATE_WORDS[hop.state]].filter((part) => part !== '').join(' · '),
      state: STATES[hop.state],
    };
  });
  return {
    title: `Where packets to ${place} are lost`,
    description:
      start === null
        ? `No place of a loss is named${because === null ? '' : `: ${because}`}.`
        : `The loss begins at hop ${start.ttl}${start.address === null ? '' : ` (${start.address})`}, ${formatRatio(start.probabilityRatio)} sure.`,
    stops: [HERE, ...stops],
    note: cutNote(hops.length)[0] ?? null,
  };
}

function picture(path: Path, anchor: string): Markup {
  return figureOf({
    anchor,
    title: path.title,
    description: path.description,
    draw: (width) => line(path.stops, width),
    table: list(path),
    note: path.note,
  });
}

const STOP_HEIGHT = 46;
const MIDDLE = 24;
const RADIUS = 14;
const TEXT_LEFT = 52;
/** Of the letters used, one takes as much on average. */
const LETTER = 7.4;

function line(stops: readonly Stop[], width: number): Drawing {
  const letters = Math.floor((width - TEXT_LEFT) / LETTER);
  return {
    height: stops.length * STOP_HEIGHT,
    shapes: stops.map((stop, index) => {
      const y = index * STOP_HEIGHT + STOP_HEIGHT / 2;
      const next = stops[index + 1];
      const broken = next?.state === 'unreached' || next?.state === 'silent' || stop.state === 'silent';
      const link =
        next === undefined
          ? null
          : html`<path class="${broken ? 'link broken' : 'link'}" d="M${MIDDLE} ${at(y + RADIUS)}V${at(y + STOP_HEIGHT - RADIUS)}"/>`;
      return html`${link}${mark(stop, y)}<text class="stop" x="${TEXT_LEFT}" y="${at(stop.detail === '' ? y + 4 : y - 2)}">${shortened(stop.name, letters)}</text>${
        stop.detail === '' ? null : html`<text class="detail" x="${TEXT_LEFT}" y="${at(y + 14)}">${shortened(stop.detail, letters)}</text>`
      }
`;
    }),
  };
}

function mark({ state, label }: Stop, y: number): Markup {
  const text = html`<text class="hop" x="${MIDDLE}" y="${at(y + 4)}" text-anchor="middle">${label}</text>`;
  const square = html`<rect class="node ${state}" x="${MIDDLE - RADIUS}" y="${at(y - RADIUS)}" width="${2 * RADIUS}" height="${2 * RADIUS}" rx="2"/>`;
  switch (state) {
    case 'here':
      return html`${square}<circle class="inner" cx="${MIDDLE}" cy="${at(y)}" r="4"/>`;
    case 'target':
      return html`${square}${text}`;
    case 'unreached':
      return html`${square}<path class="cross" d="M${MIDDLE - 6} ${at(y - 6)}l12 12M${MIDDLE + 6} ${at(y - 6)}l-12 12"/>`;
    case 'loses':
      // A diamond: the form says it without the colour.
      return html`<path class="node loses" d="M${MIDDLE} ${at(y - RADIUS - 3)}l${RADIUS + 3} ${RADIUS + 3}l-${RADIUS + 3} ${RADIUS + 3}l-${RADIUS + 3} -${RADIUS + 3}z"/>${text}`;
    default:
      return html`<circle class="node ${state}" cx="${MIDDLE}" cy="${at(y)}" r="${RADIUS}"/>${text}`;
  }
}

/** The table below the picture has it whole. */
function shortened(text: string, letters: number): string {
  const seen = visibleText(text);
  const characters = [...seen];
  return characters.length <= letters ? seen : `${characters.slice(0, letters - 1).join('')}…`;
}

const IN_WORDS: Readonly<Record<Stop['state'], string>> = {
  here: 'the start',
  answers: 'answers',
  silent: 'silent',
  loses: 'packets are lost',
  spares: 'leaves some unanswered',
  unclear: 'cannot be told',
  target: 'the target answers',
  unreached: 'not reached',
};

function list({ title, stops }: Path): Markup {
  return table({
    caption: title,
    columns: [{ title: 'Hop', kind: 'number' }, { title: 'Who' }, { title: 'State' }, { title: 'Measured' }],
    nameColumn: 1,
    groups: [{ title: null, rows: stops.map(({ label, name, detail, state }) => ({ cells: [label, name, IN_WORDS[state], detail] })) }],
  });
}
