import type { MeasurementOf } from '../../../model/measurement.js';
import { type Fact, Facts } from '../fact.js';

/** The way to a target, but for its routers: those have a comparison of their own. */
export function pathFacts(measurement: MeasurementOf<'mtu' | 'route-lookup' | 'addresses' | 'quic'>): readonly Fact[] {
  const { target, probe } = measurement;
  const facts = new Facts('path', target);
  if (probe === 'addresses') {
    // The addresses themselves are answers of the DNS; here it is which of them work.
    const { addresses } = measurement.data;
    for (const { address, answers } of addresses) facts.one(`${address} answers`, answers);
    return facts.all;
  }
  if (probe === 'mtu') {
    const { data } = measurement;
    if (data.exact === true) facts.one('path MTU in bytes', data.pathMtuBytes).optional('who limits the path MTU', data.limitedBy);
    return facts.one('larger packets vanish', data.blackhole).one('TCP segment in bytes', data.tcpMssBytes).all;
  }
  if (probe === 'quic') {
    const { outcome, versions } = measurement.data;
    return facts.one('QUIC', outcome === 'not-sent' ? null : outcome).set('versions of QUIC', versions).all;
  }
  const { data } = measurement;
  facts.one('leaves through', data.interface).one('leaves from', data.source);
  if (data.interface !== null) facts.optional('leaves by the gateway', data.gateway).optional('MTU of the route in bytes', data.mtuBytes);
  return facts.all;
}

/** Ports that both reports asked for: one that is asked for in one of them alone is in no other state. */
export function portFacts({ target, data }: MeasurementOf<'ports'>): readonly Fact[] {
  const facts = new Facts('ports', target);
  for (const { port, protocol, state, banner, tls, rejectedBy } of data.ports) {
    const subject = `${port}/${protocol}`;
    facts
      .one(subject, state)
      .one(`${subject} greets with`, banner)
      .one(`${subject} speaks TLS`, tls)
      .one(`${subject} is rejected by`, rejectedBy);
  }
  return facts.one(`${data.firstWord?.port} says first`, data.firstWord?.line).all;
}
