import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../api/client.ts';
import type { Job } from '../../api/types.ts';
import { useLiveTopics } from '../../api/use-live.ts';
import { useSession } from '../../app/session.tsx';
import { useNotify } from '../../components/use-notify.ts';
import { isActive, mergeJob } from './job-list.ts';

const key = ['jobs'] as const;
const mostJobs = 500;

export function useJobs() {
  const { may } = useSession();
  return useQuery({
    queryKey: key,
    enabled: may('jobs.job.read'),
    queryFn: async () => (await answer(api.GET('/api/jobs', { params: { query: { limit: mostJobs } } }))).items,
    // The live topic carries every change; this only mends what a lost link missed.
    refetchInterval: 30_000,
  });
}

/** Follows every job while the console is open; called once, by the shell. */
export function useLiveJobs(): void {
  const client = useQueryClient();
  const { may } = useSession();
  useLiveTopics(
    may('jobs.job.read') ? ['jobs:all'] : [],
    (_topic, data) => client.setQueryData<Job[]>(key, (jobs) => mergeJob(jobs ?? [], data as Job)),
    () => void client.invalidateQueries({ queryKey: key }),
  );
}

export function useActiveJobs(): readonly Job[] {
  return useJobs().data?.filter(isActive) ?? [];
}

/** One job, kept current by the live topic. */
export function useJob(id: string | undefined): Job | undefined {
  const listed = useJobs().data?.find((job) => job.id === id);
  const { data } = useQuery({
    queryKey: ['job', id],
    enabled: id !== undefined && !listed,
    queryFn: () => answer(api.GET('/api/jobs/{id}', { params: { path: { id: id! } } })),
    refetchInterval: (query) => (query.state.data && !isActive(query.state.data) ? false : 2_000),
  });
  return listed ?? data;
}

export function useCancelJob() {
  const client = useQueryClient();
  const { failed } = useNotify();
  return useMutation({
    mutationFn: (id: string) => answer(api.POST('/api/jobs/{id}/cancel', { params: { path: { id } } })),
    onError: failed,
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
}
