import type { MeasurementOf } from '../../../model/measurement.js';
import type { Report } from '../../../model/report.js';
import { type Fact, Facts } from '../fact.js';

/** Where the machine stands: on what, in what, behind which translations. */
export function placeFacts({ data }: MeasurementOf<'surroundings'>): readonly Fact[] {
  const facts = new Facts('place')
    .one('kind of machine', data.machine?.hypervisor ?? data.machine?.kind)
    .one('provider', data.machine?.provider)
    .one('container', data.container?.runtime ?? data.container?.kind)
    .one('network of WSL', data.wsl?.networking);
  const { translation } = data;
  if (translation !== null) {
    facts.one('address translation', translation.verdict === 'cannot tell' ? null : translation.verdict);
    for (const { family, interface: link, address } of translation.sources) facts.one(`IPv${family} source`, `${address} through ${link}`);
    for (const { family, address } of translation.outside) facts.one(`IPv${family} address as seen from outside`, address);
  }
  return facts.set(
    'bridges for containers',
    data.bridges.map((bridge) => `${bridge.interface} ${[...bridge.prefixes].sort().join(' ')}`.trim()),
  ).all;
}

/** With what and on what the reports were made. */
export function programFacts({ tool, host, policy }: Report): readonly Fact[] {
  return new Facts('program')
    .one('version of netdiag', tool.version)
    .one('host name', host.hostname)
    .one('system', host.system ?? host.platform)
    .one('version of the kernel', host.release)
    .one('architecture', host.arch)
    .one('virtualisation', host.virtualization)
    .one('container', host.container)
    .one('version of Node', host.node)
    .one('native sockets', host.nativeSockets)
    .one('limits', policy).all;
}
