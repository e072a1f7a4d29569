// Verdicts on signed zones, right and broken in known ways, beside those of unbound, which gets the same answers from the same server.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSignedZones, startValidator } from '../../test/fakes/signed-zones/index.mjs';
import { measureChild } from '../child.mjs';
import { PROGRAM } from '../packets/networks.mjs';

/** @returns {Promise<string>} a section in Markdown */
export async function benchDnssec() {
  const folder = mkdtempSync(join(tmpdir(), 'netdiag-bench-'));
  const open = [];
  try {
    const zones = await startSignedZones();
    open.push(zones);
    const [validating, forwarding] = await Promise.all([
      startValidator({ upstream: zones.port, anchors: zones.anchors }),
      startValidator({ upstream: zones.port, anchors: null }),
    ]);
    open.push(validating, forwarding);
    const anchors = join(folder, 'anchors');
    writeFileSync(anchors, `${zones.anchors.join('\n')}\n`);

    const found = new Map();
    let wallMs = 0;
    for (const type of new Set(zones.questions.map((question) => question.type))) {
      const names = zones.questions.filter((question) => question.type === type).map(({ name }) => bare(name));
      const server = `127.0.0.1:${forwarding.port}`;
      const run = await measureChild(process.execPath, [
        PROGRAM,
        'dns',
        ...names,
        '--type',
        type,
        '--server',
        server,
        '--dnssec',
        '--trust-anchor',
        anchors,
        '--json',
      ]);
      wallMs += run.wallMs;
      for (const { probe, data } of JSON.parse(run.stdout).measurements)
        if (probe === 'dns') found.set(`${data.name} ${data.type}`, data.validation);
    }
    const rows = [];
    for (const question of zones.questions) {
      const ours = found.get(`${bare(question.name)} ${question.type}`);
      rows.push({
        ...question,
        theirs: await verdictOfUnbound(validating.port, question),
        ours: ours?.verdict ?? 'none',
        found: ours?.reason ?? null,
      });
    }
    return section(rows, wallMs);
  } finally {
    await Promise.all(open.map((one) => one.close()));
    rmSync(folder, { recursive: true, force: true });
  }
}

async function verdictOfUnbound(port, { name, type }) {
  const { stdout } = await measureChild('dig', ['@127.0.0.1', '-p', String(port), '+dnssec', '+tries=2', '+time=5', name, type]);
  if (/status: SERVFAIL/.test(stdout)) return 'bogus';
  if (!/status: (?:NOERROR|NXDOMAIN)/.test(stdout)) return 'no answer';
  return /^;; flags:[^;]*\bad\b/m.test(stdout) ? 'secure' : 'insecure';
}

function section(rows, wallMs) {
  const zones = new Set(rows.map(({ label }) => label)).size;
  const same = rows.filter(({ ours, theirs }) => ours === theirs).length;
  const explained = rows.filter(({ reason, found }) => reason === found).length;
  const lines = rows.map(
    ({ name, type, fault, theirs, ours, found, reason }) =>
      `| ${bare(name)} ${type} | ${fault} | ${theirs} | ${ours}${ours === theirs ? '' : ' **other**'} | ${found ?? ''}${found === reason ? '' : ` **not ${reason ?? 'that'}**`} |`,
  );
  return `### Signed zones, beside unbound

${zones} zones below a signed root, each right or broken in one known way, ${rows.length} questions: the same verdict as unbound in **${same} of ${rows.length}**, and the reason that was
made in **${explained} of ${rows.length}**. netdiag asks through an unbound that does not validate; all of it took ${(wallMs / 1000).toFixed(1)} s, start-up included.

| question | fault | unbound | netdiag | reason |
|---|---|---|---|---|
${lines.join('\n')}
`;
}

function bare(name) {
  return name.replace(/\.$/, '');
}
