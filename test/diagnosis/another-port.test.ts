import { describe, expect, it } from 'vitest';
import { CAUSES } from '../../src/diagnosis/causes/index.js';
import { explains, type Ways } from '../../src/diagnosis/explains.js';
import type { Code } from '../../src/model/code.js';
import type { Check } from '../../src/model/report.js';

const ways: Ways = { wayOf: () => null, linkOf: () => null };

const line = (id: string, layer: Check['layer'], title: string, target: string, code: Code): Check => ({
  id: `${id}@${target}`,
  layer,
  title,
  target,
  status: 'fail',
  code,
  observed: null,
  expected: null,
  remedy: null,
  because: null,
  measurements: [],
});

const port = (title: string, target: string) => line('l4.port', 4, title, target, 'port-closed');

describe('a port that is closed', () => {
  it.each([
    ['https://a.example/x', 'TCP 443 https', true],
    ['https://a.example/x', 'TCP 9', false],
    ['https://a.example:9/x', 'TCP 9', true],
    ['a.example:8443', 'TCP 8443', true],
    ['a.example:8443', 'TCP 443 https', false],
    ['[2001:db8::1]:443', 'UDP 443', false],
  ])('of %s, %s: explains what is behind the port of the target: %s', (target, title, expected) => {
    const broken = line('l6.policy-groups', 6, 'modern: groups', target, 'tls-policy-violated');
    expect(explains(port(title, target), broken, CAUSES, ways)).toBe(expected);
  });
});
