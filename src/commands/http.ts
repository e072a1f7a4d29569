import { targetsArgument } from '../cli/arguments.js';
import { captivePortalOf, inLab } from '../cli/captive-portal.js';
import { BODY_TIMEOUT_MS, BURST_CONCURRENCY, EXCHANGE_TIMEOUT_MS, HTTP, MAXIMUM_REDIRECTS } from '../cli/defaults.js';
import { familyFlags, interfaceFlag, labFlag, sourceFlag } from '../cli/flags.js';
import { captivePortalFlags, httpFlags, proxyFlags, webSocketFlags } from '../cli/http-flags.js';
import { expectationsOf, requestOf } from '../cli/http-request.js';
import { MeasuringCommand } from '../cli/measuring-command.js';
import { readTlsMaterial } from '../cli/pem-files.js';
import { proxySettingsOf } from '../cli/proxies.js';
import { requireScheme } from '../cli/scheme-flags.js';
import { expectingHttp, originOf, readFamily, readTargets } from '../cli/targets.js';
import { tlsFlags } from '../cli/tls-flags.js';
import { UsageError } from '../cli/usage-error.js';
import { webSocketOf } from '../cli/websocket.js';
import { speaksHttp, type Target } from '../model/target.js';

export default class Http extends MeasuringCommand {
  static override summary = 'status, phases, redirects, headers, and whether the answer is what was asked for';
  static override description =
    `One request in HTTP/2 or HTTP/1.1, redirects followed, each part timed. The answer is held against what is expected of it.
Secrets come out of the environment or a file, go to nobody but the origin that was named, and stand in no report.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %> https://app.example.net/health --expect-json $.status=ok',
    '<%= config.bin %> <%= command.id %> https://api.example.net/v1 --bearer-env API_TOKEN -c 20',
    '<%= config.bin %> <%= command.id %> https://app.example.net --security-headers',
    '<%= config.bin %> <%= command.id %> https://staging.example.net/api --burst 1000',
    '<%= config.bin %> <%= command.id %> wss://stream.example.net/feed --listen 10s',
  ];
  static override args = targetsArgument;
  static override flags = {
    ...httpFlags,
    ...webSocketFlags,
    ...proxyFlags,
    ...captivePortalFlags,
    ...tlsFlags,
    ...familyFlags,
    ...sourceFlag,
    ...interfaceFlag,
    ...labFlag,
  };

  protected override expecting(target: Target): Target {
    return expectingHttp(target);
  }

  async run(): Promise<void> {
    const { flags, argv } = await this.parse(Http);
    const portalAlone = flags['captive-portal'] && argv.length === 0;
    const named = portalAlone ? [] : readTargets(argv, flags, 'http').map(expectingHttp);
    requireScheme(flags, named);
    const family = readFamily(flags, named);
    const { ca, cert, key } = readTlsMaterial(flags);
    const request = requestOf(flags);
    const expectations = await expectationsOf(flags);
    if (flags.concurrency !== undefined && flags.burst === undefined) throw new UsageError('--concurrency: belongs to --burst');
    const timeoutMs = flags.timeout ?? EXCHANGE_TIMEOUT_MS;
    const proxies = proxySettingsOf(flags, named);
    const webSocket = webSocketOf(flags);
    const captivePortal = captivePortalOf(flags, timeoutMs);
    await this.measure(flags, (lab) => ({
      targets: named.length > 0 || portalAlone ? named : (lab?.targets ?? []).filter(speaksHttp),
      family,
      origin: originOf(flags),
      policy: this.policy,
      host: false,
      ...(captivePortal === undefined ? {} : { captivePortal: lab === null ? captivePortal : inLab(captivePortal, lab.targets) }),
      webSocket: { ...webSocket, headers: request.headers, proxies, timeoutMs },
      proxy: { settings: proxies, compare: true, timeoutMs },
      http: {
        ...request,
        compression: flags.compression,
        maximumRedirects: flags.follow ? (flags['max-redirects'] ?? MAXIMUM_REDIRECTS) : 0,
        expectations,
        // What was not asked for is absent from the parser's answer, whatever its type says.
        securityHeaders: flags['security-headers'] === true,
        count: flags.count ?? HTTP.count,
        intervalMs: flags.interval ?? HTTP.intervalMs,
        keepAlive: flags['keep-alive'] === true,
        lookup: { family },
        burst: flags.burst === undefined ? null : { count: flags.burst, concurrency: flags.concurrency ?? BURST_CONCURRENCY },
        servername: flags.servername ?? null,
        ca: [...ca, ...(lab?.ca ?? [])],
        cert,
        key,
        proxies,
        timeoutMs,
        bodyTimeoutMs: Math.max(BODY_TIMEOUT_MS, timeoutMs),
      },
    }));
  }
}
