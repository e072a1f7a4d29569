import { describe, expect, it } from 'vitest';
import { createConnectionReader } from '../../../src/wire/linux/proc-net-connections.js';

const HEAD = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
const line = (local: string, remote: string, state: string) =>
  `   1: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000  1000        0 20771 1 0000000000000000 22 4 30 10 -1\n`;
const inRange = (port: number) => port >= 32_768 && port <= 60_999;

function counted(text: string, piece = text.length) {
  const reader = createConnectionReader(inRange, true);
  for (let at = 0; at < text.length; at += piece) reader.push(text.slice(at, at + piece));
  return reader.count();
}

describe('local ports of connections', () => {
  // 9C42 = 40002, 01BB = 443, 0016 = 22.
  const table =
    HEAD +
    line('00000000:9C43', '00000000:0000', '0A') +
    line('0A00000A:0016', '0100000A:9C42', '01') +
    line('0A00000A:9C42', '196433C6:01BB', '01') +
    line('0A00000A:9C44', '196433C6:01BB', '06') +
    line('0A00000A:9C44', '0200000A:1538', '01') +
    line('0B00000A:9C42', '196433C6:01BB', '01');

  it('count what is in the range, by source address, destination and its port; listeners and services do not count', () => {
    const { destinations, ...rest } = counted(table);
    expect(rest).toEqual({ ports: 2, timeWait: 1, more: false });
    expect(destinations).toEqual([
      { from: '10.0.0.10', address: '198.51.100.25', port: 443, used: 2, timeWait: 1 },
      { from: '10.0.0.10', address: '10.0.0.2', port: 5432, used: 1, timeWait: 0 },
      { from: '10.0.0.11', address: '198.51.100.25', port: 443, used: 1, timeWait: 0 },
    ]);
  });

  it('are none of those who came in to a service within the range, as many as they are', () => {
    const clients = Array.from({ length: 20_005 }, (_, index) =>
      line('0A00000A:C383', `196433C6:${(index + 1024).toString(16).toUpperCase()}`, '01'),
    );
    const text = `${HEAD}${line('00000000:C383', '00000000:0000', '0A')}${clients.join('')}${line('0A00000A:9C42', '196433C6:01BB', '01')}`;
    const { destinations, more } = counted(text.replaceAll(/:([0-9A-F]{3}) /g, ':0$1 '));
    expect(more).toBe(false);
    expect(destinations).toEqual([{ from: '10.0.0.10', address: '198.51.100.25', port: 443, used: 1, timeWait: 0 }]);
  });

  it('are the same in whatever pieces the table comes', () => {
    for (const piece of [1, 7, 149, 150, 151, 1000]) expect(counted(table, piece)).toEqual(counted(table));
  });

  it('of IPv4 over sockets of IPv6 are those of IPv4', () => {
    const mapped = (end: string) => `0000000000000000FFFF0000${end}`;
    const both = line('0A00000A:9C42', '196433C6:01BB', '01') + line(`${mapped('0A00000A')}:9C46`, `${mapped('196433C6')}:01BB`, '01');
    expect(counted(HEAD + both).destinations).toEqual([{ from: '10.0.0.10', address: '198.51.100.25', port: 443, used: 2, timeWait: 0 }]);
  });

  it('of UDP have no destination as a rule', () => {
    expect(counted(HEAD + line('00000000:9C42', '00000000:0000', '07'))).toEqual({ ports: 1, timeWait: 0, destinations: [], more: false });
  });

  it('say where there are more destinations than are kept', () => {
    const remote = (index: number) => `${index.toString(16).toUpperCase().padStart(8, '0')}:01BB`;
    const text = Array.from({ length: 20_005 }, (_, index) => line('0A00000A:9C42', remote(index + 1), '01')).join('');
    const { more, destinations } = counted(HEAD + text, 65_536);
    expect(more).toBe(true);
    expect(destinations.length).toBe(20_000);
  });

  it('a line without an end costs no memory', () => {
    expect(counted('x'.repeat(5_000_000), 65_536)).toEqual({ ports: 0, timeWait: 0, destinations: [], more: false });
  });
});
