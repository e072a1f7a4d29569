import type { MeasurementOf } from '../../../model/measurement.js';
import { type Fact, Facts } from '../fact.js';

/** Answers as sets: neither their order nor their time to live says anything. */
export function dnsFacts(measurement: MeasurementOf<'dns' | 'dns-comparison'>): readonly Fact[] {
  const facts = new Facts('names', measurement.target);
  if (measurement.probe === 'dns-comparison') {
    const { name, type, servers } = measurement.data;
    for (const { server, rcode, answers, classification, failure } of servers) {
      if (failure !== null) continue;
      const subject = `${type} ${name} by ${server}`;
      facts.set(subject, answers).one(`${subject}: code`, rcode).one(`${subject}: beside the others`, classification);
    }
    return facts.all;
  }
  const { data } = measurement;
  if (data.rcode === null) return [];
  // Of the resolvers of the machine it does not matter which one answered; of one that was named it does.
  const by = (data.from === 'given' || data.from === 'well-known') && data.server !== null ? ` by ${data.server}` : '';
  const subject = `${data.type} ${data.name}${by}`;
  const ofType = data.answers.filter(({ type }) => type === data.type || data.type === 'ANY');
  const aliases = data.type === 'CNAME' ? [] : data.answers.filter(({ type }) => type === 'CNAME');
  return facts
    .set(
      subject,
      ofType.map((record) =>
        data.type === 'ANY' ? `${record.type} ${normal(record.type, record.data)}` : normal(record.type, record.data),
      ),
    )
    .set(
      `${subject}: aliases`,
      aliases.map((record) => normal(record.type, record.data)),
    )
    .one(`${subject}: code`, data.rcode)
    .one(`${subject}: DNSSEC`, data.dnssec).all;
}

/** Names are the same in capitals and small letters (RFC 4343); other data is not. */
const OF_NAMES: ReadonlySet<string> = new Set(['CNAME', 'NS', 'PTR', 'MX', 'SRV', 'DNAME']);

function normal(type: string, data: string): string {
  return OF_NAMES.has(type) ? data.toLowerCase() : data;
}

export function nameServiceFacts({ data }: MeasurementOf<'name-service'>): readonly Fact[] {
  const { resolvConf, nameSwitch, chain, hostsFile } = data;
  const facts = new Facts('resolvers')
    .one('resolv.conf', resolvConf?.state)
    .one('mode of systemd-resolved', data.resolvedMode)
    .list('hosts line of nsswitch.conf', nameSwitch?.services);
  if (resolvConf !== null && resolvConf.state === 'present') {
    facts
      .optional('writer of resolv.conf', resolvConf.writer?.name ?? null)
      .list(
        'name servers of resolv.conf',
        resolvConf.nameservers.filter(({ used }) => used).map(({ address }) => address),
      )
      .list('search list', resolvConf.search)
      .set('options of resolv.conf', resolvConf.options);
  }
  for (const { server, software, upstreams, kind } of chain) {
    if (kind !== 'elsewhere' && kind !== 'unknown')
      facts.set(`servers that ${server} asks`, upstreams).one(`program at ${server}`, software);
  }
  for (const { name, addresses } of hostsFile?.overrides ?? []) facts.set(`hosts file on ${name}`, addresses);
  return facts.all;
}
