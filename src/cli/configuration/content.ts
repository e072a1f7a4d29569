import { resolve } from 'node:path';
import type { HttpExpectation } from '../../model/probe-options.js';
import { parseTarget } from '../../model/target.js';
import { bodyExpectation, headerName, jsonExpectation } from '../http-values.js';
import { readTlsPolicy } from '../tls-policy.js';
import { readBudgets } from './budgets.js';
import type { Configuration, ConfiguredTarget } from './configuration.js';
import { tlsPolicyFile } from './cross-check.js';
import { listed, NO_OFFERS, type Offers, ports, readRequiredHeaders, readStatuses, requestField } from './offers.js';
import { resolveProfiles, type WrittenProfile } from './profiles.js';
import type { ConfigurationContent, TargetContent } from './schema.js';
import { readSettings } from './setting-kinds.js';

interface Surroundings {
  /** What the file is called, as the source of its grades. */
  place: string;
  folder: string;
  /** Whether the text at a path has the value of a variable in it. */
  isSecret(path: readonly PropertyKey[]): boolean;
}

/** Makes of a file without mistakes what a run needs of it. */
export async function readContent(
  content: ConfigurationContent,
  surroundings: Surroundings,
): Promise<Omit<Configuration, 'path' | 'places'>> {
  const targets = await Promise.all((content.targets ?? []).map((entry, index) => readEntry(entry, index, surroundings)));
  const profiles = Object.entries(content.profiles ?? {}).map(([name, written]): [string, WrittenProfile] => [
    name,
    {
      name,
      base: written.extends ?? null,
      budgets: readBudgets(written.budget ?? {}),
      minimumTls: written['minimum-tls'] ?? null,
      settings: readSettings(written),
    },
  ]);
  return {
    targets,
    profile: content.profile ?? null,
    profiles: resolveProfiles(new Map(profiles), surroundings.place),
    settings: readSettings(content),
    ca: listed(content.ca).map((path) => resolve(surroundings.folder, path)),
  };
}

async function readEntry(entry: string | TargetContent, index: number, surroundings: Surroundings): Promise<ConfiguredTarget> {
  const written: TargetContent = typeof entry === 'string' ? { target: entry } : entry;
  const outcome = parseTarget(written.target);
  if (!outcome.ok) throw new Error(`target ${index} of a checked configuration: ${outcome.reason}`);
  return {
    name: written.name ?? null,
    target: outcome.target,
    text: written.target,
    labels: Object.fromEntries(Object.entries(written.labels ?? {}).map(([key, value]) => [key, String(value)])),
    profile: written.profile ?? null,
    budgets: readBudgets(written.budget ?? {}),
    offers: written.offers === undefined ? NO_OFFERS : await readOffers(written.offers, ['targets', index, 'offers'], surroundings),
  };
}

type WrittenOffers = NonNullable<TargetContent['offers']>;

async function readOffers(written: WrittenOffers, path: readonly PropertyKey[], surroundings: Surroundings): Promise<Offers> {
  const { tls, http, websocket } = written;
  const rules = tls?.policy === undefined ? null : await readTlsPolicy(tlsPolicyFile(tls.policy, surroundings.folder));
  return {
    ports: written.ports === undefined ? null : ports.read(written.ports),
    tls: tls === undefined ? null : { rules, pins: listed(tls.pins), minimum: tls.minimum ?? null },
    http: http === undefined ? null : readHttp(http, [...path, 'http'], surroundings),
    webSocket:
      websocket === undefined ? null : { subprotocols: [...new Set(listed(websocket.subprotocols))], message: websocket.message ?? null },
  };
}

function readHttp(
  written: NonNullable<WrittenOffers['http']>,
  path: readonly PropertyKey[],
  { isSecret }: Surroundings,
): NonNullable<Offers['http']> {
  const statuses = written.status === undefined ? null : readStatuses(written.status);
  const headers = written.headers === undefined ? [] : (readRequiredHeaders(written.headers) ?? []);
  const expectations: HttpExpectation[] = [
    ...(statuses === null ? [] : [{ kind: 'status' as const, accepted: statuses }]),
    ...listed(written.body).flatMap((text) => bodyExpectation.parse(text) ?? []),
    ...listed(written.json).flatMap((text) => jsonExpectation.parse(text) ?? []),
    ...headers.map((header) => ({ kind: 'header' as const, ...header })),
    ...listed(written['forbidden-headers']).map((name) => ({ kind: 'no-header' as const, name: headerName.parse(name) ?? name })),
  ];
  const { authorization } = written;
  const fields = Object.entries(written['request-headers'] ?? {}).map(([name, value]) =>
    requestField(name, value, isSecret([...path, 'request-headers', name])),
  );
  return {
    expectations,
    securityHeaders: written['security-headers'] ?? false,
    fields:
      authorization === undefined
        ? fields
        : [...fields.filter(({ name }) => name !== 'authorization'), requestField('authorization', authorization, true)],
  };
}
