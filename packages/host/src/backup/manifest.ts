import { z } from 'zod';

/** Raised when an older Millwright could no longer read what is written. */
export const formatVersion = 1;
export const manifestName = 'manifest.json';
/** Holds the SHA-256 of the manifest, which in turn holds those of everything else. */
export const manifestHashName = 'manifest.sha256';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const member = { sha256, bytes: z.number().int().nonnegative() };

export const manifestSchema = z.object({
  formatVersion: z.number().int(),
  /** Of the product that wrote it. */
  version: z.string(),
  created: z.string(),
  database: z.object({ kind: z.enum(['pglite', 'server']), version: z.string() }),
  migrations: z.array(z.object({ module: z.string(), file: z.string(), sha256 })),
  /** Member `tables/<name>.ndjson`: one JSON object a row, every value as PostgreSQL's own text of it, or null. */
  tables: z.array(
    z.object({ name: z.string(), columns: z.array(z.string()), rows: z.number().int().nonnegative(), ...member }),
  ),
  sequences: z.array(z.object({ name: z.string(), lastValue: z.string(), isCalled: z.boolean() })),
  /** Member `files/<path>`: what modules keep in the data folder. */
  files: z.array(z.object({ path: z.string(), ...member })),
  /** Member `blobs/<sha256>`. */
  blobs: z.array(z.object({ ...member, mediaType: z.string().optional() })),
});

export type Manifest = z.output<typeof manifestSchema>;

export interface ExpectedMember {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
}

export const tableMember = (name: string) => `tables/${name}.ndjson`;

/** Every member after the manifest and its hash, in the order they are written. */
export function membersOf(manifest: Manifest): ExpectedMember[] {
  return [
    ...manifest.files.map(({ path, sha256, bytes }) => ({ name: `files/${path}`, sha256, bytes })),
    ...manifest.tables.map(({ name, sha256, bytes }) => ({ name: tableMember(name), sha256, bytes })),
    ...manifest.blobs.map(({ sha256, bytes }) => ({ name: `blobs/${sha256}`, sha256, bytes })),
  ];
}
