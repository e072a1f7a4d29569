// The whole tree: the root, `test.` and the zones of cases.mjs, signed, and served on loopback.

import { ServedZone } from './answer.mjs';
import { CASES } from './cases.mjs';
import { WWW } from './faults.mjs';
import { TYPES } from './records.mjs';
import { serveZones } from './server.mjs';
import { Signer } from './sign.mjs';

export { ServedZone } from './answer.mjs';
export { CASES } from './cases.mjs';
export { TYPES } from './records.mjs';
export { serveZones } from './server.mjs';
export { startValidator } from './validator.mjs';

const TOP = 'test.';

function zoneText(zone, records = []) {
  const lines = [
    `@ SOA ns hostmaster 1 3600 600 86400 300`,
    '@ NS ns',
    'ns A 127.0.0.1',
    ...[...(zone === '.' || zone === TOP ? [] : [WWW]), ...records].map((fields) => fields.join(' ')),
  ];
  return [`$ORIGIN ${zone}`, '$TTL 300', ...lines].join('\n');
}

/**
 * Signs everything and serves it.
 * @returns {Promise<{ port: number, anchors: string[], questions: { label: string, fault: string, name: string, type: string, verdict: string, reason: string | null }[], close(): Promise<void> }>}
 */
export async function startSignedZones(cases = CASES) {
  const signer = new Signer();
  const zones = new Map();
  try {
    const anchors = [];
    const built = await Promise.all(cases.map((one) => buildZone(signer, zones, `${one.label}.${TOP}`, one, anchors)));
    const top = await buildParent(signer, zones, TOP, built);
    const hidden = new Set(cases.filter(({ hideDenial }) => hideDenial).map(({ label }) => `${label}.${TOP}`));
    const altered = new Set(cases.filter(({ alterDs }) => alterDs).map(({ label }) => `${label}.${TOP}`));
    zones.get(TOP).twist = (part) => {
      if (part.type !== TYPES.DS) return part;
      if (hidden.has(part.name)) return { ...part, authorities: part.zone.soa() };
      return altered.has(part.name) ? { ...part, answers: part.answers.map(breakSignature) } : part;
    };
    const root = await buildParent(signer, zones, '.', [top]);
    const server = await serveZones(zones);
    return {
      port: server.port,
      asked: server.asked,
      anchors: [...root.ds, ...anchors],
      questions: cases.flatMap(questionsOf),
      zones,
      close: () => server.close(),
    };
  } finally {
    signer.remove();
  }
}

function breakSignature(record) {
  if (record.type !== TYPES.RRSIG) return record;
  const rdata = Buffer.from(record.rdata);
  rdata[rdata.length - 3] ^= 1;
  return { ...record, rdata };
}

function questionsOf({ label, fault, questions }) {
  const zone = `${label}.${TOP}`;
  return questions.map(({ name, ...rest }) => ({ label, fault, name: name === '' ? zone : `${name}.${zone}`, ...rest }));
}

async function buildParent(signer, zones, zone, children) {
  const delegations = children.flatMap(({ zone: child, ds }) => [`${child} NS ns.${child}`, `ns.${child} A 127.0.0.1`, ...ds]);
  const key = await signer.key(zone);
  const records = await signer.sign(zone, `${zoneText(zone)}\n${delegations.join('\n')}`, { keys: [key] });
  zones.set(zone, new ServedZone(zone, records));
  return { zone, ds: [await signer.ds(key)] };
}

async function buildZone(signer, zones, zone, options, anchors) {
  const children = await Promise.all(
    (options.children ?? []).map((child) => buildZone(signer, zones, `${child.label}.${zone}`, child, anchors)),
  );
  const delegated = children.flatMap(({ ds, anchored }) => (anchored ? [] : ds));
  const text = [zoneText(zone, options.records), ...delegated].join('\n');
  const keyOf = (extra = {}) =>
    signer.key(zone, options.algorithm, {
      revoke: options.revoke === true,
      secureEntryPoint: options.secureEntryPoint !== false,
      ...extra,
    });
  const key = await keyOf();
  const { start, end, nsec3, by } = options;
  const signing = {
    ...(start === undefined ? {} : { start, end }),
    ...(nsec3 === undefined ? {} : { nsec3 }),
    ...(by === undefined ? {} : { by }),
  };
  const keys = options.unsigned ? [] : [key, ...(options.zoneKey ? [await keyOf({ secureEntryPoint: false })] : [])];
  let records = await signer.sign(zone, text, { keys, ...signing });
  if (options.otherKey) records = await signedByAnother(signer, zone, text, records, signing);
  if (options.alter !== undefined) records = options.alter(records, zone);
  const twist = options.replay ? replayOf(zones, zone) : (options.twist ?? null);
  zones.set(zone, new ServedZone(zone, records, twist));
  const ds = await delegationOf(signer, zone, key, options);
  if (options.anchor !== undefined) anchors.push(...(options.anchor === 'wrong' ? [await signer.ds(await signer.key(zone))] : ds));
  return { zone, ds, anchored: options.anchor !== undefined };
}

async function delegationOf(signer, zone, key, options) {
  if (options.ds !== undefined) return [`${zone} IN DS ${options.ds}`];
  if (options.unsigned && options.wrongDs === undefined) return [];
  if (options.wrongDs === 'key') return [await signer.ds(await signer.key(zone))];
  if (options.revoke) return [await signer.dsBefore(key)];
  const right = await Promise.all((options.digests ?? ['SHA-256']).map((digest) => signer.ds(key, digest)));
  if (options.extraDs !== undefined) right.push(`${zone} IN DS ${options.extraDs}`);
  if (options.wrongDs === 'digest') return right.map((line) => line.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')));
  return options.staleDs ? [await signer.ds(await signer.key(zone)), ...right] : right;
}

/** All but the keys from a zone signed with a key that this one does not have. */
async function signedByAnother(signer, zone, text, records, signing) {
  const others = await signer.sign(zone, text, { keys: [await signer.key(zone)], ...signing });
  const ofKeys = ({ type, covered }) => type === TYPES.DNSKEY || covered === TYPES.DNSKEY;
  return [...records.filter(ofKeys), ...others.filter((record) => !ofKeys(record))];
}

/** Denies every name below the apex with what the zone above says about the apex. */
function replayOf(zones, zone) {
  return (part) => {
    if (part.name === zone) return part;
    const above = zones.get(zone.slice(zone.indexOf('.') + 1));
    return { ...part, rcode: 3, answers: [], authorities: [...above.soa(), ...above.denyName(zone), ...above.denyName(`*.${above.name}`)] };
  };
}
