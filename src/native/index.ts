import type { NativeSockets } from './sockets.js';

export type { NativeMessage, NativeSockets, PollEntry } from './sockets.js';

export type NativeOutcome = { kind: 'present'; sockets: NativeSockets } | { kind: 'absent'; because: string };

let loaded: NativeOutcome | undefined;

/**
 * Loads the native sockets of this platform once. Never throws: where they cannot load, the reason is returned and every probe goes on
 * with its next best method. `NETDIAG_NATIVE=off` forces that.
 */
export async function loadNativeSockets(): Promise<NativeOutcome> {
  if (loaded !== undefined) return loaded;
  if (process.env['NETDIAG_NATIVE'] === 'off') {
    loaded = { kind: 'absent', because: 'switched off by NETDIAG_NATIVE=off' };
  } else if (process.platform !== 'linux') {
    loaded = { kind: 'absent', because: `no native sockets on ${process.platform} yet` };
  } else if (process.arch !== 'x64' && process.arch !== 'arm64') {
    loaded = { kind: 'absent', because: `the layout of the kernel's structures is not known for ${process.arch}` };
  } else {
    try {
      const { openLinuxSockets } = await import('./linux.js');
      loaded = { kind: 'present', sockets: openLinuxSockets() };
    } catch (error) {
      loaded = { kind: 'absent', because: `koffi did not load: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}` };
    }
  }
  return loaded;
}
