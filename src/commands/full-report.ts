import { targetsArgument } from '../cli/arguments.js';
import { portalBeside } from '../cli/captive-portal.js';
import { reportTargets } from '../cli/configuration/configured-targets.js';
import {
  DEEP_LATENCY,
  DEEP_LOSS,
  ECHO_TIMEOUT_MS,
  EXCHANGE_TIMEOUT_MS,
  HOST,
  INQUIRIES_MS,
  MTU_SEARCH_MS,
  PORT_CONCURRENCY,
  PORT_TIMEOUT_MS,
  QUIC_TIMEOUT_MS,
  REPORT_ANSWER_MS,
  REPORT_KNOCKS,
  REPORT_LATENCY,
  REPORT_LOSS,
  REPORT_MS,
  REPORT_REQUESTS,
  ROUTE,
  SURVEYED_TOP_PORTS,
} from '../cli/defaults.js';
import { deepFlag, familyFlags, interfaceFlag, labFlag, sourceFlag } from '../cli/flags.js';
import { machineFlag } from '../cli/host-flags.js';
import { MeasuringCommand } from '../cli/measuring-command.js';
import { readTlsMaterial } from '../cli/pem-files.js';
import { proxySettingsOf } from '../cli/proxies.js';
import { REFERENCE_ADDRESSES } from '../cli/references.js';
import { reportWebOf } from '../cli/report-web.js';
import { referenceServers, referencesFlag } from '../cli/resolver-references.js';
import { roundTripsOf } from '../cli/round-trips.js';
import { originOf, readFamily } from '../cli/targets.js';
import { tlsFlags } from '../cli/tls-flags.js';
import { TOP_PORTS } from '../cli/top-ports.js';
import { NO_PROXIES } from '../model/proxy-environment.js';
import { QUIC_REFERENCES } from '../probes/quic/references.js';

export default class FullReport extends MeasuringCommand {
  static override summary = 'what is wrong, in which layer, and what to do: the layered checklist';
  static override description =
    `Looks at this machine, the way out and each target, layer by layer and side by side, and says which cause explains what was found. Where several causes look the same, it looks closer at what tells them apart.
Without a TARGET: those of netdiag.yaml in this folder or above, otherwise public resolvers and well-known names on the internet.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> --lab',
    '<%= config.bin %> <%= command.id %> app.example.net:443 https://api.example.net/health',
    '<%= config.bin %> <%= command.id %> app.example.net:443 --deep',
    '<%= config.bin %> <%= command.id %> --config site.yaml --output report.json --quiet',
  ];
  static override args = targetsArgument;
  static override flags = {
    ...labFlag,
    ...deepFlag,
    ...machineFlag,
    ...referencesFlag,
    ...tlsFlags,
    ...familyFlags,
    ...sourceFlag,
    ...interfaceFlag,
  };

  async run(): Promise<void> {
    const { flags, argv } = await this.parse(FullReport);
    const { configuration } = this.settings;
    const named = reportTargets(argv, flags.lab, configuration);
    const family = readFamily(flags, named);
    const { ca, cert, key } = readTlsMaterial(flags);
    const exchangeMs = flags.timeout ?? EXCHANGE_TIMEOUT_MS;
    const timeout = { timeout: flags.timeout };
    // Behind a login page nothing of the internet is what it seems; services that were named may be of this network alone.
    const ofInternet = argv.length === 0 && !flags.lab && (configuration?.targets ?? []).length === 0;
    const references = flags.lab ? [] : (flags.references ?? null);
    const settings = flags.lab ? NO_PROXIES : proxySettingsOf({}, named);
    await this.measure(flags, (lab) => ({
      targets: named.length > 0 ? named : (lab?.targets ?? []),
      targetsAreInstruments: ofInternet,
      family,
      origin: originOf(flags),
      policy: this.policy,
      host: true,
      ...(flags.host === 'none'
        ? {}
        : {
            machine: {
              scope: flags.host ?? 'path',
              passive: false,
              timeoutMs: Math.min(exchangeMs, HOST.timeoutMs),
              windowMs: flags.host === 'all' ? HOST.windowMs : 0,
              timeServers: flags.lab ? [] : null,
              datePages: [],
              stunServer: null,
              proxies: settings,
              expected: null,
              cacheName: HOST.cacheName,
            },
          }),
      ...(flags.host === 'all' ? { listening: { asked: null, expected: null } } : {}),
      latency: roundTripsOf(timeout, flags.deep ? DEEP_LATENCY : REPORT_LATENCY),
      loss: roundTripsOf(timeout, flags.deep ? DEEP_LOSS : REPORT_LOSS),
      knocks: roundTripsOf(timeout, REPORT_KNOCKS),
      requests: { ...REPORT_REQUESTS, timeoutMs: Math.min(exchangeMs, REPORT_REQUESTS.timeoutMs) },
      addresses: { timeoutMs: flags.timeout ?? PORT_TIMEOUT_MS },
      ...(flags.deep ? { route: { ...ROUTE, timeoutMs: flags.timeout ?? ROUTE.timeoutMs } } : {}),
      ...reportWebOf({
        tls: { servername: flags.servername ?? null, ca: [...ca, ...(lab?.ca ?? [])], cert, key },
        proxies: settings,
        timeoutMs: exchangeMs,
        answerMs: flags.timeout ?? REPORT_ANSWER_MS,
      }),
      proxy: { settings, compare: false, timeoutMs: exchangeMs },
      // Without a target the references are targets themselves.
      quic: { timeoutMs: Math.min(exchangeMs, QUIC_TIMEOUT_MS), references: ofInternet || references !== null ? [] : QUIC_REFERENCES },
      ...(ofInternet ? { captivePortal: { timeoutMs: exchangeMs } } : references === null ? portalBeside(named, exchangeMs) : {}),
      resolverWatch: { references: referenceServers(references), ca: [...ca, ...(lab?.ca ?? [])] },
      inquire: { budgetMs: INQUIRIES_MS, ...(flags.deep ? {} : { untilMs: REPORT_MS }), references: references ?? REFERENCE_ADDRESSES },
      mtu: { timeoutMs: flags.timeout ?? ECHO_TIMEOUT_MS, ...(flags.deep ? {} : { searchMs: MTU_SEARCH_MS }) },
      ports: {
        required: [],
        surveyed: flags.deep ? TOP_PORTS.slice(0, SURVEYED_TOP_PORTS) : [],
        timeoutMs: flags.timeout ?? PORT_TIMEOUT_MS,
        concurrency: PORT_CONCURRENCY,
        firstWordMs: exchangeMs,
      },
      tls: {
        servername: flags.servername ?? null,
        ca: [...ca, ...(lab?.ca ?? [])],
        cert,
        key,
        pins: [],
        timeoutMs: exchangeMs,
      },
    }));
  }
}
