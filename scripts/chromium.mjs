// Plain JavaScript: runs on whatever Node the machine came with.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The browser the console is tested in: MILLWRIGHT_CHROMIUM, or one in a usual place. */
export function findChromium() {
  const named = process.env.MILLWRIGHT_CHROMIUM;
  if (named) return isExecutable(named) ? named : undefined;
  return usualPlaces.find(isExecutable);
}

function isDebianAsRoot() {
  if (process.getuid?.() !== 0 || !existsSync('/etc/os-release')) return false;
  return /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/**
 * Finds a browser, or installs Debian's where that needs nobody's leave. Returns `{ path }`, or `{ problem }`: one
 * line that says what to install. Chinese fonts come with it, or half of the console would be drawn as boxes.
 */
export function ensureChromium() {
  const found = findChromium();
  if (found) return { path: found };
  if (process.env.MILLWRIGHT_CHROMIUM)
    return { problem: `MILLWRIGHT_CHROMIUM names ${process.env.MILLWRIGHT_CHROMIUM}, which cannot be run.` };
  if (!isDebianAsRoot())
    return {
      problem: 'No Chromium found: install Chromium or Google Chrome, or name one in MILLWRIGHT_CHROMIUM.',
    };
  process.stderr.write('Installing Chromium (once; about a minute) …\n');
  const apt = (...args) =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 2],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  apt('update', '-qq');
  apt('install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk');
  const path = findChromium();
  return path
    ? { path }
    : {
        problem:
          'apt-get could not install chromium; see its message above. Install it, or name one in MILLWRIGHT_CHROMIUM.',
      };
}
