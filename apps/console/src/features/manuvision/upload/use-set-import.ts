import { useEffect, useRef, useState } from 'react';
import { upload } from '../../cloud/import/upload.ts';
import { isActive } from '../../jobs/job-list.ts';
import { useJob } from '../../jobs/use-jobs.ts';
import { type Labelled, useRefreshDatasets } from '../shared/use-datasets.ts';
import type { ImportResult } from '../types.ts';
import { packFolder } from './pack-folder.ts';

type Sending =
  | { readonly step: 'nothing' }
  | { readonly step: 'packing'; readonly packed: number; readonly of: number }
  | { readonly step: 'sending'; readonly fraction: number }
  | { readonly step: 'failed'; readonly error: unknown }
  | { readonly step: 'sent'; readonly jobId: string };

/** Sends a folder or ZIP of pictures with their labels, and follows the job that takes it in. */
export function useSetImport(datasetId: string) {
  const refresh = useRefreshDatasets();
  const [state, setState] = useState<Sending>({ step: 'nothing' });
  const controller = useRef<AbortController>(undefined);
  useEffect(() => () => controller.current?.abort(), []);
  const job = useJob(state.step === 'sent' ? state.jobId : undefined);
  const isOver = job !== undefined && !isActive(job);
  const latest = useRef(refresh);
  latest.current = refresh;
  useEffect(() => {
    if (isOver) void latest.current();
  }, [isOver]);

  const send = async (files: readonly File[], rest: Labelled) => {
    controller.current?.abort();
    controller.current = new AbortController();
    const { signal } = controller.current;
    const show = (next: Sending) => {
      if (!signal.aborted) setState(next);
    };
    try {
      show({ step: 'packing', packed: 0, of: files.length });
      const onPacked = (packed: number) => show({ step: 'packing', packed, of: files.length });
      const { name, content } = await packFolder(files, { signal, onProgress: onPacked });
      const query = new URLSearchParams({ fileName: name.slice(-300), rest: rest.label });
      if (rest.label === 'defect' && rest.class) query.set('class', rest.class);
      const onProgress = (fraction: number) => show({ step: 'sending', fraction });
      onProgress(0);
      const path = `/api/manuvision/datasets/${datasetId}/import?${query}`;
      const { jobId } = await upload<{ jobId: string }>(path, content, { onProgress, signal });
      show({ step: 'sent', jobId });
    } catch (error) {
      show({ step: 'failed', error });
    }
  };

  return {
    state,
    job,
    result: job?.state === 'done' ? (job.result as ImportResult) : undefined,
    isBusy: state.step === 'packing' || state.step === 'sending' || (state.step === 'sent' && !isOver),
    send: (files: readonly File[], rest: Labelled) => void send(files, rest),
    /** Before the job begins; the job has a button of its own. */
    cancel: () => {
      controller.current?.abort();
      setState({ step: 'nothing' });
    },
  };
}

export type SetImport = ReturnType<typeof useSetImport>;
