import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { translatorOf } from '../../src/words/translator.js';
import { hostileText } from '../fakes/hostile-text.js';

const ENTRIES = {
  'no answer within {0} ms': 'sem resposta em {0} ms',
  'no answer': 'sem resposta',
  '{0} of {1} lost': '{0} de {1} perdidos',
  '{0} packets': '{0} pacotes',
  'The path to {0} loses packets{1}.': 'O caminho até {0} perde pacotes{1}.',
  'expected {0}': 'esperado {0}',
  'under {0}': 'abaixo de {0}',
  'on {0}': 'em {0}',
  'the server says "{0}"': 'o servidor diz "{0}"',
  'Renew the lease: {0}': 'Renove a concessão: {0}',
  'Sure: {0} %. Because: {1}.': 'Certeza: {0} %. Porque: {1}.',
  'Round trips': 'Idas e voltas',
  'the {0} answers before the {1}': '{1} responde depois de {0}',
  gateway: 'gateway',
  open: 'aberta',
  'the port is {0}': 'a porta está {0}',
};
const { say, leftIn } = translatorOf(ENTRIES, { ' and ': ' e ', ' or ': ' ou ' });

describe('a translator', () => {
  it.each([
    ['whole', 'Round trips', 'Idas e voltas'],
    ['a template', 'no answer within 200 ms', 'sem resposta em 200 ms'],
    ['a text within a text', 'the port is open', 'a porta está aberta'],
    [
      'parentheses in the place of a hole',
      'The path to a.example loses packets (3 of 10 lost; expected under 1 %).',
      'O caminho até a.example perde pacotes (3 de 10 perdidos; esperado abaixo de 1 %).',
    ],
    ['an empty hole', 'The path to a.example loses packets.', 'O caminho até a.example perde pacotes.'],
    ['two texts in a row', '3 packets on eth0', '3 pacotes em eth0'],
    ['a list', 'no answer, no answer and 3 packets', 'sem resposta, sem resposta e 3 pacotes'],
    [
      'a line of several',
      'Sure: 95 %. Because: Round trips: no answer; Round trips: 3 packets.',
      'Certeza: 95 %. Porque: Idas e voltas: sem resposta; Idas e voltas: 3 pacotes.',
    ],
    ['holes in another order', 'the gateway answers before the server', 'server responde depois de gateway'],
    ['a row of columns', 'open   no answer     3 packets', 'aberta  sem resposta  3 pacotes'],
    ['space around it', '  no answer ', '  sem resposta '],
    ['what nobody knows', 'Xyzzy plugh', 'Xyzzy plugh'],
    ['a number', '12', '12'],
    ['nothing', '', ''],
  ])('says %s', (_what, english, said) => {
    expect(say(english)).toBe(said);
  });

  it('leaves what others said as they said it', () => {
    expect(say('the server says "no answer"')).toBe('o servidor diz "no answer"');
    expect(say('no answer: "3 packets, no answer"')).toBe('sem resposta: "3 packets, no answer"');
  });

  it('leaves commands as they are typed', () => {
    expect(say('Renew the lease: `open no answer`')).toBe('Renove a concessão: `open no answer`');
  });

  it('tells which English words are left', () => {
    expect(leftIn('no answer within 200 ms')).toEqual([]);
    expect(leftIn('the router loses every answer')).toEqual(['the', 'loses', 'answer']);
  });

  it('says any text in bounded time, and never fails', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const startedMs = performance.now();
        expect(typeof say(text)).toBe('string');
        expect(performance.now() - startedMs).toBeLessThan(2000);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['joints', 'no answer, '.repeat(2000)],
    ['parentheses', '('.repeat(3000) + ')'.repeat(3000)],
    ['quotation marks', '"open '.repeat(2000)],
    ['words of templates', 'the packets loses within no answer of lost '.repeat(200)],
    ['one template in another', 'no answer within '.repeat(500)],
  ])('is not held up by many %s', (_what, text) => {
    const startedMs = performance.now();
    say(text);
    expect(performance.now() - startedMs).toBeLessThan(2000);
  });

  it('loses nothing of what is put in', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9.:-]{1,30}$/), fc.nat(9999), (name, count) => {
        expect(say(`The path to ${name} loses packets (${count} of 10000 lost).`)).toBe(
          `O caminho até ${say(name)} perde pacotes (${count} de 10000 perdidos).`,
        );
      }),
    );
  });
});
