import type { Report } from '../../model/report.js';
import { AddressPseudonyms } from './addresses.js';
import { EndpointPseudonyms } from './endpoints.js';
import { NamePseudonyms } from './names.js';
import { Pseudonyms, type Replaced } from './pseudonyms.js';
import { DATA_SHAPES, MEASUREMENT_SHAPE, REPORT_SHAPE } from './report-shape.js';
import type { AnyShape } from './shape.js';
import { TextPseudonyms } from './texts.js';
import { type LeftOut, Walk } from './walk.js';

export interface Redaction {
  report: Report;
  /** By kind, in alphabetical order. */
  replaced: Replaced[];
  /** Fields that have no place in a redacted report, by where they were. */
  leftOut: LeftOut[];
}

/**
 * Replaces in reports and texts whatever says whose network or machine it is by pseudonyms that keep its kind, the same ones under the same key.
 * Pure: what comes out depends on the key and on what was put in before.
 */
export class Redactor {
  readonly #pseudonyms: Pseudonyms;
  readonly #texts: TextPseudonyms;
  readonly #walk: Walk;

  /** @param key at least 16 bytes that nobody can guess: who has it can try out addresses and names */
  constructor(key: Uint8Array) {
    this.#pseudonyms = new Pseudonyms(key);
    const addresses = new AddressPseudonyms(this.#pseudonyms);
    const names = new NamePseudonyms(this.#pseudonyms, addresses);
    const endpoints = new EndpointPseudonyms(this.#pseudonyms, addresses, names);
    this.#texts = new TextPseudonyms(this.#pseudonyms, { endpoints, names });
    this.#walk = new Walk({ pseudonyms: this.#pseudonyms, endpoints, texts: this.#texts });
  }

  report(report: Report): Redaction {
    this.#walk.forget();
    // Texts can only be rewritten once it is known what names what.
    this.#collect(report);
    this.#pseudonyms.forgetCounts();
    const redacted = this.#copy(report);
    return { report: redacted, replaced: this.#pseudonyms.replaced(), leftOut: this.#walk.leftOut() };
  }

  /** A line for people, such as one of the progress, with what is known by then. */
  text(text: string): string {
    return this.#texts.text(text);
  }

  /** Makes known what names a place, before a report does. */
  learnPlaces(places: readonly string[]): void {
    this.#walk.collect(places, ['endpoint']);
  }

  #collect({ measurements, ...envelope }: Report): void {
    this.#walk.collect(envelope, REPORT_SHAPE as AnyShape);
    for (const measurement of measurements) {
      this.#walk.collect(measurement, MEASUREMENT_SHAPE as AnyShape);
      if (Object.hasOwn(DATA_SHAPES, measurement.probe)) this.#walk.collect(measurement.data, DATA_SHAPES[measurement.probe] as AnyShape);
    }
  }

  #copy(report: Report): Report {
    const { measurements, ...envelope } = report;
    const copied = this.#walk.copy(envelope, REPORT_SHAPE as AnyShape, 'report') as Omit<Report, 'measurements'>;
    return { ...copied, measurements: measurements.flatMap((measurement) => this.#measurement(measurement)) };
  }

  #measurement({ data, ...envelope }: Report['measurements'][number]): Report['measurements'] {
    const shape = Object.hasOwn(DATA_SHAPES, envelope.probe) ? DATA_SHAPES[envelope.probe] : null;
    if (shape === null) {
      // A probe that this version does not know: nothing of it can be kept.
      this.#walk.omit('measurements');
      return [];
    }
    const copied = this.#walk.copy(envelope, MEASUREMENT_SHAPE as AnyShape, 'measurements') as object;
    return [
      { ...copied, data: this.#walk.copy(data, shape as AnyShape, `measurements.${envelope.probe}`) } as Report['measurements'][number],
    ];
  }
}
