import { appendFileSync } from 'node:fs';
import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** Where to add a line `PASSED FAILED SKIPPED`, for a caller that runs the tests more than once. */
const RESULTS_FILE = 'NETDIAG_RESULTS';

/**
 * For machines that have everything the tests need: a test that skips fails the run, with its reason, and so does a run without tests.
 * The last line it prints is `N passed, N failed` (`, N skipped` where there are some). Used with `NETDIAG_NO_SKIP=1`.
 */
export default class NoSkipReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const passed = tests.filter((test) => test.result().state === 'passed').length;
    const skipped = tests.filter((test) => test.result().state === 'skipped');
    // A file that does not load and an error outside all tests have no test to count.
    const broken = modules.filter((module) => module.state() === 'failed' && [...module.children.allTests('failed')].length === 0).length;
    const failed = tests.length - passed - skipped.length + broken + errors.length;

    for (const test of skipped) console.log(`skipped: ${test.module.relativeModuleId} > ${test.fullName}: ${reasonOf(test)}`);
    if (skipped.length > 0) console.log('No test may skip here: install what it needs, or repair the test.');
    if (tests.length === 0) console.log('There was no test.');
    if (skipped.length > 0 || tests.length === 0) process.exitCode = 1;

    console.log(`${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`);
    const file = process.env[RESULTS_FILE];
    if (file !== undefined) appendFileSync(file, `${passed} ${failed} ${skipped.length}\n`);
  }
}

function reasonOf(test: TestCase): string {
  const result = test.result();
  return (result.state === 'skipped' && result.note) || 'no reason given';
}
