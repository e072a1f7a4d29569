// The offset that netdiag finds, beside ntpdate and chronyd -Q, against a chronyd that has its time from the same kernel: the right answer is
// 0, and under faketime the shift itself. In a network namespace of its own; needs root, iproute2, chrony, ntpsec-ntpdate and faketime.
//
//   unshare --net node bench/machine/clock.mjs

import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../bin/run.js', import.meta.url));
const RUNS = Number(process.argv[2] ?? 20);
const SHIFTS = [
  { name: 'right', prefix: [], ms: 0 },
  { name: '+10 min', prefix: ['faketime', '-f', '+10m'], ms: -600_000 },
];
const folder = mkdtempSync(join(tmpdir(), 'netdiag-bench-clock-'));

/** Milliseconds by which the server is ahead, and the doubt where it is told. */
const INSTRUMENTS = [
  {
    name: 'netdiag',
    command: [process.execPath, PROGRAM, 'host', '--time-server', '127.0.0.1', '--json'],
    read: (text) => JSON.parse(text).measurements.find(({ probe }) => probe === 'clock').data.ntp ?? {},
  },
  {
    name: 'ntpdate',
    command: ['ntpdate', '-q', '127.0.0.1'],
    read: (text) => {
      const [, offset, doubt] = / ([-+]?\d+\.\d+) \+\/- (\d+\.\d+)/.exec(text) ?? [];
      return { offsetMs: Number(offset) * 1000, uncertaintyMs: Number(doubt) * 1000 };
    },
  },
  {
    name: 'chronyd -Q',
    command: [
      ...['chronyd', '-Q', '-u', 'root', '-f', '/dev/null', 'server 127.0.0.1 iburst maxsamples 1'],
      ...[`pidfile ${folder}/once.pid`, 'cmdport 0', 'bindcmdaddress /'],
    ],
    read: (text) => ({ offsetMs: Number(/wrong by ([-+]?\d+\.\d+) seconds/.exec(text)?.[1]) * 1000 }),
  },
];

// sysfs would show the interfaces of whoever mounted it.
const up = execFileSync('ip', ['-br', 'link', 'show', 'up'], { encoding: 'utf8' })
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('lo '));
if (up.length > 0) {
  process.stderr.write('run it in a network namespace of its own: unshare --net node bench/machine/clock.mjs\n');
  process.exit(2);
}
execFileSync('ip', ['link', 'set', 'lo', 'up']);
writeFileSync(join(folder, 'chrony.conf'), `local stratum 5\nallow\ncmdport 0\nbindcmdaddress /\npidfile ${folder}/chronyd.pid\n`);
const server = spawn('chronyd', ['-d', '-x', '-u', 'root', '-f', join(folder, 'chrony.conf')], { stdio: 'ignore' });
try {
  for (let tries = 0; tries < 20 && spawnSync('ntpdate', ['-q', '-t', '1', '127.0.0.1']).status !== 0; tries++);
  for (const { name, prefix, ms } of SHIFTS) {
    for (const instrument of INSTRUMENTS) {
      const [file, ...args] = [...prefix, ...instrument.command];
      const errors = [];
      const doubts = [];
      let outsideDoubt = 0;
      for (let run = 0; run < RUNS; run++) {
        const { stdout, stderr } = spawnSync(file, args, { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });
        const { offsetMs, uncertaintyMs } = instrument.read(instrument.name === 'netdiag' ? stdout : `${stdout}${stderr}`);
        if (!Number.isFinite(offsetMs)) continue;
        errors.push(Math.abs(offsetMs - ms));
        if (uncertaintyMs !== undefined) {
          doubts.push(uncertaintyMs);
          if (Math.abs(offsetMs - ms) > uncertaintyMs) outsideDoubt++;
        }
      }
      const at = (values, share) => [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * share)]?.toFixed(3) ?? '–';
      const doubt = doubts.length === 0 ? 'tells no doubt' : `doubt ${at(doubts, 0.5)} ms, ${outsideDoubt} of ${doubts.length} outside it`;
      process.stdout.write(
        `${name.padEnd(8)} ${instrument.name.padEnd(11)} ${errors.length} of ${RUNS} runs · error p50 ${at(errors, 0.5)} ms, max ${at(errors, 1)} ms · ${doubt}\n`,
      );
    }
  }
} finally {
  server.kill('SIGTERM');
  await new Promise((resolve) => server.once('exit', resolve));
  rmSync(folder, { recursive: true, force: true });
}
