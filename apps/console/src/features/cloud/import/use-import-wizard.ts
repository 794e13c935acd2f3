import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { answer, api } from '../../../api/client.ts';
import type { Inspection, Mapping } from './mapping.ts';
import { upload } from './upload.ts';

export interface Target {
  readonly site: string;
  readonly source: string;
  readonly timezone: string;
}

interface Inspected extends Target {
  readonly hash: string;
  readonly fileName: string;
  readonly inspection: Inspection;
}

/** File, guesses, corrections, job: the state that the steps of the wizard share. */
export function useImportWizard() {
  const client = useQueryClient();
  const [progress, setProgress] = useState<number>();
  const [inspected, setInspected] = useState<Inspected>();
  const [jobId, setJobId] = useState<string>();
  const abort = useRef<AbortController>(undefined);

  const inspect = async (hash: string, fileName: string, target: Target, sheet?: string) => {
    const body = { hash, fileName, timezone: target.timezone, sheet };
    const inspection = (await answer(api.POST('/api/cloud/imports/inspect', { body }))) as unknown as Inspection;
    setInspected({ ...target, hash, fileName, inspection });
  };

  const look = useMutation({
    mutationFn: async ({ file, target }: { file: File; target: Target }) => {
      abort.current = new AbortController();
      setProgress(0);
      try {
        const options = { onProgress: setProgress, signal: abort.current.signal };
        const { hash } = await upload('/api/cloud/uploads', file, options);
        await inspect(hash, file.name, target);
      } finally {
        setProgress(undefined);
      }
    },
  });

  const lookAgain = useMutation({
    mutationFn: (sheet: string) => inspect(inspected!.hash, inspected!.fileName, inspected!, sheet),
  });

  const start = useMutation({
    mutationFn: async (mapping: Mapping) => {
      const { hash, fileName, site, source, timezone } = inspected!;
      const body = { hash, fileName, site, source, timezone, mapping, createSite: false };
      return answer(api.POST('/api/cloud/imports', { body }));
    },
    onSuccess: (started) => {
      setJobId(started.jobId);
      return client.invalidateQueries({ queryKey: ['cloud', 'imports'] });
    },
  });

  const restart = () => {
    abort.current?.abort(new DOMException('stopped', 'AbortError'));
    setInspected(undefined);
    setJobId(undefined);
    look.reset();
    start.reset();
  };

  return { progress, inspected, jobId, look, lookAgain, start, restart, step: jobId ? 2 : inspected ? 1 : 0 };
}
