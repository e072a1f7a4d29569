import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { announceLab, labAnnouncement } from '../../src/lab/announcement.js';
import { type Lab, startLab, ZONE } from '../../src/lab/index.js';

let lab: Lab;
beforeAll(async () => {
  lab = await startLab();
});
afterAll(() => lab.close());

describe('announceLab', () => {
  test('is plain ASCII and fits into 80 columns', () => {
    for (const line of announceLab(lab, null).split('\n')) {
      expect(line).toMatch(/^[ -~]*$/);
      expect(line.length).toBeLessThanOrEqual(80);
    }
  });

  test('lists every service in aligned columns', () => {
    const lines = announceLab(lab, null).split('\n');
    const rows = lab.describe().map(({ service, address, note }) => {
      const row = lines.find((line) => line.startsWith(`  ${service} `) && line.includes(address));
      expect(row?.endsWith(note)).toBe(true);
      return row?.indexOf(address);
    });
    expect(new Set(rows).size).toBe(1);
  });

  test('says how to get the certificate, or uses the file that it is in', () => {
    expect(announceLab(lab, null)).toContain('netdiag lab --write-ca lab-ca.pem');
    const written = announceLab(lab, "/tmp/it's here.pem");
    expect(written).not.toContain('--write-ca');
    expect(written).toContain(`netdiag tls 127.0.0.1:${lab.targets[0]?.port} --ca '/tmp/it'\\''s here.pem'`);
    expect(announceLab(lab, '/tmp/ca.pem')).toContain('curl --cacert /tmp/ca.pem https://127.0.0.1:');
  });
});

test('labAnnouncement says the same in JSON, without any key', () => {
  const announcement = labAnnouncement(lab, '1.2.3', null);
  expect(announcement).toMatchObject({
    tool: { name: 'netdiag', version: '1.2.3' },
    command: 'lab',
    zone: ZONE,
    targets: lab.targets.map((target) => target.id),
    resolver: lab.servers[0],
    ports: lab.ports,
    caFile: null,
  });
  expect(JSON.stringify(announcement)).not.toContain('PRIVATE KEY');
});
