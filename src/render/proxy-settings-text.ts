import type { DataOf } from '../model/measurement.js';

/** What this machine says about proxies, and whether they answer. */
export function proxySettingsLines(_data: DataOf<'proxy-settings'>): string[] {
  return [];
}
