import type { ProxyHop } from '../model/proxy.js';
import { type ProxySettings, proxyFor, proxyVariables } from '../model/proxy-environment.js';
import type { Target } from '../model/target.js';
import { UsageError } from './usage-error.js';

/**
 * Through which proxies a run goes: `--proxy`, `--no-proxy`, otherwise the environment.
 *
 * @throws UsageError where the variable that one of the targets goes by cannot be read. Its value is not shown: it can hold a password.
 */
export function proxySettingsOf(
  flags: { proxy?: ProxyHop | undefined; 'no-proxy'?: boolean },
  targets: readonly Target[],
  environment: Readonly<Record<string, string | undefined>> = process.env,
): ProxySettings {
  if (flags.proxy !== undefined && flags['no-proxy'] === true)
    throw new UsageError('--proxy and --no-proxy: only one of them can be given');
  const given = flags['no-proxy'] === true ? 'direct' : (flags.proxy ?? null);
  const settings: ProxySettings = { given, variables: proxyVariables(environment) };
  for (const target of targets) {
    const { fault } = proxyFor(target, settings);
    if (fault !== null) throw new UsageError(`the variable ${fault.variable} names a proxy that cannot be read: ${fault.reason}`);
  }
  return settings;
}
