import type { MeasurementOf } from '../../../model/measurement.js';
import { type Fact, Facts } from '../fact.js';

/** From here on systems take ports by chance (Linux: 32768, IANA: 49152): the same program listens on another one at its next start. */
const FIRST_BY_CHANCE = 32_768;

/** Who listens on this machine. Of a port taken by chance it is the program that counts, and not the number. */
export function listenerFacts({ data }: MeasurementOf<'listening'>): readonly Fact[] {
  const asked = data.asked?.map(({ first, last }) => (first === last ? String(first) : `${first}-${last}`)).join(',');
  const scope = asked === undefined ? 'listeners' : `listeners on ${asked}`;
  const facts = new Facts('listeners').set(
    scope,
    data.listeners.map(({ port, protocol, address, process }) =>
      port < FIRST_BY_CHANCE
        ? `${port}/${protocol} on ${address}`
        : `a ${protocol} port from ${FIRST_BY_CHANCE} on, on ${address}, of ${process ?? 'a program that is not told'}`,
    ),
  );
  const owners = new Map<string, string | null>();
  for (const { port, protocol, address, process } of data.listeners) {
    const subject = `${port}/${protocol} on ${address} belongs to`;
    const known = owners.get(subject);
    // Workers of one program share a port; of one that is not told nothing can be said.
    const both =
      known === undefined || known === process ? process : known === null || process === null ? null : [known, process].sort().join(', ');
    if (port < FIRST_BY_CHANCE) owners.set(subject, both);
  }
  for (const [subject, process] of owners) facts.one(subject, process);
  return facts.all;
}
