/** The server as a library: what the command line opens in-process. */
export { modules } from './modules.ts';
export { type Opened, openMillwright } from './open.ts';
export { restoreMillwright } from './restore.ts';
export { readConfig } from './settings.ts';
export { version } from './version.ts';
export { workMillwright } from './worker.ts';
