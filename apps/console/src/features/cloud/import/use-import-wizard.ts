import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { answer, api } from '../../../api/client.ts';
import { type Chosen, type Inspection, type Mapping, needsAnotherLook, withEdits } from './mapping.ts';
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
  /** As corrected so far; the inspection has what it began with. */
  readonly mapping: Mapping;
  readonly chosen: Chosen;
}

interface Look {
  readonly chosen?: Chosen;
  readonly sheet?: string;
  /** As if nothing was remembered. */
  readonly anew?: boolean;
}

const previewDelayMs = 400;

/** File, guesses, corrections, job: the state that the steps of the wizard share. */
export function useImportWizard() {
  const client = useQueryClient();
  const [progress, setProgress] = useState<number>();
  const [inspected, setInspected] = useState<Inspected>();
  const [jobId, setJobId] = useState<string>();
  const abort = useRef<AbortController>(undefined);

  const inspect = async (hash: string, fileName: string, { site, timezone }: Target, look: Look) => {
    const body = { hash, fileName, site, timezone, anew: false, ...look };
    return (await answer(api.POST('/api/cloud/imports/inspect', { body }))) as unknown as Inspection;
  };

  const look = useMutation({
    mutationFn: async ({ file, target }: { file: File; target: Target }) => {
      abort.current = new AbortController();
      setProgress(0);
      try {
        const options = { onProgress: setProgress, signal: abort.current.signal };
        const { hash } = await upload('/api/cloud/uploads', file, options);
        const inspection = await inspect(hash, file.name, target, {});
        setInspected({ ...target, hash, fileName: file.name, inspection, mapping: inspection.mapping, chosen: {} });
      } finally {
        setProgress(undefined);
      }
    },
  });

  const lookAgain = useMutation({
    mutationFn: async (again: Look & { edited?: Mapping }) => {
      const { hash, fileName, inspection: before, chosen, mapping } = inspected!;
      const { edited, ...what } = again;
      const all = { ...chosen, ...again.chosen };
      const sheet = again.sheet ?? mapping.sheet;
      const inspection = await inspect(hash, fileName, inspected!, {
        ...what,
        sheet,
        chosen: again.anew ? undefined : all,
      });
      const keeps = again.anew || again.sheet !== undefined ? undefined : (edited ?? mapping);
      return {
        ...inspected!,
        inspection,
        chosen: again.anew ? {} : all,
        mapping: keeps ? withEdits(inspection.mapping, before.mapping, keeps) : inspection.mapping,
      };
    },
    onSuccess: setInspected,
  });

  /** Takes a correction; one on which the other guesses rest has the file looked at again. */
  const correct = (mapping: Mapping) => {
    const chosen = needsAnotherLook(inspected!.mapping, mapping);
    if (chosen) lookAgain.mutate({ chosen, edited: mapping });
    else setInspected({ ...inspected!, mapping });
  };

  const forget = useMutation({
    mutationFn: async () => {
      const { inspection, site } = inspected!;
      const params = { path: { signature: inspection.signature }, query: { site } };
      await answer(api.DELETE('/api/cloud/import-mappings/{signature}', { params }));
    },
    onSuccess: () => lookAgain.mutate({ anew: true }),
  });

  const settled = useSettled(inspected?.mapping, previewDelayMs);
  const isCorrected = inspected !== undefined && inspected.mapping !== inspected.inspection.mapping;
  const preview = useQuery({
    queryKey: ['cloud', 'import-preview', inspected?.hash, settled],
    queryFn: async () => {
      const { hash, fileName } = inspected!;
      const body = { hash, fileName, mapping: settled!, anew: false };
      return ((await answer(api.POST('/api/cloud/imports/inspect', { body }))) as unknown as Inspection).preview;
    },
    enabled: isCorrected && settled !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
  });

  const start = useMutation({
    mutationFn: async () => {
      const { hash, fileName, site, source, timezone, mapping, inspection, chosen } = inspected!;
      const remember = isCorrected || inspection.remembered !== null || Object.keys(chosen).length > 0;
      const body = { hash, fileName, site, source, timezone, mapping, remember, createSite: false };
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
    lookAgain.reset();
    start.reset();
  };

  const step = jobId ? 2 : inspected ? 1 : 0;
  const shown = {
    rows: (isCorrected ? preview.data : undefined) ?? inspected?.inspection.preview ?? [],
    error: isCorrected ? preview.error : null,
    isOld: lookAgain.isPending || (isCorrected && (preview.isFetching || settled !== inspected.mapping)),
  };
  return { progress, inspected, preview: shown, jobId, look, lookAgain, correct, forget, start, restart, step };
}

/** The value once it has not changed for a while. */
function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}
