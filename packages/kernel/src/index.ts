/** The kernel: what every other part stands on. Imports no other package of the product. */
export {
  type Actor,
  actorErrors,
  definePermissions,
  isAllowed,
  operatorActor,
  permissionTable,
  type Role,
  requirePermission,
  roles,
} from './actor.ts';
export { Backoff, type BackoffOptions, backoffMs, type Sleep, sleep } from './backoff.ts';
export { type Clock, fixedClock, systemClock } from './clock.ts';
export {
  type Config,
  type ConfigFieldFacts,
  type ConfigKey,
  configErrors,
  configFields,
  configSchema,
  inferenceProviderNames,
  loadConfig,
} from './config.ts';
export {
  type CatalogueEntry,
  defineErrors,
  type ErrorDefinition,
  errorCatalogue,
  errorKind,
  isMillwrightError,
  MillwrightError,
  type Reason,
  reasonOf,
} from './errors.ts';
export { type EventListener, type EventMap, Events } from './events.ts';
export { isId, newId } from './ids.ts';
export { listArgument } from './list-argument.ts';
export { createLogger, type Logger, type LogLevel } from './logger.ts';
export type { Host, Module, RunningModule } from './module.ts';
export {
  defineNotes,
  isNote,
  type Note,
  type NoteEntry,
  type NoteValue,
  type NoteValues,
  noteCatalogue,
  noteSaying,
  noteSchema,
  textOf,
} from './notes.ts';
export { type Problem, problemSchema, problemsOf } from './problems.ts';
export { type Severity, severities, worst } from './severity.ts';
export type { CallRequest, Download, Verb, VerbContext, VerbOption } from './verb.ts';
