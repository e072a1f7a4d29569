import { hideSecrets } from './configuration/secrets.js';
import { oneLine } from './problems.js';
import { writeWhole } from './streams.js';

/** One line for a fault of netdiag's own; with `NETDIAG_DEBUG=1` the stack too. The caller sets exit status 3. */
export async function reportInternalError(error: unknown): Promise<void> {
  const message = error instanceof Error ? error.message : String(error);
  await writeWhole(process.stderr, `netdiag: internal error: ${oneLine(hideSecrets(message))}\n`);
  if (process.env['NETDIAG_DEBUG'] === '1' && error instanceof Error)
    await writeWhole(process.stderr, `${hideSecrets(error.stack ?? '')}\n`);
}
