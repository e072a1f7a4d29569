import type { BandwidthOptions } from '../model/probe-options.js';
import { parseTarget, speaksHttp, speaksWebSocket, type Target } from '../model/target.js';
import { quotedValue } from './quoted-value.js';
import { readTarget, readTargets } from './targets.js';
import { UsageError } from './usage-error.js';

/** What is loaded: the targets, and in which directions. */
export interface LoadedTargets {
  targets: Target[];
  down: boolean;
  up: BandwidthOptions['up'];
}

/**
 * Reads the targets of `netdiag bandwidth`. Without one, `--upload` alone is measured.
 *
 * @throws UsageError for what no body can be downloaded from or uploaded to
 */
export function loadedTargets(
  argv: readonly unknown[],
  flags: { lab?: boolean; upload?: string | undefined; 'expect-down'?: number | undefined; 'expect-up'?: number | undefined },
): LoadedTargets {
  const { upload } = flags;
  if (flags['expect-up'] !== undefined && upload === undefined && flags.lab !== true)
    throw new UsageError('--expect-up: belongs to --upload');
  if (upload !== undefined && argv.length === 0 && flags.lab !== true) {
    if (flags['expect-down'] !== undefined) throw new UsageError('--expect-down: belongs to a TARGET to download from, and none is named');
    const target = uploadTarget(upload);
    return { targets: [target], down: false, up: { path: target.path ?? '/' } };
  }
  const targets = readTargets(argv, flags, 'bandwidth').map(expectingBody);
  if (upload === undefined) return { targets, down: true, up: null };
  if (upload.startsWith('/')) return { targets, down: true, up: { path: pathOf(upload) } };
  if (targets.length > 1) throw new UsageError('--upload: with several targets it is a path, as in /upload, of the server of each');
  return { targets, down: true, up: { target: uploadTarget(upload) } };
}

/** The target as one that a body comes from. */
export function expectingBody(target: Target): Target {
  if (!speaksHttp(target) || speaksWebSocket(target)) {
    throw new UsageError(
      `target ${quotedValue(target.id)}: bandwidth needs an http: or https: URL of a large file, or of as many bytes as are asked for`,
    );
  }
  return target;
}

function uploadTarget(text: string): Target {
  const outcome = parseTarget(text);
  // The value can hold a password.
  if (!outcome.ok)
    throw new UsageError(
      `--upload: ${outcome.reason.replace(/ "[^"]*"/, '')}; must be an http: or https: URL, or a path that begins with /`,
    );
  const target = readTarget(text, '--upload: ');
  if (!speaksHttp(target) || speaksWebSocket(target))
    throw new UsageError('--upload: must be an http: or https: URL, or a path that begins with /');
  return target;
}

/** As it is sent: what a path cannot hold is written in its escaped form. */
function pathOf(text: string): string {
  const outcome = parseTarget(`http://host${text}`);
  if (!outcome.ok || text.startsWith('//')) throw new UsageError('--upload: the path cannot be read');
  return outcome.target.path ?? '/';
}
