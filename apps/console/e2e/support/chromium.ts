import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const path = process.env.MILLWRIGHT_CHROMIUM ?? '/usr/bin/chromium';

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A real Chromium; says what to install where there is none. */
export async function openChromium(): Promise<Browser> {
  if (!existsSync(path))
    throw new Error(
      `No browser at ${path}: install Chromium (Debian: apt-get install chromium fonts-noto-cjk) or set MILLWRIGHT_CHROMIUM to one.`,
    );
  return chromium.launch({ executablePath: path, args: flags });
}
