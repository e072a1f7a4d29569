import { describe, expect, it } from 'vitest';
import { isAmbiguous, isProxysOwn } from '../../../src/probes/proxy/denial.js';

const answer = (status: number, ...fields: [string, string][]) => ({ status, fields });

describe('an error that came by a proxy', () => {
  it('is its own where it says so, or where it forbids what the server does not', () => {
    expect(isProxysOwn(answer(403), 200)).toBe(true);
    expect(isProxysOwn(answer(403), null)).toBe(true);
    expect(isProxysOwn(answer(401), 200)).toBe(true);
    expect(isProxysOwn(answer(500), 200)).toBe(true);
    expect(isProxysOwn(answer(503, ['x-squid-error', 'ERR_CONNECT_FAIL 111'], ['via', '1.1 squid']), null)).toBe(true);
    expect(isProxysOwn(answer(502, ['proxy-status', 'gate; error=connection_refused']), 200)).toBe(true);
  });

  it('is not where the server says the same, or the answer was passed on', () => {
    expect(isProxysOwn(answer(403), 403)).toBe(false);
    expect(isProxysOwn(answer(403, ['via', '1.1 gate']), 200)).toBe(false);
    expect(isProxysOwn(answer(404, ['proxy-status', 'gate; received-status=404']), 200)).toBe(false);
    expect(isProxysOwn(answer(502), 503)).toBe(false);
    expect(isProxysOwn(answer(502), null)).toBe(false);
    expect(isProxysOwn(answer(404), 200)).toBe(false);
    expect(isAmbiguous(answer(404))).toBe(false);
    expect(isAmbiguous(answer(502))).toBe(true);
    expect(isAmbiguous(answer(502, ['via', '1.1 gate']))).toBe(false);
    expect(isProxysOwn(answer(200, ['x-squid-error', 'x']), 200)).toBe(false);
  });
});
