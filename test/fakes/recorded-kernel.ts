import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pathOfSetting } from '../../src/model/kernel-settings.js';
import type { FakeMachine } from './local-system.js';

const MACHINES = fileURLToPath(new URL('../machines', import.meta.url));

/** A folder of test/machines: its `sysctl.txt`, in the words of `sysctl -a`, stands for the files under /proc/sys. */
export function recordedKernel(name: string): Required<Pick<FakeMachine, 'root' | 'files'>> {
  const root = join(MACHINES, name);
  const lines = readFileSync(join(root, 'sysctl.txt'), 'utf8').trimEnd().split('\n');
  const files = lines.map((line) => {
    const [setting = '', value = ''] = line.split(' = ');
    return [pathOfSetting(setting), `${value}\n`] as const;
  });
  return { root, files: Object.fromEntries(files) };
}
