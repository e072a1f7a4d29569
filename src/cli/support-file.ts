import type { Report } from '../model/report.js';
import { renderReport } from '../render/index.js';
import type { Redaction } from '../report/redact/redact.js';
import { type OutputFile, writableFile, writeOutputFile } from './output-files.js';
import { quotedValue } from './quoted-value.js';
import { UsageError } from './usage-error.js';

const FOLDER = 'netdiag-support';
const ENDINGS = ['.tar.gz', '.tgz'];
const PLAIN = { width: 100, color: 0, unicode: true } as const;

/**
 * Checks the file of `--support` before anything is sent.
 * @returns its real path
 * @throws UsageError
 */
export function readSupportFile(path: string, outputs: readonly OutputFile[]): string {
  const refuse = (reason: string): never => {
    throw new UsageError(`--support ${quotedValue(path)}: ${reason}`);
  };
  if (!ENDINGS.some((ending) => path.toLowerCase().endsWith(ending))) return refuse(`must end in ${ENDINGS.join(' or ')}`);
  const real = writableFile(path, refuse);
  if (outputs.some((output) => output.path === real)) return refuse('it is the file of --output too');
  return real;
}

/**
 * Writes one archive for whoever is to help: the report as JSON and as a table, and what was left out. Nobody but its owner may read it.
 *
 * @param redaction `null`: the report goes in as it is
 * @throws Error of the file system
 */
export async function writeSupportFile(path: string, report: Report, redaction: Redaction | null): Promise<void> {
  const [{ tarGz }, { aboutText, leftOutText }] = await Promise.all([
    import('../report/support/archive.js'),
    import('../report/support/left-out.js'),
  ]);
  const shown = redaction?.report ?? report;
  const files = [
    { name: 'about.txt', text: aboutText(shown, redaction) },
    { name: 'report.json', text: await renderReport(shown, 'json', PLAIN) },
    { name: 'report.txt', text: await renderReport(shown, 'table', PLAIN) },
    ...(redaction === null ? [] : [{ name: 'left-out.txt', text: leftOutText(redaction) }]),
  ];
  const named = files.map(({ name, text }) => ({ name: `${FOLDER}/${name}`, text }));
  writeOutputFile({ path }, tarGz(named, new Date(report.startedAt)), 0o600);
}
