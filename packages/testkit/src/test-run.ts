/** What the test runner knows of the test that is running; outside of it (a benchmark, a child process) nothing. */
type Vitest = typeof import('vitest');

const vitest: Vitest | undefined = '__vitest_worker__' in globalThis ? await import('vitest') : undefined;

let failed = false;
// Imported while the test file is collected, so this hook belongs to the whole file.
vitest?.afterEach(({ task }) => {
  if (task.result?.state === 'fail') failed = true;
});

/** Whether a test of this file has failed so far, the running one included. */
export function hasFailed(): boolean {
  return failed || vitest?.TestRunner.getCurrentTest()?.result?.state === 'fail';
}

/** File and test, as a name for what the test leaves behind: `ledger_altering-an-entry`. */
export function currentTestName(): string {
  const { testPath = 'outside', currentTestName: test = '' } = vitest?.expect.getState() ?? {};
  const file = testPath
    .split(/[\\/]/)
    .at(-1)!
    .replace(/\.test\.ts$/, '');
  return `${file} ${test}`
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .slice(0, 48)
    .replace(/_+$/, '');
}
