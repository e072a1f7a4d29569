import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTraceLine, type TraceTool } from '../../../src/wire/tools/trace-output.js';

const read = (tool: TraceTool, text: string) =>
  text.split('\n').flatMap((line) => parseTraceLine(tool, line).map(({ ttl, address, rttMs }) => [ttl, address, rttMs]));

describe('output of traceroute, as recorded', () => {
  it('traceroute', () => {
    const text = `traceroute to 198.51.100.7 (198.51.100.7), 30 hops max, 60 byte packets
 1  192.0.2.1  0.207 ms  0.192 ms  0.180 ms
 2  * * *
 3  10.0.2.1  1.2 ms 10.0.2.2  1.3 ms *
 4  198.51.100.7  3.1 ms !H  3.0 ms !H  3 ms !X`;
    expect(read('traceroute', text)).toEqual([
      [1, '192.0.2.1', 0.207],
      [1, '192.0.2.1', 0.192],
      [1, '192.0.2.1', 0.18],
      [3, '10.0.2.1', 1.2],
      [3, '10.0.2.2', 1.3],
      [4, '198.51.100.7', 3.1],
      [4, '198.51.100.7', 3],
      [4, '198.51.100.7', 3],
    ]);
  });

  it('tracepath', () => {
    const text = ` 1?: [LOCALHOST]                      pmtu 1500
 1:  192.0.2.1                                             0.058ms 
 2:  no reply
 3:  2001:db8::1                                           0.089ms pmtu 1400
 4:  198.51.100.7                                          1.026ms reached
     Resume: pmtu 1400 hops 4 back 4 `;
    expect(read('tracepath', text)).toEqual([
      [1, '192.0.2.1', 0.058],
      [3, '2001:db8::1', 0.089],
      [4, '198.51.100.7', 1.026],
    ]);
  });

  it('tracert, where a time below 1 ms is not told', () => {
    const text = `
Tracing route to 198.51.100.7 over a maximum of 30 hops

  1    <1 ms    <1 ms     2 ms  192.0.2.1
  2     *        *        *     Request timed out.
  3    12 ms     *       11 ms  198.51.100.7

Trace complete.`;
    expect(read('tracert', text)).toEqual([
      [1, '192.0.2.1', null],
      [1, '192.0.2.1', null],
      [1, '192.0.2.1', 2],
      [3, '198.51.100.7', 12],
      [3, '198.51.100.7', 11],
    ]);
  });

  it('never throws, and gives only hops that can be', () => {
    fc.assert(
      fc.property(fc.constantFrom('traceroute', 'tracepath', 'tracert'), fc.string({ maxLength: 300 }), (tool, line) => {
        for (const hop of parseTraceLine(tool as TraceTool, line)) expect(hop.ttl).toBeGreaterThan(0);
      }),
    );
    expect(parseTraceLine('traceroute', ' 999  192.0.2.1  1 ms')).toEqual([]);
  });
});
