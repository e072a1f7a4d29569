import { describe, expect, test } from 'vitest';
import { lookUp, ZONE } from '../../src/lab/zone.js';

describe('lookUp', () => {
  test.each(['app', 'www', 'echo', 'open', 'closed', 'silent', 'ns', 'mail'])('%s has the address of loopback', (label) => {
    expect(lookUp(`${label}.${ZONE}`, 'A', 'IN')).toMatchObject({
      rcode: 'NOERROR',
      authoritative: true,
      answers: [{ type: 'A', name: `${label}.${ZONE}`, data: '127.0.0.1' }],
      authorities: [],
    });
  });

  test.each([
    ['SOA', { mname: `ns.${ZONE}`, rname: `hostmaster.${ZONE}` }],
    ['NS', `ns.${ZONE}`],
    ['MX', { preference: 10, exchange: `mail.${ZONE}` }],
    ['TXT', ['netdiag lab']],
    ['A', '127.0.0.1'],
  ])('the zone itself has %s', (type, data) => {
    const { answers } = lookUp(ZONE, type, 'IN');
    expect(answers).toHaveLength(1);
    expect(answers[0]).toMatchObject({ type, data });
  });

  test('letter case does not matter', () => {
    expect(lookUp('APP.Lab.NetDiag.TEST', 'A', 'IN').answers).toEqual(lookUp(`app.${ZONE}`, 'A', 'IN').answers);
  });

  test('a name without the type asked for: no error, no answer, the SOA beside it', () => {
    expect(lookUp(`app.${ZONE}`, 'AAAA', 'IN')).toMatchObject({
      rcode: 'NOERROR',
      answers: [],
      authorities: [{ type: 'SOA', name: ZONE }],
    });
  });

  test('an unknown name in the zone: NXDOMAIN with the SOA', () => {
    expect(lookUp(`nobody.${ZONE}`, 'A', 'IN')).toMatchObject({ rcode: 'NXDOMAIN', authoritative: true, authorities: [{ type: 'SOA' }] });
  });

  test.each([
    ['another zone', 'example.test', 'A', 'IN'],
    ['a name that only ends alike', `x${ZONE}`, 'A', 'IN'],
    ['the root', '', 'NS', 'IN'],
    ['another class', ZONE, 'TXT', 'CLASS3'],
    ['a zone transfer', ZONE, 'AXFR', 'IN'],
    ['an incremental zone transfer', ZONE, 'IXFR', 'IN'],
  ])('%s is refused, and nothing is claimed about it', (_, name, type, dnsClass) => {
    expect(lookUp(name, type, dnsClass)).toEqual({ rcode: 'REFUSED', authoritative: false, answers: [], authorities: [] });
  });

  test('an alias is followed, and says so where its target lacks the type', () => {
    const types = (type: string) => {
      const { answers, authorities } = lookUp(`alias.${ZONE}`, type, 'IN');
      return { answers: answers.map((answer) => answer.type), authorities: authorities.map((answer) => answer.type) };
    };
    expect(types('A')).toEqual({ answers: ['CNAME', 'A'], authorities: [] });
    expect(types('CNAME')).toEqual({ answers: ['CNAME'], authorities: [] });
    expect(types('AAAA')).toEqual({ answers: ['CNAME'], authorities: ['SOA'] });
  });

  test('ANY gets one set of records', () => {
    const { answers } = lookUp(ZONE, 'ANY', 'IN');
    expect(answers.length).toBeGreaterThan(0);
    expect(new Set(answers.map((answer) => answer.type)).size).toBe(1);
  });
});
