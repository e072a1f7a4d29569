import type { MachineProbe } from '../machine-probe.js';
import { judgeProxySettings } from './judge.js';
import { measureProxySettings, proxySettingsNotTried } from './measure.js';

/** What this machine says about proxies, and whether they answer. */
export const proxySettingsProbe: MachineProbe<'proxy-settings'> = {
  name: 'proxy-settings',
  label: 'proxies',
  isAsked: () => true,
  measure: measureProxySettings,
  notTried: proxySettingsNotTried,
  judge: judgeProxySettings,
};
