/** `node read-only.ts FILE`: reads a CSV as an import would and stores nothing; prints what it took as one JSON object. */
import { basename } from 'node:path';
import { inspectFile, readFile } from '../../modules/cloud/src/file/index.ts';
import { processUsage } from '../lib/process-usage.ts';

const file = process.argv[2]!;
const { mapping } = await inspectFile(file, { fileName: basename(file), timezone: 'Europe/Berlin' });
const begun = performance.now();
let readings = 0;
for await (const batch of readFile(file, mapping, { batchSize: 20_000 })) readings += batch.length;
const seconds = (performance.now() - begun) / 1000;
process.stdout.write(JSON.stringify({ readings, seconds, peakMb: processUsage(process.pid)?.peakResidentMb ?? 0 }));
