import { describe, expect, it } from 'vitest';
import type { DataOf } from '../../src/model/measurement.js';
import { listenerLines } from '../../src/render/listener-table.js';

type Listener = DataOf<'listening'>['listeners'][number];

const data = (...listeners: Listener[]): DataOf<'listening'> => ({ listeners, asked: null, expected: null });
const POSTGRES: Listener = {
  port: 5432,
  protocol: 'tcp',
  address: '127.0.0.1',
  process: 'postgres',
  pid: 812,
  exposure: 'loopback',
  service: 'postgresql',
};

describe('the table of listeners', () => {
  it('has columns as wide as they must be, and fits beside its label in 80 columns', () => {
    const lines = listenerLines(
      data(
        POSTGRES,
        { ...POSTGRES, port: 53, protocol: 'udp', address: '0.0.0.0', process: null, pid: null, exposure: 'all', service: 'domain' },
        { ...POSTGRES, port: 49_152, address: '::', process: 'systemd-resolve', pid: 4_194_304, exposure: 'all', service: null },
      ),
    );
    expect(lines).toEqual([
      'port       address    process                    exposure  service',
      '5432/tcp   127.0.0.1  postgres (812)             loopback  postgresql',
      '53/udp     0.0.0.0    not shown                  all       domain',
      '49152/tcp  ::         systemd-resolve (4194304)  all',
    ]);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(80 - 13 + 3);
  });
  it('says a process by its number where it has no name', () => {
    expect(listenerLines(data({ ...POSTGRES, process: null }))[1]).toContain('  (812)  ');
  });
  it('is empty without listeners, and bounded with many', () => {
    expect(listenerLines(data())).toEqual([]);
    const lines = listenerLines(data(...Array.from({ length: 5000 }, (_, index) => ({ ...POSTGRES, port: index + 1 }))));
    expect(lines).toHaveLength(202);
    expect(lines.at(-1)).toBe('4800 more');
  });
});
