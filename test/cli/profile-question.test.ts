import { expect, it } from 'vitest';
import { profileQuestion } from '../../src/cli/profile-question.js';
import { UsageError } from '../../src/cli/usage-error.js';

/** `all`, the name of the profile that is shown, or `null`. */
const asked = (words: string[], named?: string) => {
  const question = profileQuestion(words, named);
  return question?.kind === 'one' ? question.policy.name : (question?.kind ?? null);
};

it.each<[string[], string | undefined, string | null]>([
  [[], undefined, null],
  [[], 'trading', 'trading'],
  [['profiles'], undefined, 'all'],
  [['profile'], undefined, 'all'],
  [['profile'], 'web', 'web'],
  [['profile', 'voip'], undefined, 'voip'],
  [['profile-voip'], undefined, 'voip'],
  [['PLATFORM'], undefined, 'platform'],
  [['gaming'], 'web', 'gaming'],
  // A number or a code of a profile is no question about the profile.
  [['trading', '6'], undefined, null],
  [['4756'], 'trading', null],
  [['mtu-blackhole'], undefined, null],
  [['toString'], undefined, null],
  [['constructor'], undefined, null],
])('%j with --profile %s asks for %s', (words, named, expected) => {
  expect(asked(words, named)).toBe(expected);
});

it.each([
  ['tradin', 'did you mean profile trading?'],
  ['qqqqqqqqqqqq', 'there are default, web, voip, gaming, trading, platform'],
  ['__proto__', 'there are default'],
])('a profile %j that there is not is refused', (name, hint) => {
  expect(() => profileQuestion(['profile', name], undefined)).toThrow(UsageError);
  expect(() => profileQuestion(['profile', name], undefined)).toThrow(hint);
});
