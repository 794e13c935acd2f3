import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VerbContext } from '@millwright/kernel';
import { verifyEvidenceFile } from '@millwright/ledger/files';
import { analyseVerb } from '../cli/analyse-verb.ts';
import { fileMethods } from '../cli.ts';

/** Networks are converted once for all tests. */
const cache = join(tmpdir(), 'millwright-verbs');

export type Analysed = Awaited<ReturnType<typeof runAnalyse>>;

/** `millwright matrixvision analyse VIDEO …options`, with its answer as an object. */
export async function runAnalyse(
  video: string,
  options: VerbContext['options'] = {},
  { signal = new AbortController().signal, ...told }: Partial<Pick<VerbContext, 'signal' | 'note' | 'progress'>> = {},
) {
  const elsewhere = () => Promise.reject(new Error('needs no server'));
  const context: VerbContext = {
    ...{
      arguments: { VIDEO: video },
      options: { threads: '1', ...options },
      json: true,
      folder: cache,
      allowedNetworks: [],
      signal,
    },
    ...{ call: elsewhere, download: elsewhere, follow: elsewhere },
    ...{ note: () => undefined, progress: () => undefined, ...told },
  };
  return (await analyseVerb.run(context)) as Awaited<ReturnType<typeof analyseVerb.run>> & {
    frames: number;
    fps: number;
    looked: number;
    corrupt: number;
    detections: number;
    tracks: number;
    brokenOff: string | null;
    video: { width: number; height: number; seconds: number; shown: number; startedAt: string | null };
    counts: Record<string, Record<string, number>>;
    unjudged: { rule: string; missing: string; names: string[] }[];
    events: { rule: string; at: number; track: number | null; clip: string | null; evidence: string | null }[];
    evidence: string | null;
    ended: string;
    lost: { code: string } | null;
    gaps: { from: number; to: number; code: string }[];
  };
}

/** What `millwright verify FILE` finds. */
export const verifyAnalysis = (evidence: string) =>
  verifyEvidenceFile(evidence, {
    methodOf: async (id, version) => fileMethods.find((method) => method.id === id && method.version === version),
    ...{ cache, signal: new AbortController().signal },
  });
