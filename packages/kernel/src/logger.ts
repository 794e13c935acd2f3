import { type Logger as PinoLogger, pino } from 'pino';

export type Logger = PinoLogger;
export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug';

/** Logs JSON lines to stderr, so stdout stays free for what a command prints. */
export function createLogger(level: LogLevel): Logger {
  return pino({ level, base: null }, pino.destination({ dest: 2, sync: true }));
}
