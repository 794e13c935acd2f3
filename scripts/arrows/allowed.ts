/** The rings from left to right; a ring imports only what stands left of it, and `packages` each other. */
export const rings = ['packages', 'modules', 'apps'] as const;
export type Ring = (typeof rings)[number];

/** Which module may know which, by DESIGN 2's table. A new module gets its row here first. */
export const moduleArrows: Readonly<Record<string, readonly string[]>> = {
  cloud: [],
  energy: ['cloud', 'orion'],
  orion: ['cloud'],
  manuvision: ['cloud'],
  matrixvision: ['cloud'],
  engine: ['cloud'],
  // The ChatX applications know the engine and the system each talks about.
  chatbi: ['engine', 'cloud', 'energy', 'orion', 'esg'],
  chatdoc: ['engine'],
  chatvision: ['engine', 'manuvision', 'matrixvision'],
  chatrobot: ['engine', 'cloud'],
  ismartone: ['cloud', 'manuvision'],
  ethics: ['cloud'],
  esg: ['cloud', 'energy'],
};

/** Which app may know which: the command line opens the server in its own process when none is running. */
export const appArrows: Readonly<Record<string, readonly string[]>> = { cli: ['server', 'edge'] };

/**
 * The doors a module may have. `./edge` is its half on an edge box: it must not load what only a server has. `./analyse` is
 * what it does to files without a server, for other programs and benchmarks. `./opcua` is what modules that speak OPC UA share,
 * on a server and on a box. `./tables` reads files with rows and columns, on a server
 * and without one. `./test-support` is what it lends to tests of other parts.
 */
export const moduleDoors = ['.', './server', './cli', './edge', './analyse', './opcua', './tables', './test-support'];

/** Packages that cannot run in a browser; a name ending in `/` stands for everything under it. */
export const serverOnly = [
  '@aws-sdk/',
  '@electric-sql/',
  '@fastify/',
  '@node-rs/',
  'aedes',
  'drizzle-orm/node-postgres',
  'fastify',
  'modbus-serial',
  'mqtt',
  'node-av',
  'node-opcua',
  'onnxruntime-node',
  'pg',
  'pg-boss',
  'read-excel-file/node',
  'sharp',
  'sparkplug-payload',
  'write-excel-file/node',
];

/** Tests, benchmarks and fixtures may use development dependencies, and are no arrows of the product. */
export const isTestFile = (path: string): boolean =>
  /\.test\.tsx?$|\.bench\.ts$|(^|\/)test-[\w-]+\.ts$|-for-tests?\.ts$/.test(path) ||
  /(^|\/)(bench|e2e|fixtures|support|test|tests|__fixtures__)\//.test(path);

/** Files within parts that benchmarks reach by their path: what is measured alone there has no other use outside its part. */
export const benchInsides: readonly string[] = [
  'apps/console/e2e/support/script-size.ts',
  'modules/cloud/src/file/index.ts',
  'modules/cloud/src/file/synthetic-csv.ts',
  'modules/cloud/src/measurements/store.ts',
];
