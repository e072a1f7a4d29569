import type { Lab } from '../lab/index.js';
import type { Report } from '../model/report.js';
import type { Network } from '../net/port.js';
import type { Redactor } from '../report/redact/redact.js';
import type { Progress, RunEnvironment, RunRequest } from '../run/request.js';
import type { ProgressDisplay } from './progress.js';

interface Surroundings {
  /** `null`: nothing is asked of it. */
  lab: Lab | null;
  /** Aborts on an interrupt. */
  signal: AbortSignal;
  version: string;
  /** `null`: nothing is redacted. */
  redactor: Redactor | null;
  startProgress(): Promise<ProgressDisplay>;
}

/** What runs are made with: the network, opened once and where it is needed, the lab, and the line that says how far they are. */
export class MeasuringSession {
  readonly lab: Lab | null;
  readonly signal: AbortSignal;
  readonly version: string;
  readonly #redactor: Redactor | null;
  readonly #startProgress: () => Promise<ProgressDisplay>;
  #progress: Promise<ProgressDisplay> | null = null;
  readonly #networks = new Map<boolean, Promise<Network>>();
  #ended = false;

  constructor({ lab, signal, version, redactor, startProgress }: Surroundings) {
    this.lab = lab;
    this.signal = signal;
    this.version = version;
    this.#redactor = redactor;
    this.#startProgress = startProgress;
  }

  /** Makes known what names a place, before anything is said of it. */
  learn({ targets }: RunRequest): void {
    this.#redactor?.learnPlaces(targets.flatMap(({ id, host }) => [id, host]));
  }

  /**
   * @param inLab whether names are those of the lab
   * @param labelled what is said of how far it is; absent: as the run says it
   */
  async run(request: RunRequest, inLab: boolean, labelled: (state: Progress) => Progress = (state) => state): Promise<Report> {
    const [{ run }, environment] = await Promise.all([import('../run.js'), this.environment(inLab, labelled)]);
    return run(request, environment);
  }

  /** What a run needs from outside. */
  async environment(inLab: boolean, labelled: (state: Progress) => Progress = (state) => state): Promise<RunEnvironment> {
    const [network, progress] = await Promise.all([this.#network(inLab), this.#display()]);
    return {
      network,
      signal: this.signal,
      version: this.version,
      progress: (state) => {
        if (!this.#ended) progress.show(labelled(state));
      },
      answered: (answer) => progress.answer(answer),
    };
  }

  /** Clears the line, so that the result starts on an empty one. */
  async endProgress(): Promise<void> {
    this.#ended = true;
    (await this.#progress)?.stop();
  }

  /** Closes the networks that were opened. Not the lab: who started it does. */
  close(): void {
    for (const network of this.#networks.values()) void network.then((opened) => opened.close());
  }

  #network(inLab: boolean): Promise<Network> {
    const known = this.#networks.get(inLab);
    if (known !== undefined) return known;
    const servers = inLab ? this.lab?.servers : undefined;
    const opened = import('../net/real.js').then(({ openNetwork }) => openNetwork(servers === undefined ? {} : { servers: [...servers] }));
    this.#networks.set(inLab, opened);
    return opened;
  }

  #display(): Promise<ProgressDisplay> {
    this.#progress ??= this.#startProgress();
    return this.#progress;
  }
}
