/** Validation of answers: `Validations` asks and validates, `judgeValidations` makes checks of it. */
export { judgeValidation, judgeValidations } from './judge.js';
export { Validations } from './measure.js';
export { begin, next, type Validation, type ValidationState, type ValidationStep } from './next.js';
