import { describe, expect, it } from 'vitest';
import { type Report, reportSchema } from '../../src/model/report.js';
import { loadNativeSockets } from '../../src/native/index.js';
import { openEchoSocket } from '../../src/net/packets/echo-socket.js';
import { type Ended, netdiag } from './program.js';

function reportOf(ended: Ended): Report {
  expect(ended.stderr).toBe('');
  return reportSchema.parse(JSON.parse(ended.stdout));
}

describe.concurrent('commands that measure, on the lab', () => {
  it.for<[string[], string]>([
    [['latency', '-c', '3', '-i', '5ms'], 'latency'],
    [['loss', '-c', '5', '-i', '5ms'], 'loss'],
    [['mtu'], 'mtu'],
    [['ports'], 'ports'],
    [['tls'], 'tls'],
    [['dns'], 'dns'],
    [['http'], 'http'],
    [['http', '--captive-portal'], 'captive-portal'],
    [['full-report'], 'phases'],
  ])('%j gives a report that the schema allows, with measurements of its own', async ([args, probe], context) => {
    const native = await loadNativeSockets();
    // Without them its only check is skipped, and that is no pass.
    if (probe === 'mtu' && native.kind === 'absent') context.skip(native.because);
    if (probe === 'mtu' && native.kind === 'present') {
      const echo = openEchoSocket(native.sockets, 4, {});
      if (!echo.ok) return context.skip(echo.reason);
      native.sockets.close(echo.socket.descriptor);
    }
    const [command = '', ...rest] = args;
    const ended = await netdiag([command, '--lab', '--json', ...rest]);
    const report = reportOf(ended);
    const troubles = report.checks.filter(({ status }) => status === 'fail' || status === 'warn');
    expect(troubles).toEqual([]);
    expect(report).toMatchObject({ command, partial: false, verdict: 'pass' });
    const own = report.measurements.filter((measurement) => measurement.probe === probe);
    expect(own.some((measurement) => measurement.attempt.kind === 'measured')).toBe(true);
    expect(ended.status).toBe(0);
  });
});
