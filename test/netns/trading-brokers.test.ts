import { describe } from 'vitest';
import { BROKER_ROUNDS } from './trading-breaks.js';
import { testRequirements } from './trading-verify.js';

describe('docs/examples/trading.requirements.yaml, of the brokers and the way to them', () => testRequirements(BROKER_ROUNDS, false));
