// `npm test`: installs what is missing, checks everything, and ends with `N passed, N failed`.
// `node scripts/test.mjs --tests FILE…` runs only those test files, with the same ending.
// Plain JavaScript: runs on whatever Node the machine came with, before anything is installed.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { installWhatIsMissing, node, root, run } from './install.mjs';

const [mode, ...files] = process.argv.slice(2);
if (mode !== undefined && (mode !== '--tests' || files.length === 0)) {
  process.stderr.write('Usage: npm test, or node scripts/test.mjs --tests FILE…\n');
  process.exit(2);
}

const lines = [];
let passed = 0;
let failed = 0;

function count(name, good, bad, note = '') {
  passed += good;
  failed += bad;
  lines.push(`  ${bad > 0 ? '✗' : '✓'} ${name}${note && `: ${note}`}`);
}

/** One check is one or more commands; it fails when any of them does. */
function check(name, ...commands) {
  process.stdout.write(`\n— ${name}\n`);
  const bad = commands.filter(
    ([command, ...args]) => run(command, args, { stdio: ['ignore', 'inherit', 'inherit'] }) !== 0,
  );
  count(name, bad.length === 0 ? 1 : 0, bad.length > 0 ? 1 : 0);
}

const bin = (name) => [node, join(root, 'node_modules', name)];

const shown = ({ name }) => name.slice(root.length + 1);

/** What vitest's JSON report says, with what it does not count: a file that did not load, and a run that did not end. */
function countReport({ testResults, ...report }, status) {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = report;
  const unloaded = testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  let bad = numFailedTests + unloaded.length;
  if (status !== 0 && bad === 0) bad = 1; // An error outside every test: vitest printed it above.
  const skipped = numPendingTests + numTodoTests;
  const note = `${numPassedTests} passed, ${bad} failed${skipped > 0 ? `, ${skipped} skipped` : ''} in ${testResults.length} files`;
  count('tests', numPassedTests, bad, note);
  for (const file of testResults)
    for (const test of file.assertionResults)
      if (test.status === 'failed') lines.push(`      ${shown(file)}: ${test.fullName}`);
  for (const file of unloaded) lines.push(`      ${shown(file)} did not load or end`);
}

/** Runs vitest; its report, undefined where it did not get as far. */
function vitest(paths) {
  const folder = mkdtempSync(join(tmpdir(), 'millwright-report-'));
  try {
    const path = join(folder, 'report.json');
    const [command, script] = bin('vitest/vitest.mjs');
    const args = [script, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${path}`, ...paths];
    const status = run(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
    return { status, report: existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The one file whose process was ended under it, by native code or by the system: vitest has no word of any test in it. */
function crashed({ testResults }) {
  const failed = testResults.filter(({ status }) => status === 'failed');
  const [only] = failed;
  const untold = failed.length === 1 && only.message === '' && only.assertionResults.length > 0;
  return untold && only.assertionResults.every(({ status }) => status === 'pending') ? only : undefined;
}

function tests() {
  process.stdout.write('\n— tests\n');
  const { status, report } = vitest(files);
  if (!report) return count('tests', 0, 1, 'vitest did not get as far as a report; see above');
  const gone = crashed(report);
  if (!gone) return countReport(report, status);
  // Of thousands of tests one process ends so now and then; what its tests say is asked once more, and that it went is said.
  const others = report.testResults.filter((file) => file !== gone);
  countReport({ ...report, testResults: others }, 0);
  process.stdout.write(`\n— ${shown(gone)} again: its process was ended\n`);
  lines.push(`  ! the process of ${shown(gone)} was ended from outside its tests (see above); run again:`);
  const second = vitest([shown(gone)]);
  if (second.report) countReport(second.report, second.status);
  else count('tests', 0, 1, 'vitest did not get as far as a report; see above');
}

installWhatIsMissing();
const chromium = ensureChromium();
if (chromium.path) process.env.MILLWRIGHT_CHROMIUM = chromium.path;

if (mode === undefined) {
  // The console cannot be tested without a browser, and a test that did not run is not one that passed.
  if (chromium.problem) count('browser', 0, 1, chromium.problem);
  const tsc = bin('typescript/bin/tsc');
  const projects = ['tsconfig.json', 'apps/console/tsconfig.json'].filter((path) => existsSync(join(root, path)));
  check('types', ...projects.map((path) => [...tsc, '-p', path]));
  check('lint', [...bin('@biomejs/biome/bin/biome'), 'check', '.']);
  check('arrows', [node, 'scripts/check-arrows.ts']);
  if (existsSync(join(root, 'apps/console/index.html')))
    check('console build', [...bin('vite/bin/vite.js'), 'build', 'apps/console', '--logLevel', 'warn']);
}
tests();

process.stdout.write(`\n${lines.join('\n')}\n${passed} passed, ${failed} failed\n`);
process.exit(failed > 0 ? 1 : 0);
