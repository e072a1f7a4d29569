import type { Inquiry, Reply } from './inquiry.js';
import { begin, next, type Validation, type ValidationStart } from './next.js';

/**
 * Validates the answer to a question, from the trust anchors down: loops {@link next}, and asks what it wants.
 *
 * @param answer to the question, asked for with DO
 * @param ask asks the same server, with DO and CD set; ends by its own time-out
 */
export async function validate(start: ValidationStart, answer: Reply, ask: (inquiry: Inquiry) => Promise<Reply>): Promise<Validation> {
  const state = begin(start);
  let step = next(state, [{ inquiry: state.question, reply: answer }]);
  while (step.kind === 'ask') {
    const { inquiries } = step;
    const replies = await Promise.all(inquiries.map(async (inquiry) => ({ inquiry, reply: await ask(inquiry) })));
    step = next(step.state, replies);
  }
  return step.validation;
}
