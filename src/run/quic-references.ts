import type { MeasurementOf } from '../model/measurement.js';
import type { Check } from '../model/report.js';
import type { KnownTarget } from '../probes/machine-probe.js';
import { quicProbe } from '../probes/quic/index.js';
import { judgeQuicReferences } from '../probes/quic/judge.js';
import { QUIC_PORT } from '../probes/quic/plan.js';
import type { HeadStart } from './head-start.js';
import type { Recorder } from './recorder.js';
import type { RunEnvironment, RunRequest } from './request.js';

/** A little over a second, in which the kernel sends the SYN twice (RFC 6298): one that is not in sight is not waited for by a healthy run. */
const OFFER_MS = 1150;

/**
 * Asks well-known servers by QUIC, side by side with the targets, from the moment at which one of those is known to be beyond this machine:
 * whether the network lets QUIC out is no matter of one server.
 */
export class QuicReferences {
  readonly #request: RunRequest;
  readonly #environment: RunEnvironment;
  readonly #recorder: Recorder;
  readonly #targetsFirst: HeadStart;
  #asked: Promise<MeasurementOf<'quic'>[]> | null = null;
  #measured: MeasurementOf<'quic'>[] = [];

  constructor(request: RunRequest, environment: RunEnvironment, recorder: Recorder, targetsFirst: HeadStart) {
    this.#request = request;
    this.#environment = environment;
    this.#recorder = recorder;
    this.#targetsFirst = targetsFirst;
  }

  /** A target of the run is known. */
  consider({ way }: KnownTarget): void {
    if (this.#asked !== null || way === null || way.loopback !== false || way.interface === null) return;
    if (this.#request.quic === undefined || this.#request.quic.references.length === 0) return;
    this.#asked = this.#askAll(this.#request.quic);
  }

  async #askAll({ references, timeoutMs }: NonNullable<RunRequest['quic']>): Promise<MeasurementOf<'quic'>[]> {
    const { network, signal } = this.#environment;
    const { origin, family } = this.#request;
    await this.#targetsFirst.over();
    const ways = await Promise.all(
      references
        .filter((address) => family === null || address.includes(':') === (family === 6))
        .map(async (address) => ({ address, way: await network.routes.lookup(address, origin) })),
    );
    // Without a way there is nothing to send, and an address of this machine is no server of the internet.
    const usable = ways.flatMap(({ address, way }) => (way.kind === 'measured' && !way.value.loopback ? [address] : []));
    const byIpv4 = usable.filter((address) => !address.includes(':'));
    return Promise.all(
      (byIpv4.length > 0 ? byIpv4 : usable).map((address) =>
        this.#recorder.record({
          probe: 'quic',
          target: null,
          label: `QUIC ${address}`,
          measure: () =>
            quicProbe.measure(
              { address, port: QUIC_PORT, host: address, ca: [], timeoutMs, offerMs: OFFER_MS, origin },
              { network, signal },
            ),
          notTried: (attempt) => quicProbe.notTried(address, attempt),
          // Judged at the end, together.
          judge: null,
        }),
      ),
    );
  }

  /** Waits for what was asked. */
  async settle(): Promise<void> {
    this.#measured = (await this.#asked) ?? [];
  }

  judge(): Check[] {
    return judgeQuicReferences(this.#measured);
  }
}
