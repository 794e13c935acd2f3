/** For commands only: what reads files, which a browser has not. */
export { jsonArgument } from './json-argument.ts';
