import { lstatSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { boolean, custom } from '@oclif/core/flags';
import { BaseCommand } from '../cli/base-command.js';
import { interruptStatus } from '../cli/interrupt.js';
import { quotedValue } from '../cli/quoted-value.js';
import { UsageError } from '../cli/usage-error.js';
import { errorCode, openForWriting } from '../cli/writable-file.js';
import { parseDurationMs } from '../model/duration.js';

const LONGEST_MS = 24 * 3_600_000;

export default class LabCommand extends BaseCommand {
  static override readonly summary = 'run practice targets on loopback: DNS, HTTPS, HTTP, WebSocket, ports';

  static override readonly description = [
    'Starts servers inside this program, on 127.0.0.1 and on ports that the system chooses, says what listens where, and runs until Ctrl-C, which ends it with exit status 0: it has done its job. With --for, an interrupt before the time is over exits 130 or 143. It needs no network and no special rights.',
    'The HTTPS certificate is signed by an authority that is made at start and exists in memory only; --write-ca writes its certificate (never a key) for curl --cacert and netdiag tls --ca.',
  ].join('\n\n');

  static override readonly examples = [
    '<%= config.bin %> lab',
    '<%= config.bin %> lab --write-ca lab-ca.pem',
    '<%= config.bin %> lab --for 5s --json',
  ];

  static override readonly flags = {
    for: custom<number>({
      parse: async (text) => {
        const ms = parseDurationMs(text);
        if (ms !== null && ms >= 1 && ms <= LONGEST_MS) return ms;
        throw new UsageError(`--for ${quotedValue(text)}: must be a duration with a unit (ms, s, m, h) from 1ms to 24h, as in 30s or 5m`);
      },
    })({ summary: 'end after this time instead of at Ctrl-C, 1ms to 24h', helpValue: '<duration>' }),
    'write-ca': custom<string>()({ summary: 'write the CA certificate of the lab to a file, PEM', helpValue: '<file>' }),
    json: boolean({ summary: 'one JSON object that says what listens where' }),
  };

  override async run(): Promise<void> {
    const { flags } = await this.parse(LabCommand);
    if (flags['write-ca'] !== undefined) requireWritable(flags['write-ca']);
    const { LabUnavailableError, startLab } = await import('../lab/index.js');
    try {
      const lab = await startLab({ signal: this.interrupted });
      try {
        const caFile = flags['write-ca'] ?? null;
        if (caFile !== null) await writeCertificates(caFile, lab.ca);
        const text = await this.announcement(lab, caFile, flags.json);
        const end = this.theEnd(flags.for ?? null);
        await this.print(text);
        await end;
      } finally {
        await lab.close();
      }
    } catch (error) {
      if (error instanceof LabUnavailableError) {
        process.exitCode = 3;
        return this.note(error.message);
      }
      if (error !== this.interrupted.reason) throw error;
      process.exitCode = interruptStatus() ?? 3;
    }
  }

  private async announcement(lab: import('../lab/index.js').Lab, caFile: string | null, json: boolean): Promise<string> {
    const [{ announceLab, labAnnouncement }, { escapeJson, escapeText }] = await Promise.all([
      import('../lab/announcement.js'),
      import('../render/escape.js'),
    ]);
    if (json) return `${escapeJson(JSON.stringify(labAnnouncement(lab, this.config.version, caFile)))}\n`;
    return announceLab(lab, caFile === null ? null : escapeText(caFile));
  }

  /**
   * Resolves at an interrupt, which is how a lab without `--for` is meant to end; one that comes before `--for` is over cuts it short. Also
   * when the reader of stdout has gone (a closed pipe): nobody then knows what listens where.
   */
  private async theEnd(durationMs: number | null): Promise<void> {
    const interrupted = this.interrupted;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        interrupted.removeEventListener('abort', end);
        process.stdout.off('error', end);
        resolve();
      };
      const timer = durationMs === null ? undefined : setTimeout(end, durationMs);
      process.stdout.on('error', end);
      if (interrupted.aborted) end();
      else interrupted.addEventListener('abort', end);
    });
    if (durationMs !== null) process.exitCode = interruptStatus() ?? 0;
  }
}

async function writeCertificates(path: string, certificates: readonly string[]): Promise<void> {
  try {
    await writeFile(path, certificates.join(''));
  } catch (error) {
    throw notWritable(path, error);
  }
}

/** Before anything is started: a file that cannot be written is a mistake on the command line. */
function requireWritable(path: string): void {
  try {
    const existing = statSync(path, { throwIfNoEntry: false });
    // A pipe or a device is opened once, when it is written: opening it waits for a reader, who would then see an end. So is a dangling link.
    const special =
      existing === undefined ? lstatSync(path, { throwIfNoEntry: false }) !== undefined : !existing.isFile() && !existing.isDirectory();
    if (!special) openForWriting(path, existing !== undefined);
  } catch (error) {
    throw notWritable(path, error);
  }
}

function notWritable(path: string, error: unknown): UsageError {
  const code = errorCode(error);
  const reasons: Record<string, string> = {
    EACCES: 'it may not be written',
    EISDIR: 'it is a folder',
    ENOENT: 'its folder does not exist',
    ENOTDIR: 'its folder does not exist',
  };
  return new UsageError(`--write-ca ${quotedValue(path)}: ${reasons[code] ?? `it cannot be written (${code || 'unknown error'})`}`);
}
