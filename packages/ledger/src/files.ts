/** Evidence of verbs that need no server: kept in a file beside the result, proved by running the method again on the files. */
export {
  concludeFiles,
  type EvidenceFile,
  evidenceFileSchema,
  type FileConclusion,
  fingerprint,
  readEvidenceFile,
} from './files/evidence-file.ts';
export type { FileMethod, FileResult, FileWork } from './files/file-method.ts';
export { type VerifyFileOptions, verifyEvidenceFile } from './files/verify-file.ts';
