/** Reads tables (CSV, XLSX) into readings. Knows nothing of the database; see README.md. */
export type { FileInput } from './byte-source.ts';
export { type Chosen, chosenSchema } from './chosen.ts';
export { fileErrors } from './errors.ts';
export {
  type ColumnMapping,
  type FileMapping,
  fileMappingSchema,
  mappingSignature,
  type PointMapping,
  parseFileMapping,
  type TimeMapping,
} from './file-mapping.ts';
export type { Guess } from './guess.ts';
export {
  type FileInspection,
  type InspectFileOptions,
  inspectFile,
  type PreviewRow,
  previewFile,
} from './inspect-file.ts';
export { type FileReading, type FileSummary, type ReadFileOptions, readFile } from './read-file.ts';
export type { FilePoint, ReadingBatch } from './reading-batch.ts';
export { type KnownUnit, parseUnit } from './units.ts';
